"""Lists: what they can be filtered and ordered by."""

from typing import Any

from tests.api.conftest import Client
from tests.api.test_registry import register

EVENTS = """
query ($where: AuditEventFilter) {
  auditEvents(where: $where, first: 100) { nodes { action subject { __typename } } totalCount }
}
"""
PEOPLE = """
mutation {
  createUser(input: {name: "ada", tags: [{key: "site", value: "Berlin"}]}) { user { id } }
  createTeam(input: {name: "risk"}) { team { id } }
  createServiceAccount(input: {name: "trainer"}) { serviceAccount { id } }
}
"""


async def actions(client: Client, **where: Any) -> list[str]:
    """The actions of the events that match, the latest first."""
    page = (await client.data(EVENTS, where=where))["auditEvents"]
    assert page["totalCount"] == len(page["nodes"])
    return [event["action"] for event in page["nodes"]]


async def test_events_are_found_by_what_was_done_to_what_by_whom_and_when(client: Client) -> None:
    version = (await register(client, aliases=["champion"]))["modelVersion"]
    await client.data(PEOPLE)
    registered = ["modelVersion.register"]
    assert await actions(client, subject={"modelVersion": {"id": version["id"]}}) == registered
    assert await actions(client, subject={"model": "churn"}) == registered * 2  # it was made, and got an alias
    made_by = {"actor": {"name": "local"}}
    assert await actions(client, action={"startsWith": "user."}, **made_by) == ["user.create"] * 2  # ada, and itself
    assert await actions(client, actor={"name": "ada"}) == []
    assert await actions(client, actor={"name": "nobody"}) == []
    assert await actions(client, at={"lt": "2020-01-01T00:00:00Z"}) == []
    either = {"or": [{"action": {"eq": "team.create"}}, {"action": {"eq": "user.create"}}]}
    assert await actions(client, **either, **{"not": {"actor": {"id": "nobody"}}}) == [
        "team.create",
        "user.create",
        "user.create",
    ]


async def test_what_happened_to_something_is_found_after_it_was_deleted(client: Client) -> None:
    id = (await register(client))["modelVersion"]["id"]
    await client.data(
        "mutation ($id: ID!) { deleteModelVersion(input: {version: {id: $id}}) { deletedId } }",
        id=id,
    )
    assert await actions(client, subject={"id": id}) == ["modelVersion.delete", "modelVersion.register"]


async def test_a_reference_in_a_filter_that_names_something_else_is_refused_with_its_path(client: Client) -> None:
    id = (await register(client))["modelVersion"]["id"]
    error = await client.error(EVENTS, where={"and": [{"actor": {"id": id}}]})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["where", "and", 0, "actor", "id"])


async def test_actors_are_found_by_their_kind_name_and_tag(client: Client) -> None:
    await client.data(PEOPLE)

    async def names(**where: Any) -> list[str]:
        text = "query ($where: ActorFilter) { actors(where: $where) { nodes { name } totalCount } }"
        page = (await client.data(text, where=where))["actors"]
        assert page["totalCount"] == len(page["nodes"])
        return [actor["name"] for actor in page["nodes"]]

    assert await names(type=["Team", "ServiceAccount"]) == ["risk", "trainer"]
    assert await names(type=["User"], name={"ne": "local"}) == ["ada"]
    assert await names(tag={"key": "site", "value": {"eq": "Berlin"}}) == ["ada"]
    assert await names(**{"not": {"type": ["User"]}}) == ["risk", "trainer"]


async def test_environments_are_found_by_their_name_and_protection(client: Client) -> None:
    await client.data(
        """mutation {
          a: createEnvironment(input: {name: "staging", position: 1}) { environment { id } }
          b: createEnvironment(input: {name: "production", position: 2, isProtected: true}) { environment { id } }
          archiveEnvironment(input: {environment: {name: "staging"}}) { environment { id } }
        }"""
    )

    async def names(**where: Any) -> list[str]:
        text = "query ($where: EnvironmentFilter) { environments(where: $where) { nodes { name } } }"
        return [each["name"] for each in (await client.data(text, where=where))["environments"]["nodes"]]

    assert await names(isProtected=True) == ["production"]
    assert await names(archived=True) == ["staging"]
    assert await names(**{"or": [{"name": {"eq": "staging"}}, {"isProtected": True}]}) == ["staging", "production"]


async def test_runs_are_ordered_by_their_start_and_those_without_one_are_left_out(client: Client) -> None:
    for day in (2, 1, 3):
        await client.data(
            "mutation ($at: DateTime) { startRun(input: {startedAt: $at}) { run { id } } }",
            at=f"2026-01-0{day}T00:00:00Z",
        )
    await register(client, run={"new": {"status": "SCHEDULED"}})
    text = """query ($after: String) {
      runs(first: 2, after: $after, orderBy: {by: STARTED_AT, direction: DESC}) {
        nodes { startedAt } totalCount pageInfo { endCursor hasNextPage }
      }
      started: runs(where: {startedAt: {gte: "2026-01-02T00:00:00Z"}, not: {status: [FAILED]}}) { totalCount }
      all: runs { totalCount }
    }"""
    data = await client.data(text)
    page = data["runs"]
    assert [run["startedAt"][:10] for run in page["nodes"]] == ["2026-01-03", "2026-01-02"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    assert (data["started"]["totalCount"], data["all"]["totalCount"]) == (2, 4)
    rest = (await client.data(text, after=page["pageInfo"]["endCursor"]))["runs"]
    assert [run["startedAt"][:10] for run in rest["nodes"]] == ["2026-01-01"]


async def test_applications_and_deployments_are_ordered_both_ways(client: Client) -> None:
    await register(client)
    await client.data(
        """mutation {
          b: createApplication(input: {name: "b"}) { created }
          a: createApplication(input: {name: "a", riskClass: "high"}) { created }
          createEnvironment(input: {name: "production", position: 1}) { environment { id } }
          one: placeDeployment(input: {version: {number: {model: "churn", number: 1}},
            environment: {name: "production"}, endpoint: "one"}) { replayed }
          two: placeDeployment(input: {version: {number: {model: "churn", number: 1}},
            environment: {name: "production"}, endpoint: "two"}) { replayed }
        }"""
    )
    data = await client.data(
        """{
          byName: applications(orderBy: {by: NAME}) { nodes { name } }
          byAge: applications(orderBy: {by: CREATED_AT}) { nodes { name } }
          risky: applications(where: {not: {riskClass: {ne: "high"}}}) { nodes { name } }
          first: deployments(orderBy: {by: VALID_FROM}) { nodes { endpoint { name } } }
          either: deployments(where: {or: [{endpoint: {eq: "one"}}, {live: false}]}) { nodes { endpoint { name } } }
          environment(name: "production") {
            deployments(orderBy: {by: VALID_FROM, direction: ASC}, first: 1) { nodes { endpoint { name } } }
          }
        }"""
    )
    one, two = ({"endpoint": {"name": name}} for name in ("one", "two"))
    assert data == {
        "byName": {"nodes": [{"name": "a"}, {"name": "b"}]},
        "byAge": {"nodes": [{"name": "b"}, {"name": "a"}]},
        "risky": {"nodes": [{"name": "a"}]},
        "first": {"nodes": [one, two]},
        "either": {"nodes": [one]},
        "environment": {"deployments": {"nodes": [one]}},
    }
