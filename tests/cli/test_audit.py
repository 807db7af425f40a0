"""The log seen from the command line, and servers that die while they seal."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from neo4j import Driver

from app.settings import Settings
from tests.fixtures.command import command
from tests.fixtures.pedigree_process import PEDIGREE, PedigreeProcess, environment, served
from tests.fixtures.waiting import until

pytestmark = pytest.mark.long

CREATE = 'mutation { createRegisteredModel(input: {name: "%s"}) { __typename } }'
COUNTS = """MATCH (e:AuditEvent) RETURN count(e) AS events, count(e.sequence) AS sealed, max(e.sequence) AS last,
  count(DISTINCT e.sequence) AS places, count(e.pending) AS pending"""

SECONDS = 10.0  # in which another process has to have taken over, and sealed what waits
soon = partial(until, seconds=SECONDS)


@pytest.fixture
def ours(settings: Settings, tmp_path: Path, graph: Driver) -> Settings:
    """Settings of servers on an empty registry, with a key of their own."""
    changes = {
        "port": 0,
        "read_timeout": 30.0,
        "write_timeout": 30.0,
        "execution_timeout": 60.0,
        "seal_key_file": tmp_path / "seal.key",
        "sequencer": True,
    }
    return settings.model_copy(update=changes)


def counts(graph: Driver) -> dict[str, int]:
    return dict(graph.execute_query(COUNTS).records[0])


def create(server: PedigreeProcess, name: str) -> None:
    answer = server.ask(CREATE % name)
    assert "errors" not in answer.json(), answer.text


def pedigree(settings: Settings, *arguments: str | Path, code: int = 0) -> str:
    """What `pedigree audit` says on its standard output, or if it fails on both."""
    done = command(settings, "audit", *arguments)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


@contextmanager
def load(server: PedigreeProcess, writers: int = 4) -> Iterator[list[str]]:
    """Writers that write until the end, or until nobody answers any longer. Gives what was written."""
    done: list[str] = []
    is_over = False

    def write(writer: int) -> None:
        with suppress(httpx2.TransportError):
            while not is_over:
                name = f"w{writer}/{len(done)}-{time.monotonic_ns()}"
                create(server, name)
                done.append(name)

    with ThreadPoolExecutor(writers) as pool:
        futures = [pool.submit(write, writer) for writer in range(writers)]
        try:
            yield done
        finally:
            is_over = True
        for future in futures:
            future.result()


def test_when_the_sealing_process_is_killed_under_load_another_seals_all_without_a_gap(
    ours: Settings, graph: Driver
) -> None:
    with served(ours) as first:
        create(first, "early")
        soon(lambda: counts(graph)["pending"] == 0)
        with served(ours) as second:
            with load(second) as written:
                with load(first) as doomed:
                    soon(lambda: len(doomed) > 20 and len(written) > 20 and counts(graph)["sealed"] > 10)
                    os.killpg(first.process.pid, signal.SIGKILL)
                enough = len(written) + 20
                soon(lambda: len(written) > enough)
            soon(lambda: counts(graph)["pending"] == 0)
        found = counts(graph)
        assert found["events"] == found["sealed"] == found["places"] == found["last"] >= len(written) + len(doomed)
        assert "The log is as it was sealed." in pedigree(ours, "verify")


def test_a_worker_that_seals_is_killed_and_another_takes_over(ours: Settings, graph: Driver) -> None:
    with served(ours.model_copy(update={"workers": 2})) as server:
        create(server, "early")
        soon(lambda: counts(graph)["pending"] == 0)
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        assert len(children) == 2
        os.kill(int(children[0]), signal.SIGKILL)
        soon(lambda: is_created(server, "late"))
        soon(lambda: counts(graph)["pending"] == 0)
        found = counts(graph)
        assert found["events"] == found["last"] == found["places"]


def is_created(server: PedigreeProcess, name: str) -> bool:
    """Whether a model could be made: the worker that is killed may have had the connection."""
    try:
        create(server, name)
    except httpx2.TransportError:
        return False
    return True


@pytest.fixture
def sealed(ours: Settings, graph: Driver) -> Settings:
    """A registry with a sealed log, whose server has ended."""
    with served(ours.model_copy(update={"checkpoint_file": ours.seal_key.with_name("kept.txt")})) as server:
        for name in "abc":
            create(server, name)
        soon(lambda: counts(graph)["pending"] == 0)
        soon(ours.seal_key.with_name("kept.txt").exists)
    return ours


def test_the_log_is_verified_with_the_checkpoints_that_a_server_kept(sealed: Settings, graph: Driver) -> None:
    kept = sealed.seal_key.with_name("kept.txt")
    (key,) = pedigree(sealed, "keys").split()
    said = pedigree(sealed, "verify", "--checkpoint", kept, "--key", key)
    assert said == "Sealed events verified: 4. Texts erased: 0. Events waiting: 0.\nThe log is as it was sealed.\n"

    pedigree(sealed, "checkpoint", kept)
    assert kept.read_text().endswith(pedigree(sealed, "checkpoint"))
    graph.execute_query("MATCH (e:AuditEvent {sequence: 3}) SET e.body = replace(e.body, 'create', 'delete')")
    said = pedigree(sealed, "verify", "--checkpoint", kept, code=1)
    assert "EDITED: event 3 (" in said


def test_proofs_and_lines_are_printed(sealed: Settings, graph: Driver, tmp_path: Path) -> None:
    id = graph.execute_query("MATCH (e:AuditEvent {sequence: 2}) RETURN e.id AS id").records[0]["id"]
    proof: dict[str, Any] = orjson.loads(pedigree(sealed, "inclusion", id))
    assert (proof["eventId"], proof["leafIndex"]) == (id, 1)
    size = graph.execute_query("MATCH (h:AuditHead) RETURN min(h.size) AS size").records[0]["size"]
    assert "path" in orjson.loads(pedigree(sealed, "consistency", str(size)))
    assert pedigree(sealed, "inclusion", "none", code=1) == "There is no such event, or it is not sealed yet.\n"

    file = tmp_path / "log.jsonl"
    pedigree(sealed, "export", file)
    assert len([line for line in file.read_bytes().splitlines() if b'"sequence"' in line]) == 4
    assert b'"texts":{"' not in pedigree(sealed, "export", "--without-texts").encode()


def test_a_key_is_rotated_while_a_server_seals(ours: Settings, graph: Driver) -> None:
    with served(ours) as server:
        create(server, "a")
        soon(lambda: counts(graph)["pending"] == 0)
        new = pedigree(ours, "rotate-key").strip()
        create(server, "b")
        soon(lambda: counts(graph)["pending"] == 0)
    assert pedigree(ours, "keys").split()[1:] == [new]
    assert "The log is as it was sealed." in pedigree(ours, "verify")


def test_a_server_whose_key_cannot_be_used_says_so_in_one_line(ours: Settings) -> None:
    ours.seal_key.write_text("not a key")
    done = subprocess.run([PEDIGREE, "serve"], env=environment(ours), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"The seal key {ours.seal_key} cannot be used: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_should_not_seal_does_not(ours: Settings, graph: Driver) -> None:
    with served(ours.model_copy(update={"sequencer": False})) as server:
        create(server, "a")
        assert counts(graph)["pending"] == 2
        assert not ours.seal_key.exists()
