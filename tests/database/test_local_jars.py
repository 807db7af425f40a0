import fcntl
import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from app.database.local.errors import NoNetwork, VersionUnknown, WrongHash
from app.database.local.jars import complete, fetch_jars, is_complete, missing
from app.database.local.lock import FOLDER, Lock, read_lock
from app.database.local.resolution import is_needed
from app.settings import Settings
from tests.fixtures.repository import Repository, lock_of, serving

FILES = {f"org/example/part{n}/1.0/part{n}-1.0.jar": bytes([n]) * (40_000 + n) for n in range(12)}
FIRST = "org/example/part0/1.0/part0-1.0.jar"
LOCK = lock_of(FILES, {path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()})


@pytest.fixture
def repository() -> Iterator[Repository]:
    with serving(Repository(dict(FILES))) as repository:
        yield repository


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def whole(lock: Lock) -> set[str]:
    return {jar.name for jar in lock.jars} | {"complete", "lock"}


def test_all_jars_are_fetched_once_and_their_bytes_are_counted(repository: Repository, folder: Path) -> None:
    told: list[int] = []

    complete(folder, LOCK, repository.url, lambda lock: told.append)

    assert names(folder) == whole(LOCK)
    assert (folder / "part3-1.0.jar").read_bytes() == FILES["org/example/part3/1.0/part3-1.0.jar"]
    assert sum(told) == LOCK.size
    assert is_complete(folder, LOCK)
    assert {path: len(repository.downloads(path)) for path in FILES} == dict.fromkeys(FILES, 1)


def test_a_file_of_another_hash_is_thrown_away(repository: Repository, folder: Path) -> None:
    repository.files[FIRST] = b"!" * len(FILES[FIRST])

    with pytest.raises(WrongHash) as failure:
        complete(folder, LOCK, repository.url)

    expected = hashlib.sha256(FILES[FIRST]).hexdigest()
    actual = hashlib.sha256(repository.files[FIRST]).hexdigest()
    assert failure.value.message == (
        f"{repository.url}/{FIRST} is not the file that was pinned: its SHA-256 is {actual}, not {expected}. "
        "It was thrown away."
    )
    assert not names(folder) & {"part0-1.0.jar", "part0-1.0.jar.part", "complete"}
    assert not is_complete(folder, LOCK)


def test_a_partial_file_is_resumed_where_it_ends(repository: Repository, folder: Path) -> None:
    told: list[int] = []
    (folder / "part0-1.0.jar.part").write_bytes(FILES[FIRST][:15_000])

    complete(folder, LOCK, repository.url, lambda lock: told.append)

    assert repository.downloads(FIRST) == ["bytes=15000-"]
    assert (folder / "part0-1.0.jar").read_bytes() == FILES[FIRST]
    assert sum(told) == LOCK.size


def test_a_connection_that_breaks_is_taken_up_again(repository: Repository, folder: Path) -> None:
    repository.breaks_after[FIRST] = 10_000

    complete(folder, LOCK, repository.url)

    assert repository.downloads(FIRST) == [None, "bytes=10000-"]
    assert is_complete(folder, LOCK)


def test_a_server_without_ranges_sends_the_whole_again(repository: Repository, folder: Path) -> None:
    told: list[int] = []
    repository.knows_ranges = False
    (folder / "part0-1.0.jar.part").write_bytes(FILES[FIRST][:15_000])

    complete(folder, LOCK, repository.url, lambda lock: told.append)

    assert (folder / "part0-1.0.jar").read_bytes() == FILES[FIRST]
    assert sum(told) == LOCK.size


def test_a_spoilt_partial_file_is_fetched_anew(repository: Repository, folder: Path) -> None:
    told: list[int] = []
    (folder / "part0-1.0.jar.part").write_bytes(b"spoilt" * 100)

    complete(folder, LOCK, repository.url, lambda lock: told.append)

    assert repository.downloads(FIRST) == ["bytes=600-", None]
    assert is_complete(folder, LOCK)
    assert sum(told) == LOCK.size


def test_only_what_is_missing_is_fetched_and_strangers_go(repository: Repository, folder: Path) -> None:
    complete(folder, LOCK, repository.url)
    (folder / "part0-1.0.jar").unlink()
    (folder / "older-0.9.jar").write_bytes(b"another version")
    repository.requests.clear()

    assert not is_complete(folder, LOCK)
    complete(folder, LOCK, repository.url)

    assert [path for method, path, _ in repository.requests if method == "GET"] == [FIRST]
    assert names(folder) == whole(LOCK)


def test_a_changed_lock_makes_the_folder_incomplete(repository: Repository, folder: Path) -> None:
    complete(folder, LOCK, repository.url)

    assert not is_complete(folder, LOCK.model_copy(update={"jars": LOCK.jars[1:]}))


def test_an_unreachable_mirror_is_one_line_after_seconds(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        settings = Settings(cache_dir=tmp_path, maven_url=url, neo4j_version="2026.08.1")
        began = time.monotonic()

        with pytest.raises(NoNetwork) as failure:
            fetch_jars(settings)

    assert time.monotonic() - began < 10
    first = read_lock("2026.08.1").jars[0].path
    assert failure.value.message == (
        f"Cannot fetch Neo4j from {url}/{first}: Connection refused. For a mirror, set PEDIGREE_MAVEN_URL."
    )


def test_a_mirror_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.database.local.download.TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(NoNetwork, match="timed out"):
            complete(tmp_path, LOCK, url)


def test_a_file_that_the_mirror_lacks_is_named(repository: Repository, folder: Path) -> None:
    del repository.files[FIRST]

    with pytest.raises(NoNetwork) as failure:
        complete(folder, LOCK, repository.url)

    assert failure.value.message == (
        f"Cannot fetch Neo4j from {repository.url}/{FIRST}: it answers 404 Not Found. "
        "For a mirror, set PEDIGREE_MAVEN_URL."
    )
    assert len(repository.requests) == 1


def test_processes_that_fetch_at_the_same_time_wait_for_each_other(repository: Repository, folder: Path) -> None:
    with (folder / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = [Thread(target=complete, args=(folder, LOCK, repository.url)) for _ in range(3)]
        for thread in waiting:
            thread.start()
        assert repository.requests == []
    for thread in waiting:
        thread.join()

    assert is_complete(folder, LOCK)
    assert {path: len(repository.downloads(path)) for path in FILES} == dict.fromkeys(FILES, 1)


def test_a_version_without_a_lock_is_refused_with_those_there_are() -> None:
    with pytest.raises(VersionUnknown) as failure:
        read_lock("4.4.1")

    assert failure.value.message == (
        "There is no list of jars for Neo4j 4.4.1, only for 2026.08.1, 5.26.30. `pedigree jars lock 4.4.1` makes one."
    )


@pytest.mark.parametrize("version", [file.stem for file in FOLDER.glob("*.json")])
def test_a_lock_names_each_jar_once_and_only_what_is_needed(version: str) -> None:
    lock = read_lock(version)

    assert lock.version == version
    assert len({jar.name for jar in lock.jars}) == len(lock.jars)
    assert [jar.name for jar in lock.jars if not is_needed(jar.name)] == []
    assert any(jar.name.startswith("server-api-") for jar in lock.jars)


def test_nothing_is_asked_of_the_network_when_all_is_there(own_settings: Settings) -> None:
    folder = fetch_jars(own_settings)

    lock = read_lock(own_settings.neo4j_version)
    assert missing(folder, lock) == []
    assert fetch_jars(own_settings.model_copy(update={"maven_url": "http://127.0.0.1:1"})) == folder
