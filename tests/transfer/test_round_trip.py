"""Export, then import into an empty database, gives the same registry: the same text, line by line."""

from collections import Counter
from dataclasses import replace
from typing import Any

from app.database.connection import Connection
from app.database.schema import apply, check
from app.demo import load as demo
from app.domain.identity import ensure_actor
from app.domain.writing import Writer
from app.transfer.importing import Options, import_lines
from tests.ecosystem.conversion import Ecosystem, load
from tests.fixtures.registration import WHOLE, register
from tests.transfer.admitted import promoted
from tests.transfer.graph import graph
from tests.transfer.transferred import IMPORTER, Line, exported, imported

ADMISSION = {
    "Policy": 2,
    "PolicyVersion": 4,
    "ApprovalRequest": 4,
    "Approval": 6,
    "Delegation": 3,
    "ADDRESSED_TO": 2,
    "PromotionDecision": 3,
}
DEMO = {"Policy": 3, "ApprovalRequest": 12, "Approval": 23, "PromotionDecision": 2}
DECIDED = [(False, True), (True, False), (True, True)]


async def assert_round_trip(connection: Connection) -> list[Line]:
    """The same again, in an empty database; and once more, where everything is there already."""
    first, before = await exported(connection), await graph(connection)
    await connection.driver.execute_query("MATCH (n) DETACH DELETE n")
    await apply(connection.driver)
    done = await imported(connection, *first, strict=True)
    assert done.problems == ()
    assert await exported(connection) == first
    assert await graph(connection) == before
    assert await check(connection.driver) == []
    again = await imported(connection, *first, strict=True)
    assert (again.entities, again.edges, again.unchanged) == (0, 0, len(first))
    return first


async def test_the_demo(connection: Connection) -> None:
    patient = replace(connection, read_timeout=60, write_timeout=60)
    assert (await demo.load(patient)).problems == ()
    await ensure_actor(connection, IMPORTER)
    lines = await assert_round_trip(patient)
    assert len(lines) > 700
    kinds = Counter(line["type"] for line in lines)
    assert {kind: kinds[kind] for kind in DEMO} == DEMO


async def test_the_real_graph(connection: Connection) -> None:
    ecosystem = Ecosystem(load("ecosystem_graph.json"))
    done = await import_lines(connection, ecosystem.text(), Options(IMPORTER, strict=True))
    assert (done.problems, done.edges) == ((), 815)
    await assert_round_trip(connection)


async def test_a_registry_that_was_written_over_the_api(writer: Writer) -> None:
    await register(writer, **WHOLE)
    lines = await assert_round_trip(writer.connection)
    (version,) = [line for line in lines if line["type"] == "ModelVersion"]
    assert version["parameters"] == {"depth": 6, "optimizer.lr": 0.1}
    assert version["license"] == "Apache 2.0"
    assert version["lifecycle"][0]["state"] == "ACTIVE"


async def test_policies_requests_decisions_and_promotions(writer: Writer) -> None:
    await promoted(writer)
    lines = await assert_round_trip(writer.connection)
    kinds = Counter(line["type"] for line in lines)
    assert {kind: kinds[kind] for kind in ADMISSION} == ADMISSION
    decisions = {line["id"]: line for line in lines if line["type"] == "PromotionDecision"}
    assert sorted((each["isAllowed"], each["isEmergency"]) for each in decisions.values()) == DECIDED
    deployments = [line for line in lines if line["type"] == "Deployment"]
    (restored,) = [line for line in deployments if "restores" in line]
    (earlier,) = [line for line in deployments if line["id"] == restored["restores"]["id"]]
    assert restored["decision"] == earlier["decision"]
    assert restored["emergencyUntil"] == decisions[restored["decision"]["id"]]["emergencyExpiresAt"]


async def test_what_has_to_be_kept_stays_so(connection: Connection) -> None:
    kept = {"retainedUntil": "2036-03-01T00:00:00.000000Z", "retentionReason": "Ten years, by law."}
    lines: list[dict[str, Any]] = [
        {"type": "RegisteredModel", "name": "churn"},
        {"type": "ModelVersion", "model": "churn", "number": 1},
        {"type": "Dataset", "name": "clicks"},
        {"type": "DatasetVersion", "dataset": "clicks", "version": "1"},
    ]
    assert (await imported(connection, *({**line, **kept} for line in lines))).problems == ()
    told = [line for line in await assert_round_trip(connection) if line["type"] != "User"]
    assert [{name: line.get(name) for name in kept} for line in told] == [kept] * 4


async def test_parameters_that_are_null(writer: Writer) -> None:
    parameters = {"max_depth": None, "seed": 7, "weights": [None, 1]}
    await register(writer, parameters=parameters, run={"new": {"parameters": {**parameters, "n_jobs": None}}})
    lines = await assert_round_trip(writer.connection)
    (version,) = [line for line in lines if line["type"] == "ModelVersion"]
    assert version["parameters"] == parameters
    (run,) = [line for line in lines if line["type"] == "Run"]
    assert run["parameters"] == {**parameters, "n_jobs": None}
    done = await imported(writer.connection, {**version, "parameters": {"max_depth": 6}})
    assert [problem.reason for problem in done.problems] == [
        "model churn, number 1 is there already, with another parameters"
    ]


async def test_text_from_all_over_the_world(connection: Connection) -> None:
    name = "DALL·E/模型 🦜 ❤️"
    lines: list[dict[str, Any]] = [
        {"type": "RegisteredModel", "name": name, "description": 'a\nb\t"c" \\ \u00e9 e\u0301'},
        {"type": "ModelVersion", "model": name, "number": 1, "metadata": {"ключ": [1, 2.5, None, {"x": "é"}]}},
        {"type": "UnknownAsset", "name": "Ω" * 250},
    ]
    assert (await imported(connection, *lines)).problems == ()
    told = await assert_round_trip(connection)
    assert [line["name"] for line in told if "name" in line and line["type"] != "User"] == [name, "Ω" * 250]
