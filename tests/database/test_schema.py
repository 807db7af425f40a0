import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import DatabaseError

from app.database import schema
from app.errors import Unavailable
from graph_schema.definitions import DEFINITIONS, SHARED_LABELS, difference
from graph_schema.elements import GraphModel, Node, Property, Type, required
from graph_schema.migrations import MIGRATIONS, Migration
from graph_schema.model import MODEL

pytestmark = pytest.mark.changes_schema

NOW = datetime(2026, 3, 3, tzinfo=UTC)
VALUES: dict[Type, Any] = {
    Type.STRINGS: [],
    Type.INTEGER: 2**40,
    Type.INTEGERS: [1, 2],
    Type.FLOAT: float("nan"),
    Type.FLOATS: [0.5, float("inf")],
    Type.BOOLEAN: True,
    Type.DATETIME: NOW,
    Type.DATETIMES: [NOW],
    Type.DATE: date(2026, 3, 3),
}


@pytest.fixture
async def driver(graph: AsyncDriver) -> AsyncIterator[AsyncDriver]:
    """The database with its schema and no data but the ledger. Whoever comes later finds the schema whole."""
    await schema.apply(graph)
    yield graph
    await empty(graph)
    await run(graph, difference(await schema.held(graph), DEFINITIONS))
    await schema.apply(graph)


async def test_a_fresh_schema_equals_the_migrated_one(driver: AsyncDriver) -> None:
    """When it does not: `pedigree schema diff` prints what a new migration has to hold."""
    await strip(driver)
    await schema.apply(driver)
    migrated = await schema.held(driver)
    await strip(driver)
    await run(driver, difference((), DEFINITIONS))
    fresh = await schema.held(driver)
    assert difference(migrated, fresh) == ()
    assert sorted(fresh) == sorted(migrated) == sorted(DEFINITIONS)


async def test_processes_that_start_at_once_apply_each_migration_once(driver: AsyncDriver) -> None:
    await strip(driver)
    applied = await asyncio.gather(*(schema.apply(driver) for _ in range(8)))
    assert sorted(applied, key=len) == [*[[]] * 7, list(MIGRATIONS)]
    assert await ledger(driver) == [(m.number, m.name, m.digest) for m in MIGRATIONS]
    assert await schema.check(driver) == []


async def test_neo4j_may_give_up_planning_while_others_change_the_schema(driver: AsyncDriver) -> None:
    tries = list[int]()

    async def work(transaction: AsyncManagedTransaction) -> int:
        tries.append(len(tries))
        if len(tries) < 3:
            raise DatabaseError("Could not compile query due to insanely frequent schema changes")
        return int((await (await transaction.run("RETURN 1 AS one")).data())[0]["one"])

    async with driver.session() as session:
        assert await schema.insist(session, work) == 1
    assert tries == [0, 1, 2]


async def test_applying_again_changes_nothing(driver: AsyncDriver) -> None:
    before = await ledger(driver)
    assert await schema.apply(driver) == []
    assert await ledger(driver) == before
    assert len(before) == len(MIGRATIONS)


async def test_a_new_migration_is_applied_after_the_others(driver: AsyncDriver) -> None:
    new = Migration(len(MIGRATIONS) + 1, "new", ("MERGE (:Lock {name: 'new', epoch: 1})",))
    assert await schema.apply(driver, migrations=(*MIGRATIONS, new)) == [new]
    assert (await ledger(driver))[-1] == (new.number, "new", new.digest)
    assert await count(driver, "MATCH (n:Lock {name: 'new'}) RETURN count(n) AS count") == 1


async def test_names_are_known_before_anything_bears_them(driver: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else Neo4j would plan anew, when somebody first writes such a name, all that speaks of it."""
    name = f"property{uuid4().hex}"
    monkeypatch.setattr(schema, "MODEL", GraphModel((Node("Job", "", (required(name, Type.STRING, ""),)),), ()))
    new = Migration(len(MIGRATIONS) + 1, "new", ("MERGE (:Lock {name: 'new', epoch: 1})",))
    await schema.apply(driver, migrations=(*MIGRATIONS, new))
    names = "CALL db.propertyKeys() YIELD propertyKey WHERE propertyKey = $name RETURN count(*) AS count"
    answer = await driver.execute_query(names, name=name)
    assert answer.records[0]["count"] == 1


async def test_a_migration_that_fails_is_not_in_the_ledger_and_starts_again(driver: AsyncDriver) -> None:
    before = await ledger(driver)
    number = len(MIGRATIONS) + 1
    merge = "MERGE (:Lock {name: 'new', epoch: 1})"
    with pytest.raises(schema.SchemaFailed):
        await schema.apply(driver, migrations=(*MIGRATIONS, Migration(number, "new", (merge, "RETURN 1 / 0"))))
    assert await ledger(driver) == before
    mended = Migration(number, "new", (merge, "MATCH (n:Lock {name: 'new'}) SET n.epoch = 2"))
    assert await schema.apply(driver, migrations=(*MIGRATIONS, mended)) == [mended]
    assert await count(driver, "MATCH (n:Lock {name: 'new'}) RETURN sum(n.epoch) AS count") == 2


async def test_a_changed_migration_is_refused_and_nothing_is_applied(driver: AsyncDriver) -> None:
    before = await ledger(driver)
    changed = Migration(1, MIGRATIONS[0].name, ("RETURN 1",))
    new = Migration(len(MIGRATIONS) + 1, "new", ("MERGE (:Lock {name: 'new'})",))
    with pytest.raises(schema.SchemaFailed, match="migration 0001 initial was changed after it had been applied"):
        await schema.apply(driver, migrations=(changed, *MIGRATIONS[1:], new))
    assert await ledger(driver) == before
    assert await count(driver, "MATCH (n:Lock {name: 'new'}) RETURN count(n) AS count") == 0


async def test_data_that_contradicts_a_constraint_is_told(driver: AsyncDriver) -> None:
    before = await ledger(driver)
    await driver.execute_query("UNWIND [1, 2] AS i CREATE (:Job {namespace: 'n', name: toString(i), id: 'same'})")
    unique = "CREATE CONSTRAINT job_id IF NOT EXISTS FOR (x:Job) REQUIRE (x.id) IS UNIQUE"
    new = Migration(
        len(MIGRATIONS) + 1, "new", ("CREATE INDEX job_by_id IF NOT EXISTS FOR (x:Job) ON (x.name)", unique)
    )
    with pytest.raises(schema.SchemaFailed, match="job_id"):
        await schema.apply(driver, migrations=(*MIGRATIONS, new))
    assert await ledger(driver) == before
    assert difference(await schema.held(driver), DEFINITIONS) == ()


async def test_a_database_that_is_down_is_unavailable() -> None:
    async with AsyncGraphDatabase.driver("bolt://127.0.0.1:1", max_transaction_retry_time=0.0) as driver:
        with pytest.raises(Unavailable):
            await schema.apply(driver)
        with pytest.raises(Unavailable):
            await schema.check(driver)


async def test_a_graph_that_holds_everything_the_model_allows_has_no_problems(driver: AsyncDriver) -> None:
    await write_whole_model(driver)
    labels = "MATCH (n) UNWIND labels(n) AS label RETURN count(DISTINCT label) AS count"
    assert await count(driver, labels) == len(MODEL.nodes) + len(SHARED_LABELS)
    assert await schema.check(driver) == []


async def test_data_that_the_model_does_not_know_is_a_problem(driver: AsyncDriver) -> None:
    await write_whole_model(driver)
    for statement in (
        "MATCH (n:Job) SET n.number = 1, n.revision = 'one' REMOVE n.namespace",
        "MATCH (n:Team) REMOVE n:Actor",
        "CREATE (:Step {id: 'a'}), (:Step {id: 'c'}), (:Step {id: 'b'})",
        "MATCH (tag:Tag), (job:Job) CREATE (tag)-[:OF_JOB]->(job), (tag)-[:LIKES {id: 'l'}]->(job)",
        "MATCH (:Run)-[r:USED]->(:Commit) SET r.role = 1 REMOVE r.recordedAt",
    ):
        await driver.execute_query(statement)
    [tag] = (await driver.execute_query("MATCH (:Tag)-[r:OF_JOB]->() RETURN elementId(r) AS id")).records
    assert await schema.check(driver) == [
        "Entity:Team: no kind of node has exactly these labels, 1 node, for example Team.id",
        "Step: no kind of node has exactly these labels, 3 nodes, for example a and c",
        "LIKES: no such relationship, 1 relationship, for example l",
        f"(Tag)-[:OF_JOB]->(Entity:Job): not between these labels, 1 relationship, for example {tag['id']}",
        "Job.namespace: required, but absent, 1 row, for example Job.id",
        "Job.number: no such property, 1 row, for example Job.id",
        "Job.revision: STRING where the model says integer, 1 row, for example Job.id",
        "USED.recordedAt: required, but absent, 1 row, for example Run.USED.Commit.id",
        "USED.role: INTEGER where the model says string, 1 row, for example Run.USED.Commit.id",
    ]


async def test_a_schema_that_differs_is_a_problem(driver: AsyncDriver) -> None:
    await driver.execute_query("DROP CONSTRAINT tag_subject_id_key")
    await driver.execute_query("CREATE TEXT INDEX mine FOR (n:Tag) ON (n.value)")
    await driver.execute_query("CALL db.awaitIndexes(60)")
    await driver.execute_query("MATCH (m:Migration {number: 1}) SET m.digest = 'sha256:other'")
    await driver.execute_query("CREATE (:Migration {number: 99, name: 'later', digest: 'd', appliedAt: datetime()})")
    assert await schema.check(driver) == [
        "migration 0001 initial was changed after it had been applied: put it back, and write a new one",
        "migration 0099 was applied by a newer version",
        "missing: uniqueness constraint tag_subject_id_key on Tag (subjectId, key)",
        "not in the model: text index mine on Tag (value)",
    ]


async def test_a_database_without_ledger_lacks_all_migrations(driver: AsyncDriver) -> None:
    await driver.execute_query("MATCH (m:Migration) DELETE m")
    assert await schema.check(driver) == [f"migration {migration} is not applied" for migration in MIGRATIONS]


async def write_whole_model(driver: AsyncDriver) -> None:
    """One node of each kind with all its properties, and between them one relationship of each kind and ends.

    The ledger is there already.
    """
    for node in (node for node in MODEL.nodes if node.label != "Migration"):
        labels = ":".join((node.label, *node.labels))
        await driver.execute_query(f"CREATE (n:{labels}) SET n = $values", values=values(node.label, node.properties))
    for kind in MODEL.relationships:
        for source, target in product(kind.sources, kind.targets):
            await driver.execute_query(
                f"MATCH (a:{source}), (b:{target}) LIMIT 1 CREATE (a)-[r:{kind.type}]->(b) SET r = $values",
                values=values(f"{source}.{kind.type}.{target}", kind.properties),
            )


def values(owner: str, properties: tuple[Property, ...]) -> dict[str, Any]:
    """A value for each property, other texts for each owner."""
    return {p.name: VALUES.get(p.type, f"{owner}.{p.name}") for p in properties}


async def ledger(driver: AsyncDriver) -> list[tuple[int, str, str]]:
    answer = await driver.execute_query("MATCH (m:Migration) RETURN m.number, m.name, m.digest ORDER BY m.number")
    return [(record[0], record[1], record[2]) for record in answer.records]


async def count(driver: AsyncDriver, statement: str) -> int:
    answer = await driver.execute_query(statement)
    return int(answer.records[0]["count"])


async def empty(driver: AsyncDriver) -> None:
    await driver.execute_query("MATCH (n) DETACH DELETE n")


async def strip(driver: AsyncDriver) -> None:
    """Leave neither data nor schema."""
    await empty(driver)
    await run(driver, difference(await schema.held(driver), ()))


async def run(driver: AsyncDriver, statements: Iterable[str]) -> None:
    """Run them in one transaction."""
    async with driver.session() as session, await session.begin_transaction() as transaction:
        for statement in statements:
            await transaction.run(statement)
        await transaction.commit()
