"""Tags, links and names in other systems."""

import pytest

from app.domain.labelling import (
    AddLink,
    AddReference,
    RemoveLink,
    RemoveReference,
    RemoveTags,
    SetTags,
    add_link,
    add_reference,
    remove_link,
    remove_reference,
    remove_tags,
    set_tags,
)
from app.domain.writing import Writer
from app.errors import AlreadyExists, NotFound
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

TAGS = "MATCH (t:Tag) WITH t ORDER BY t.key RETURN collect([t.key, t.value]) AS found"
REVISION = "MATCH (v:Entity {id: $id}) RETURN v.revision AS found"
ENTITY = {"modelVersion": {"number": {"model": "churn", "number": 1}}}


async def test_tags_are_set_and_removed(writer: Writer) -> None:
    version = await register(writer, tags=[{"key": "a", "value": "1"}])
    tags = [{"key": "a", "value": "2"}, {"key": "b", "value": ""}]
    await set_tags(writer, SetTags.model_validate({"entity": ENTITY, "tags": tags}))
    await set_tags(writer, SetTags.model_validate({"entity": ENTITY, "tags": tags}))
    assert await found(writer.connection, TAGS) == [["a", "2"], ["b", ""]]
    assert await found(writer.connection, REVISION, id=version.id) == 2
    await remove_tags(writer, RemoveTags.model_validate({"entity": ENTITY, "keys": ["a", "none", "a"]}))
    assert await found(writer.connection, TAGS) == [["b", ""]]
    text = "MATCH (e:AuditEvent {subjectId: $id}) WITH e ORDER BY e.at RETURN collect(e.action) AS found"
    assert await found(writer.connection, text, id=version.id) == ["modelVersion.register"] + ["tags.set"] * 2 + [
        "tags.remove"
    ]


async def test_a_link_is_added_described_anew_and_removed(writer: Writer) -> None:
    await register(writer)
    for title in (None, "Title"):
        link = {"kind": "paper", "url": "https://example.org", "title": title}
        await add_link(writer, AddLink.model_validate({"entity": ENTITY, "link": link}))
    assert await found(writer.connection, "MATCH (l:Link) RETURN collect(l.title) AS found") == ["Title"]
    for _ in range(2):
        await remove_link(writer, RemoveLink.model_validate({"entity": ENTITY, "url": "https://example.org"}))
    assert await found(writer.connection, "MATCH (l:Link) RETURN count(l) AS found") == 0


async def test_a_reference_belongs_to_one_entity(writer: Writer) -> None:
    await register(writer)
    other = await register(writer)
    key = {"system": "mlflow", "externalId": "1"}
    added = AddReference.model_validate({"entity": ENTITY, "reference": key})
    await add_reference(writer, added)
    before = await snapshot(writer.connection)
    await add_reference(writer, added)
    with pytest.raises(AlreadyExists) as raised:
        await add_reference(writer, AddReference.model_validate({"entity": {"id": other.id}, "reference": key}))
    assert raised.value.path == ("reference",)
    removal = RemoveReference.model_validate({"entity": {"id": other.id}, "reference": key})
    await remove_reference(writer, removal)
    assert await snapshot(writer.connection) == before
    await remove_reference(writer, RemoveReference.model_validate({"entity": {"external": key}, "reference": key}))
    assert await found(writer.connection, "MATCH (r:ExternalReference) RETURN count(r) AS found") == 0


async def test_what_is_not_there_cannot_be_tagged(writer: Writer) -> None:
    before = await snapshot(writer.connection)
    with pytest.raises(NotFound) as raised:
        await set_tags(writer, SetTags.model_validate({"entity": ENTITY, "tags": [{"key": "a", "value": ""}]}))
    assert raised.value.path == ("entity", "modelVersion", "number")
    assert await snapshot(writer.connection) == before
