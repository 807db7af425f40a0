"""The registry over GraphQL, as a training job, a team and a curious person use it."""

import asyncio
import base64
import json
from typing import Any

from tests.api.conftest import Client

REGISTER = """
mutation ($input: RegisterModelVersionInput!) {
  registerModelVersion(input: $input) {
    created replayed warnings stubs { __typename ... on LineageNode { label } } modelVersion { id number label }
  }
}
"""
CREATE = """
mutation ($input: CreateRegisteredModelInput!) {
  createRegisteredModel(input: $input) { replayed registeredModel { id } }
}
"""
SHA = "a" * 40
WEIGHTS = "sha256:" + "1" * 64


async def register(client: Client, **input: Any) -> dict[str, Any]:
    data = await client.data(REGISTER, input={"model": "churn", "createModel": True, **input})
    answer: dict[str, Any] = data["registerModelVersion"]
    return answer


async def test_a_training_job_registers_its_version_with_its_whole_lineage(client: Client) -> None:
    answer = await register(
        client,
        artifact={"uri": "s3://models/churn", "files": [{"path": "model.bin", "digest": WEIGHTS, "sizeBytes": 2**40}]},
        license="apache 2",
        parameters={"tree": {"depth": 6}, "objective": "logloss"},
        run={
            "new": {
                "job": {"name": "train-churn"},
                "parameters": {"lr": 0.1},
                "metrics": [{"name": "loss", "value": 0.5, "step": 1}, {"name": "loss", "value": "NaN", "step": 2}],
                "commit": {"repository": "git@github.com:acme/churn.git", "sha": SHA, "isClean": True},
            }
        },
        inputs=[
            {
                "role": "train",
                "dataset": {"record": {"dataset": "customers", "version": "1", "system": "dvc", "uri": "s3://c"}},
            }
        ],
        evaluations=[
            {"on": {"version": {"dataset": "customers", "version": "1"}}, "metrics": [{"name": "auc", "value": 0.91}]}
        ],
        aliases=["champion"],
    )
    assert answer["modelVersion"]["label"] == "churn/1"
    assert (answer["created"], answer["replayed"], answer["stubs"]) == (True, False, [])
    data = await client.data(
        """{ modelVersion(by: {alias: {model: "churn", alias: "champion"}}) {
          uri license { declared spdx }
          artifact { fileCount sizeBytes isVerified files { nodes { path digest sizeBytes } } }
          parameters { name value source }
          run { status isCommitClean job { name } commit { sha repository { url } }
                metrics { name last min max storedPoints points { step value } } inputs { role node { label } } }
          trainingData { role dataset { label snapshot { system isPinned } } }
          evaluations { nodes { metrics { name value } on { label } isOnTrainingData } }
          lifecycle { state } missingEvidence createdBy { name }
        } }"""
    )
    assert data["modelVersion"] == {
        "uri": "models:/churn/1",
        "license": {"declared": "apache 2", "spdx": "Apache-2.0"},
        "artifact": {
            "fileCount": 1,
            "sizeBytes": 2**40,
            "isVerified": True,
            "files": {"nodes": [{"path": "model.bin", "digest": WEIGHTS, "sizeBytes": 2**40}]},
        },
        "parameters": [
            {"name": "lr", "value": 0.1, "source": "RUN"},
            {"name": "objective", "value": "logloss", "source": "VERSION"},
            {"name": "tree.depth", "value": 6, "source": "VERSION"},
        ],
        "run": {
            "status": "SUCCEEDED",
            "isCommitClean": True,
            "job": {"name": "train-churn"},
            "commit": {"sha": SHA, "repository": {"url": "https://github.com/acme/churn"}},
            "metrics": [
                {
                    "name": "loss",
                    "last": "NaN",
                    "min": 0.5,
                    "max": 0.5,
                    "storedPoints": 2,
                    "points": [{"step": 1, "value": 0.5}, {"step": 2, "value": "NaN"}],
                }
            ],
            "inputs": [
                {"role": "code", "node": {"label": f"https://github.com/acme/churn@{SHA[:12]}"}},
                {"role": "train", "node": {"label": "customers@1"}},
            ],
        },
        "trainingData": [
            {"role": "train", "dataset": {"label": "customers@1", "snapshot": {"system": "dvc", "isPinned": False}}}
        ],
        "evaluations": {
            "nodes": [
                {"metrics": [{"name": "auc", "value": 0.91}], "on": {"label": "customers@1"}, "isOnTrainingData": True}
            ]
        },
        "lifecycle": {"state": "ACTIVE"},
        "missingEvidence": [],
        "createdBy": {"name": "local"},
    }


async def test_a_parameter_may_be_null(client: Client) -> None:
    run = {"new": {"reference": {"system": "ci", "externalId": "1"}, "parameters": {"n_jobs": None}}}
    await register(client, parameters={"max_depth": None, "criterion": "gini"}, run=run)
    answer = await client.data(
        """{ modelVersions { nodes { parameters { name value source } run { parameters { name value } } } } }"""
    )
    (version,) = answer["modelVersions"]["nodes"]
    assert version == {
        "parameters": [
            {"name": "criterion", "value": "gini", "source": "VERSION"},
            {"name": "max_depth", "value": None, "source": "VERSION"},
            {"name": "n_jobs", "value": None, "source": "RUN"},
        ],
        "run": {"parameters": [{"name": "n_jobs", "value": None}]},
    }


async def test_a_parameter_is_found_by_its_value_and_type(client: Client) -> None:
    values: list[Any] = [0.1, "0.1", 3, 3.0, True, "true", None, [1, "x"], [{"b": 1, "a": None}], "x" * 2_000]
    for value in values:
        await register(client, parameters={"p": value, "other": 1})
    await register(client, run={"new": {"parameters": {"p": 0.1}}})
    await register(client)

    async def numbers(**parameter: Any) -> list[int]:
        text = """query ($p: ParameterFilter!) {
          modelVersions(where: {parameter: $p}, orderBy: {by: NUMBER}) { nodes { number } } }"""
        page = (await client.data(text, p={"name": "p", **parameter}))["modelVersions"]
        return [version["number"] for version in page["nodes"]]

    assert await numbers() == [*range(1, 12)]
    assert [await numbers(eq=value) for value in values] == [
        [1, 11],
        [2],
        [3, 4],
        [3, 4],
        [5],
        [6],
        [7],
        [8],
        [9],
        [10],
    ]
    assert await numbers(eq=[{"a": None, "b": 1}]) == [9]
    others: list[Any] = [[1], [1, "y"], "x" * 1_999, "3", False, {}]
    assert [await numbers(eq=value) for value in others] == [[]] * 6
    assert await numbers(**{"in": [None, "0.1", 3, [1, "x"]]}) == [2, 3, 4, 7, 8]
    assert await numbers(gte=0.1, lte=3) == [1, 3, 4, 11]
    by_literal = '{ modelVersions(where: {parameter: {name: "p", eq: null}}) { nodes { number } } }'
    assert await client.data(by_literal) == {"modelVersions": {"nodes": [{"number": 7}]}}


async def test_numbers_are_gap_free_when_32_jobs_register_at_once(client: Client) -> None:
    await register(client)
    answers = await asyncio.gather(*(register(client) for _ in range(32)))
    assert sorted(answer["modelVersion"]["number"] for answer in answers) == list(range(2, 34))


async def test_the_same_request_is_done_once(client: Client) -> None:
    first = await register(client, idempotencyKey="job-1")
    second = await register(client, idempotencyKey="job-1")
    assert second["modelVersion"] == first["modelVersion"]
    assert (first["replayed"], second["replayed"]) == (False, True)
    error = await client.error(REGISTER, input={"model": "churn", "idempotencyKey": "job-1", "description": "another"})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["idempotencyKey"])
    assert (await client.data("{ modelVersions { totalCount } }"))["modelVersions"] == {"totalCount": 1}


async def test_a_replay_of_what_was_deleted_since_says_so(client: Client) -> None:
    first = (await register(client, idempotencyKey="job-1"))["modelVersion"]
    delete = "mutation ($id: ID!) { deleteModelVersion(input: {version: {id: $id}}) { deletedId } }"
    await client.data(delete, id=first["id"])
    again = await register(client, idempotencyKey="job-1")
    assert (again["replayed"], again["modelVersion"]) == (True, None)


async def test_a_renamed_model_is_found_by_both_names_until_another_takes_the_old_one(client: Client) -> None:
    await client.data(CREATE, input={"name": "old"})
    await client.data(
        'mutation { renameRegisteredModel(input: {model: {name: "old"}, name: "new"}) { registeredModel { name } } }'
    )
    found = '{ registeredModel(name: "old") { name formerNames } }'
    assert await client.data(found) == {"registeredModel": {"name": "new", "formerNames": ["old"]}}
    await client.data(CREATE, input={"name": "old"})
    assert await client.data(found) == {"registeredModel": {"name": "old", "formerNames": []}}


async def test_a_name_is_taken_once(client: Client) -> None:
    await client.data(CREATE, input={"name": "churn"})
    error = await client.error(CREATE, input={"name": "churn"})
    assert (error["code"], error["path"]) == ("ALREADY_EXISTS", ["name"])
    assert (await client.data(CREATE, input={"name": "Churn"}))["createRegisteredModel"]["replayed"] is False


async def test_an_alias_moves_and_its_past_stays_visible(client: Client) -> None:
    await register(client, aliases=["champion"])
    before = (await client.data('{ registeredModel(name: "churn") { alias(name: "champion") { validFrom } } }'))[
        "registeredModel"
    ]["alias"]["validFrom"]
    await register(client, aliases=["champion"])
    data = await client.data(
        """query ($before: DateTime!) { registeredModel(name: "churn") {
          now: alias(name: "champion") { version { number } }
          before: alias(name: "champion", asOf: $before) { version { number } validTo }
        }
        now: modelVersion(by: {alias: {model: "churn", alias: "champion"}}) { number }
        before: modelVersion(by: {alias: {model: "churn", alias: "champion"}}, asOf: $before) { number }
        never: modelVersion(by: {alias: {model: "churn", alias: "champion"}}, asOf: "2020-01-01T00:00:00Z") { number }
        }""",
        before=before,
    )
    assert (data["now"], data["before"], data["never"]) == ({"number": 2}, {"number": 1}, None)
    model = data["registeredModel"]
    assert model["now"] == {"version": {"number": 2}}
    assert model["before"]["version"] == {"number": 1}
    assert model["before"]["validTo"] > before


async def test_a_version_has_no_state_before_it_came_into_being_nor_as_a_stub(client: Client) -> None:
    base = {"modelVersion": {"number": {"model": "base", "number": 3}}}
    await register(client, parents=[{"kind": "FINE_TUNE", "source": base}], allowStubs=True)
    data = await client.data(
        """{ modelVersions(orderBy: {by: NUMBER}) {
          nodes { label now: lifecycle { state } before: lifecycle(asOf: "2020-01-01T00:00:00Z") { state } }
        } }"""
    )
    assert data["modelVersions"]["nodes"] == [
        {"label": "churn/1", "now": {"state": "ACTIVE"}, "before": None},
        {"label": "base/3", "now": None, "before": None},
    ]


async def test_an_answer_as_of_a_moment_ago_says_that_it_is_not_settled(client: Client) -> None:
    text = "query ($at: DateTime!) { deployments(asOf: $at) { totalCount } }"
    assert (await client.send(text, at="2999-01-01T00:00:00Z"))["extensions"]["asOfSettled"] is False
    assert "asOfSettled" not in (await client.send(text, at="2026-01-01T00:00:00Z"))["extensions"]


async def test_a_version_in_use_is_not_deleted_and_its_users_are_named(client: Client) -> None:
    version = (await register(client, aliases=["champion"]))["modelVersion"]
    delete = "mutation ($id: ID!) { deleteModelVersion(input: {version: {id: $id}}) { deletedId } }"
    error = await client.error(delete, id=version["id"])
    assert error["code"] == "IN_USE"
    assert "champion" in str(error)
    await client.data(
        'mutation { removeModelAlias(input: {model: {name: "churn"}, alias: "champion"}) { registeredModel { id } } }'
    )
    assert await client.data(delete, id=version["id"]) == {"deleteModelVersion": {"deletedId": version["id"]}}
    assert await client.data("query ($id: ID!) { node(id: $id) { id } }", id=version["id"]) == {"node": None}
    assert (await register(client))["modelVersion"]["number"] == 2


async def test_a_change_of_a_stale_revision_is_refused(client: Client) -> None:
    await client.data(CREATE, input={"name": "churn"})
    update = """mutation ($task: String!) {
      updateRegisteredModel(input: {model: {name: "churn"}, task: $task, expectedRevision: 1}) {
        registeredModel { revision task }
      }
    }"""
    done = await client.data(update, task="classification")
    assert done["updateRegisteredModel"]["registeredModel"] == {"revision": 2, "task": "classification"}
    assert (await client.error(update, task="regression"))["code"] == "STALE_REVISION"
    data = await client.data(
        """{ registeredModel(name: "churn") {
          task history { nodes { action actor { name } changes { field before after } } }
        } }"""
    )
    assert data["registeredModel"]["task"] == "classification"
    latest = data["registeredModel"]["history"]["nodes"][0]
    assert (latest["action"], latest["actor"]) == ("registeredModel.update", {"name": "local"})
    assert {"field": "task", "before": None, "after": "classification"} in latest["changes"]


async def test_versions_are_filtered_ordered_and_paged_both_ways(client: Client) -> None:
    for auc in (0.7, 0.9, "NaN", 0.8):
        await register(client, evaluations=[{"metrics": [{"name": "auc", "value": auc}]}])
    await register(client)
    text = """query ($first: Int, $after: String, $last: Int, $before: String, $where: ModelVersionFilter) {
      registeredModel(name: "churn") {
        versions(first: $first, after: $after, last: $last, before: $before, where: $where,
                 orderBy: {by: METRIC, direction: DESC, metric: {name: "auc"}}) {
          totalCount edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      }
    }"""

    async def numbers(**arguments: Any) -> tuple[list[int], dict[str, Any]]:
        page = (await client.data(text, **arguments))["registeredModel"]["versions"]
        return [edge["node"]["number"] for edge in page["edges"]], page

    best, page = await numbers(first=2)
    assert (best, page["totalCount"], page["pageInfo"]["hasNextPage"]) == ([2, 4], 5, True)
    rest, _ = await numbers(first=10, after=page["pageInfo"]["endCursor"])
    assert rest[0] == 1
    assert set(rest[1:]) == {3, 5}  # a figure that is not a number comes last, as none does
    worst, _ = await numbers(last=2)
    assert worst == rest[1:]
    good, page = await numbers(where={"metric": {"name": "auc", "gte": 0.8}})
    assert (good, page["totalCount"]) == ([2, 4], 2)
    others, _ = await numbers(where={"not": {"metric": {"name": "auc", "gte": 0.8}}})
    assert set(others) == {1, 3, 5}


async def test_an_order_by_a_figure_says_by_which(client: Client) -> None:
    await register(client)
    text = """{
      registeredModel(name: "churn") { versions(orderBy: {by: METRIC}) { totalCount } label: name }
      modelVersions(orderBy: {by: METRIC, direction: DESC}) { totalCount }
    }"""
    answer = await client.send(text)
    assert answer["data"] == {"registeredModel": {"versions": None, "label": "churn"}, "modelVersions": None}
    told = [(error["path"], error["extensions"]["code"], error["extensions"]["path"]) for error in answer["errors"]]
    refused = ("INVALID_INPUT", ["orderBy", "metric"])
    assert sorted(told) == [(["modelVersions"], *refused), (["registeredModel", "versions"], *refused)]


async def test_at_the_root_an_order_by_a_figure_lists_those_that_have_it(client: Client) -> None:
    await register(client)
    await register(client, evaluations=[{"metrics": [{"name": "auc", "value": 0.9}]}])
    await register(client, evaluations=[{"slice": "DE", "metrics": [{"name": "auc", "value": 0.8}]}])
    text = """{
      modelVersions(orderBy: {by: METRIC, direction: DESC, metric: {name: "auc"}}) { nodes { number } totalCount }
      registeredModel(name: "churn") {
        versions(orderBy: {by: METRIC, direction: DESC, metric: {name: "auc"}}) { nodes { number } totalCount }
      }
    }"""
    data = await client.data(text)
    assert data["modelVersions"] == {"nodes": [{"number": 2}, {"number": 3}], "totalCount": 2}
    assert data["registeredModel"]["versions"]["totalCount"] == 3


async def test_a_cursor_of_another_order_is_refused(client: Client) -> None:
    await register(client)
    page = "{ registeredModels { pageInfo { endCursor } } }"
    cursor = (await client.data(page))["registeredModels"]["pageInfo"]["endCursor"]
    other = "query ($after: String) { registeredModels(after: $after, orderBy: {by: CREATED_AT}) { totalCount } }"
    error = await client.error(other, after=cursor)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["after"])


async def test_a_cursor_with_a_number_that_is_too_large_is_refused(client: Client) -> None:
    await register(client)
    page = "query ($after: String) { modelVersions(after: $after, orderBy: {by: NUMBER}) { pageInfo { endCursor } } }"
    cursor = (await client.data(page))["modelVersions"]["pageInfo"]["endCursor"]
    origin, id, *_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for number, code in ((2**63 - 1, None), (2**63, "INVALID_INPUT"), (2**64 - 1, "INVALID_INPUT")):
        forged = base64.urlsafe_b64encode(json.dumps([origin, id, number, None]).encode()).decode()
        answer = await client.send(page, after=forged.rstrip("="))
        assert [each["extensions"]["code"] for each in answer.get("errors", [])] == ([code] if code else [])


async def test_things_are_found_by_digest_and_by_their_name_elsewhere(client: Client) -> None:
    digest = "sha256:" + "2" * 64
    await register(
        client,
        artifact={"uri": "s3://x", "digest": digest},
        references=[{"system": "mlflow", "externalId": "churn/1", "url": "https://mlflow.example/churn/1"}],
    )
    data = await client.data(
        """query ($digest: Digest!) {
          byDigest(digest: $digest) { label }
          external(system: "mlflow", externalId: "churn/1") { __typename references { url } }
          modelVersion(by: {external: {system: "mlflow", externalId: "churn/1"}}) { number }
        }""",
        digest=digest,
    )
    assert data == {
        "byDigest": [{"label": "churn/1"}],
        "external": {"__typename": "ModelVersion", "references": [{"url": "https://mlflow.example/churn/1"}]},
        "modelVersion": {"number": 1},
    }


async def test_an_unknown_origin_becomes_a_stub_that_a_later_registration_completes(client: Client) -> None:
    parents = [{"kind": "FINE_TUNE", "source": {"modelVersion": {"number": {"model": "base", "number": 3}}}}]
    error = await client.error(REGISTER, input={"model": "churn", "createModel": True, "parents": parents})
    assert error["code"] == "NOT_FOUND"
    answer = await register(client, parents=parents, allowStubs=True)
    assert sorted(answer["stubs"], key=str) == [
        {"__typename": "ModelVersion", "label": "base/3"},
        {"__typename": "RegisteredModel"},
    ]
    data = await client.data('{ modelVersion(by: {number: {model: "base", number: 3}}) { isStub missingEvidence } }')
    assert data["modelVersion"]["isStub"] is True
