"""Fixtures of the whole suite: a real Neo4j per worker, started once, emptied before each test that asks for it."""

import gc
from collections.abc import AsyncIterator, Iterator
from itertools import chain

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity

from app.cli.database import connected
from app.database.connection import Connection
from app.database.local import LocalNeo4j, local_neo4j
from app.domain.writing import Writer
from app.settings import Settings
from tests.fixtures.emptying import emptied, renewed
from tests.fixtures.registration import tester

# Compiled less, the JVM of a server that one test needs starts in two thirds of the time.
FAST_START = "-XX:TieredStopAtLevel=1"

# A worker's Neo4j lives for minutes: its JVM compiles with less effort than pays off for a server.
LITTLE_EFFORT = (
    "-XX:-DoEscapeAnalysis -XX:MaxInlineLevel=4 -XX:FreqInlineSize=60"
    " -XX:LoopUnrollLimit=0 -XX:-UseSuperWord -XX:-PartialPeelLoop"
)

# Until all tests are collected: what their modules define is no garbage.
gc.disable()

# Each test empties the graph, upon which Neo4j would plan every statement anew. And it would compile each once more
# after ten runs, for an engine that this edition does not have.
KEPT_PLANS = (
    "dbms.cypher.min_replan_interval=1h server.memory.query_cache.per_db_cache_num_entries=4000"
    " internal.cypher.expression_recompilation_limit=1000000000"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first in either half: a worker begins with its half, and then helps the other. What has
    Neo4j plan much is in the second one, for a Neo4j gets quick at that. The tests of a module that is marked stay
    together: they share a server. Those that change the schema come last."""
    groups = {mark: dict[str, list[pytest.Item]]() for mark in ("long", "planning")}
    others, changing = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        mark = next((mark for mark in groups if item.get_closest_marker(mark)), None)
        if item.get_closest_marker("changes_schema"):
            changing.append(item)
        elif mark is None:
            others.append(item)
        else:
            is_alone = any(each.name == mark for each in item.own_markers)
            groups[mark].setdefault(item.nodeid if is_alone else item.location[0], []).append(item)
    long, planning = ([*chain(*each.values())] for each in groups.values())
    middle = len(items) // 2 - len(long)
    items[:] = [*long, *others[:middle], *planning, *others[middle:], *changing]


@pytest.fixture(scope="session", autouse=True)
def _collected() -> None:
    """What every test stands on is no garbage. Looking through it took most of the time that a schema needs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a Neo4j that is ours alone, whatever the environment says. Its version and cache are yours. Nobody
    signs in, and nothing is sealed or planned ahead, unless a test is about that."""
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        neo4j_uri=None,
        neo4j_port=0,
        neo4j_jvm_flags=FAST_START,
        neo4j_options=KEPT_PLANS,
        auth=False,
        sequencer=False,
        plan_ahead=False,
        takeover_lead=0.1,
    )


@pytest.fixture(scope="session")
def neo4j(own_settings: Settings) -> Iterator[LocalNeo4j]:
    """The worker's Neo4j."""
    with local_neo4j(own_settings.model_copy(update={"neo4j_jvm_flags": LITTLE_EFFORT})) as neo4j:
        yield neo4j


@pytest.fixture(scope="session")
def settings(own_settings: Settings, neo4j: LocalNeo4j) -> Settings:
    """Settings that lead to the worker's Neo4j."""
    return connected(own_settings, neo4j)


@pytest.fixture(scope="session")
async def session_driver(neo4j: LocalNeo4j) -> AsyncIterator[AsyncDriver]:
    async with AsyncGraphDatabase.driver(
        neo4j.uri,
        auth=(neo4j.username, neo4j.password),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    ) as driver:
        yield driver


@pytest.fixture
async def graph(session_driver: AsyncDriver) -> AsyncDriver:
    """A driver of the worker's Neo4j, whose graph is empty. The schema and its ledger stay."""
    await emptied(session_driver)
    return session_driver


@pytest.fixture
async def connection(session_driver: AsyncDriver) -> Connection:
    """An empty registry: the schema is there, and nothing else."""
    await renewed(session_driver)
    return Connection(session_driver, read_timeout=30, write_timeout=30)


@pytest.fixture(scope="module")
async def founder(session_driver: AsyncDriver) -> Writer:
    """Somebody who writes to an empty registry what the tests of a module share."""
    await renewed(session_driver)
    return await tester(Connection(session_driver, read_timeout=30, write_timeout=30))


@pytest.fixture
async def writer(connection: Connection) -> Writer:
    """Somebody who writes to the empty registry."""
    return await tester(connection)
