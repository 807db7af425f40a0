"""A server that is told to stop finishes what it has accepted."""

import signal
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2
import pytest
from neo4j import Driver, Transaction

from app.settings import Settings
from tests.fixtures.pedigree_process import PedigreeProcess, served
from tests.fixtures.waiting import until

pytestmark = pytest.mark.long

CREATE = 'mutation { createRegisteredModel(input: {name: "slow"}) { registeredModel { name } } }'
UPDATE = """mutation { updateRegisteredModel(input: {model: {name: "slow"}, description: "done"}) {
  registeredModel { description } } }"""
ANSWER = {"updateRegisteredModel": {"registeredModel": {"description": "done"}}}
WAITING = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS n"


@contextmanager
def held_up(graph: Driver, server: PedigreeProcess) -> Iterator[tuple[Transaction, Future[httpx2.Response]]]:
    """A change under way that waits for a transaction of ours, and that transaction."""
    assert server.ask(CREATE).status_code == 200
    with ThreadPoolExecutor(1) as beside, graph.session() as session, session.begin_transaction() as lock:
        lock.run("MATCH (m:RegisteredModel {name: 'slow'}) SET m._lock = 1").consume()
        answer = beside.submit(server.ask, UPDATE)
        until(lambda: answer.done() or graph.execute_query(WAITING).records[0]["n"])
        assert not answer.done(), answer.result().text
        yield lock, answer


def connects(server: PedigreeProcess) -> bool:
    address = urlsplit(server.url)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname, address.port)) == 0


def test_a_request_under_way_is_answered_whole_and_no_more_come_in(settings: Settings, graph: Driver) -> None:
    with served(settings.model_copy(update={"port": 0, "write_timeout": 30.0})) as server:
        with held_up(graph, server) as (lock, answer):
            server.process.send_signal(signal.SIGTERM)
            until(lambda: answer.done() or not connects(server))
            assert not answer.done()
            assert server.process.poll() is None
            lock.commit()
            assert (answer.result().status_code, answer.result().json()["data"]) == (200, ANSWER)
        assert server.process.wait() == 0


def test_who_waits_longer_than_the_time_out_is_given_up(settings: Settings, graph: Driver) -> None:
    brief = settings.model_copy(update={"port": 0, "write_timeout": 3.0, "shutdown_timeout": 1})
    with served(brief) as server, held_up(graph, server) as (lock, answer):
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait() == 0
        [error] = answer.result().json()["errors"]
        assert (answer.result().status_code, error["extensions"]["code"]) == (503, "UNAVAILABLE")
        assert error["extensions"]["committed"] == "unknown"
        lock.rollback()
    records = graph.execute_query("MATCH (m:RegisteredModel) RETURN m.description AS description").records
    assert [record["description"] for record in records] == [None]


def test_a_load_balancer_may_notice_before_the_door_is_closed(settings: Settings, graph: Driver) -> None:
    with served(settings.model_copy(update={"port": 0, "shutdown_delay": 60})) as server:
        assert server.get("/readyz").status_code == 200
        server.process.send_signal(signal.SIGTERM)
        until(lambda: server.get("/readyz").status_code != 200)
        response = server.get("/readyz")
        assert (response.status_code, response.json()["reason"]) == (503, "DRAINING")
        assert server.ask("{ __typename }").status_code == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait() == 0
