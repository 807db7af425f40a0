"""What one may not see does not exist, on every path: look-up, list, search, counts, history, errors, cost, ids."""

from typing import Any

import pytest

from app.domain.evaluation import RecordEvaluation, record_evaluation
from app.domain.permission.grants import CreateGrant, RevokeGrant, create_grant, revoke_grant
from app.domain.writing import Writer
from tests.api.visibility.conftest import SECRET, World
from tests.fixtures.registration import DIGEST


async def test_by_its_id(world: World) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    whole, part = await world.both(query, ids=world.ids)
    kinds = {node["__typename"] for node in whole["nodes"]}
    assert kinds == {
        *("RegisteredModel", "ModelVersion", "Dataset", "DatasetVersion", "Run", "Evaluation", "Deployment"),
        *("Alias", "VersionLifecycle", "ArtifactFile", "Endpoint"),
    }
    assert part["nodes"] == [None] * len(world.ids)
    for id in world.ids:
        one = "query ($id: ID!) { node(id: $id) { id } run(id: $id) { id } modelVersion(by: {id: $id}) { id } }"
        assert await world.outsider.data(one, id=id) == {"node": None, "run": None, "modelVersion": None}


LOOKUPS = [
    'registeredModel(name: "risk/secret") { id }',
    'modelVersion(by: {number: {model: "risk/secret", number: 1}}) { id }',
    'modelVersion(by: {alias: {model: "risk/secret", alias: "champion"}}) { id }',
    'modelVersion(by: {external: {system: "mlflow", externalId: "churn/1"}}) { id }',
    'external(system: "mlflow", externalId: "churn/1") { id }',
    'dataset(name: "risk/clicks") { id }',
    'datasetVersion(by: {version: {dataset: "risk/clicks", version: "1"}}) { id }',
    f'datasetVersion(by: {{digest: "{DIGEST}"}}) {{ id }}',
]


@pytest.mark.parametrize("lookup", LOOKUPS)
async def test_by_its_name(world: World, lookup: str) -> None:
    whole, part = await world.both(f"{{ found: {lookup} }}")
    assert whole["found"]
    assert part == {"found": None}


LISTS = [
    ("registeredModels", ["base", "open"], "name"),
    ("modelVersions", [1, 1], "number"),
    ("datasets", [], "name"),
    ("runs", [], "id"),
    ("deployments", [], "id"),
]


@pytest.mark.parametrize(("field", "seen", "shown"), LISTS)
async def test_in_a_list_and_its_count(world: World, field: str, seen: list[Any], shown: str) -> None:
    query = f"{{ {field} {{ totalCount nodes {{ {shown} }} pageInfo {{ hasNextPage }} }} }}"
    whole, part = await world.both(query)
    assert part[field] == {
        "totalCount": len(seen),
        "nodes": [{shown: value} for value in seen],
        "pageInfo": {"hasNextPage": False},
    }
    assert whole[field]["totalCount"] == len(seen) + 1
    last = await world.outsider.data(f"{{ {field}(last: 1) {{ nodes {{ id }} pageInfo {{ hasPreviousPage }} }} }}")
    assert last[field]["pageInfo"] == {"hasPreviousPage": len(seen) > 1}


async def test_in_a_search(world: World) -> None:
    search = """{
      byDigest(digest: "DIGEST") { id }
      derived: modelVersions(where: {derivation: [MERGE]}) { totalCount }
      tuned: modelVersions(where: {derivation: [FINE_TUNE]}) { totalCount }
      tagged: modelVersions(where: {tag: {key: "stage"}}) { totalCount }
      served: modelVersions(where: {deployedIn: "production"}) { totalCount }
      seeded: modelVersions(where: {parameter: {name: "seed", eq: 7}}) { totalCount }
      best: modelVersions(orderBy: {by: METRIC, metric: {name: "auc"}}) { totalCount nodes { id } }
      places: environments { nodes {
        deployments { totalCount }
        endpoints { nodes { name deployments { nodes { id } } } }
      } }
      jobs: job(namespace: "default", name: "train") { runs { totalCount } }
    }"""
    whole, part = await world.both(search.replace("DIGEST", DIGEST))
    assert len(whole["byDigest"]) == 2
    assert part["byDigest"] == []
    for name in ("derived", "tuned", "tagged", "served", "seeded", "best"):
        assert (whole[name]["totalCount"], part[name]["totalCount"]) == (1, 0), name
    assert part["best"]["nodes"] == []
    (environment,) = part["places"]["nodes"]
    assert environment == {
        "deployments": {"totalCount": 0},
        "endpoints": {"nodes": []},
    }
    assert [each["name"] for each in whole["places"]["nodes"][0]["endpoints"]["nodes"]] == ["api"]
    assert whole["jobs"]["runs"]["totalCount"] == 1
    assert part["jobs"] == {"runs": {"totalCount": 0}}


RELATED = """query ($id: ID!) { modelVersion(by: {id: $id}) {
  parents { source { id } } children { totalCount nodes { id } }
  upstream { withheld nodes { node { id } } } downstream { withheld nodes { node { id } } }
} }"""


async def test_beside_what_one_may_see(world: World) -> None:
    versions = (await world.outsider.data("{ modelVersions { nodes { id model { name } } } }"))["modelVersions"][
        "nodes"
    ]
    names = {each["model"]["name"]: each["id"] for each in versions}
    _, base = await world.both(RELATED, id=names["base"])
    _, above = await world.both(RELATED, id=names["open"])
    assert base["modelVersion"]["children"] == {"totalCount": 0, "nodes": []}
    assert base["modelVersion"]["downstream"] == {"withheld": True, "nodes": []}
    assert base["modelVersion"]["upstream"] == {"withheld": False, "nodes": []}
    assert above["modelVersion"]["parents"] == []
    assert above["modelVersion"]["upstream"] == {"withheld": True, "nodes": []}


async def test_in_a_report_it_is_only_missing(world: World) -> None:
    query = """query ($of: ReportRef!) { complianceReport(of: $of) {
      complete changes { subjectId changes { after } } proof { size } markdown html
      versions { version { label } lineage { ancestors } deployments { id } verdicts { verdict { ancestors } } }
      environments { name } } }"""
    reports = []
    for of in ({"version": {"number": {"model": "open", "number": 1}}}, {"environment": {"name": "production"}}):
        whole, part = await world.both(query, of=of)
        told = str(part)
        assert all(id not in told for id in world.ids)
        assert "risk/" not in told
        assert "risk/" in str(whole)
        reports.append([each["complianceReport"] for each in (whole, part)])
    assert [[each["complete"] for each in pair] for pair in reports] == [[True, False], [True, False]]
    assert [[len(each["versions"]) for each in pair] for pair in reports] == [[1, 1], [1, 0]]


async def test_in_history_no_event_speaks_of_it(world: World) -> None:
    query = "{ modelVersions { nodes { history { totalCount nodes { action changes { field after } } } } } }"
    whole, part = await world.both(query)
    told = str(part)
    assert "modelVersion.register" in told
    assert all(id not in told for id in world.ids)
    assert SECRET not in told
    assert len(str(whole)) > len(told)


@pytest.mark.parametrize(
    "field",
    [
        "auditEvents { totalCount }",
        "auditHead { size }",
        "sealKeys { number }",
        "auditVerification { isIntact }",
        'auditInclusion(event: "x") { body }',
        "auditConsistency(from: 1) { checkpoint }",
    ],
)
async def test_the_log_is_read_with_a_permission(world: World, field: str) -> None:
    error = await world.outsider.error(f"{{ {field} }}")
    assert (error["code"], error["permissions"]) == ("FORBIDDEN", ["audit.read"])
    answer = await world.insider.send(f"{{ {field} }}")
    assert all(each["extensions"]["code"] != "FORBIDDEN" for each in answer.get("errors", ()))


COMMANDS = [
    ('updateRegisteredModel(input: {model: {name: "%s"}, task: "t"}) { replayed }', "risk/secret"),
    ('setModelAlias(input: {alias: "a", version: {number: {model: "%s", number: 1}}}) { replayed }', "risk/secret"),
    ('setTags(input: {entity: {model: "%s"}, tags: [{key: "a", value: "b"}]}) { replayed }', "risk/secret"),
    ('setVisibility(input: {entity: {model: "%s"}, visibility: PUBLIC}) { replayed }', "risk/secret"),
    ('deleteDataset(input: {dataset: {name: "%s"}, reason: "r"}) { replayed }', "risk/clicks"),
    ('createGrant(input: {to: {name: "outsider"}, role: VIEWER, on: {model: "%s"}}) { replayed }', "risk/secret"),
    ('createRegisteredModel(input: {name: "%s"}) { replayed }', "risk/secret"),
    ('createDataset(input: {name: "%s", kind: "files"}) { replayed }', "risk/clicks"),
]


@pytest.mark.parametrize(("command", "name"), COMMANDS)
async def test_a_refusal_is_that_of_something_that_is_not_there(world: World, command: str, name: str) -> None:
    """With another name that is as long, which nothing has, in the same words, at the same cost."""
    refusals = []
    for each in (name, name[:-1] + "_"):
        answer = await world.outsider.send(f"mutation {{ {command.replace('%s', each)} }}")
        told = str(answer).replace(each, "NAME")
        refusals.append(told.replace(answer["errors"][0]["extensions"]["requestId"], "REQUEST"))
        assert answer["errors"][0]["extensions"]["code"] in ("NOT_FOUND", "FORBIDDEN")
    first, second = (told.partition("'remaining'")[0] for told in refusals)
    assert first == second


async def test_can_says_no_of_it_as_of_what_is_not_there(world: World) -> None:
    query = 'query ($on: ID) { can(action: "registeredModel.update", on: $on) }'
    for id in (world.ids[0], "01890000-0000-7000-8000-000000000000"):
        assert await world.outsider.data(query, on=id) == {"can": False}


async def test_can_says_no_of_what_is_served_where_one_may_stop(world: World, writer: Writer) -> None:
    command = {"to": {"name": "outsider"}, "role": "APPROVER", "on": {"environment": "production"}}
    await create_grant(writer, CreateGrant.model_validate(command))
    row = await writer.connection.read("id", "MATCH (d:Deployment) RETURN d.id AS id")
    query = 'query ($on: ID) { can(action: "deployment.stop", on: $on) }'
    assert [each["can"] for each in await world.both(query, on=row["id"])] == [True, False]


async def test_an_evaluation_is_not_found_by_the_id_of_data_that_is_hidden(world: World, writer: Writer) -> None:
    row = await writer.connection.read("id", "MATCH (d:DatasetVersion) RETURN d.id AS id")
    base = {"number": {"model": "base", "number": 1}}
    told = {"version": base, "on": {"id": row["id"]}, "metrics": [{"name": "auc", "value": 0.5}]}
    await record_evaluation(writer, RecordEvaluation.model_validate(told))
    query = """query ($id: ID!) { modelVersion(by: {number: {model: "base", number: 1}}) {
      evaluations(on: {id: $id}) { totalCount } metric(name: "auc", on: {id: $id}) { value }
      all: evaluations { nodes { on { id } isOnTrainingData } }
    } }"""
    whole, part = await world.both(query, id=row["id"])
    assert whole["modelVersion"]["evaluations"] == {"totalCount": 1}
    assert part["modelVersion"] == {
        "evaluations": {"totalCount": 0},
        "metric": None,
        "all": {"nodes": [{"on": None, "isOnTrainingData": None}]},
    }


async def test_a_replay_tells_nothing_of_what_was_hidden_since(world: World, writer: Writer) -> None:
    command = {"to": {"name": "outsider"}, "role": "CONTRIBUTOR"}
    grant = await create_grant(writer, CreateGrant.model_validate(command))
    query = """mutation { recordLineage(input: {idempotencyKey: "k", kind: DERIVED_FROM, derivation: MERGE,
      source: {modelVersion: {number: {model: "base", number: 1}}},
      target: {datasetVersion: {version: {dataset: "risk/clicks", version: "1"}}}}) { edge { id targetId } } }"""
    first = (await world.outsider.data(query))["recordLineage"]
    assert first["edge"]["targetId"] in world.ids
    await revoke_grant(writer, RevokeGrant.model_validate({"id": grant.id}))
    answer = await world.outsider.send(query)
    assert "recordLineage" in answer["data"]
    assert first["edge"]["targetId"] not in str(answer)


async def test_who_may_see_it_is_told_that_it_is_private(world: World) -> None:
    query = "{ registeredModels { nodes { name visibility } } datasets { nodes { name visibility } } }"
    whole, part = await world.both(query)
    shown = {each["name"]: each["visibility"] for each in whole["registeredModels"]["nodes"]}
    assert shown == {"base": "PUBLIC", "open": "PUBLIC", SECRET: "PRIVATE"}
    assert whole["datasets"]["nodes"] == [{"name": "risk/clicks", "visibility": "PRIVATE"}]
    assert {each["name"] for each in part["registeredModels"]["nodes"]} == {"base", "open"}


async def test_a_grant_over_it_is_listed_for_who_may_see_it(world: World, writer: Writer) -> None:
    command = {"to": {"name": "risk"}, "role": "VIEWER", "on": {"model": SECRET}}
    await create_grant(writer, CreateGrant.model_validate(command))
    query = "{ grants { totalCount nodes { role over { id } } } }"
    whole, part = await world.both(query)
    assert (whole["grants"]["totalCount"], part["grants"]["totalCount"]) == (2, 1)


async def test_it_appears_with_a_grant_in_the_next_request(world: World, writer: Writer) -> None:
    command = {"to": {"name": "outsider"}, "role": "VIEWER", "on": {"actor": "risk"}}
    await create_grant(writer, CreateGrant.model_validate(command))
    found = await world.outsider.data('{ registeredModel(name: "risk/secret") { name } }')
    assert found == {"registeredModel": {"name": SECRET}}


async def test_a_recall_of_it_is_told_in_one_flag(world: World, writer: Writer) -> None:
    opening = """mutation { openRecall(input: {reason: "consent", severity: HIGH, targets: [
      {datasetVersion: {version: {dataset: "risk/clicks", version: "1"}}}]}) { recall { id } } }"""
    recall = (await world.insider.data(opening))["openRecall"]["recall"]["id"]
    of_open = """{ modelVersion(by: {number: {model: "open", number: 1}}) {
      recallStatus { isRecalled andHidden reaches { recall { reason } path { length } } } }
      recalls { totalCount nodes { id } } modelVersions(where: {recalled: true}) { nodes { model { name } } } }"""
    whole, part = await world.both(of_open)
    assert whole["modelVersion"]["recallStatus"] == {
        "isRecalled": True,
        "andHidden": False,
        "reaches": [{"recall": {"reason": "consent"}, "path": {"length": 3}}],
    }
    assert part == {
        "modelVersion": {"recallStatus": {"isRecalled": True, "andHidden": True, "reaches": []}},
        "recalls": {"totalCount": 0, "nodes": []},
        "modelVersions": {"nodes": [{"model": {"name": "open"}}]},
    }
    assert await world.outsider.data("query ($id: ID!) { node(id: $id) { id } }", id=recall) == {"node": None}
    over = {"environment": "production"}
    given = {"to": {"name": "outsider"}, "permissions": ["deployment.place"], "on": over}
    await create_grant(writer, CreateGrant.model_validate(given))
    placing = """mutation { placeDeployment(input: {environment: {name: "production"}, endpoint: "open",
      version: {number: {model: "open", number: 1}}}) { deployment { id } } }"""
    refused = await world.outsider.error(placing)
    assert (refused["code"], refused["blockers"], refused["andHidden"]) == ("BLOCKED", [], True)
    assert recall not in refused["message"]
