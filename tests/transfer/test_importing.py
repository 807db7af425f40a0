"""The import: what it adds, what it leaves as it is, and what it refuses."""

from datetime import UTC, datetime
from random import Random

import pytest

from app.database.connection import Connection
from app.database.schema import check
from app.domain.writing import Writer
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot
from tests.transfer.transferred import (
    Line,
    derived,
    exported,
    imported,
    model,
    reasons,
    ref,
    run,
    run_ref,
    told,
    version,
)

LONG_AGO = "2019-05-01T12:00:00.000000Z"
LATER = "2020-01-01T00:00:00.000000Z"
DIGEST = "sha256:" + "a" * 64


async def test_forward_references_and_any_order_are_fine(connection: Connection) -> None:
    lines = [derived(2, 1), version(2), version(1), model(), {"type": "User", "name": "ada"}]
    done = await imported(connection, *lines)
    assert (done.entities, done.edges, done.problems) == (4, 1, ())
    assert await check(connection.driver) == []


async def test_a_second_import_changes_nothing(connection: Connection) -> None:
    said: Line = {"parameters": {"x": "text", "y": {"z": [1, None]}}, "metadata": "text", "tags": {"a": "b"}}
    lines = [model(), version(1, **said), version(2), derived(2, 1, detail="text")]
    await imported(connection, *lines)
    before = await snapshot(connection)
    done = await imported(connection, *lines)
    assert (done.entities, done.edges, done.unchanged, done.problems) == (0, 0, 4, ())
    assert await snapshot(connection) == before


async def test_a_bad_line_stops_nothing_else(connection: Connection) -> None:
    done = await imported(connection, model(), {"type": "nonsense"}, version(1), derived(1, 9))
    assert [problem.number for problem in done.problems] == [2, 4]
    assert reasons(done)[1] == "line 4: there is nothing with model churn, number 9"
    assert (done.entities, done.edges) == (2, 0)


async def test_one_bad_line_lets_a_strict_import_write_nothing(connection: Connection) -> None:
    before = await snapshot(connection)
    done = await imported(connection, model(), version(1), derived(1, 9), strict=True)
    assert (done.entities, done.edges, len(done.problems)) == (0, 0, 1)
    assert await snapshot(connection) == before


async def test_what_names_a_refused_line_is_refused_too(connection: Connection) -> None:
    lines = [model(createdBy="nobody"), version(1), version(2), derived(2, 1)]
    assert reasons(await imported(connection, *lines)) == [
        "line 1: there is no User or Team or ServiceAccount with name nobody",
        "line 2: there is no RegisteredModel with name churn",
        "line 3: there is no RegisteredModel with name churn",
        "line 4: there is nothing with model churn, number 2",
    ]


async def test_what_nobody_knows_becomes_a_stub_and_is_completed_later(connection: Connection) -> None:
    used: Line = {"type": "DEPENDS_ON", "kind": "base", "from": {"application": "desk"}, "to": ref(3)}
    done = await imported(connection, used, allow_stubs=True)
    assert (done.entities, done.stubs, done.edges) == (3, 3, 1)
    done = await imported(connection, {"type": "Application", "name": "desk", "purpose": "help"}, model(), version(3))
    assert (done.entities, done.stubs, done.problems) == (3, 0, ())
    (application,) = await told(connection, "Application")
    assert (application["purpose"], application["revision"], "isStub" in application) == ("help", 2, False)
    assert await check(connection.driver) == []


async def test_a_run_that_nobody_knows_becomes_the_stub_of_a_run(connection: Connection) -> None:
    made: Line = {"type": "GENERATED_BY", "from": ref(1), "to": run_ref("1")}
    done = await imported(connection, model(), version(1), made, allow_stubs=True)
    assert (done.problems, done.stubs) == ((), 1)
    (stub,) = await told(connection, "Run")
    assert (stub["isStub"], stub["status"]) == (True, "UNKNOWN")
    assert (await imported(connection, run("1", status="SUCCEEDED"))).problems == ()
    (known,) = await told(connection, "Run")
    assert (known["id"], known["status"], "isStub" in known) == (stub["id"], "SUCCEEDED", False)
    assert await check(connection.driver) == []


async def test_a_stub_known_by_its_name_elsewhere_is_completed_by_it(connection: Connection) -> None:
    elsewhere = {"system": "hf", "externalId": "org/base"}
    edge: Line = {"type": "DERIVED_FROM", "kind": "OTHER", "from": ref(1), "to": {"external": elsewhere}}
    await imported(connection, model(), version(1), edge, allow_stubs=True)
    (stub,) = await told(connection, "UnknownAsset")
    done = await imported(connection, model("base"), version(1, "base", references=[elsewhere]))
    assert done.problems == ()
    assert await told(connection, "UnknownAsset") == []
    assert stub["id"] in [line["id"] for line in await told(connection, "ModelVersion")]
    assert await check(connection.driver) == []


async def test_what_is_there_is_never_changed(connection: Connection) -> None:
    artifact = {"uri": "s3://x", "digest": DIGEST}
    await imported(connection, model(task="ranking"), version(1, artifact=artifact, tags={"stage": "new"}))
    before = await snapshot(connection)
    other = {"uri": "s3://x", "digest": "sha256:" + "b" * 64}
    done = await imported(connection, model(task="scoring"), version(1, artifact=other, tags={"stage": "old"}))
    assert reasons(done) == [
        "line 1: name churn is there already, with another task",
        "line 2: model churn, number 1 is there already, with another artifactDigest, tags",
    ]
    assert await snapshot(connection) == before


async def test_a_line_that_says_less_than_is_there_is_no_contradiction(connection: Connection) -> None:
    await imported(connection, model(task="ranking", createdAt=LONG_AGO), version(1, tags={"stage": "new"}))
    done = await imported(connection, model(), version(1))
    assert (done.unchanged, done.problems) == (2, ())


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([model(), model()], "line 2: line 1 speaks of name churn already"),
        ([model(), version(1), version(1)], "line 3: line 2 speaks of model churn, number 1 already"),
        ([run("1"), run("1")], "line 2: line 1 speaks of system airflow, externalId 1 already"),
        ([{"type": "User", "name": "ada"}, {"type": "Team", "name": "ada"}], "line 2: line 1 speaks of name ada"),
        (
            [model(), version(1, aliases=[{"name": "a"}]), version(2, aliases=[{"name": "a"}])],
            "line 3: the alias a of churn is taken by line 2 already",
        ),
        ([model(), version(1), version(2), derived(2, 1), derived(2, 1)], "line 5: line 4 tells of the same edge"),
        (
            [model(), {"type": "OWNS", "from": {"model": "churn"}, "to": {"model": "churn"}}],
            "line 2: OWNS does not lead from a RegisteredModel to a RegisteredModel",
        ),
    ],
)
async def test_two_lines_may_not_say_the_same(connection: Connection, lines: list[Line], reason: str) -> None:
    (problem,) = reasons(await imported(connection, *lines))
    assert problem.startswith(reason)
    assert await check(connection.driver) == []


async def test_an_alias_that_is_open_in_the_graph_is_not_taken(connection: Connection) -> None:
    await imported(connection, model(), version(1, aliases=[{"name": "champion"}]))
    done = await imported(connection, version(2, aliases=[{"name": "champion"}]), version(3), derived(2, 1))
    assert [problem.number for problem in done.problems] == [1, 3]
    assert reasons(done)[0].endswith("/champion is taken already")
    assert [line["number"] for line in await told(connection, "ModelVersion")] == [1, 3]


async def test_what_only_the_database_refuses_leaves_out_one_line(connection: Connection) -> None:
    files = [{"id": "01a20b13-0000-7000-8000-000000000001", "path": "a", "digest": DIGEST}]
    await imported(connection, model(), version(1, artifact={"uri": "s3://x", "files": files}))
    twins = [version(number, artifact={"uri": "s3://x"}) for number in (2, 3, 5)]
    refused = version(4, artifact={"uri": "s3://x", "files": files})
    evaluation: Line = {"type": "Evaluation", "id": "e1", "version": ref(4), "evaluatedAt": LATER}
    done = await imported(connection, *twins, refused, derived(4, 1), evaluation)
    assert [problem.number for problem in done.problems] == [4, 5, 6]
    assert reasons(done)[0] == "line 4: its id is another Entity's already"
    assert reasons(done)[2].endswith("or that was not imported either")
    assert done.entities == 3
    assert await told(connection, "Evaluation") == []
    assert await check(connection.driver) == []


async def test_numbers_and_gaps_stay_and_the_next_one_is_the_highest_plus_one(writer: Writer) -> None:
    await imported(writer.connection, model(lastNumber=9), version(7), version(3))
    assert [line["number"] for line in await told(writer.connection, "ModelVersion")] == [7, 3]
    await register(writer, "churn")
    await imported(writer.connection, version(20), version(12))
    await register(writer, "churn")
    numbers = sorted(line["number"] for line in await told(writer.connection, "ModelVersion"))
    assert numbers == [3, 7, 10, 12, 20, 21]


async def test_history_keeps_its_instants_and_the_registry_its_own(connection: Connection) -> None:
    alias = {"name": "champion", "validFrom": LONG_AGO, "validTo": LATER}
    before = datetime.now(UTC)
    await imported(connection, model(), version(1, createdAt=LONG_AGO, aliases=[alias]), version(2), derived(2, 1))
    (first, second) = await told(connection, "ModelVersion")
    assert first["createdAt"] == LONG_AGO
    (told_alias,) = first["aliases"]
    assert {name: told_alias[name] for name in alias} == alias
    (life,) = first["lifecycle"]
    assert (life["state"], life["validFrom"], life.get("validTo")) == ("ACTIVE", LONG_AGO, None)
    recorded = await found(connection, "MATCH (n:Entity) RETURN min(n.recordedAt) AS found")
    assert recorded >= before.replace(microsecond=0)
    (edge,) = await told(connection, "DERIVED_FROM")
    assert edge["validFrom"] == second["createdAt"]


async def test_every_entity_has_its_audit_event(connection: Connection) -> None:
    lines = [{"type": "User", "name": "tester"}, model(), version(1, tags={"a": "b"}), version(2), derived(2, 1)]
    await imported(connection, *lines)
    events = "MATCH (e:AuditEvent) WITH e ORDER BY e.id RETURN collect([e.action, e.subjectType, e.body]) AS found"
    told_of = await found(connection, events)
    assert [(action, type) for action, type, _ in told_of] == [
        ("import", "User"),
        ("import", "RegisteredModel"),
        ("import", "ModelVersion"),
        ("import", "ModelVersion"),
        ("import", "ModelVersion"),
    ]
    assert '"tags"' in told_of[2][2]
    assert '"edges"' in told_of[4][2]
    (user,) = await found(connection, "MATCH (u:User) RETURN collect(u.id) AS found")
    actors = await found(connection, "MATCH (e:AuditEvent) RETURN collect(DISTINCT e.actorId) AS found")
    assert actors == [user]


async def test_figures_that_are_no_numbers_survive(connection: Connection) -> None:
    series = {"name": "loss", "values": ["NaN", 1.5, "-Infinity"], "steps": [0, 1, 2**40]}
    metrics = [{"name": "auc", "value": "NaN"}, {"name": "gain", "value": "Infinity", "sampleSize": 2**53 - 1}]
    evaluation: Line = {"type": "Evaluation", "id": "e1", "version": ref(1), "evaluatedAt": LATER, "metrics": metrics}
    lines = [model(), version(1), run("1", metrics=[series]), evaluation]
    await imported(connection, *lines)
    assert (await imported(connection, *lines)).problems == ()
    (told_run,) = await told(connection, "Run")
    assert told_run["metrics"] == [{**series, "min": "-Infinity", "max": 1.5, "loggedPoints": 3}]
    (told_evaluation,) = await told(connection, "Evaluation")
    assert told_evaluation["metrics"] == metrics


async def test_evaluations_and_deployments_are_lineage(connection: Connection) -> None:
    placed: Line = {
        "type": "Deployment",
        "id": "d1",
        "version": ref(1),
        "environment": "prod",
        "endpoint": "api",
        "validFrom": LONG_AGO,
        "validTo": LATER,
    }
    environment: Line = {"type": "Environment", "name": "prod", "position": 1}
    snapshot_line: Line = {"type": "DatasetVersion", "dataset": "ref", "version": "1"}
    evaluation: Line = {
        "type": "Evaluation",
        "id": "e1",
        "version": ref(1),
        "evaluatedAt": LATER,
        "metrics": [],
        "on": {"dataset": "ref", "version": "1"},
    }
    lines = [model(), version(1), environment, placed, {"type": "Dataset", "name": "ref"}, snapshot_line, evaluation]
    done = await imported(connection, *lines)
    assert (done.problems, done.edges) == ((), 3)
    (serves,) = await told(connection, "SERVES")
    assert (serves["validFrom"], serves["validTo"]) == (LONG_AGO, LATER)
    (deployment,) = await told(connection, "Deployment")
    assert (deployment["status"], deployment["trafficPercent"]) == ("STOPPED", 100.0)
    assert [line["name"] for line in await told(connection, "Endpoint")] == ["api"]
    assert len(await told(connection, "EVALUATED")) == len(await told(connection, "ON")) == 1
    assert await check(connection.driver) == []


async def test_what_follows_from_lines_is_made_up_for_after_an_import_was_killed(connection: Connection) -> None:
    evaluation: Line = {"type": "Evaluation", "id": "e1", "version": ref(1), "evaluatedAt": LATER}
    lines = [model(), version(1), version(2), evaluation, derived(2, 1, kind="ADAPTER")]
    await imported(connection, *lines)
    whole = await exported(connection)
    await connection.driver.execute_query("MATCH ()-[r:EVALUATED|DEPENDS_ON]->() DELETE r")
    assert (await imported(connection, *lines)).problems == ()
    again = await exported(connection)
    assert [without_id(line) for line in again] == [without_id(line) for line in whole]
    before = await snapshot(connection)
    await imported(connection, *lines)
    assert await snapshot(connection) == before


def without_id(line: Line) -> Line:
    return {name: value for name, value in line.items() if name != "id"}


async def test_an_adapter_needs_its_base(connection: Connection) -> None:
    await imported(connection, model(), version(1), version(2), derived(2, 1, kind="ADAPTER"))
    (needs,) = await told(connection, "DEPENDS_ON")
    assert (needs["from"], needs["to"], needs["kind"]) == (ref(2), ref(1), "base")


async def test_what_a_part_used_the_whole_used_too(connection: Connection) -> None:
    data: list[Line] = [
        {"type": "Dataset", "name": "clicks"},
        {"type": "DatasetVersion", "dataset": "clicks", "version": "1"},
    ]
    part: Line = {"type": "PART_OF", "from": run_ref("part"), "to": run_ref("whole")}
    used: Line = {
        "type": "USED",
        "role": "train",
        "from": run_ref("part"),
        "to": {"dataset": "clicks", "version": "1"},
    }
    lines = [*data, run("part"), run("whole"), part]
    await imported(connection, *lines)
    await imported(connection, used)
    edges = await told(connection, "USED")
    assert sorted("via" in edge for edge in edges) == [False, True]
    before = await snapshot(connection)
    await imported(connection, *lines, used)
    assert await snapshot(connection) == before


async def test_the_same_edge_of_a_cycle_is_flagged_in_every_order(connection: Connection) -> None:
    versions = [model(), *(version(number) for number in range(1, 5))]
    ring = [derived(1, 2), derived(2, 3), derived(3, 1), derived(4, 4), derived(4, 1)]
    flagged = set()
    for seed in range(4):
        await connection.driver.execute_query("MATCH (n) DETACH DELETE n")
        lines = Random(seed).sample([*versions, *ring], k=10)
        assert (await imported(connection, *lines)).edges == 5
        closing = [edge for edge in await told(connection, "DERIVED_FROM") if edge.get("closesCycle")]
        flagged.add(str(sorted((edge["from"]["number"], edge["to"]["number"]) for edge in closing)))
    assert flagged == {"[(3, 1), (4, 4)]"}


async def test_an_edge_that_closes_a_cycle_with_the_graph_is_flagged(connection: Connection) -> None:
    await imported(connection, model(), version(1), version(2), version(3), derived(3, 2), derived(2, 1))
    await imported(connection, derived(1, 3))
    closing = [edge["from"] for edge in await told(connection, "DERIVED_FROM") if edge.get("closesCycle")]
    assert closing == [ref(1)]


async def test_a_retracted_edge_is_not_asserted_again_by_an_old_file(connection: Connection) -> None:
    retracted = derived(2, 1, validFrom=LONG_AGO, validTo=LATER, retractionReason="wrong list")
    await imported(connection, model(), version(1), version(2), retracted)
    before = await snapshot(connection)
    assert (await imported(connection, derived(2, 1))).edges == 0
    assert await snapshot(connection) == before


async def test_a_model_is_found_by_its_former_name(connection: Connection) -> None:
    await imported(connection, version(2, "old"), version(1, "new"), model("new", formerNames=["old"]))
    assert [line["model"] for line in await told(connection, "ModelVersion")] == ["new", "new"]
    await imported(connection, derived(2, 1, **{"from": ref(2, "old"), "to": ref(1, "old")}))
    (edge,) = await told(connection, "DERIVED_FROM")
    assert (edge["from"], edge["to"]) == (ref(2, "new"), ref(1, "new"))


async def test_an_empty_file_changes_nothing(connection: Connection) -> None:
    before = await snapshot(connection)
    assert (await imported(connection)).problems == ()
    assert await snapshot(connection) == before
    assert await exported(connection) == []
