"""How types are declared: plain values by annotation, everything else by a signature that the planner answers.

    @planned
    def aliases(self, as_of: datetime | None = None) -> list[Alias]:
        \"\"\"Names that point here, now or at an instant.\"\"\"

The signature gives the arguments, the docstring the description, and the body stays empty: the file
`cypher/<word>/ModelVersion.aliases.cypher` says how to get there.
"""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLField
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions.field_extension import FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from graph_schema.model import MODEL

Declared = TypeVar("Declared")

PERMISSION = "permission"
PAGE_ARGUMENTS = (
    ("first", int, "How many to return from the start: 20 unless told, at most 100."),
    ("after", str, "Only what comes after this cursor."),
    ("last", int, "How many to return from the end, at most 100."),
    ("before", str, "Only what comes before this cursor."),
)


class Paged(FieldExtension):
    """Adds the four arguments of a connection, once: a field is asked again by each schema that is built."""

    def apply(self, field: StrawberryField) -> None:
        names = {name for name, _, _ in PAGE_ARGUMENTS}
        field.arguments = [
            *(argument for argument in field.arguments if argument.python_name not in names),
            *(
                StrawberryArgument(
                    python_name=name,
                    graphql_name=None,
                    type_annotation=StrawberryAnnotation(type_ | None),
                    description=description,
                    default=None,
                )
                for name, type_, description in PAGE_ARGUMENTS
            ),
        ]

    def resolve(self, next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        return next_(source, info, **arguments)


def planned(resolver: Callable[..., Any]) -> Any:
    """A field that the planner answers."""
    return strawberry.field(resolver=resolver, description=inspect.getdoc(resolver), metadata={"planned": True})


def connection(resolver: Callable[..., Any]) -> Any:
    """A connection that the planner answers, with its page arguments."""
    return strawberry.field(
        resolver=resolver, description=inspect.getdoc(resolver), metadata={"planned": True}, extensions=[Paged()]
    )


def computed(resolver: Callable[..., Any]) -> Any:
    """A field that is computed from its row alone. `self` is a row of the planner: it has the node's properties."""
    return strawberry.field(resolver=resolver, description=inspect.getdoc(resolver))


def resolved(resolver: Callable[..., Any]) -> Any:
    """A field of the root that has a resolver of its own."""
    return strawberry.field(resolver=resolver, description=inspect.getdoc(resolver))


def takes(permission: str) -> Callable[[Any], Any]:
    """Declares the permission that a field of the root takes, over the whole registry: one that the planner answers."""

    def declared(field: Any) -> Any:
        assert field.metadata.get("planned"), "what resolves itself asks for itself"
        field.metadata = {**field.metadata, PERMISSION: permission}
        return field

    return declared


def everybody(field: Any) -> Any:
    """Declares that a field of the root takes no permission. It shows what who asks may see."""
    field.metadata = {**field.metadata, PERMISSION: None}
    return field


def permission_of(field: GraphQLField) -> str | None:
    """The permission that a field of the root takes. Each has to declare it, or KeyError says which does not."""
    permission: str | None = field.extensions["strawberry-definition"].metadata[PERMISSION]
    return permission


def node(class_: type[Declared]) -> type[Declared]:
    """A type whose objects are nodes of the graph: the model describes it."""
    return strawberry.type(description=f"{MODEL.by_label[class_.__name__].meaning}.")(class_)


def resolves_itself(field: GraphQLField) -> bool:
    """Whether a field has a resolver of its own, rather than the planner's."""
    declared = (field.extensions or {}).get("strawberry-definition")
    return bool(declared and declared.base_resolver and not declared.metadata.get("planned"))
