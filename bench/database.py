"""The database that is measured: loaded once through `pedigree import`, then copied, so that every run finds it new."""

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import typer
from neo4j import GraphDatabase

from app.database.local import LocalNeo4j, local_neo4j
from app.database.local.folder import is_alive
from app.settings import Settings
from bench.graph.sizes import Sizes
from bench.graph.text import fingerprint, text
from bench.processes import PEDIGREE, pedigree
from graph_schema.migrations import MIGRATIONS

HEAP, PAGE_CACHE = "1g", "1g"


@dataclass(frozen=True)
class Loaded:
    """A registry that lies loaded on disk, and how that went."""

    sizes: Sizes
    data_dir: Path
    lines: int
    seconds: float


def settings(data_dir: Path) -> Settings:
    """Settings of a Neo4j of our own on this folder, with memory for the whole graph."""
    return Settings(data_dir=data_dir, neo4j_uri=None, neo4j_port=0, neo4j_heap=HEAP, neo4j_page_cache=PAGE_CACHE)


def loaded(scale: float, *, fresh: bool = False) -> Loaded:
    """The registry of this scale: from the cache, or made, imported and kept there."""
    sizes = Sizes.of(scale)
    home = Settings().cache_dir / "bench" / f"{scale:g}-{key(sizes)}"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    if not (home / "loaded.json").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        imported(sizes, home)
    told = orjson.loads((home / "loaded.json").read_bytes())
    return Loaded(sizes, home / "data", told["lines"], told["seconds"])


def key(sizes: Sizes) -> str:
    """What a loaded registry depends on: its text, the schema, and the version of Neo4j."""
    schema = [migration.digest for migration in MIGRATIONS]
    return hashlib.sha256("\n".join((fingerprint(sizes), Settings().neo4j_version, *schema)).encode()).hexdigest()[:12]


def imported(sizes: Sizes, home: Path) -> None:
    """Make the file and import it, as anybody would."""
    file = home / "registry.jsonl"
    with file.open("wb") as out:
        out.writelines(text(sizes))
    typer.echo(f"Importing {sizes.versions} versions, {file.stat().st_size / 1e6:.0f} MB")
    given = settings(home / "data")
    memory = {"PEDIGREE_NEO4J_HEAP": HEAP, "PEDIGREE_NEO4J_PAGE_CACHE": PAGE_CACHE}
    start = time.perf_counter()
    subprocess.run(
        [PEDIGREE, "import", file, "--strict", "--data-dir", given.data_dir], check=True, env={**os.environ, **memory}
    )
    seconds = time.perf_counter() - start
    seal(given)
    with file.open("rb") as lines:
        told = {"lines": sum(1 for _ in lines), "seconds": round(seconds, 1)}
    file.unlink()
    (home / "loaded.json").write_bytes(orjson.dumps(told))


def seal(given: Settings) -> None:
    """Let all events of the import be sealed: a server that has that to do is slower."""
    typer.echo("Sealing what was imported")
    waiting = "MATCH (e:AuditEvent {pending: true}) WHERE e.at IS NOT NULL AND e.id IS NOT NULL RETURN count(e) AS n"
    with (
        local_neo4j(given) as neo4j,
        pedigree(neo4j),
        GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver,
    ):
        while driver.execute_query(waiting).records[0]["n"]:
            time.sleep(1)


@contextmanager
def running(registry: Loaded) -> Iterator[LocalNeo4j]:
    """A Neo4j on a copy of a loaded registry, which is thrown away afterwards."""
    sweep(registry.data_dir.parent)
    work = registry.data_dir.with_name(f"work-{os.getpid()}")
    shutil.copytree(registry.data_dir, work, ignore=shutil.ignore_patterns("claim", "*.pid", "logs"))
    try:
        with local_neo4j(settings(work)) as neo4j:
            yield neo4j
    finally:
        shutil.rmtree(work, ignore_errors=True)


def sweep(home: Path) -> None:
    """Throw away the copies of runs that were killed."""
    for work in home.glob("work-*"):
        if not is_alive(work.name.removeprefix("work-")):
            shutil.rmtree(work, ignore_errors=True)
