"""The jars of Neo4j in the user's cache: fetched in parallel, verified, and then left alone."""

import fcntl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from app.database.local.download import Advance, download, probe
from app.database.local.lock import Jar, Lock, read_lock
from app.settings import Settings

CONNECTIONS = 8
MARKER = "complete"

Report = Callable[[Lock], Advance]


def unseen(lock: Lock) -> Advance:
    """Reports progress to nobody."""
    return lambda amount: None


def fetch_jars(settings: Settings, report: Report = unseen) -> Path:
    """The folder with all jars of the version in the settings; what is missing is fetched first.

    `report` is called when there is something to fetch, and gives what is told of the bytes that came.
    Raises VersionUnknown, NoNetwork or WrongHash. Processes that fetch at the same time wait for each other.
    """
    lock = read_lock(settings.neo4j_version)
    folder = settings.cache_dir / "neo4j" / lock.version
    if not is_complete(folder, lock):
        complete(folder, lock, settings.maven_url.rstrip("/"), report)
    return folder


def is_complete(folder: Path, lock: Lock) -> bool:
    """Whether the folder was verified for this very lock, and no file has gone or shrunk since."""
    marker = folder / MARKER
    if not marker.is_file() or marker.read_text() != lock.digest:
        return False
    return not missing(folder, lock)


def complete(folder: Path, lock: Lock, base_url: str, report: Report = unseen) -> None:
    """Make a folder hold all jars of a lock, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        if not is_complete(folder, lock):
            fill(folder, lock, base_url, report(lock))


def fill(folder: Path, lock: Lock, base_url: str, advance: Advance) -> None:
    """Fetch what is missing, put away what is not of this lock, and mark the folder."""
    (folder / MARKER).unlink(missing_ok=True)
    todo = missing(folder, lock)
    advance(lock.size - sum(jar.size for jar in todo))
    if todo:
        probe(todo[0], base_url)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        tasks = [pool.submit(download, jar, folder, base_url, advance) for jar in todo]
        try:
            for task in tasks:
                task.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    for stranger in {file.name for file in folder.iterdir()} - {jar.name for jar in lock.jars} - {"lock"}:
        (folder / stranger).unlink()
    (folder / MARKER).write_text(lock.digest)


def missing(folder: Path, lock: Lock) -> list[Jar]:
    sizes = {file.name: file.stat().st_size for file in folder.glob("*.jar")}
    return [jar for jar in lock.jars if sizes.get(jar.name) != jar.size]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process fetches into the folder."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
