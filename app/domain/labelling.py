"""Tags, links and names in other systems, put on any entity and taken off again."""

from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import Query, query
from app.domain.changing import changed
from app.domain.command import LIST_LIMIT, Command
from app.domain.description import LinkInput, ReferenceInput, TagInput, check_single, reference_properties
from app.domain.permission.needs import over
from app.domain.permission.sight import Sight
from app.domain.references import EntityRef, ExternalKey
from app.domain.resolution import Resolution, mention
from app.domain.scalars import TagKey, Uri
from app.domain.writing import Change, Writer, Written
from app.errors import AlreadyExists, Conflict

SET_TAGS = query("entity/set_tags")
REMOVE_TAGS = query("entity/remove_tags")
ADD_LINK = query("entity/add_link")
REMOVE_LINK = query("entity/remove_link")
ADD_REFERENCE = query("entity/add_reference")
REMOVE_REFERENCE = query("entity/remove_reference")


class Labelling(Command):
    """A command about what an entity carries."""

    needs = over("entity")

    entity: EntityRef = Field(description="What carries it.")


class SetTags(Labelling):
    """Put tags on an entity; one of the same key gets the new value."""

    action = "tags.set"

    tags: tuple[TagInput, ...] = Field(min_length=1, max_length=LIST_LIMIT, description="The tags.")


class RemoveTags(Labelling):
    """Take tags off an entity; those that it does not carry are passed over."""

    action = "tags.remove"

    keys: tuple[TagKey, ...] = Field(min_length=1, max_length=LIST_LIMIT, description="Keys of the tags.")


class AddLink(Labelling):
    """Put a link on an entity; one with the same URL is described anew."""

    action = "link.add"

    link: LinkInput = Field(description="The link.")


class RemoveLink(Labelling):
    """Take a link off an entity."""

    action = "link.remove"

    url: Uri = Field(description="Where it leads.")


class AddReference(Labelling):
    """Give an entity a name in another system, which no other entity may bear."""

    action = "reference.add"

    reference: ReferenceInput = Field(description="The name.")


class RemoveReference(Labelling):
    """Take a name in another system from an entity."""

    action = "reference.remove"

    reference: ExternalKey = Field(description="The name.")


async def set_tags(writer: Writer, command: SetTags) -> Written:
    """Put tags on an entity."""
    check_single([tag.key for tag in command.tags], "tags")
    return await labelled(writer, command, SET_TAGS, tags=[tag.model_dump() for tag in command.tags])


async def remove_tags(writer: Writer, command: RemoveTags) -> Written:
    """Take tags off an entity."""
    return await labelled(writer, command, REMOVE_TAGS, keys=sorted(set(command.keys)))


async def add_link(writer: Writer, command: AddLink) -> Written:
    """Put a link on an entity."""
    return await labelled(writer, command, ADD_LINK, link=command.link.model_dump(by_alias=True))


async def remove_link(writer: Writer, command: RemoveLink) -> Written:
    """Take a link off an entity."""
    return await labelled(writer, command, REMOVE_LINK, url=command.url)


async def add_reference(writer: Writer, command: AddReference) -> Written:
    """Give an entity a name in another system."""
    return await labelled(writer, command, ADD_REFERENCE, reference=reference_properties(command.reference))


async def remove_reference(writer: Writer, command: RemoveReference) -> Written:
    """Take a name in another system from an entity."""
    return await labelled(writer, command, REMOVE_REFERENCE, **command.reference.model_dump(by_alias=True))


async def labelled(writer: Writer, command: Labelling, statement: Query, **parameters: Any) -> Written:
    entity = mention(command.entity, "entity")

    def compose(resolution: Resolution) -> Change:
        known = resolution.require(entity)
        return Change(
            query=statement,
            action=command.action,
            parameters={"id": known.id, "label": known.label, **parameters},
            counts={"tags": len(parameters["tags"])} if "tags" in parameters else {},
            refusals={"taken": lambda row: taken(row, writer.caller.sight)},
        )

    return await changed(writer, command, [entity], compose)


def taken(row: Row, sight: Sight) -> Exception:
    if sight.hides(row["bearerScope"]):
        return Conflict()
    return AlreadyExists("Another entity bears this name.", path=("reference",), id=row["bearerId"])
