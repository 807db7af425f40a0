"""Who acts: people, teams and programs."""

from pydantic import Field

from app.database.connection import Connection
from app.database.queries import query
from app.domain.adding import added
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, describe
from app.domain.draft import Draft, external_mentions
from app.domain.identifiers import new_id
from app.domain.permission.needs import REGISTRY
from app.domain.references import ActorRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import ACTORS, Key, Mention, mention
from app.domain.scalars import FreeJSON, Line
from app.domain.updating import update_of, updated
from app.domain.writing import Caller, Change, Writer, Written, commit
from app.errors import AlreadyExists, InvalidInput

ENSURE_ACTOR = query("identity/ensure_actor")
DISPLAY_NAME = "For people."
METADATA = "Free metadata, never read by the registry."


class NewActor(Command):
    """What is said of anybody who acts."""

    name: Line = Field(description="Unique among users, teams and service accounts.")
    display_name: Line | None = optional(DISPLAY_NAME)
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional(METADATA)
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")


class CreateUser(NewActor):
    """Make a person known."""

    action = "user.create"
    needs = REGISTRY

    email: Line | None = optional("Where to reach the person.")


class CreateTeam(NewActor):
    """Make a team: people who own and decide together."""

    action = "team.create"
    needs = REGISTRY


class CreateServiceAccount(NewActor):
    """Make a program known that acts."""

    action = "serviceAccount.create"
    needs = REGISTRY


class UpdateActor(Command):
    """Change what is said of a user, team or service account. What is left out stays, null clears."""

    action = "actor.update"
    needs = REGISTRY

    actor: ActorRef = Field(description="The actor.")
    display_name: Line | None = optional(DISPLAY_NAME)
    email: Line | None = optional("Where to reach the person; only a user has one.")
    metadata: FreeJSON | None = optional(METADATA)
    expected_revision: int | None = optional(REVISION)


async def create_user(writer: Writer, command: CreateUser) -> Written:
    """Make a person known. Returns the id of the user."""
    return await created(writer, "User", command, {"email": command.email})


async def create_team(writer: Writer, command: CreateTeam) -> Written:
    """Make a team. Returns its id."""
    return await created(writer, "Team", command, {})


async def create_service_account(writer: Writer, command: CreateServiceAccount) -> Written:
    """Make a program known. Returns the id of the service account."""
    return await created(writer, "ServiceAccount", command, {})


async def created(writer: Writer, label: str, command: NewActor, besides: dict[str, object]) -> Written:
    own = Mention(Key.of("actors_by_name", name=command.name), ACTORS, ("name",))

    def compose(draft: Draft) -> str:
        known = draft.resolution.find(own)
        if known is not None:
            raise AlreadyExists(f"There is a {known.label} {command.name} already.", path=("name",), id=known.id)
        draft.check_unborne(command.references)
        said = {"name": command.name, "displayName": command.display_name, "metadata": command.metadata}
        id = draft.bundle.add(label, {**said, **besides})
        describe(draft.bundle, id, command)
        return id

    return await added(writer, command, [own, *external_mentions(command.references)], compose)


async def update_actor(writer: Writer, command: UpdateActor) -> Written:
    """Change what is said of an actor. Returns its id."""
    subject = mention(command.actor, "actor")
    known = (await writer.resolve([subject])).require(subject)
    if known.label != "User" and "email" in command.model_fields_set:
        raise InvalidInput(f"A {known.label} has no email address.", path=("email",))
    return await updated(writer, command, update_of(subject, known.label, command, "actor"))


async def ensure_actor(connection: Connection, name: str) -> str:
    """The id of the actor of that name. A user is made when there is none, once however many ask at the same time."""
    id = new_id()
    change = Change(ENSURE_ACTOR, "user.create", {"id": id, "name": name})
    row = await commit(Writer(connection, Caller(id)), change)
    return str(row["id"])
