import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import uuid4

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import CypherSyntaxError

from app.database import plans
from app.database.connection import Connection, Transaction
from app.database.plans import KEPT, Plans
from app.database.queries import Query
from app.errors import InvalidInput, Unavailable


async def estimated(driver: AsyncDriver, text: str, **given: Any) -> float:
    """How many rows Neo4j expects at the end of a plan, which it says of a statement that runs."""
    result = await driver.execute_query(text, given=given)
    plan = result.summary.profile or result.summary.plan
    assert plan is not None
    return float(plan["args"]["EstimatedRows"])


@pytest.mark.parametrize("ending", ["RETURN {n}.id AS id", "SET {n}.namespace = $given.name RETURN {n}.id AS id"])
async def test_what_was_planned_ahead_is_not_planned_anew_when_it_runs(graph: AsyncDriver, ending: str) -> None:
    """The plan is of a time when there were few."""
    early, late = (f"MATCH ({n}:Step WHERE {n}.id <> $given.id) {ending.format(n=n)}" for n in names())
    await graph.execute_query("CREATE (:Step {id: 'a'})")
    await Connection(graph).plan(f"CYPHER 5 {early}")
    await graph.execute_query("UNWIND range(1, 1000) AS i CREATE (:Step {id: toString(i)})")
    then = await estimated(graph, f"CYPHER 5 PROFILE {early}", id="a", name="b")
    now = await estimated(graph, f"CYPHER 5 PROFILE {late}", id="a", name="b")
    assert then < 10 < 100 < now


async def test_to_plan_a_write_writes_nothing(graph: AsyncDriver) -> None:
    await Connection(graph).plan("CYPHER 5 CREATE (n:Step) SET n.id = $given.name RETURN n")
    answer = await graph.execute_query("MATCH (n:Step) RETURN count(n) AS count")
    assert answer.records[0]["count"] == 0


async def test_what_cannot_be_planned_is_a_fault_of_ours(graph: AsyncDriver) -> None:
    connection = Connection(graph)
    with pytest.raises(CypherSyntaxError):
        await connection.plan("CYPHER 5 MATCH (n) RETURN m")
    assert connection.plans.ahead == {}


async def test_what_was_read_and_written_is_known_to_be_planned(graph: AsyncDriver) -> None:
    connection, text = Connection(graph), "CYPHER 5 MERGE (n:Step {id: $given.id}) RETURN n.id AS id"

    async def work(transaction: Transaction) -> None:
        assert [*connection.plans.ahead] == [text]
        await transaction.run(Query("test/merge", "", (), text.removeprefix("CYPHER 5")), {"given": {"id": "a"}})
        assert connection.plans.ahead == {}
        raise InvalidInput

    with pytest.raises(InvalidInput):
        await connection.write(work, text)
    await connection.read("test/one", "RETURN 1 AS one")
    assert [*connection.plans.known] == [hash(text), hash("RETURN 1 AS one")]


async def test_of_many_who_send_the_same_at_once_one_goes_ahead() -> None:
    told = list[str]()
    run = runner(Plans(), told)
    await asyncio.gather(run("a"), run("a"), run("b"), run("a"))
    first, others = ["a sent", "b sent", "a planned"], ["a sent", "a sent"]
    assert (told[:3], [each for each in told[3:] if each == "a sent"]) == (first, others)
    told.clear()
    await asyncio.gather(run("a"), run("a"))
    assert told[:2] == others


async def test_when_who_goes_ahead_fails_another_one_does() -> None:
    known, told = Plans(), list[str]()
    run = runner(known, told)
    first = asyncio.create_task(run("a"))
    others = [asyncio.create_task(run("a")) for _ in range(3)]
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(*others)
    assert told[:4] == ["a sent", "a sent", "a planned", "a sent"]
    assert (len(told), known.ahead) == (7, {})


async def test_nobody_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "PATIENCE", 0.01)
    known, go = Plans(), asyncio.Event()

    async def first() -> None:
        async with known.made_once("a") as planned:
            await go.wait()
            planned()

    ahead = asyncio.create_task(first())
    await asyncio.sleep(0)
    async with known.made_once("a") as planned:
        planned()
        assert [*known.ahead] == ["a"]
    go.set()
    await ahead
    assert known.ahead == {}


async def test_only_so_many_are_remembered() -> None:
    known = Plans()
    for number in range(KEPT + 5):
        async with known.made_once(str(number)) as planned:
            planned()
    assert [*known.known] == [hash(str(number)) for number in range(5, KEPT + 5)]


async def test_all_is_forgotten_when_neo4j_went_away_and_answers_again() -> None:
    known = Plans()
    run = runner(known, [])
    await run("a")
    async with AsyncGraphDatabase.driver("bolt://127.0.0.1:1", max_transaction_retry_time=0.0) as driver:
        with pytest.raises(Unavailable):
            await Connection(driver, plans=known).read("test/one", "RETURN 1 AS one")
    assert [*known.known] == [hash("a")]
    await run("b")
    assert [*known.known] == [hash("b")]


def names() -> tuple[str, str]:
    """Two variables that no statement has had: what differs in nothing else is planned once."""
    return f"n{uuid4().hex}", f"n{uuid4().hex}"


def runner(known: Plans, told: list[str]) -> Callable[[str], Coroutine[None, None, None]]:
    """What sends a statement, which takes a moment to be planned."""

    async def run(text: str) -> None:
        async with known.made_once(text) as planned:
            told.append(f"{text} sent")
            await asyncio.sleep(0.01)
            planned()
            told.append(f"{text} planned")

    return run
