"""Runs as they go, and the data that they read and make."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from app.domain.lineage.datasets import (
    CreateDataset,
    RegisterDatasetVersion,
    create_dataset,
    register_dataset_version,
)
from app.domain.lineage.execution import FinishRun, LogRun, StartRun, finish_run, log_run, start_run
from app.domain.writing import Writer, Written
from app.errors import AlreadyExists, InvalidInput
from tests.fixtures.registration import DIGEST, register
from tests.fixtures.snapshot import found, snapshot

RUN = "MATCH (r:Run {id: $id}) RETURN properties(r) AS found"
SERIES = "MATCH (s:MetricSeries {subjectId: $id}) RETURN properties(s) AS found"
PARAMETERS = """MATCH (p:Parameter {subjectId: $id})
WITH p ORDER BY p.name
RETURN collect([p.name, p.value, p.number, p.text]) AS found"""


def points(*values: tuple[int, Any]) -> list[dict[str, Any]]:
    return [{"name": "loss", "step": step, "value": value} for step, value in values]


async def test_a_run_is_started_logged_and_finished(writer: Writer) -> None:
    start = {
        "job": {"name": "train"},
        "parameters": {"lr": 0.1},
        "inputs": [{"role": "train", "dataset": {"record": {"dataset": "d", "version": "1"}}}],
    }
    run = await start_run(writer, StartRun.model_validate(start))
    log = {"run": {"id": run.id}, "parameters": {"lr": 0.1, "name": "x"}, "metrics": points((1, 2.0), (2, 1.0))}
    await log_run(writer, LogRun.model_validate(log))
    await log_run(
        writer, LogRun.model_validate({"run": {"id": run.id}, "metrics": points((3, "NaN"), (4, "-Infinity"))})
    )
    await finish_run(writer, FinishRun.model_validate({"run": {"id": run.id}, "costs": {"gpuHours": 3}}))
    kept = await found(writer.connection, RUN, id=run.id)
    assert (kept["status"], kept["costs"], kept["endedAt"] > kept["startedAt"]) == ("SUCCEEDED", '{"gpuHours":3}', True)
    series = await found(writer.connection, SERIES, id=run.id)
    assert (series["last"], series["min"], series["max"], series["loggedPoints"]) == (-math.inf, -math.inf, 2.0, 4)
    assert (series["steps"], math.isnan(series["values"][2])) == ([1, 2, 3, 4], True)
    assert await found(writer.connection, PARAMETERS, id=run.id) == [
        ["lr", "0.1", 0.1, None],
        ["name", '"x"', None, "x"],
    ]


async def finish(writer: Writer, id: str, **fields: Any) -> Written:
    return await finish_run(writer, FinishRun.model_validate({"run": {"id": id}, **fields}))


async def test_after_its_end_a_run_is_neither_finished_nor_logged_to(writer: Writer) -> None:
    run = await start_run(writer, StartRun())
    await finish(writer, run.id, status="FAILED")
    before = await snapshot(writer.connection)
    log = LogRun.model_validate({"run": {"id": run.id}, "metrics": points((1, 2.0))})
    for again in (finish(writer, run.id), log_run(writer, log)):
        with pytest.raises(InvalidInput, match=r"^This run ended at .*Z as FAILED\.$") as refused:
            await again
        assert (refused.value.path, refused.value.retryable) == (("run",), False)
    assert await snapshot(writer.connection) == before


async def test_a_run_ends_as_something(writer: Writer) -> None:
    run = await start_run(writer, StartRun())
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await finish(writer, run.id, status="RUNNING")
    assert refused.value.path == ("status",)
    assert await snapshot(writer.connection) == before


async def test_a_run_ends_after_its_start(writer: Writer) -> None:
    run = await start_run(writer, StartRun.model_validate({"startedAt": "2026-01-01T12:00:00Z"}))
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match=r"It started later: at 2026-01-01T12:00:00\.000000Z") as refused:
        await finish(writer, run.id, endedAt="2026-01-01T11:59:59Z")
    assert refused.value.path == ("endedAt",)
    new = {"startedAt": "2026-01-01T12:00:00Z", "endedAt": "2026-01-01T11:00:00Z"}
    with pytest.raises(InvalidInput) as refused:
        await register(writer, run={"new": new})
    assert refused.value.path == ("run", "new", "endedAt")
    assert await snapshot(writer.connection) == before
    await finish(writer, run.id, endedAt="2026-01-01T12:00:00Z")


async def test_a_run_whose_clock_is_ahead_ends_when_it_started(writer: Writer) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=4)
    run = await start_run(writer, StartRun(started_at=ahead))
    await finish(writer, run.id)
    kept = await found(writer.connection, RUN, id=run.id)
    assert kept["endedAt"] == kept["startedAt"]


@pytest.mark.parametrize("name", ["startedAt", "endedAt"])
def test_nothing_has_happened_in_the_future(name: str) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=6)
    command = StartRun if name == "startedAt" else FinishRun
    with pytest.raises(ValidationError, match="this is in the future"):
        command.model_validate({"run": {"id": "x"}, name: ahead} if command is FinishRun else {name: ahead})


async def test_the_same_request_is_done_once_whatever_it_asks(writer: Writer) -> None:
    run = await start_run(writer, StartRun())
    log = {"run": {"id": run.id}, "metrics": points((1, 2.0)), "idempotencyKey": "k"}
    logged = [await log_run(writer, LogRun.model_validate(log)) for _ in range(2)]
    finished = [await finish(writer, run.id, idempotencyKey="k") for _ in range(2)]
    for first, again in (logged, finished):
        assert (first.id, again.id, first.replayed, again.replayed) == (run.id, run.id, False, True)
    assert (await found(writer.connection, RUN, id=run.id))["revision"] == 3
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await finish(writer, run.id, idempotencyKey="k", status="FAILED")
    assert refused.value.path == ("idempotencyKey",)
    assert await snapshot(writer.connection) == before


async def test_a_parameter_is_written_once(writer: Writer) -> None:
    run = await start_run(writer, StartRun.model_validate({"parameters": {"lr": 0.1}}))
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as raised:
        await log_run(writer, LogRun.model_validate({"run": {"id": run.id}, "parameters": {"lr": 0.2}}))
    assert raised.value.path == ("parameters", "lr")
    assert await snapshot(writer.connection) == before


async def test_a_parameter_may_be_null(writer: Writer) -> None:
    parameters = {"max_depth": None, "seed": 7}
    run = await start_run(writer, StartRun.model_validate({"parameters": parameters}))
    kept = [["max_depth", "null", None, None], ["seed", "7", 7.0, None]]
    assert await found(writer.connection, PARAMETERS, id=run.id) == kept
    log = {"run": {"id": run.id}, "parameters": {"max_depth": None, "n_jobs": None}}
    await log_run(writer, LogRun.model_validate(log))
    kept.insert(1, ["n_jobs", "null", None, None])
    assert await found(writer.connection, PARAMETERS, id=run.id) == kept
    for name, value in (("max_depth", 6), ("seed", None)):
        other = {"run": {"id": run.id}, "parameters": {name: value}}
        with pytest.raises(InvalidInput) as raised:
            await log_run(writer, LogRun.model_validate(other))
        assert raised.value.path == ("parameters", name)
    assert await found(writer.connection, PARAMETERS, id=run.id) == kept


async def test_a_series_keeps_1000_points_and_its_bounds(writer: Writer) -> None:
    run = await start_run(writer, StartRun())
    for batch in range(3):
        steps = range(batch * 1000, (batch + 1) * 1000)
        command = {"run": {"id": run.id}, "metrics": points(*((step, float(step)) for step in steps))}
        await log_run(writer, LogRun.model_validate(command))
    series = await found(writer.connection, SERIES, id=run.id)
    assert (len(series["steps"]), series["loggedPoints"], series["min"], series["max"]) == (1000, 3000, 0.0, 2999.0)
    assert (series["steps"][0], series["steps"][-1], series["last"]) == (0, 2999, 2999.0)


async def test_a_run_that_bears_its_reference_already_is_answered(writer: Writer) -> None:
    start = StartRun.model_validate(
        {"reference": {"system": "airflow", "externalId": "1"}, "tags": [{"key": "a", "value": "b"}]}
    )
    first, second = await start_run(writer, start), await start_run(writer, start)
    assert (first.id, first.created, second.created) == (second.id, True, False)


RECORD = {
    "dataset": "clicks",
    "version": "1",
    "system": "delta",
    "uri": "s3://data/clicks",
    "revision": "17",
    "digest": DIGEST,
    "license": "CC BY 4.0",
    "classifications": ["PII", "confidential"],
    "rowCount": 2**40,
    "fields": [{"name": "age", "type": "int64", "default": None}],
    "periodFrom": "2026-01-01T01:00:00+01:00",
    "metadata": {"partitions": [1, None]},
}


async def registered(writer: Writer, record: dict[str, Any], **besides: Any) -> Written:
    command = RegisterDatasetVersion.model_validate({"record": record, **besides})
    return await register_dataset_version(writer, command)


@pytest.mark.parametrize(
    "again",
    [
        RECORD,
        {"dataset": "clicks", "version": "1"},
        {"dataset": "clicks", "version": "1", "classifications": ["confidential", "PII"], "rowCount": 2**40},
        {**RECORD, "periodFrom": "2026-01-01T00:00:00Z"},
    ],
)
async def test_a_snapshot_that_is_registered_again_with_the_same_or_less_stays(
    writer: Writer, again: dict[str, Any]
) -> None:
    first = await registered(writer, RECORD)
    before = await snapshot(writer.connection)
    second = await registered(writer, again)
    assert (second.id, first.created, second.created, second.warnings) == (first.id, True, False, ())
    assert await snapshot(writer.connection) == before


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"digest": "md5:" + "0" * 32}, ["digest"]),
        ({"uri": "s3://elsewhere", "system": "dvc", "revision": "18"}, ["revision", "system", "uri"]),
        ({"rowCount": 7}, ["rowCount"]),
        ({"sizeBytes": 7}, ["sizeBytes"]),
        ({"classifications": ["PII"]}, ["classifications"]),
        ({"license": "MIT"}, ["license"]),
        ({"fields": [{"name": "age", "type": "int32"}]}, ["fields"]),
        ({"periodFrom": "2026-01-01T00:00:01Z"}, ["periodFrom"]),
    ],
)
async def test_a_snapshot_that_is_registered_again_with_something_else_is_refused(
    writer: Writer, said: dict[str, Any], fields: list[str]
) -> None:
    first = await registered(writer, RECORD)
    before = await snapshot(writer.connection)
    with pytest.raises(AlreadyExists) as raised:
        await registered(writer, {**RECORD, **said})
    assert raised.value.path == ("record", fields[0])
    assert raised.value.details == {"id": first.id, "fields": fields}
    assert str(raised.value) == f"clicks/1 is there already, with another {', '.join(fields)}."
    assert await snapshot(writer.connection) == before


async def test_what_is_left_unread_of_a_snapshot_that_is_there_is_told(writer: Writer) -> None:
    await registered(writer, RECORD)
    before = await snapshot(writer.connection)
    again = await registered(writer, RECORD, tags=[{"key": "a", "value": "b"}], links=[])
    assert again.warnings == ("clicks/1 was there already, so these were left unread: tags.",)
    assert await snapshot(writer.connection) == before


async def test_a_snapshot_comes_from_others_and_from_models(writer: Writer) -> None:
    model = await register(writer)
    command = {
        "record": {"dataset": "scores", "version": "1"},
        "parents": [
            {"kind": "SYNTHETIC", "source": {"id": model.id}},
            {"kind": "FILTER", "source": {"datasetVersion": {"version": {"dataset": "raw", "version": "9"}}}},
        ],
        "allowStubs": True,
    }
    written = await register_dataset_version(writer, RegisterDatasetVersion.model_validate(command))
    assert (len(written.stubs), len(written.warnings)) == (2, 1)
    raw = {"record": {"dataset": "raw", "version": "9", "digest": DIGEST}}
    completed = await register_dataset_version(writer, RegisterDatasetVersion.model_validate(raw))
    assert completed.id in written.stubs
    assert await found(writer.connection, "MATCH (n) WHERE n.isStub RETURN count(n) AS found") == 0


async def test_a_dataset_is_described_when_it_was_a_stub(writer: Writer) -> None:
    source = {"datasetVersion": {"version": {"dataset": "raw", "version": "9"}}}
    await register(writer, allowStubs=True, parents=[{"kind": "OTHER", "source": source}])
    await create_dataset(writer, CreateDataset(name="raw", kind="table"))
    assert await found(writer.connection, "MATCH (d:Dataset) RETURN [d.kind, d.isStub, d.revision] AS found") == [
        "table",
        False,
        2,
    ]
    with pytest.raises(AlreadyExists):
        await create_dataset(writer, CreateDataset(name="raw", kind="table"))
