"""How a command of the domain becomes a mutation: its name, its input and its payload follow from the function.

    mutation(create_registered_model, RegisteredModel)

is `createRegisteredModel(input: CreateRegisteredModelInput!): CreateRegisteredModelPayload`, whose payload has the
model as it is after the change.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, get_type_hints

import strawberry
from pydantic.alias_generators import to_camel
from strawberry.types.field import StrawberryField

from app.api.context import Info
from app.api.nodes import Entity
from app.domain.command import Command
from app.domain.writing import Writer, Written
from app.errors import TimedOut, Unavailable

SHOWN = "What was changed, as it is now; null when it has been deleted since, which only a replay can find."

Act = Callable[[Writer, Any], Awaitable[Written]]


def mutation(act: Act, returns: Any, name: str | None = None, **besides: tuple[Any, str]) -> StrawberryField:
    """The mutation of a command. Its payload shows what was changed, under the name of its type unless told.

    `besides` are further fields of the payload, each a type and what it means; a loader answers them, or a fact.
    """
    command: type[Command] = get_type_hints(act)["command"]
    shown = name or f"{returns.__name__[0].lower()}{returns.__name__[1:]}"
    payload = payload_type(command, {shown: (returns | None, SHOWN), **besides})

    async def resolve(info: Info, input: Any) -> Any:
        written = await act(await info.context.writer(), input)
        return await read_back(info, payload.__name__, {shown: written.id, **facts(written)})

    return field(act, command, payload, resolve)


def deletion(act: Act) -> StrawberryField:
    """The mutation of a command that deletes: its payload has the id of what is gone."""
    command: type[Command] = get_type_hints(act)["command"]
    payload = payload_type(command, {"deletedId": (strawberry.ID, "Id of what was deleted.")})

    async def resolve(info: Info, input: Any) -> Any:
        written = await act(await info.context.writer(), input)
        return await read_back(info, payload.__name__, {"deletedId": written.id, **facts(written)})

    return field(act, command, payload, resolve)


def field(act: Act, command: type[Command], payload: type, resolve: Callable[..., Any]) -> StrawberryField:
    resolve.__name__ = act.__name__
    resolve.__annotations__ = {"info": Info, "input": command, "return": payload | None}
    description = f"{inspect.getdoc(command)}\n\n{told(command)}"
    made: StrawberryField = strawberry.mutation(
        resolver=resolve, description=description, metadata={"command": command}
    )
    return made


def told(command: type[Command]) -> str:
    """What a command takes, in a sentence."""
    needs = command.needs
    if needs.is_own:
        return "Everybody does this for themselves."
    if needs.is_anywhere:
        return f"Takes the permission {command.action}, over anything at all."
    named = [f"`{to_camel(field)}`" for field in needs.over]
    places = [*named, *([f"the team that `{to_camel(needs.within)}` begins with"] if needs.within else [])]
    return f"Takes the permission {command.action}, over {' or '.join(places) or 'the whole registry'}."


def payload_type(command: type[Command], shown: dict[str, tuple[Any, str]]) -> type:
    """The payload's type: what was changed, and what there is to say about it."""
    fields = dict(shown)
    fields["replayed"] = (bool, "Whether the same request was answered before: then nothing was changed now.")
    if "allow_stubs" in command.model_fields:
        fields["created"] = (bool, "Whether it was made now, or found.")
        fields["stubs"] = (list[Entity], "What was named as an origin and is known by name only.")
        fields["warnings"] = (list[str], "What to look at, in sentences.")
    namespace = {name: strawberry.field(description=description) for name, (_, description) in fields.items()}
    annotations = {name: type_ for name, (type_, _) in fields.items()}
    class_ = type(f"{command.__name__}Payload", (), {**namespace, "__annotations__": annotations})
    return strawberry.type(class_, description=f"What {command.action} answers.")


def facts(written: Written) -> dict[str, Any]:
    return {
        "id": " ".join(written.about) or written.id,  # what a loader of the payload goes by
        "replayed": written.replayed,
        "created": written.created,
        "stubs": list(written.stubs),
        "warnings": list(written.warnings),
        "token": written.secret,
    }


async def read_back(info: Info, type_: str, values: dict[str, Any]) -> Any:
    """The payload, its ids read back as objects. The change stands even when that fails, and the error says so."""
    context = info.context
    try:
        return await context.planner.payload(context.asker, info._raw_info, type_, values)
    except (TimedOut, Unavailable) as error:
        error.details.update(committed=True, id=next(iter(values.values())))
        raise
