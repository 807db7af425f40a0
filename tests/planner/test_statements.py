"""What is sent is fixed by the document: never by how much there is, and no value stands in a text."""

import re
from typing import Any

import pytest

from app.api.context import Context
from app.api.schema import build
from app.database.connection import Connection, sent
from app.domain.labelling import SetTags, set_tags
from app.domain.writing import Writer
from app.planner.gearbox import Gearbox
from app.planner.pages import Form
from app.planner.relations import relations
from app.planner.statements import within
from tests.fixtures.recording import Recording
from tests.fixtures.registration import register

SCHEMA, PLANNER = build()
PLANNER.gearbox = Gearbox(None)
DOCUMENT = """
query ($name: String!, $key: String!) {
  registeredModels(first: 100, where: {name: {startsWith: $name}, tag: {key: $key}}) {
    totalCount
    nodes {
      name
      owner { name }
      latest: latestVersion { number }
      versions(first: 50, where: {framework: {eq: "a framework"}}) {
        nodes {
          number
          aliases { name setBy { name } }
          run { job { name } }
          evaluations { nodes { metrics { value } } }
        }
      }
    }
  }
}
"""
STATEMENTS = [
    "evaluation/Evaluation.metrics",
    "evaluation/ModelVersion.evaluations",
    "identity/Owned.owner",
    "lineage/Run.job",
    "registry/Alias.setBy",
    "registry/ModelVersion.aliases",
    "registry/ModelVersion.run",
    "registry/Query.registeredModels",
    "registry/Query.registeredModels#count",
    "registry/RegisteredModel.latestVersion",
    "registry/RegisteredModel.versions",
]
RUN = {"new": {"job": {"name": "train"}}}
EVALUATIONS = [{"metrics": [{"name": "auc", "value": 0.9}]}]


async def ask(connection: Connection, writer: Writer, **variables: Any) -> tuple[dict[str, Any], list[str]]:
    """The answer, and the names of the statements that it took."""

    async def writer_of(request_id: str) -> Writer:
        return writer

    names: list[str] = []
    token = sent.set(names)
    context = Context(connection, PLANNER, writer_of, "test-request")
    result = await SCHEMA.execute(DOCUMENT, variables, context)
    sent.reset(token)
    assert result.errors is None
    assert result.data is not None
    return result.data, sorted(names)


@pytest.mark.parametrize(("models", "versions"), [(1, 1), (20, 2)])
async def test_the_number_of_statements_is_fixed_by_the_document(writer: Writer, models: int, versions: int) -> None:
    for model in range(models):
        for version in range(versions):
            await register(
                writer,
                f"model {model}",
                framework="a framework",
                aliases=[f"alias-{version}"],
                run=RUN,
                evaluations=EVALUATIONS,
            )
        await tag(writer, f"model {model}")
    data, names = await ask(writer.connection, writer, name="model", key="stage")
    assert data["registeredModels"]["totalCount"] == models
    assert [len(each["versions"]["nodes"]) for each in data["registeredModels"]["nodes"]] == [versions] * models
    assert names == STATEMENTS


async def test_what_finds_nothing_asks_no_further(writer: Writer) -> None:
    data, names = await ask(writer.connection, writer, name="model", key="stage")
    assert data == {"registeredModels": {"totalCount": 0, "nodes": []}}
    assert names == ["registry/Query.registeredModels", "registry/Query.registeredModels#count"]


async def test_no_value_stands_in_a_text(writer: Writer) -> None:
    await register(writer, "model 1", framework="a framework", aliases=["alias"], run=RUN, evaluations=EVALUATIONS)
    await tag(writer, "model 1")
    inner = writer.connection
    recording = Recording(inner.driver, inner.database, 30, 30, inner.bookmarks)
    await ask(recording, writer, name="model 1", key="stage")
    first, recording.texts[:] = sorted(recording.texts), []
    await ask(recording, writer, name="model", key="stage")
    assert sorted(recording.texts) == first
    assert len(first) == len(STATEMENTS)
    assert [text for text in first for value in ("model 1", "stage", "a framework", "50") if value in text] == []


def test_a_page_of_what_belongs_to_a_parent_goes_by_the_index_of_the_parent() -> None:
    """Whatever the database thinks of how many there are: it is not asked."""
    pages = [r for variants in relations().values() for r in variants if r.count == "page" and r.key is not None]
    lacking, found = list[str](), set[str]()
    for relation in pages:
        for order in relation.orders:
            text = within(relation, "true", Form(order))
            if hint := re.search(r"USING INDEX SEEK node:(.*)", text):
                found.add(hint[1])
            elif not re.search(
                r"^MATCH \(this\).*\n(WHERE.*\n)?WITH DISTINCT node$", relation.query.body, re.MULTILINE
            ):
                lacking.append(f"{relation.query.name} {order.name}")
    assert lacking == []
    assert {"ModelVersion(modelId, number)", "ModelVersion(modelId, createdAt, id)"} < found
    assert "Deployment(versionId, validFrom, id)" in found


async def tag(writer: Writer, model: str) -> None:
    command = SetTags.model_validate({"entity": {"model": model}, "tags": [{"key": "stage", "value": "new"}]})
    await set_tags(writer, command)
