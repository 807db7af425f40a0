"""Everything that belongs to a model or a dataset says so, however it came into the registry."""

from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.database.schema import apply
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.identifiers import new_id
from app.domain.labelling import SetTags, set_tags
from app.domain.lineage.execution import StartRun, start_run
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.registry.life import DeprecateModelVersion, deprecate_model_version
from app.domain.registry.upkeep import UpdateRegisteredModel, update_registered_model
from app.domain.writing import Writer
from app.transfer.exporting import export_lines
from app.transfer.importing import Options, import_lines
from tests.domain.actions import prepare
from tests.domain.permission.people import somebody
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found

# What belongs to a node by a property of its own, or by lineage, as it says itself or not.
ASTRAY = """
CALL () {
  MATCH (x:RegisteredModel|Dataset) RETURN x, x.id AS scope
  UNION ALL MATCH (x:ModelVersion|Alias) RETURN x, x.modelId AS scope
  UNION ALL MATCH (x:DatasetVersion) RETURN x, x.datasetId AS scope
  UNION ALL MATCH (x:Evaluation|Deployment) MATCH (of:Entity {id: x.versionId}) RETURN x, of.modelId AS scope
  UNION ALL MATCH (x:VersionLifecycle|ArtifactFile) MATCH (of:Entity {id: x.subjectId}) RETURN x, of.modelId AS scope
  UNION ALL MATCH (x:Observation) MATCH (of:Entity {id: x.deploymentId}) RETURN x, of.scope AS scope
  UNION ALL MATCH (x:LicenseWaiver) MATCH (of:Entity {id: x.waivedForId}) RETURN x, of.scope AS scope
  UNION ALL MATCH (x:Run)<-[:GENERATED_BY]-(of) RETURN x, of.scope AS scope
}
RETURN {labels: reduce(all = [], each IN collect(DISTINCT labels(x)) | all + each),
  astray: collect(CASE WHEN scope IS NULL OR x.scope IS NULL OR x.scope <> scope THEN labels(x) END)} AS found
"""
SCOPES = "MATCH (n) WHERE n.scope IS NOT NULL WITH n ORDER BY n.id RETURN collect([n.id, n.scope]) AS found"
FORGET = "MATCH (n) WHERE NOT n:LicenseWaiver REMOVE n.scope, n.scopes"  # waivers came later, with theirs
SINCE = "MATCH (m:Migration) WHERE m.number >= 7 DELETE m"  # the one that gives everything its scope, and later ones
LABELS = {
    *("RegisteredModel", "ModelVersion", "Alias", "Dataset", "DatasetVersion", "Evaluation", "Deployment"),
    *("VersionLifecycle", "ArtifactFile", "LicenseWaiver", "Run"),
}
FIRST = {"number": {"model": "team/churn", "number": 1}}


async def fill(writer: Writer) -> None:
    for aliases in (["champion"], ["candidate"]):
        references = WHOLE["references"] if aliases == ["champion"] else []
        await register(writer, **{**WHOLE, "aliases": aliases, "references": references})
    await prepare(writer)
    await set_model_alias(writer, SetModelAlias.model_validate({"alias": "old", "version": FIRST}))
    await deprecate_model_version(writer, DeprecateModelVersion.model_validate({"version": FIRST, "reason": "old"}))


async def check(connection: Connection) -> None:
    row = await found(connection, ASTRAY)
    assert set(row["labels"]) >= LABELS
    assert row["astray"] == []


async def test_what_is_written_says_where_it_belongs(writer: Writer) -> None:
    await fill(writer)
    await check(writer.connection)


async def test_what_is_imported_says_it(writer: Writer) -> None:
    await fill(writer)
    lines = [line async for page in export_lines(writer.connection) for line in page]
    others = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n RETURN 1 AS found"
    await writer.connection.driver.execute_query(others)
    done = await import_lines(writer.connection, lines, Options(actor="tester"))
    assert done.problems == ()
    await check(writer.connection)


@pytest.mark.changes_schema
async def test_a_graph_from_before_is_migrated(writer: Writer, session_driver: AsyncDriver) -> None:
    await fill(writer)
    before = await found(writer.connection, SCOPES)
    await session_driver.execute_query(FORGET)
    await session_driver.execute_query(SINCE)
    applied = await apply(session_driver)
    assert applied[0].number == 7
    assert await found(writer.connection, SCOPES) == before
    await check(writer.connection)


async def scope_of(writer: Writer, run: str) -> str | None:
    """The name of the model or dataset that a run belongs to."""
    text = "OPTIONAL MATCH (r:Run {name: $run}) OPTIONAL MATCH (s:Entity {id: r.scope}) RETURN s.name AS found"
    name: str | None = await found(writer.connection, text, run=run)
    return name


async def start(writer: Writer, name: str, **more: Any) -> str:
    return (await start_run(writer, StartRun.model_validate({"name": name, **more}))).id


async def test_a_run_belongs_where_the_first_thing_belongs_that_it_made_and_so_do_its_parts(writer: Writer) -> None:
    sweep = await start(writer, "sweep")
    await start(writer, "before", parent={"id": sweep})
    await register(writer, "churn", run={"existing": sweep})
    await register(writer, "fraud", run={"existing": sweep})
    await start(writer, "after", parent={"id": sweep})
    assert [await scope_of(writer, name) for name in ("sweep", "before", "after")] == ["churn"] * 3


async def test_nobody_takes_the_run_of_somebody_else(writer: Writer) -> None:
    run = await start(writer, "theirs")
    robot = await somebody(writer, role="CONTRIBUTOR")
    await register(robot, "churn", run={"existing": run})
    assert await scope_of(writer, "theirs") is None


async def test_a_run_that_is_put_in_the_place_of_another_belongs_there(writer: Writer) -> None:
    await register(writer, "churn", run={"new": {"name": "wrong"}})
    right = await start(writer, "right")
    edge = await found(writer.connection, "MATCH ()-[e:GENERATED_BY]->() RETURN e.id AS found")
    command = {"edgeId": edge, "reason": "wrong", "replaceWith": {"run": {"id": right}}}
    await retract_lineage(writer, RetractLineage.model_validate(command))
    assert await scope_of(writer, "right") == "churn"


async def test_an_endpoint_belongs_to_a_model_as_long_as_it_served_nothing_else(writer: Writer) -> None:
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    endpoint = "MATCH (e:Endpoint) OPTIONAL MATCH (s:Entity {id: e.scope}) RETURN s.name AS found"
    for model, owner in (("churn", "churn"), ("churn", "churn"), ("fraud", None), ("churn", None)):
        version = (await register(writer, model)).id
        place = {"environment": {"name": "production"}, "endpoint": "api", "version": {"id": version}}
        await place_deployment(writer, PlaceDeployment.model_validate(place))
        assert await found(writer.connection, endpoint) == owner


async def test_an_imported_endpoint_belongs_to_what_all_of_its_deployments_belong_to(writer: Writer) -> None:
    """In whatever files they come, and whatever was placed there over the API."""
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    versions = [(await register(writer, model)).id for model in ("churn", "fraud")]
    owners = """MATCH (e:Endpoint) WITH e ORDER BY e.name
      OPTIONAL MATCH (s:Entity {id: e.scope}) RETURN collect([e.name, s.name]) AS found"""
    for served in ([("a", 0), ("a", 0), ("b", 0), ("b", 1)], [("c", 0)], [("c", 1)], [("d", 1)]):
        lines = [deployment(endpoint, versions[place]) for endpoint, place in served]
        assert (await import_lines(writer.connection, lines, Options(actor="tester"))).problems == ()
    assert await found(writer.connection, owners) == [["a", "churn"], ["b", None], ["c", None], ["d", "fraud"]]
    place = {"environment": {"name": "production"}, "endpoint": "d", "version": {"id": versions[0]}}
    await place_deployment(writer, PlaceDeployment.model_validate(place))
    await import_lines(writer.connection, [deployment("d", versions[1])], Options(actor="tester"))
    assert (await found(writer.connection, owners))[-1] == ["d", None]


def deployment(endpoint: str, version: str) -> bytes:
    """The line of one that is over."""
    interval = {"validFrom": "2026-01-01T00:00:00Z", "validTo": "2026-02-01T00:00:00Z"}
    place = {"environment": "production", "endpoint": endpoint, "version": {"id": version}}
    return orjson.dumps({"type": "Deployment", "id": new_id(), **place, **interval})


async def test_what_people_write_is_no_mention(writer: Writer) -> None:
    await register(writer, "churn")
    other = (await register(writer, "fraud")).id
    tags = {"entity": {"model": "churn"}, "tags": [{"key": "id", "value": other}, {"key": other, "value": "x"}]}
    await set_tags(writer, SetTags.model_validate(tags))
    await update(writer, {"model": {"name": "churn"}, "description": other, "metadata": {"id": other}})
    changes = ["tags.set", "registeredModel.update"]
    text = "MATCH (e:AuditEvent) WHERE e.action IN $changes RETURN collect(e.scopes) AS found"
    churn = await found(writer.connection, "MATCH (m:RegisteredModel {name: 'churn'}) RETURN m.id AS found")
    scopes = await found(writer.connection, text, changes=changes)
    assert scopes
    assert all(each == [churn] for each in scopes)


async def update(writer: Writer, command: dict[str, Any]) -> None:
    await update_registered_model(writer, UpdateRegisteredModel.model_validate(command))


TOLD = """MATCH (e:AuditEvent {action: $action}) WHERE e.subjectType = $type
WITH e ORDER BY e.at DESC
MATCH (s) WHERE s.id IN e.scopes AND s.name IS NOT NULL
WITH e, s ORDER BY s.name
WITH e, collect(s.name) AS names
RETURN head(collect(names)) AS found"""


@pytest.mark.parametrize(
    ("action", "type", "names"),
    [
        ("modelVersion.register", "ModelVersion", ["team/churn"]),
        ("modelVersion.register", "DatasetVersion", ["clicks", "team/churn"]),
        ("modelVersion.register", "Job", ["team/churn"]),
        ("deployment.place", "Deployment", ["team/churn"]),
        ("alias.set", "RegisteredModel", ["team/churn"]),
    ],
)
async def test_an_event_says_of_what_it_speaks(writer: Writer, action: str, type: str, names: list[str]) -> None:
    await fill(writer)
    told: Any = await found(writer.connection, TOLD, action=action, type=type)
    assert told == names
