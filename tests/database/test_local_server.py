import os
import signal
import socket
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from app.database.local import LocalNeo4j, local_neo4j
from app.database.local.errors import (
    DataFolderInUse,
    DiedAtStart,
    Neo4jPortTaken,
    PasswordMissing,
    PasswordRefused,
)
from app.database.local.folder import claimed
from app.database.local.password import ensure_password, initial_credential
from app.database.local.server import free_port, wait_for_answer
from app.settings import Settings
from tests.fixtures.pedigree_process import wait_until_unclaimed

pytestmark = pytest.mark.long


@pytest.fixture
def fresh(own_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a Neo4j with a data folder of its own."""
    return own_settings.model_copy(update={"data_dir": tmp_path / "data"})


@dataclass(frozen=True)
class Ended:
    """A Neo4j that has ended. When it started, its port was taken, and another was free."""

    neo4j: LocalNeo4j
    settings: Settings
    free: int


@pytest.fixture(scope="module")
def ended(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    settings = own_settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("ended") / "data"})
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.MonkeyPatch.context() as patched:
        ports = iter([other.getsockname()[1], free := free_port()])
        patched.setattr("app.database.local.server.free_port", lambda: next(ports))
        with local_neo4j(settings) as neo4j:
            return Ended(neo4j, settings, free)


def ask(neo4j: LocalNeo4j, text: str) -> list[dict[str, Any]]:
    auth = (neo4j.username, neo4j.password)
    with GraphDatabase.driver(neo4j.uri, auth=auth, max_transaction_retry_time=60) as driver:
        return [record.data() for record in driver.execute_query(text).records]


def test_it_is_the_version_of_the_settings(neo4j: LocalNeo4j, own_settings: Settings) -> None:
    (kernel,) = ask(neo4j, "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions")

    assert kernel == {"versions": [own_settings.neo4j_version]}


def test_nothing_of_it_listens_beyond_loopback(neo4j: LocalNeo4j) -> None:
    settings = {row["name"]: row["value"] for row in ask(neo4j, "SHOW SETTINGS YIELD name, value")}

    assert neo4j.uri.startswith("bolt://127.0.0.1:")
    assert settings["server.default_listen_address"] == "127.0.0.1"
    assert settings["server.bolt.listen_address"] == neo4j.uri.removeprefix("bolt://")
    assert settings["server.http.enabled"] == "false"
    assert settings["server.https.enabled"] == "false"
    assert settings["dbms.usage_report.enabled"] == "false"


def test_the_password_is_for_its_owner_alone(neo4j: LocalNeo4j) -> None:
    file = neo4j.home / "password"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(neo4j.home.stat().st_mode) == 0o700
    assert file.read_text() == neo4j.password
    assert neo4j.password not in repr(neo4j)
    with (
        GraphDatabase.driver(neo4j.uri, auth=("neo4j", "wrong")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_the_credential_is_what_neo4j_hashes() -> None:
    """The format of `auth.ini`, from `neo4j-admin dbms set-initial-password` with this salt."""
    line = initial_credential("secret", bytes(32))

    user, credential, flags = line.split(":")
    algorithm, digest, salt, iterations = credential.split(",")
    assert (user, algorithm, salt, iterations, flags) == ("neo4j", "SHA-256", "00" * 32, "1024", "\n")
    assert len(digest) == 64


def test_the_password_is_made_once_and_its_loss_is_told(tmp_path: Path) -> None:
    password = ensure_password(tmp_path)
    assert ensure_password(tmp_path) == password

    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)
    (tmp_path / "password").unlink()

    with pytest.raises(PasswordMissing) as failure:
        ensure_password(tmp_path)
    assert failure.value.message == (
        f"The data in {tmp_path} has a password, but its file {tmp_path}/password is gone: bring it back from a backup."
    )


def test_a_data_folder_in_use_is_refused_at_once(neo4j: LocalNeo4j, own_settings: Settings) -> None:
    before = neo4j.pid

    with pytest.raises(DataFolderInUse) as failure, local_neo4j(own_settings):
        pass

    assert failure.value.message == (
        f"The data folder {own_settings.data_dir} is in use by process {os.getpid()}: "
        "stop it, or choose another with --data-dir."
    )
    assert neo4j.pid == before
    assert ask(neo4j, "RETURN 1 AS one") == [{"one": 1}]


def test_a_folder_whose_last_owner_is_dead_is_waited_for(tmp_path: Path) -> None:
    """A server was killed, and its Neo4j, here a process that reads, still closes its files."""
    owner = "import os; from pathlib import Path; from app.database.local.folder import claimed"
    script = f"""{owner}
import subprocess, sys
with claimed(Path({str(tmp_path)!r})) as claim:
    subprocess.Popen(["cat"], pass_fds=[claim.descriptor])
    os._exit(0)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as dead:
        assert dead.stdin is not None
        assert dead.wait() == 0
        waiting = subprocess.Popen(
            [sys.executable, "-c", f"{owner}\nwith claimed(Path({str(tmp_path)!r})): print('mine')"],
            stdout=subprocess.PIPE,
        )
        with waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(0.5)
            dead.stdin.close()
            assert waiting.communicate()[0] == b"mine\n"


def test_a_neo4j_that_dies_at_start_shows_the_end_of_its_log(fresh: Settings) -> None:
    settings = fresh.model_copy(update={"neo4j_jvm_flags": "-XX:+NoSuchFlag"})

    with pytest.raises(DiedAtStart) as failure, local_neo4j(settings):
        pass

    log = settings.data_dir / "neo4j" / "logs" / "neo4j.log"
    assert failure.value.message.startswith(f"Neo4j ended while it started. The end of its log, {log}:\n")
    assert "Unrecognized VM option 'NoSuchFlag'" in failure.value.message
    wait_until_unclaimed(settings.data_dir)


def test_a_setting_that_neo4j_refuses_is_shown(fresh: Settings) -> None:
    settings = fresh.model_copy(update={"neo4j_page_cache": "1k"})

    with pytest.raises(DiedAtStart, match="Page cache must have at least 2 pages"), local_neo4j(settings):
        pass


def test_a_port_that_is_taken_is_refused_at_once(fresh: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with (
            pytest.raises(Neo4jPortTaken) as failure,
            local_neo4j(fresh.model_copy(update={"neo4j_port": port})),
        ):
            pass

    assert failure.value.message == (
        f"Port {port}, meant for Neo4j, is taken: set PEDIGREE_NEO4J_PORT to another, or to 0 for a free one."
    )


def test_another_port_is_tried_when_someone_was_faster(ended: Ended) -> None:
    assert ended.neo4j.port == ended.free


def test_it_is_started_again_when_it_is_killed_and_never_left_alone(fresh: Settings) -> None:
    with local_neo4j(fresh) as neo4j:
        ask(neo4j, "CREATE (:Survivor)")
        first = neo4j.pid

        os.kill(first, signal.SIGKILL)
        wait_for_answer(neo4j)

        assert ask(neo4j, "MATCH (s:Survivor) RETURN count(s) > 0 AS lives") == [{"lives": True}]
        assert neo4j.pid != first

        neo4j.supervisor.kill()

    wait_until_unclaimed(fresh.data_dir)


def test_a_password_that_does_not_belong_to_the_data_is_refused(ended: Ended) -> None:
    file = ended.neo4j.home / "password"
    file.write_text("another password")

    with pytest.raises(PasswordRefused) as failure, local_neo4j(ended.settings):
        pass

    assert failure.value.message == (
        f"Neo4j does not take the password in {file}: bring back the one that belongs to the data."
    )
    wait_until_unclaimed(ended.settings.data_dir)


def test_a_claim_ends_with_its_context(tmp_path: Path) -> None:
    with claimed(tmp_path) as first:
        assert first.home == tmp_path
    with claimed(tmp_path):
        assert (tmp_path / "claim").read_text() == f"{os.getpid()}\n"
