"""What every entity may carry: tags, links and its names in other systems."""

from collections.abc import Collection, Sequence
from typing import Protocol

from pydantic import Field

from app.domain.bundle import Bundle
from app.domain.command import Input, optional
from app.domain.scalars import Line, TagKey, Text, WebAddress, Word
from app.errors import InvalidInput, PathItem
from graph_schema.model import MODEL

ENTITIES = tuple(node.label for node in MODEL.nodes if "Entity" in node.labels)


class TagInput(Input):
    """A tag."""

    key: TagKey = Field(description="Unique on its subject.")
    value: Text = Field(description="May be empty.")


class LinkInput(Input):
    """A page about an entity."""

    kind: Line = Field(description="monitoring, incident, runbook, paper, validation report ...")
    url: WebAddress = Field(description="Where it leads, by http, https or mailto; unique on its subject.")
    title: Line | None = optional("For people.")


class ReferenceInput(Input):
    """The name of an entity in another system."""

    system: Word = Field(description="mlflow, huggingface, wandb, jira ...")
    external_id: Line = Field(description="Its id in that system.")
    url: WebAddress | None = optional("Where it can be seen.")


class Described(Protocol):
    """A command whose subject carries tags, links and references."""

    @property
    def tags(self) -> Sequence[TagInput]: ...
    @property
    def links(self) -> Sequence[LinkInput]: ...
    @property
    def references(self) -> Sequence[ReferenceInput]: ...


def describe(bundle: Bundle, subject_id: str, described: Described, borne: Collection[ReferenceInput] = ()) -> None:
    """Add what a command says about its subject. The references that it has borne as a stub it keeps."""
    tags = {tag.key: tag.value for tag in described.tags}
    check_single([tag.key for tag in described.tags], "tags")
    check_single([link.url for link in described.links], "links")
    check_single([(r.system, r.external_id) for r in described.references], "references")
    for key, value in tags.items():
        bundle.describe("Tag", subject_id, {"key": key, "value": value})
    for link in described.links:
        bundle.describe("Link", subject_id, {"kind": link.kind, "url": link.url, "title": link.title})
    for reference in described.references:
        if reference not in borne:
            bundle.describe("ExternalReference", subject_id, reference_properties(reference))
    bundle.mark(
        subject_id,
        tags=tags,
        links=[link.url for link in described.links],
        references=[f"{r.system}:{r.external_id}" for r in described.references],
    )


def reference_properties(reference: ReferenceInput) -> dict[str, str | None]:
    return {"system": reference.system, "externalId": reference.external_id, "url": reference.url}


def check_single(keys: Sequence[object], *path: PathItem) -> None:
    """Refuse a list that names something twice."""
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise InvalidInput("This is given twice.", path=(*path, index))
