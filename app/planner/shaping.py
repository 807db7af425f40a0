"""The fast path: a function that makes the answer of an object from its row, generated once for each selection.

graphql-core spends microseconds on each value: a path, an info, a resolver, and questions about its type whose answers
are the same for every object. Where all fields of a selection are plain, lying in the row or fetched by the planner,
one function asks them once. Whatever it does not expect (an error, a missing value, a value of another type) it leaves
to graphql-core, which starts again from the same row, so that nulls and errors are the standard algorithm's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import orjson
from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from app.planner.rows import Row

Shape = Callable[[Any], Any]
Complete = Callable[[Any], Any]

NOTHING: Mapping[str, Any] = {}
# Values of these types are shown as they are when they have this class.
AS_IS = {"ID": str, "String": str, "Boolean": bool}


class Unexpected(Exception):
    """The fast path does not know what to do here."""


# What a shape raises when a row is not as plain as its selection.
FALLS_BACK = (Unexpected, GraphQLError, AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True)
class Shown:
    """A field of a selection. `field` is None for `__typename`; `shapes` are those of the objects that it leads to."""

    key: str
    name: str
    field: GraphQLField | None
    is_planned: bool
    shapes: Mapping[str, Shape] | None


def stock(row: Any) -> NoReturn:
    """The shape of what graphql-core has to show: some field of it has a resolver of its own."""
    raise Unexpected


def shape(type_: GraphQLObjectType, fields: Sequence[Shown]) -> Shape:
    """The function that shows objects of a type in a selection of plain fields. It raises one of FALLS_BACK."""
    names: dict[str, Any] = {"Row": Row, "NOTHING": NOTHING, "loads": orjson.loads}
    lines = [
        "def shape(row):",
        "    is_row = row.__class__ is Row",
        "    values, children = (row.values, row.children) if is_row else (row, NOTHING)",
        "    answer = {}",
        *(
            f"    {line}"
            for number, each in enumerate(fields)
            for line in written(type_, each, f"complete{number}", names)
        ),
        "    return answer",
    ]
    exec("\n".join(lines), names)
    made: Shape = names["shape"]
    return made


def written(type_: GraphQLObjectType, shown: Shown, complete: str, names: dict[str, Any]) -> Iterator[str]:
    """The lines that show one field. What they call is put among the names."""
    if shown.field is None:
        yield f"answer[{shown.key!r}] = {type_.name!r}"
        return
    of, named = shown.field.type, get_named_type(shown.field.type)
    names[complete] = completion(of, shown.shapes or NOTHING)
    yield f"value = children[{shown.key!r}]" if shown.is_planned else f"value = values.get({shown.name!r})"
    if named.name == "JSON" and not shown.is_planned:
        yield "if is_row and value.__class__ is str: value = loads(value)  # the graph holds free JSON as text"
    class_ = None if is_list_type(get_nullable_type(of)) else AS_IS.get(named.name)
    as_is = f"value if value.__class__ is {class_.__name__} else " if class_ else ""
    yield f"answer[{shown.key!r}] = {as_is}{complete}(value)"


def completion(type_: GraphQLOutputType, shapes: Mapping[str, Shape]) -> Complete:
    """The function that completes a value of a type, after GraphQL's own rules."""
    if is_non_null_type(type_):
        return required(completion(type_.of_type, shapes))
    if is_list_type(type_):
        return items(completion(type_.of_type, shapes))
    return leaf(type_) if is_leaf_type(type_) else objects(shapes)


def required(complete: Complete) -> Complete:
    def completed(value: Any) -> Any:
        found = complete(value)
        if found is None:
            raise Unexpected
        return found

    return completed


def items(complete: Complete) -> Complete:
    def completed(value: Any) -> Any:
        if value is None:
            return None
        if value.__class__ is not list:
            raise Unexpected
        return [complete(item) for item in value]

    return completed


def leaf(type_: GraphQLLeafType) -> Complete:
    coerce = type_.coerce_output_value

    def completed(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, Exception):
            raise Unexpected
        return coerce(value)

    return completed


def objects(shapes: Mapping[str, Shape]) -> Complete:
    """Objects of one type or of several: rows know their type, what lies in JSON text has the only one."""
    only = next(iter(shapes.values())) if len(shapes) == 1 else None

    def completed(value: Any) -> Any:
        if value is None:
            return None
        if value.__class__ is Row:
            return shapes[value.type](value)
        if only is None or value.__class__ is not dict:
            raise Unexpected
        return only(value)

    return completed
