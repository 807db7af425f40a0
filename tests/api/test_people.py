"""People, teams, who answers for what, and what was measured by whom, over GraphQL."""

from typing import Any

from tests.api.conftest import Client
from tests.api.test_registry import register

ADD = "mutation ($input: AddTeamMemberInput!) { addTeamMember(input: $input) { team { members { nodes { name } } } } }"
REMOVE = """
mutation ($input: RemoveTeamMemberInput!) {
  removeTeamMember(input: $input) { team { members { nodes { name } } } }
}
"""
OWN = """
mutation ($input: SetOwnerInput!) {
  setOwner(input: $input) { entity { id owner { name } ... on RegisteredModel { name } } }
}
"""
CHURN = {"model": "churn"}


async def people(client: Client) -> None:
    await client.data(
        """mutation {
          createUser(input: {name: "ada", displayName: "Ada", email: "ada@example.org"}) { user { id } }
          risk: createTeam(input: {name: "risk", tags: [{key: "floor", value: "3"}]}) { team { id } }
          board: createTeam(input: {name: "board"}) { team { id } }
          createServiceAccount(input: {name: "ci"}) { serviceAccount { id } }
        }"""
    )


def membership(team: str, member: str) -> dict[str, Any]:
    return {"team": {"name": team}, "member": {"name": member}}


async def test_people_teams_and_programs_are_made_and_changed(client: Client) -> None:
    await people(client)
    assert await client.data(
        """mutation { updateActor(input: {actor: {name: "ada"}, displayName: "Ada L.", email: null}) {
          actor { __typename name displayName ... on User { email } } } }"""
    ) == {"updateActor": {"actor": {"__typename": "User", "name": "ada", "displayName": "Ada L.", "email": None}}}
    found = await client.data("{ actors { nodes { __typename name tags { key value } } } }")
    assert found["actors"]["nodes"] == [
        {"__typename": "User", "name": "ada", "tags": []},
        {"__typename": "Team", "name": "board", "tags": []},
        {"__typename": "ServiceAccount", "name": "ci", "tags": []},
        {"__typename": "User", "name": "local", "tags": []},
        {"__typename": "Team", "name": "risk", "tags": [{"key": "floor", "value": "3"}]},
    ]


async def test_a_name_belongs_to_one_of_all_who_act(client: Client) -> None:
    await people(client)
    error = await client.error('mutation { createTeam(input: {name: "ada"}) { team { id } } }')
    assert (error["code"], error["path"]) == ("ALREADY_EXISTS", ["name"])
    error = await client.error(
        'mutation { updateActor(input: {actor: {name: "risk"}, email: "x@y.z"}) { actor { id } } }'
    )
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["email"])


async def test_members_come_and_go_and_no_team_is_its_own_member(client: Client) -> None:
    await people(client)
    for team, member in (("risk", "ada"), ("board", "risk"), ("risk", "ada")):
        await client.data(ADD, input=membership(team, member))
    found = await client.data(
        """{ actor(name: "ada") { teams { name teams { name } } history { nodes { action } } }
             risk: actor(name: "risk") { ... on Team { members { nodes { name } } } history { nodes { action } } } }"""
    )
    assert found["actor"]["teams"] == [{"name": "risk", "teams": [{"name": "board"}]}]
    assert found["risk"]["members"]["nodes"] == [{"name": "ada"}]
    assert [event["action"] for event in found["risk"]["history"]["nodes"]] == ["team.addMember", "team.create"]
    error = await client.error(ADD, input=membership("risk", "board"))
    assert (error["code"], error["path"]) == ("CYCLE", ["member"])
    error = await client.error(ADD, input=membership("risk", "risk"))
    assert error["code"] == "CYCLE"
    error = await client.error(ADD, input=membership("ada", "risk"))
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["team", "name"])
    joined = await client.data('{ actor(name: "risk") { history(first: 1) { nodes { at } } } }')
    left = await client.data(REMOVE, input=membership("risk", "ada"))
    assert left["removeTeamMember"]["team"]["members"]["nodes"] == []
    past = await client.data(
        """query ($then: DateTime!) {
          risk: actor(name: "risk") { ... on Team { members(asOf: $then) { totalCount nodes { name } } } }
          ada: actor(name: "ada") { teams { name } then: teams(asOf: $then) { name } }
        }""",
        then=joined["actor"]["history"]["nodes"][0]["at"],
    )
    assert past["risk"]["members"] == {"totalCount": 1, "nodes": [{"name": "ada"}]}
    assert past["ada"] == {"teams": [], "then": [{"name": "risk"}]}
    back = await client.data(ADD, input=membership("risk", "ada"))
    assert back["addTeamMember"]["team"]["members"]["nodes"] == [{"name": "ada"}]


async def test_an_owner_follows_another_and_the_one_before_stays_visible(client: Client) -> None:
    await people(client)
    await register(client)
    answer = await client.data(OWN, input={"entity": CHURN, "owner": {"name": "risk"}, "reason": "reorganized"})
    assert answer["setOwner"]["entity"]["owner"] == {"name": "risk"}
    event = '{ registeredModel(name: "churn") { history(first: 1) { nodes { at action reason } } } }'
    (first,) = (await client.data(event))["registeredModel"]["history"]["nodes"]
    assert (first["action"], first["reason"]) == ("owner.set", "reorganized")
    await client.data(OWN, input={"entity": CHURN, "owner": {"name": "ada"}})
    found = await client.data(
        """query ($then: DateTime!) { registeredModel(name: "churn") {
          owner { name } then: owner(asOf: $then) { name } before: owner(asOf: "2020-01-01T00:00:00Z") { name }
        } actor(name: "ada") { owns { nodes { ... on RegisteredModel { name } } } } }""",
        then=first["at"],
    )
    assert found["registeredModel"] == {"owner": {"name": "ada"}, "then": {"name": "risk"}, "before": None}
    assert found["actor"]["owns"]["nodes"] == [{"name": "churn"}]
    gone = await client.data(OWN, input={"entity": CHURN, "owner": None})
    assert gone["setOwner"]["entity"]["owner"] is None
    version = {"modelVersion": {"number": {"model": "churn", "number": 1}}}
    error = await client.error(OWN, input={"entity": version, "owner": {"name": "ada"}})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["entity", "modelVersion", "number"])


async def test_an_evaluation_is_recorded_long_after_the_registration(client: Client) -> None:
    await register(client)
    await client.data(
        """mutation {
          registerDatasetVersion(input: {record: {dataset: "holdout", version: "1"}}) { datasetVersion { id } }
          createEnvironment(input: {name: "production", position: 1}) { environment { id } }
        }"""
    )
    version = {"number": {"model": "churn", "number": 1}}
    placed = await client.data(
        """mutation ($version: ModelVersionRef!) {
          placeDeployment(input: {version: $version, environment: {name: "production"}, endpoint: "api"}) {
            deployment { id } } }""",
        version=version,
    )
    deployment = {"id": placed["placeDeployment"]["deployment"]["id"]}
    record = """
    mutation ($input: RecordEvaluationInput!) {
      recordEvaluation(input: $input) { replayed evaluation {
        id context slice evaluator { name } deployment { id } on { label } metrics { name value low high }
        judges { label } isOnTrainingData
      } }
    }"""
    input = {
        "version": version,
        "deployment": deployment,
        "on": {"version": {"dataset": "holdout", "version": "1"}},
        "slice": "eu",
        "context": "ONLINE",
        "metrics": [{"name": "auc", "value": 0.9, "low": 0.88, "high": 0.92}, {"name": "loss", "value": "Infinity"}],
        "idempotencyKey": "monitor-1",
    }
    first = (await client.data(record, input=input))["recordEvaluation"]
    assert first["evaluation"] | {"id": "", "deployment": None} == {
        "id": "",
        "context": "ONLINE",
        "slice": "eu",
        "evaluator": {"name": "local"},
        "deployment": None,
        "on": {"label": "holdout@1"},
        "metrics": [
            {"name": "auc", "value": 0.9, "low": 0.88, "high": 0.92},
            {"name": "loss", "value": "Infinity", "low": None, "high": None},
        ],
        "judges": [],
        "isOnTrainingData": False,
    }
    assert first["evaluation"]["deployment"] == deployment
    again = (await client.data(record, input=input))["recordEvaluation"]
    assert again == {"replayed": True, "evaluation": first["evaluation"]}
    await register(client)
    other = {**input, "version": {"number": {"model": "churn", "number": 2}}, "idempotencyKey": "monitor-2"}
    error = await client.error(record, input=other)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["deployment"])
    error = await client.error(record, input={**input, "on": {"id": "nothing"}, "idempotencyKey": "monitor-3"})
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["on", "id"])
