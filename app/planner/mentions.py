"""References inside arguments, like `metric(name: "auc", on: {version: {...}})`, become ids before any statement runs.

All of a request are looked up at once. What nobody knows becomes an id that nothing has, so it matches nothing. Free
JSON becomes its text, null included: the graph holds it as text, and compares it so. A filter by what recalls reach is
told the ids of that, which are found once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLScalarType,
    get_nullable_type,
)
from pydantic import ValidationError

from app.database.connection import Connection
from app.domain.figures import sorted_text
from app.domain.governance.reach import affected
from app.domain.permission.sight import WHOLE, Sight
from app.domain.resolution import TYPES, Mention, Resolution, mention, resolve
from app.errors import PathItem, PedigreeError
from app.planner.steps import Step

NOBODY = ""
REFERENCES = {class_.__name__: class_ for class_ in TYPES}
FREE = "JSON"
RECALLED = "recalled"
ANCHOR = "by"  # the root fields that look one thing up have a file for each of its forms

Inputs = Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]


@dataclass(frozen=True)
class Reference:
    """A reference that was given as an argument: the name of its type, its only field as JSON, and where it stands."""

    type: str
    text: bytes
    path: tuple[PathItem, ...]

    def mention(self) -> Mention | None:
        """As it is looked up; None when nothing could have such a name."""
        try:
            return mention(REFERENCES[self.type].model_validate_json(self.text), *self.path)
        except ValidationError:
            return None


@dataclass(frozen=True)
class Reached:
    """That a filter asks for what recalls reach, or for what none does."""

    wanted: bool


def marked(inputs: Inputs, given: Mapping[str, Any], *path: PathItem) -> dict[str, Any]:
    """The arguments, the references among them marked as such, and free JSON as its text."""
    return {
        name: value
        if name == ANCHOR or name not in inputs
        else _marked(get_nullable_type(inputs[name].type), value, *path, name)
        for name, value in given.items()
    }


def _marked(type_: object, value: Any, *path: PathItem) -> Any:
    if isinstance(type_, GraphQLList) and isinstance(value, list):
        items = get_nullable_type(type_.of_type)
        return [_marked(items, item, *path, index) for index, item in enumerate(value)]
    if isinstance(type_, GraphQLScalarType) and type_.name == FREE:
        return sorted_text(value)
    if not isinstance(type_, GraphQLInputObjectType) or not isinstance(value, Mapping):
        return value
    if type_.name in REFERENCES:
        return Reference(type_.name, orjson.dumps(value), path)
    inner = marked(type_.fields, value, *path)
    return {**inner, RECALLED: Reached(inner[RECALLED])} if asks_for_recalled(type_, inner) else inner


def asks_for_recalled(type_: GraphQLInputObjectType, given: Mapping[str, Any]) -> bool:
    return type_.name.endswith("Filter") and isinstance(given.get(RECALLED), bool)


async def named(connection: Connection, steps: tuple[Step, ...], sight: Sight = WHOLE) -> tuple[Step, ...]:
    """The steps, with ids for the references in their arguments."""
    marks = [mark for step in steps for mark in _of_step(step)]
    if not marks:
        return steps
    found = {mark: mark.mention() for mark in marks if isinstance(mark, Reference)}
    resolution = await resolve(connection, [each for each in found.values() if each], sight)
    is_reach_asked = any(isinstance(mark, Reached) for mark in marks)
    reached = sorted(await affected(connection)) if is_reach_asked else []
    return tuple(_with_ids(step, Told(found, resolution, reached, sight)) for step in steps)


def _of_step(step: Step) -> Iterator[Reference | Reached]:
    yield from _marks(step.arguments.values())
    for inner in step.selection:
        yield from _of_step(inner)


def _marks(values: Iterable[Any]) -> Iterator[Reference | Reached]:
    for value in values:
        if isinstance(value, Reference | Reached):
            yield value
        elif isinstance(value, Mapping):
            yield from _marks(value.values())
        elif isinstance(value, list):
            yield from _marks(value)


def id_of_nobody(mentioned: Mention | None, sight: Sight = WHOLE) -> str:
    """What stands for something that is not there: its own id, for that may be remembered elsewhere, or none at all.
    For somebody from whom something is hidden it may be just that."""
    if sight.is_partial:
        return NOBODY
    return str(dict(mentioned.key.fields)["id"]) if mentioned and mentioned.key.kind == "ids" else NOBODY


@dataclass(frozen=True)
class Told:
    """What was found of the marks of a request."""

    found: Mapping[Reference, Mention | None]
    resolution: Resolution
    reached: Sequence[str]
    sight: Sight

    def value(self, value: Any) -> Any:
        """A value of an argument, with ids for what is marked in it."""
        if isinstance(value, Reference):
            mentioned = self.found[value]
            known = self.resolution.find(mentioned) if mentioned else None
            return known.id if known else id_of_nobody(mentioned, self.sight)
        if isinstance(value, Reached):
            return {"wanted": value.wanted, "ids": self.reached}
        if isinstance(value, Mapping):
            return {name: self.value(item) for name, item in value.items()}
        return [self.value(item) for item in value] if isinstance(value, list) else value


def _with_ids(step: Step, told: Told) -> Step:
    selection = tuple(_with_ids(inner, told) for inner in step.selection)
    try:
        return replace(step, arguments=told.value(step.arguments), selection=selection)
    except PedigreeError as error:
        return replace(step, error=error, selection=selection)
