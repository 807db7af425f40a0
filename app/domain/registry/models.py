"""Models: the names under which versions are published."""

from datetime import date

from pydantic import Field

from app.domain.adding import added
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, describe
from app.domain.draft import Draft, external_mentions, model_mention
from app.domain.permission.needs import within
from app.domain.permission.privacy import privacy
from app.domain.references import ActorRef
from app.domain.resolution import Known, mention
from app.domain.scalars import FreeJSON, Line, Name, Text
from app.domain.vocabulary import ModelKind, Visibility
from app.domain.writing import Writer, Written
from app.errors import AlreadyExists

LAST_NUMBER = {"lastNumber": 0}


class CreateRegisteredModel(Command):
    """Create a model: a name under which versions are published."""

    action = "registeredModel.create"
    needs = within("name")

    name: Name = Field(description="Exact and case-sensitive; may hold a namespace, team/model.")
    kind: ModelKind = Field(default=ModelKind.TRAINED, description="What kind of model it is.")
    visibility: Visibility = Field(default=Visibility.PUBLIC, description="Who sees it.")
    description: Text | None = optional("What it is, for people.")
    task: Line | None = optional("What it is for: classification, text-generation ...")
    intended_use: Text | None = optional("What it was made for.")
    out_of_scope_use: Text | None = optional("What it must not be used for.")
    limitations: Text | None = optional("Where it is known to fail.")
    risk_tier: Line | None = optional("The organization's own classification.")
    next_review_on: date | None = optional("Day on which somebody has to look at it again.")
    owner: ActorRef | None = optional("Who answers for it.")
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")


async def create_registered_model(writer: Writer, command: CreateRegisteredModel) -> Written:
    """Create a model, or describe the stub of one."""
    owner = [mention(command.owner, "owner")] if command.owner else []
    mentions = [model_mention(command.name, "name"), *owner, *external_mentions(command.references)]

    def compose(draft: Draft) -> str:
        known = named_so(draft, command.name)
        completes = draft.completed(command.references) or known
        id = draft.bundle.add("RegisteredModel", {**model_properties(command), **LAST_NUMBER}, completes=completes)
        describe(draft.bundle, id, command, draft.borne(command.references))
        if command.owner is not None:
            draft.bundle.tie("OWNS", draft.id_of(command.owner, "owner"), id)
        return id

    return await added(writer, command, mentions, compose)


def named_so(draft: Draft, name: str) -> Known | None:
    """The stub of that name. A model that bears it now is in the way, one that bore it before is not."""
    known = draft.resolution.find(model_mention(name, "name"))
    if known is None or known.name != name:
        return None
    if not known.is_stub:
        raise AlreadyExists(f"There is a model {name} already.", path=("name",), id=known.id)
    return known


def added_model(draft: Draft, name: str, *, completes: Known | None = None) -> str:
    """A model of which nothing but the name was said."""
    return draft.bundle.add(
        "RegisteredModel", {"name": name, "kind": ModelKind.TRAINED.value, **LAST_NUMBER}, completes=completes
    )


def model_properties(command: CreateRegisteredModel) -> dict[str, object]:
    return {
        "name": command.name,
        "kind": command.kind.value,
        "isPrivate": privacy(command.visibility, command.name, "visibility"),
        "description": command.description,
        "task": command.task,
        "intendedUse": command.intended_use,
        "outOfScopeUse": command.out_of_scope_use,
        "limitations": command.limitations,
        "riskTier": command.risk_tier,
        "nextReviewOn": command.next_review_on,
        "metadata": command.metadata,
    }
