"""Environments: dev, staging, production ..., in their order."""

from collections.abc import Iterable

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.adding import added
from app.domain.changing import changed, stale
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, check_single, describe
from app.domain.draft import Draft, external_mentions
from app.domain.permission.needs import REGISTRY, over
from app.domain.references import EnvironmentRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Key, Mention, Resolution, mention
from app.domain.scalars import FreeJSON, Line, Text
from app.domain.updating import archived, update_of
from app.domain.writing import Change, Writer, Written
from app.errors import AlreadyExists, Cycle

UPDATE_ENVIRONMENT = query("delivery/update_environment")
LOCATIONS = "The regions or clusters that it has: nothing is placed anywhere else. Wherever, when none is named."
REPORTS = "Seconds within which a report of what runs is due for each deployment; no report is, when nothing is said."
LONGEST = 366 * 24 * 3600
NEXT = "The environments that come next: a version goes from this one to those."
POSITION_LIMIT = 2**31 - 1


class CreateEnvironment(Command):
    """Create an environment."""

    action = "environment.create"
    needs = REGISTRY

    name: Line = Field(description="Exact and case-sensitive.")
    position: int = Field(ge=-POSITION_LIMIT, le=POSITION_LIMIT, description="Its place in the order, smallest first.")
    description: Text | None = optional("What it is for.")
    is_protected: bool = Field(default=False, description="Whether only few may change it.")
    locations: tuple[Line, ...] = many(LOCATIONS)
    reports_within: int | None = optional(REPORTS, ge=1, le=LONGEST)
    promotes_to: tuple[EnvironmentRef, ...] = many(NEXT)
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")


class UpdateEnvironment(Command):
    """Change what is said of an environment. What is left out stays, null clears."""

    action = "environment.update"
    needs = over("environment")

    environment: EnvironmentRef = Field(description="The environment.")
    position: int | None = optional("Its place in the order.", ge=-POSITION_LIMIT, le=POSITION_LIMIT)
    description: Text | None = optional("What it is for.")
    is_protected: bool | None = optional("Whether only few may change it.")
    locations: tuple[Line, ...] | None = optional(LOCATIONS, max_length=100)
    reports_within: int | None = optional(REPORTS, ge=1, le=LONGEST)
    promotes_to: tuple[EnvironmentRef, ...] | None = optional(NEXT, max_length=100)
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)


class ArchiveEnvironment(Command):
    """Put an environment away: nothing is placed in it any more."""

    action = "environment.archive"
    needs = over("environment")

    environment: EnvironmentRef = Field(description="The environment.")
    expected_revision: int | None = optional(REVISION)


class RestoreEnvironment(Command):
    """Take an archived environment out again."""

    action = "environment.restore"
    needs = over("environment")

    environment: EnvironmentRef = Field(description="The environment.")
    expected_revision: int | None = optional(REVISION)


async def create_environment(writer: Writer, command: CreateEnvironment) -> Written:
    """Create an environment. Returns its id."""
    own = Mention(Key.of("environments_by_name", name=command.name), ("Environment",), ("name",))
    mentions = [own, *next_mentions(command.promotes_to), *external_mentions(command.references)]

    def compose(draft: Draft) -> str:
        known = draft.resolution.find(own)
        if known is not None:
            raise AlreadyExists(f"There is an environment {command.name} already.", path=("name",), id=known.id)
        draft.check_unborne(command.references)
        id = draft.bundle.add("Environment", environment_properties(command))
        describe(draft.bundle, id, command)
        following = next_ids(draft.resolution, command.promotes_to)
        for each in following:
            draft.bundle.tie("PROMOTES_TO", id, each)
        draft.bundle.mark(id, promotesTo=following)
        return id

    return await added(writer, command, mentions, compose)


def environment_properties(command: CreateEnvironment) -> dict[str, object]:
    return {
        "name": command.name,
        "position": command.position,
        "description": command.description,
        "isProtected": command.is_protected,
        "locations": named(command.locations),
        "reportsWithin": command.reports_within,
        "metadata": command.metadata,
    }


def named(locations: Iterable[str] | None) -> list[str] | None:
    """The locations as they are kept, each once: nothing when none is named."""
    return sorted(set(locations or ())) or None


def next_mentions(following: tuple[EnvironmentRef, ...]) -> list[Mention]:
    return [mention(each, "promotesTo", index) for index, each in enumerate(following)]


def next_ids(resolution: Resolution, following: tuple[EnvironmentRef, ...]) -> list[str]:
    """The ids of the environments that come next, each named once."""
    ids = [resolution.require(each).id for each in next_mentions(following)]
    check_single(ids, "promotesTo")
    return sorted(ids)


async def update_environment(writer: Writer, command: UpdateEnvironment) -> Written:
    """Change what is said of an environment. Returns its id."""
    subject = mention(command.environment, "environment")
    following = command.promotes_to
    properties = update_of(subject, "Environment", command, "environment", "promotes_to").properties
    if "locations" in properties:
        properties["locations"] = named(command.locations)
    return await changed(
        writer,
        command,
        [subject, *next_mentions(following or ())],
        lambda resolution: Change(
            query=UPDATE_ENVIRONMENT,
            action=command.action,
            parameters={
                "id": resolution.require(subject).id,
                "properties": properties,
                "next": None if following is None else next_ids(resolution, following),
                "expectedRevision": command.expected_revision,
            },
            counts={} if following is None else {"next": len(following)},
            refusals={"stale": stale, "cycle": cycle},
        ),
    )


def cycle(row: Row) -> Exception:
    return Cycle("An environment cannot promote to itself, on whatever way.", path=("promotesTo",), nodes=row["cycle"])


async def archive_environment(writer: Writer, command: ArchiveEnvironment) -> Written:
    """Put an environment away. Returns its id."""
    subject, revision = mention(command.environment, "environment"), command.expected_revision
    return await archived(writer, command, subject, is_archived=True, revision=revision)


async def restore_environment(writer: Writer, command: RestoreEnvironment) -> Written:
    """Take an environment out again. Returns its id."""
    subject, revision = mention(command.environment, "environment"), command.expected_revision
    return await archived(writer, command, subject, is_archived=False, revision=revision)
