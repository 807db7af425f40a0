"""While one deployment takes over from another, every list shows the one or the other: never both, nor none.

Neo4j shows a commit piece by piece to those who read without a lock. That is why a takeover is committed before its
instant comes: until then what is replaced is shown, and from then on what takes over, however much is seen of it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.registered import environment, version
from tests.domain.test_delivery import place
from tests.domain.test_roll_outs import activate, roll_back, stop
from tests.fixtures.snapshot import done, found

LISTS = """query Lists($base: ID!) {
  live: deployments(where: {live: true, role: [PRIMARY], not: {status: [ROLLING_OUT]}}) { nodes { id } }
  environment(name: "production") { deployments(where: {status: [ACTIVE]}) { totalCount nodes { id status } } }
  endpoint(environment: "production", name: "churn-api") { primary { id } deployments { nodes { id status } } }
  impact(of: {modelVersion: {id: $base}}) { deployments { id status } }
  modelVersion(by: {id: $base}) {
    downstream(where: {types: [Deployment], status: {eq: "ACTIVE"}}) { nodes { node { id } } }
  }
}"""
SERVING = """query Serving($base: ID!, $first: ID!, $second: ID!) {
  modelVersions(where: {deployedIn: "production"}) { nodes { id } }
  base: modelVersion(by: {id: $base}) { downstream(where: {types: [Deployment]}) { nodes { node { id } } } }
  first: modelVersion(by: {id: $first}) { whereUsed { nodes { id } } }
  second: modelVersion(by: {id: $second}) { whereUsed { nodes { id } } }
}"""

LONG = 20.0  # seconds: more than a test takes
AHEAD = "MATCH (d:Deployment) WHERE d.validFrom > datetime.realtime() OR d.activeFrom > datetime.realtime() \
RETURN collect(d.id) AS found"
# What is seen of a commit, when the other half is not seen yet.
ONLY_THE_END = """MATCH (d:Deployment) WHERE d.activeFrom > datetime.realtime()
WITH d, d.validFrom > datetime.realtime() AS isNew
SET d.status = 'ROLLING_OUT' REMOVE d.activeFrom
FOREACH (new IN CASE WHEN isNew THEN [d] ELSE [] END | DETACH DELETE new)
RETURN count(*) AS found"""
ONLY_THE_BEGIN = """MATCH (d:Deployment)-[serves:SERVES]->() WHERE d.validTo > datetime.realtime()
SET d.status = 'ACTIVE', d.open = true
REMOVE d.validTo, serves.validTo
RETURN count(*) AS found"""
# All that there is, as it will be seen when so many seconds have passed.
LATER = """MATCH (d:Deployment)-[serves:SERVES]->()
SET d.validFrom = d.validFrom - duration({seconds: $seconds}),
  d.activeFrom = d.activeFrom - duration({seconds: $seconds}),
  d.validTo = d.validTo - duration({seconds: $seconds}),
  serves.validFrom = serves.validFrom - duration({seconds: $seconds}),
  serves.validTo = serves.validTo - duration({seconds: $seconds})
RETURN count(*) AS found"""
INTERVALS = "MATCH (d:Deployment) \
RETURN collect({role: d.role, share: d.trafficPercent, begin: d.activeFrom, end: d.validTo}) AS found"
# The clock as it is when it was an hour ahead before.
SET_BACK = """MATCH (k:IdempotencyKey)
SET k.createdAt = k.createdAt + duration({hours: 1})
RETURN count(k) AS found"""

Act = Callable[[Writer], Awaitable[str]]


@dataclass(frozen=True)
class Place:
    """An endpoint with an active primary, and versions that may take over from it."""

    client: Client
    writer: Writer
    base: str
    versions: tuple[str, ...]
    earlier: str  # the active deployment

    async def shown(self) -> list[list[str]]:
        """The ids that each list shows as the active primary."""
        return list(champions(await self.client.data(LISTS, base=self.base)))

    async def sees_only(self, id: str) -> None:
        assert await self.shown() == [[id]] * 7


def champions(lists: dict[str, Any]) -> Iterator[list[str]]:
    """The active primaries of each list. Of those that do not tell which, the one that the others tell."""
    environment, endpoint = lists["environment"]["deployments"], lists["endpoint"]
    known = endpoint["primary"]["id"]
    yield [known]
    yield [each["id"] for each in lists["live"]["nodes"]]
    yield active(environment["nodes"])
    yield [known] * environment["totalCount"]
    yield active(endpoint["deployments"]["nodes"])
    yield active(lists["impact"]["deployments"])
    yield [each["node"]["id"] for each in lists["modelVersion"]["downstream"]["nodes"]]


def active(nodes: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in nodes if each["status"] == "ACTIVE"]


@pytest.fixture
async def here(client: Client, writer: Writer) -> Place:
    await environment(writer)
    base = await version(writer, "base")
    tuned = [{"kind": "FINE_TUNE", "source": {"id": base}}]
    first, second = [await version(writer, parents=tuned) for _ in range(2)]
    await place(writer, first)
    return Place(client, writer, base, (first, second), await place(writer, second))


async def by_placing(here: Place) -> Act:
    return lambda writer: place(writer, here.versions[0])


async def by_activating(here: Place) -> Act:
    id = await place(here.writer, here.versions[0], isRollingOut=True)
    return lambda writer: activate(writer, id)


async def by_rolling_back(here: Place) -> Act:
    return roll_back


WAYS = [by_placing, by_activating, by_rolling_back]
Way = Callable[[Place], Awaitable[Act]]


def ahead(writer: Writer, seconds: float) -> Writer:
    """Somebody whose takeovers begin so many seconds after their commit."""
    return replace(writer, connection=replace(writer.connection, takeover_lead=seconds))


@asynccontextmanager
async def committed(here: Place, way: Way) -> AsyncIterator[str]:
    """A takeover that is committed, and whose instant is still to come: the id of what takes over."""
    acting = asyncio.ensure_future((await way(here))(ahead(here.writer, LONG)))
    try:
        while not (later := await found(here.writer.connection, AHEAD)):
            assert not acting.done(), "it waits until its instant has come"
        yield later[0]
    finally:
        acting.cancel()
        with suppress(asyncio.CancelledError):
            await acting


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_replaced_is_shown_until_the_instant_has_come_and_what_takes_over_from_then_on(
    here: Place, way: Way
) -> None:
    async with committed(here, way) as later:
        await here.sees_only(here.earlier)
        await done(here.writer.connection, LATER, seconds=LONG)
        await here.sees_only(later)


async def test_what_is_served_changes_at_the_same_instant(here: Place) -> None:
    first, second = here.versions
    async with committed(here, by_placing) as later:
        assert await serving(here) == [[second], [here.earlier], [], [here.earlier]]
        await done(here.writer.connection, LATER, seconds=LONG)
        assert await serving(here) == [[first], [later], [later], []]


async def serving(here: Place) -> list[list[str]]:
    """The versions that are deployed, what they are deployed as, and where each is used."""
    first, second = here.versions
    told = await here.client.data(SERVING, base=here.base, first=first, second=second)
    return [
        [each["id"] for each in told["modelVersions"]["nodes"]],
        [each["node"]["id"] for each in told["base"]["downstream"]["nodes"]],
        [each["id"] for each in told["first"]["whereUsed"]["nodes"]],
        [each["id"] for each in told["second"]["whereUsed"]["nodes"]],
    ]


@pytest.mark.parametrize("seen", [ONLY_THE_END, ONLY_THE_BEGIN], ids=["only the end", "only the begin"])
@pytest.mark.parametrize("way", WAYS)
async def test_half_of_a_commit_is_as_good_as_the_whole(here: Place, way: Way, seen: str) -> None:
    async with committed(here, way):
        assert await done(here.writer.connection, seen) == 1
        await here.sees_only(here.earlier)


async def test_readers_see_one_at_any_time_and_who_wrote_sees_what_they_wrote(here: Place) -> None:
    writer, seen, is_over = ahead(here.writer, 0.4), list[list[list[str]]](), False

    async def watch() -> None:
        while not is_over:
            seen.append(await here.shown())

    async def replace() -> None:
        nonlocal is_over
        try:
            for _ in range(3):
                await here.sees_only(await place(writer, here.versions[0]))
                rolling = await place(writer, here.versions[1], isRollingOut=True)
                await here.sees_only(await activate(writer, rolling))
                await here.sees_only(await roll_back(writer))
                await here.sees_only(await place(writer, here.versions[1], replaceAll=True))
        finally:
            is_over = True

    await asyncio.gather(replace(), watch())
    assert len({str(each) for each in seen}) > 10
    assert [each for each in seen if {len(ids) for ids in each} != {1}] == []


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_written_before_the_instant_begins_after_it(here: Place, way: Way) -> None:
    async with committed(here, way) as later:
        await stop(here.writer, later, "STOPPED")
        await place(here.writer, here.versions[1])
        intervals = await found(here.writer.connection, INTERVALS)
        assert [each for each in intervals if each["end"] is not None and each["begin"] >= each["end"]] == []
        assert len(together(intervals)) == 4
        assert [alive for alive in together(intervals) if [each["role"] for each in alive] != ["PRIMARY"]] == []


async def test_the_shares_of_the_traffic_are_at_most_the_whole_at_any_instant(here: Place) -> None:
    async def halved(here: Place) -> Act:
        return lambda writer: place(writer, here.versions[0], trafficPercent=50)

    async with committed(here, halved):
        await place(here.writer, here.versions[0], role="CANARY", trafficPercent=50)
        intervals = await found(here.writer.connection, INTERVALS)
        assert [sum(each["share"] for each in alive) for alive in together(intervals)] == [100, 100, 50, 100]


async def test_who_asks_again_is_answered_when_the_instant_has_come(here: Place) -> None:
    writer = ahead(here.writer, 1)
    first, again = await asyncio.gather(*(place(writer, here.versions[0], idempotencyKey="once") for _ in range(2)))
    assert first == again
    await here.sees_only(again)


async def test_a_clock_that_was_set_back_keeps_nobody_waiting(here: Place) -> None:
    writer = ahead(here.writer, 0.1)
    first = await place(writer, here.versions[0], idempotencyKey="once")
    assert await done(writer.connection, SET_BACK) == 1
    assert await asyncio.wait_for(place(writer, here.versions[0], idempotencyKey="once"), LONG) == first


async def test_what_does_not_change_anything_is_not_waited_for(here: Place) -> None:
    writer = ahead(here.writer, LONG)
    canary = await place(writer, here.versions[0], role="CANARY", trafficPercent=0)
    await place(writer, here.versions[0], role="CANARY", trafficPercent=0, replaces=[])
    assert await asyncio.wait_for(activate(writer, canary), LONG / 2) == canary


def together(intervals: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """What is live at each instant at which something begins."""
    return [
        [each for each in intervals if each["begin"] <= begin and (each["end"] is None or begin < each["end"])]
        for begin in sorted(each["begin"] for each in intervals)
    ]
