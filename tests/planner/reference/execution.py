"""Executes documents over the printed schema with the naive answers."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    get_named_type,
)

from tests.planner.graph import Graph, Node
from tests.planner.reference import (
    approval,
    data,
    delivery,
    entities,
    evaluations,
    governance,
    licensing,
    policies,
    registry,
    scalars,
)
from tests.planner.reference.fields import ANSWERS, Answer, Refused, exercised

ROOMS = (approval, data, delivery, entities, evaluations, governance, licensing, policies, registry)
MASK = "Something went wrong on our side. It was logged; the request id finds it."


class Reference:
    """The schema as its text says it, answered naively."""

    def __init__(self, text: str) -> None:
        self.schema = build_schema(text)
        scalars.define(self.schema)
        for type_ in self.schema.type_map.values():
            if isinstance(type_, GraphQLInterfaceType):
                type_.resolve_type = lambda node, *_: node.type
            elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
                for name, field in type_.fields.items():
                    field.resolve = _resolver(type_, name, field)

    def answer(self, graph: Graph, document: DocumentNode, variables: Mapping[str, Any]) -> dict[str, Any]:
        """`data` and `errors` of a valid document, as the API would give them."""
        result = execute_sync(self.schema, document, context_value=graph, variable_values=dict(variables))
        return {"data": result.data, "errors": [told(error) for error in result.errors or ()]}


def answer_of(schema_type: GraphQLObjectType, field: str) -> tuple[str, Answer | None]:
    """The coordinate at which a field is registered, by its type or by an interface of it."""
    for owner in (schema_type.name, *(interface.name for interface in schema_type.interfaces)):
        if (owner, field) in ANSWERS:
            return f"{owner}.{field}", ANSWERS[owner, field]
    return f"{schema_type.name}.{field}", None


def _resolver(type_: GraphQLObjectType, name: str, field: GraphQLField) -> Any:
    coordinate, _ = answer_of(type_, name)
    owner, _, _ = coordinate.partition(".")
    is_text = get_named_type(field.type).name == "JSON"

    def resolve(source: Any, info: GraphQLResolveInfo[Graph], **arguments: Any) -> Any:
        answer = ANSWERS.get((owner, name))
        if answer is not None:
            exercised.update(_calls(coordinate, arguments))
            return answer(info.context, source, arguments)
        value = source[name] if isinstance(source, Node) else source.get(name)
        return orjson.loads(value) if is_text and isinstance(source, Node) and value is not None else value

    return resolve


def _calls(coordinate: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    """The field, and the field with each argument or kind of look-up that makes it another question."""
    yield coordinate
    for name, value in arguments.items():
        if value is not None and name not in ("first", "last", "after", "before"):
            yield f"{coordinate}({name})"
    if isinstance(arguments.get("by"), Mapping):
        yield f"{coordinate}(by {next(iter(arguments['by']))})"
    if arguments.get("size") is not None:
        yield f"{coordinate}(by size)"


def place(message: str) -> list[str | int]:
    """Where the value of an argument does not fit: documents are valid, so it was put together from variables."""
    argument, _, rest = message.removeprefix("Argument '").partition("'")
    inner = rest.removeprefix(" has invalid value at ").partition(":")[0] if " at " in rest.partition(":")[0] else ""
    words = inner.replace("[", ".").replace("]", "").split(".")
    return [argument, *(int(word) if word.isdigit() else word for word in words if word)]


def told(error: GraphQLError) -> dict[str, Any]:
    """What a client is told of an error."""
    cause = error.original_error
    if isinstance(cause, Refused):
        return {"message": cause.message, "code": "INVALID_INPUT", "path": error.path, "input": cause.path}
    if cause is None or isinstance(cause, GraphQLError):
        return {"message": error.message, "code": "INVALID_INPUT", "path": error.path, "input": place(error.message)}
    return {"message": MASK, "code": "INTERNAL", "path": error.path, "input": None}
