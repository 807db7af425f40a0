"""Applications: the products and services that stand on versions."""

from pydantic import Field

from app.domain.adding import added
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, describe
from app.domain.draft import Draft, external_mentions
from app.domain.licenses import license_properties
from app.domain.lineage.derivations import DependencyInput, depend, dependency_mentions
from app.domain.permission.needs import over, within
from app.domain.references import ActorRef, ApplicationRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Key, Known, Mention, mention
from app.domain.scalars import FreeJSON, Line, Text, WebAddress
from app.domain.updating import archived, update_of, updated
from app.domain.writing import Writer, Written
from app.errors import AlreadyExists


class CreateApplication(Command):
    """Create an application: a product or service that stands on versions."""

    action = "application.create"
    needs = within("name")

    name: Line = Field(description="Exact and case-sensitive.")
    description: Text | None = optional("What it is.")
    purpose: Text | None = optional("What it is for.")
    risk_class: Line | None = optional("The organization's or the law's classification.")
    is_user_facing: bool | None = optional("Whether people outside use it.")
    license: Line | None = optional("The terms under which it may be used, in whatever words.")
    license_url: WebAddress | None = optional("Where their text stands.")
    owner: ActorRef | None = optional("Who answers for it.")
    dependencies: tuple[DependencyInput, ...] = many("What it needs when it runs.")
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")
    allow_stubs: bool = Field(
        default=False,
        description="Make stubs of what is named and not known; a later registration completes them.",
    )


class UpdateApplication(Command):
    """Change what is said of an application. What is left out stays, null clears."""

    action = "application.update"
    needs = over("application")

    application: ApplicationRef = Field(description="The application.")
    description: Text | None = optional("What it is.")
    purpose: Text | None = optional("What it is for.")
    risk_class: Line | None = optional("The organization's or the law's classification.")
    is_user_facing: bool | None = optional("Whether people outside use it.")
    owner: ActorRef | None = optional("Who answers for it.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)

    def takes(self) -> tuple[str, ...]:
        return (self.action, "owner.set") if "owner" in self.model_fields_set else (self.action,)


class ArchiveApplication(Command):
    """Put an application away; it stays findable."""

    action = "application.archive"
    needs = over("application")

    application: ApplicationRef = Field(description="The application.")
    expected_revision: int | None = optional(REVISION)


class RestoreApplication(Command):
    """Take an archived application out again."""

    action = "application.restore"
    needs = over("application")

    application: ApplicationRef = Field(description="The application.")
    expected_revision: int | None = optional(REVISION)


async def create_application(writer: Writer, command: CreateApplication) -> Written:
    """Create an application, or describe the stub of one. Returns its id."""
    own = Mention(Key.of("applications_by_name", name=command.name), ("Application",), ("name",))
    owner = [mention(command.owner, "owner")] if command.owner else []
    mentions = [own, *owner, *dependency_mentions(command.dependencies), *external_mentions(command.references)]

    def compose(draft: Draft) -> str:
        completes = completed(draft, command, draft.resolution.find(own))
        id = draft.bundle.add("Application", application_properties(command), completes=completes)
        draft.made[own.key] = id
        describe(draft.bundle, id, command, draft.borne(command.references))
        depend(draft, id, command.dependencies)
        if command.owner is not None:
            owner_id = draft.id_of(command.owner, "owner")
            draft.bundle.tie("OWNS", owner_id, id)
            draft.bundle.mark(id, ownerId=owner_id)
        return id

    return await added(writer, command, mentions, compose)


def completed(draft: Draft, command: CreateApplication, named: Known | None) -> Known | None:
    """The stub that the command describes, by its name or by one of its references."""
    bearer = draft.completed(command.references)
    if named is not None and (bearer is not None or not named.is_stub):
        raise AlreadyExists(f"There is an application {command.name} already.", path=("name",), id=named.id)
    return named or bearer


def application_properties(command: CreateApplication) -> dict[str, object]:
    return {
        "name": command.name,
        "description": command.description,
        "purpose": command.purpose,
        "riskClass": command.risk_class,
        "isUserFacing": command.is_user_facing,
        **license_properties(command.license, command.license_url),
        "metadata": command.metadata,
    }


async def update_application(writer: Writer, command: UpdateApplication) -> Written:
    """Change what is said of an application. Returns its id."""
    update = update_of(mention(command.application, "application"), "Application", command, "application")
    return await updated(writer, command, update)


async def archive_application(writer: Writer, command: ArchiveApplication) -> Written:
    """Put an application away. Returns its id."""
    subject, revision = mention(command.application, "application"), command.expected_revision
    return await archived(writer, command, subject, is_archived=True, revision=revision)


async def restore_application(writer: Writer, command: RestoreApplication) -> Written:
    """Take an application out again. Returns its id."""
    subject, revision = mention(command.application, "application"), command.expected_revision
    return await archived(writer, command, subject, is_archived=False, revision=revision)
