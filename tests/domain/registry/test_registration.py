"""The registration of versions."""

import asyncio
from hashlib import sha256
from typing import Any

import pytest

from app.database.connection import Connection, sent
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.publication import RegisterModelVersion
from app.domain.writing import Writer
from app.errors import AlreadyExists, Cycle, InvalidInput, NotFound, PedigreeError
from tests.fixtures.registration import DIGEST, WHOLE, register
from tests.fixtures.snapshot import found, snapshot

NUMBERS = "MATCH (v:ModelVersion) WITH v ORDER BY v.modelId, v.number RETURN collect(v.number) AS found"
LINEAGE = """MATCH (a)-[r]->(b) WHERE r.recordedAt IS NOT NULL
WITH type(r) AS type, coalesce(r.kind, r.role, '') AS word ORDER BY type, word
RETURN collect([type, word]) AS found"""
STUBS = "MATCH (n) WHERE n.isStub WITH n ORDER BY n.name, n.number RETURN collect(labels(n)) AS found"


async def test_a_registration_writes_its_whole_lineage_in_one_transaction(writer: Writer) -> None:
    sent.set([])
    written = await register(writer, **WHOLE)
    assert sent.get() == ["references/resolve", "registry/register_version", "audit/append"]
    assert (written.created, written.replayed, written.stubs, written.warnings) == (True, False, (), ())
    assert await found(writer.connection, LINEAGE) == [
        ["EVALUATED", ""],
        ["GENERATED_BY", ""],
        ["USED", "code"],
        ["USED", "train"],
    ]


async def test_a_version_is_kept_as_it_was_said(writer: Writer) -> None:
    written = await register(writer, **WHOLE)
    version = await found(
        writer.connection, "MATCH (v:Entity {id: $id}) RETURN v {.*, labels: labels(v)} AS found", id=written.id
    )
    assert set(version["labels"]) == {"Entity", "ModelVersion"}
    assert (version["number"], version["displayVersion"], version["licenseSpdx"]) == (1, "1.0.0-rc1", "Apache-2.0")
    assert version["artifactIsVerified"]
    assert version["artifactDigest"] == f"sha256:{sha256(f'{DIGEST} 5 model.bin{chr(10)}'.encode()).hexdigest()}"
    assert (version["artifactSizeBytes"], version["artifactFileCount"]) == (5, 1)
    assert version["weightsParameterCount"] == 5_000_000_000
    assert (version["revision"], version["isStub"], version["metadata"]) == (1, False, '{"free":true}')
    assert version["createdAt"] == version["recordedAt"]


async def test_the_event_says_all_of_it(writer: Writer) -> None:
    written = await register(writer, **WHOLE)
    event = await found(
        writer.connection, "MATCH (e:AuditEvent {subjectId: $id}) RETURN properties(e) AS found", id=written.id
    )
    assert (event["action"], event["actorId"]) == ("modelVersion.register", writer.caller.actor_id)
    assert (event["requestId"], event["pending"]) == ("test-request", True)
    assert '"field":"parameters"' in event["body"]
    assert [text for text in event["texts"] if '"optimizer.lr":0.1' in text] != []


@pytest.mark.parametrize(
    ("fields", "error", "path"),
    [
        ({"createModel": False}, NotFound, ("model",)),
        ({"parents": [{"kind": "MERGE", "source": {"id": "none"}}]}, NotFound, ("parents", 0, "source", "id")),
        (
            {"parents": [{"kind": "MERGE", "source": {"modelVersion": {"number": {"model": "x", "number": 1}}}}]},
            NotFound,
            ("parents", 0, "source", "modelVersion", "number"),
        ),
        (
            {"inputs": [{"role": "train", "dataset": {"existing": {"digest": DIGEST}}}]},
            NotFound,
            ("inputs", 0, "dataset", "existing", "digest"),
        ),
        ({"run": {"external": {"system": "mlflow", "externalId": "1"}}}, NotFound, ("run", "external")),
        (
            {"evaluations": [{"on": {"id": "none"}, "metrics": [{"name": "auc", "value": 1}]}]},
            NotFound,
            ("evaluations", 0, "on", "id"),
        ),
        ({"aliases": ["a", "a"]}, InvalidInput, ("aliases", 1)),
        ({"tags": [{"key": "a", "value": ""}, {"key": "a", "value": ""}]}, InvalidInput, ("tags", 1)),
        ({"parameters": {"a": {"b": 1}, "a.b": 2}}, InvalidInput, ("parameters",)),
        ({"parameters": [1]}, InvalidInput, ("parameters",)),
    ],
)
async def test_what_is_refused_changes_nothing(
    writer: Writer, fields: dict[str, Any], error: type[PedigreeError], path: tuple[str | int, ...]
) -> None:
    before = await snapshot(writer.connection)
    with pytest.raises(error) as raised:
        await register(writer, **fields)
    assert raised.value.path == path
    assert await snapshot(writer.connection) == before


async def test_unknown_origins_become_stubs_when_that_is_allowed(writer: Writer) -> None:
    written = await register(
        writer,
        allowStubs=True,
        parents=[
            {"kind": "ADAPTER", "source": {"modelVersion": {"number": {"model": "llama", "number": 2}}}},
            {"kind": "MERGE", "source": {"external": {"system": "hf", "externalId": "z/y"}}},
            {"kind": "DISTILLATION", "source": {"asset": "gpt"}},
        ],
        dependencies=[
            {"kind": "tokenizer", "target": {"datasetVersion": {"version": {"dataset": "d", "version": "1"}}}}
        ],
    )
    stubs = await found(writer.connection, STUBS)
    assert sorted(sorted(set(labels) - {"Entity"})[0] for labels in stubs) == [
        "Dataset",
        "DatasetVersion",
        "ModelVersion",
        "RegisteredModel",
        "UnknownAsset",
        "UnknownAsset",
    ]
    assert len(written.stubs) == 6
    assert [kind for kind in await found(writer.connection, LINEAGE) if kind[0] == "DEPENDS_ON"] == [
        ["DEPENDS_ON", "base"],
        ["DEPENDS_ON", "tokenizer"],
    ]


async def test_a_later_registration_completes_the_stub_of_its_number(writer: Writer) -> None:
    parent = {"kind": "FINE_TUNE", "source": {"modelVersion": {"number": {"model": "llama", "number": 2}}}}
    child = await register(writer, allowStubs=True, parents=[parent])
    first, second = await register(writer, "llama"), await register(writer, "llama")
    source = "MATCH (:Entity {id: $id})-[:DERIVED_FROM]->(p) RETURN p {.id, .number, .isStub, .revision} AS found"
    assert await found(writer.connection, source, id=child.id) == {
        "id": second.id,
        "number": 2,
        "isStub": False,
        "revision": 2,
    }
    assert first.id != second.id
    assert (
        await found(
            writer.connection, "MATCH (:RegisteredModel {name: 'llama'})-[r:HAS_VERSION]->() RETURN count(r) AS found"
        )
        == 2
    )


async def test_a_later_registration_completes_the_stub_of_its_reference(writer: Writer) -> None:
    key = {"system": "hf", "externalId": "z/y"}
    await register(writer, allowStubs=True, parents=[{"kind": "MERGE", "source": {"external": key}}])
    stub = await found(writer.connection, "MATCH (u:UnknownAsset) RETURN u.id AS found")
    written = await register(writer, "z", references=[key])
    assert written.id == stub
    labels = await found(writer.connection, "MATCH (v:Entity {id: $id}) RETURN [labels(v), v.name] AS found", id=stub)
    assert (set(labels[0]), labels[1]) == ({"Entity", "ModelVersion"}, None)
    assert await found(writer.connection, "MATCH (r:ExternalReference) RETURN count(r) AS found") == 1
    with pytest.raises(AlreadyExists) as raised:
        await register(writer, "z", references=[key])
    assert raised.value.path == ("references", 0)


async def test_the_same_digest_is_created_returned_or_refused(writer: Writer) -> None:
    artifact = {"uri": "s3://a", "digest": DIGEST}
    first = await register(writer, artifact=artifact)
    second = await register(writer, artifact=artifact)
    before = await snapshot(writer.connection)
    returned = await register(writer, artifact=artifact, onSameDigest="RETURN_EXISTING")
    with pytest.raises(AlreadyExists) as raised:
        await register(writer, artifact=artifact, onSameDigest="REFUSE")
    assert raised.value.path == ("artifact", "digest")
    assert (returned.id, returned.created) == (second.id, False)
    assert first.id != second.id
    assert await snapshot(writer.connection) == before
    assert (await register(writer, "other", artifact=artifact, onSameDigest="REFUSE")).created


async def test_data_of_another_content_under_the_same_name_is_refused(writer: Writer) -> None:
    record = {"dataset": "clicks", "version": "1", "digest": DIGEST}
    await register(writer, inputs=[{"role": "train", "dataset": {"record": record}}])
    before = await snapshot(writer.connection)
    for name, value in (("digest", "sha256:" + "b" * 64), ("uri", "s3://elsewhere"), ("rowCount", 7)):
        other = {**record, name: value}
        with pytest.raises(AlreadyExists) as raised:
            await register(writer, inputs=[{"role": "train", "dataset": {"record": other}}])
        assert raised.value.path == ("inputs", 0, "dataset", "record", name)
        assert await snapshot(writer.connection) == before


async def test_one_registration_says_the_same_of_its_data_everywhere(writer: Writer) -> None:
    record = {"dataset": "clicks", "version": "1", "metadata": "text"}
    before = await snapshot(writer.connection)
    with pytest.raises(AlreadyExists) as raised:
        await register(
            writer,
            inputs=[
                {"role": "train", "dataset": {"record": record}},
                {"role": "test", "dataset": {"record": {**record, "rowCount": 7}}},
            ],
        )
    assert raised.value.path == ("inputs", 1, "dataset", "record", "rowCount")
    assert await snapshot(writer.connection) == before
    uses = [{"role": role, "dataset": {"record": record}} for role in ("train", "test")]
    assert (await register(writer, inputs=uses)).created


async def test_data_without_a_run_is_read_by_a_run_of_which_nothing_is_known(writer: Writer) -> None:
    await register(writer, inputs=[{"role": "train", "dataset": {"record": {"dataset": "d", "version": "1"}}}])
    text = "MATCH (:ModelVersion)-[:GENERATED_BY]->(r:Run)-[:USED]->(:DatasetVersion) RETURN r.status AS found"
    assert await found(writer.connection, text) == "UNKNOWN"


async def test_what_a_part_read_was_read_by_the_whole(writer: Writer) -> None:
    await register(writer, "whole", run={"new": {"job": {"name": "pipeline"}}})
    whole = await found(writer.connection, "MATCH (r:Run) RETURN r.id AS found")
    await register(
        writer,
        "part",
        run={"new": {"parent": {"id": whole}}},
        inputs=[{"role": "train", "dataset": {"record": {"dataset": "d", "version": "1"}}}],
    )
    text = """MATCH (r:Run)-[u:USED]->(:DatasetVersion)
    WITH r, u ORDER BY u.via IS NULL
    RETURN collect([r.id = $whole, u.via IS NOT NULL]) AS found"""
    assert await found(writer.connection, text, whole=whole) == [[True, True], [False, False]]


async def test_an_edge_that_closes_a_cycle_is_refused(writer: Writer) -> None:
    first = await register(writer, "first", run={"new": {"reference": {"system": "ci", "externalId": "1"}}})
    data = {"dataset": "scores", "version": "1"}
    second = await register(
        writer, "second", parents=[{"kind": "FINE_TUNE", "source": {"id": first.id}}], allowStubs=True
    )
    await register(
        writer,
        "third",
        inputs=[{"role": "train", "dataset": {"record": data}}],
        parents=[{"kind": "MERGE", "source": {"id": second.id}}],
    )
    await link(writer.connection, second.id)
    before = await snapshot(writer.connection)
    with pytest.raises(Cycle) as raised:
        await register(
            writer,
            "first",
            run={"external": {"system": "ci", "externalId": "1"}},
            inputs=[{"role": "train", "dataset": {"existing": {"version": data}}}],
        )
    nodes = raised.value.details["nodes"]
    assert isinstance(nodes, list)
    assert nodes[0] == nodes[-1]
    assert len(set(nodes)) == 4
    assert await snapshot(writer.connection) == before


async def link(connection: Connection, version_id: str) -> None:
    """The dataset was made from the version's scores."""
    text = """MATCH (d:DatasetVersion) MATCH (v:Entity {id: $id})
    CREATE (d)-[:DERIVED_FROM {id: 'x', kind: 'SYNTHETIC', recordedAt: datetime(), validFrom: datetime()}]->(v)"""
    await connection.driver.execute_query(text, {"id": version_id})


async def test_one_run_may_make_many_versions_and_read_its_data_once(writer: Writer) -> None:
    run = {"new": {"reference": {"system": "ci", "externalId": "7"}}}
    inputs = [{"role": "train", "dataset": {"record": {"dataset": "d", "version": "1"}}}]
    for _ in range(3):
        await register(writer, run=run, inputs=inputs)
    text = """MATCH (r:Run)
    RETURN [count(r), sum(COUNT { (r)-[:USED]->() }), sum(COUNT { (r)<-[:GENERATED_BY]-() })] AS found"""
    assert await found(writer.connection, text) == [1, 1, 3]


async def test_32_writers_of_one_model_get_numbers_without_gaps(writer: Writer) -> None:
    written = await asyncio.gather(*(register(writer, **{**WHOLE, "references": []}) for _ in range(32)))
    assert len({each.id for each in written}) == 32
    assert await found(writer.connection, NUMBERS) == list(range(1, 33))
    open_aliases = "MATCH (a:Alias) WHERE a.open RETURN count(a) AS found"
    assert await found(writer.connection, open_aliases) == 1


async def test_32_writers_of_32_models_that_use_the_same_data_do_not_stop_each_other(writer: Writer) -> None:
    named = ({**WHOLE, "references": [], "model": f"m{i}"} for i in range(32))
    await asyncio.gather(*(register(writer, **fields) for fields in named))
    assert await found(writer.connection, NUMBERS) == [1] * 32
    assert await found(writer.connection, "MATCH (d:DatasetVersion) RETURN count(d) AS found") == 1
    assert await found(writer.connection, "MATCH (c:Commit) RETURN count(c) AS found") == 1


async def test_a_repeated_request_is_answered_with_what_the_first_did(writer: Writer) -> None:
    repeated = [register(writer, **WHOLE, idempotencyKey="k") for _ in range(8)]
    written = await asyncio.gather(*repeated)
    assert len({each.id for each in written}) == 1
    assert sorted(each.replayed for each in written) == [False] + [True] * 7
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as raised:
        await register(writer, "another", idempotencyKey="k")
    assert raised.value.path == ("idempotencyKey",)
    assert await snapshot(writer.connection) == before


async def test_a_key_is_forgotten_after_30_days(writer: Writer) -> None:
    first = await register(writer, idempotencyKey="k")
    age = "MATCH (k:IdempotencyKey) SET k.createdAt = k.createdAt - duration({days: 31})"
    await writer.connection.driver.execute_query(age)
    second = await register(writer, idempotencyKey="k")
    assert (second.created, second.id == first.id) == (True, False)


async def test_a_name_finds_the_model_that_had_it(writer: Writer) -> None:
    created = await create_registered_model(writer, CreateRegisteredModel(name="a"))
    with pytest.raises(AlreadyExists):
        await create_registered_model(writer, CreateRegisteredModel(name="a"))
    written = await register(writer, "a")
    model = "MATCH (m)-[:HAS_VERSION]->(:Entity {id: $id}) RETURN m.id AS found"
    assert await found(writer.connection, model, id=written.id) == created.id


def test_a_command_is_frozen_and_takes_nothing_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        RegisterModelVersion.model_validate({"model": "a", "surprise": 1})
