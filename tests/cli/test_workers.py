"""Several processes serve on one port and one database."""

import os
import re
import signal
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver

from app.cli.listener import listen
from app.cli.workers import WorkerFailed, serve
from app.settings import Settings
from tests.cli.test_shutdown import ANSWER, connects, held_up
from tests.fixtures.pedigree_process import PedigreeProcess, served
from tests.fixtures.waiting import until

pytestmark = pytest.mark.long

BOOKMARK = "X-Pedigree-Bookmark"
NAMED = "query Together { registeredModels { totalCount } }"


@pytest.fixture(scope="module")
def two(settings: Settings) -> Settings:
    """Settings of a server with two workers on the Neo4j of the tests."""
    return settings.model_copy(update={"port": 0, "workers": 2, "write_timeout": 30.0})


@pytest.fixture(scope="module")
def server(two: Settings) -> Iterator[PedigreeProcess]:
    with served(two) as server:
        yield server


def metrics(server: PedigreeProcess) -> str:
    return server.get("/metrics").text


def workers(server: PedigreeProcess) -> set[int]:
    """The ids of the processes that serve."""
    return {int(pid) for pid in re.findall(r'process_start_time_seconds\{pid="(\d+)"\}', metrics(server))}


def test_two_processes_answer_and_count_together(server: PedigreeProcess) -> None:
    for _ in range(20):
        assert server.ask(NAMED).status_code == 200
    assert len(workers(server)) == 2
    assert server.process.pid not in workers(server)
    for _ in range(5):
        assert 'pedigree_graphql_requests_total{code="OK",operation="Together"} 20.0' in metrics(server)
        assert "pedigree_pool_size 200.0" in metrics(server)


def test_a_change_is_seen_whichever_worker_is_asked_next(server: PedigreeProcess) -> None:
    for name in [uuid.uuid4().hex for _ in range(20)]:
        written = server.ask(f'mutation {{ createRegisteredModel(input: {{name: "{name}"}}) {{ __typename }} }}')
        bookmark = {BOOKMARK: written.headers[BOOKMARK]}
        read = server.ask(f'{{ registeredModel(name: "{name}") {{ name }} }}', bookmark)
        assert read.json()["data"] == {"registeredModel": {"name": name}}


def test_no_command_line_tells_the_password(two: Settings, server: PedigreeProcess) -> None:
    assert two.neo4j_password is not None
    secret = two.neo4j_password.get_secret_value().encode()
    for pid in {server.process.pid, *workers(server)}:
        assert secret not in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_a_worker_that_dies_is_started_again(server: PedigreeProcess) -> None:
    before = workers(server)
    victim, other = sorted(before)

    os.kill(victim, signal.SIGKILL)

    def is_replaced() -> bool:
        assert server.get("/healthz").status_code == 200
        after = workers(server)
        return len(after) == 2 and victim not in after

    until(is_replaced)
    assert other in workers(server)


def test_the_workers_end_with_a_server_that_is_killed(two: Settings) -> None:
    with served(two) as server:
        pids = workers(server)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
        assert not connects(server)


def test_all_finish_what_they_have_accepted(two: Settings, graph: Driver) -> None:
    with served(two) as server:
        pids = workers(server)
        with held_up(graph, server) as (lock, answer):
            server.interrupt()
            until(lambda: answer.done() or not connects(server))
            assert not answer.done()
            lock.commit()
            assert (answer.result().status_code, answer.result().json()["data"]) == (200, ANSWER)
        assert server.process.wait() == 0
        assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
        assert "ready" not in server.output()


def test_a_worker_that_cannot_start_ends_the_server(two: Settings) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = two.model_copy(update={"neo4j_uri": f"bolt://127.0.0.1:{nobody.getsockname()[1]}"})
        with listen("127.0.0.1", 0, auth=False) as listener, pytest.raises(WorkerFailed):
            serve(away, listener, ready=lambda: pytest.fail("nobody answers"))
