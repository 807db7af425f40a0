"""What is named and not known: a stub, where the name says enough, which a later write completes."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.domain.evaluation import RecordEvaluation, record_evaluation
from app.domain.lineage.execution import StartRun, start_run
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.registry.life import (
    DeprecateModelVersion,
    RetireModelVersion,
    deprecate_model_version,
    retire_model_version,
)
from app.domain.writing import Writer, Written
from app.errors import Cycle, InvalidInput, NotFound
from tests.fixtures.registration import DIGEST, register
from tests.fixtures.snapshot import found, snapshot

KEY = {"system": "airflow", "externalId": "1"}
ELSEWHERE = {"external": KEY}
DATA = [{"role": "train", "dataset": {"record": {"dataset": "clicks", "version": "1"}}}]
RUNS = "MATCH (r:Run) WITH r ORDER BY r.id RETURN collect(r {.id, .status, .isStub, .revision}) AS found"
REFERENCES = "MATCH (r:ExternalReference) RETURN count(r) AS found"
USED = """MATCH (r:Run)-[u:USED]->(d:DatasetVersion)
WITH r, u ORDER BY r.id, u.via
RETURN collect([r.id, u.role, u.via]) AS found"""


async def start(writer: Writer, **fields: Any) -> Written:
    return await start_run(writer, StartRun.model_validate(fields))


async def test_a_run_that_nobody_knows_becomes_a_stub_that_its_start_completes(writer: Writer) -> None:
    with pytest.raises(NotFound) as refused:
        await register(writer, run=ELSEWHERE)
    assert refused.value.path == ("run", "external")
    written = await register(writer, run=ELSEWHERE, inputs=DATA, allowStubs=True)
    (stub,) = await found(writer.connection, RUNS)
    assert (stub["status"], stub["isStub"], written.stubs) == ("UNKNOWN", True, (stub["id"],))
    started = await start(writer, reference=KEY, parameters={"lr": 0.1})
    assert (started.id, started.created, started.stubs) == (stub["id"], True, ())
    assert await found(writer.connection, RUNS) == [
        {"id": stub["id"], "status": "RUNNING", "isStub": False, "revision": 2}
    ]
    again = await start(writer, reference=KEY, parameters={"lr": 0.2})
    assert (again.id, again.created) == (stub["id"], False)
    assert await found(writer.connection, REFERENCES) == 1
    made = "MATCH (:Entity {id: $id})-[:GENERATED_BY]->(r:Run) RETURN r.id AS found"
    assert await found(writer.connection, made, id=written.id) == stub["id"]


async def test_the_stub_of_a_run_is_completed_by_a_registration_that_records_it(writer: Writer) -> None:
    edge = {"kind": "GENERATED_BY", "target": {"run": ELSEWHERE}, "allowStubs": True}
    version = await register(writer)
    await record_lineage(writer, RecordLineage.model_validate({**edge, "source": {"id": version.id}}))
    (stub,) = await found(writer.connection, RUNS)
    second = await register(writer, run={"new": {"reference": KEY, "parameters": {"lr": 0.1}}}, inputs=DATA)
    assert await found(writer.connection, RUNS) == [
        {"id": stub["id"], "status": "SUCCEEDED", "isStub": False, "revision": 2}
    ]
    made = "MATCH (v)-[:GENERATED_BY]->(r:Run) WITH v ORDER BY v.id RETURN collect(v.id) AS found"
    assert await found(writer.connection, made) == sorted((version.id, second.id))


async def test_what_a_stub_has_used_its_whole_has_used_too_once_it_is_known(writer: Writer) -> None:
    await register(writer, run=ELSEWHERE, inputs=DATA, allowStubs=True)
    (stub,) = await found(writer.connection, RUNS)
    inner = await start(writer, parent=ELSEWHERE, inputs=[{**DATA[0], "role": "test"}])
    whole = await start(writer)
    await start(writer, reference=KEY, parent={"id": whole.id})
    assert sorted(await found(writer.connection, USED), key=str) == sorted(
        [
            [stub["id"], "train", None],
            [stub["id"], "test", inner.id],
            [inner.id, "test", None],
            [whole.id, "train", stub["id"]],
            [whole.id, "test", inner.id],
        ],
        key=str,
    )


async def test_a_run_is_no_part_of_itself(writer: Writer) -> None:
    part = await start(writer, parent=ELSEWHERE, allowStubs=True)
    before = await snapshot(writer.connection)
    for parent in (ELSEWHERE, {"id": part.id}):
        with pytest.raises(Cycle) as refused:
            await start(writer, reference=KEY, parent=parent)
        assert refused.value.path == ("parent",)
    assert await snapshot(writer.connection) == before


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"run": {"existing": "none"}}, ("run", "existing")),
        ({"run": {"new": {"parent": {"id": "none"}}}}, ("run", "new", "parent", "id")),
        ({"parents": [{"kind": "MERGE", "source": {"id": "none"}}]}, ("parents", 0, "source", "id")),
        (
            {"parents": [{"kind": "MERGE", "source": {"modelVersion": {"digest": DIGEST}}}]},
            ("parents", 0, "source", "modelVersion", "digest"),
        ),
        (
            {"parents": [{"kind": "MERGE", "source": {"modelVersion": {"alias": {"model": "m", "alias": "a"}}}}]},
            ("parents", 0, "source", "modelVersion", "alias"),
        ),
        (
            {"evaluations": [{"on": ELSEWHERE, "metrics": [{"name": "auc", "value": 1}]}]},
            ("evaluations", 0, "on", "external"),
        ),
    ],
)
async def test_what_says_too_little_becomes_no_stub(
    writer: Writer, fields: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    before = await snapshot(writer.connection)
    with pytest.raises(NotFound) as refused:
        await register(writer, allowStubs=True, **fields)
    assert refused.value.path == path
    assert await snapshot(writer.connection) == before


async def test_one_name_elsewhere_is_one_thing(writer: Writer) -> None:
    before = await snapshot(writer.connection)
    parents = [{"kind": "MERGE", "source": ELSEWHERE}]
    with pytest.raises(InvalidInput) as refused:
        await register(writer, run=ELSEWHERE, parents=parents, allowStubs=True)
    assert refused.value.path == ("parents", 0, "source")
    assert await snapshot(writer.connection) == before


ACTIONS: dict[str, Callable[[Writer], Awaitable[object]]] = {
    "retire it": lambda w: retire_model_version(w, RetireModelVersion.model_validate({"version": ELSEWHERE})),
    "name it as successor": lambda w: deprecate_model_version(
        w,
        DeprecateModelVersion.model_validate(
            {"version": {"number": {"model": "churn", "number": 1}}, "successor": ELSEWHERE, "reason": "old"}
        ),
    ),
    "measure with it": lambda w: record_evaluation(
        w,
        RecordEvaluation.model_validate(
            {
                "version": {"number": {"model": "churn", "number": 1}},
                "on": ELSEWHERE,
                "metrics": [{"name": "auc", "value": 1}],
            }
        ),
    ),
    "be judged by it": lambda w: record_evaluation(
        w,
        RecordEvaluation.model_validate(
            {
                "version": {"number": {"model": "churn", "number": 1}},
                "judges": [ELSEWHERE],
                "metrics": [{"name": "auc", "value": 1}],
            }
        ),
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
async def test_what_is_of_unknown_type_is_no_version(writer: Writer, action: str) -> None:
    await register(writer, parents=[{"kind": "MERGE", "source": ELSEWHERE}], allowStubs=True)
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match="This is a UnknownAsset") as refused:
        await ACTIONS[action](writer)
    assert "external" in refused.value.path
    assert await snapshot(writer.connection) == before


async def test_only_assets_come_from_each_other(writer: Writer) -> None:
    run = await start(writer)
    before = await snapshot(writer.connection)
    ends = {"parents": "source", "dependencies": "target"}
    for name, end in ends.items():
        edge = {"kind": "MERGE", end: {"run": {"id": run.id}}}
        with pytest.raises(InvalidInput, match="This is a Run") as refused:
            await register(writer, "churn", **{name: [edge]})
        assert refused.value.path[:2] == (name, 0)
    assert await snapshot(writer.connection) == before
