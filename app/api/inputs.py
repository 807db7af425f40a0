"""Everything that comes in, declared to GraphQL where it is defined: the domain's enums, references and commands."""

import inspect
from collections.abc import Iterator
from enum import EnumMeta

import strawberry.pydantic

import app.domain.commands  # noqa: F401  # every command there is
from app.domain import vocabulary
from app.domain.command import Command, Input, OneOf

ABSTRACT = (Input, OneOf, Command)
DOMAIN = "app.domain."


def subclasses(class_: type[Input]) -> Iterator[type[Input]]:
    for child in class_.__subclasses__():
        yield child
        yield from subclasses(child)


def declare() -> None:
    """A command is the input of a mutation, what it is made of keeps its name."""
    for defined in vars(vocabulary).values():
        if isinstance(defined, EnumMeta) and defined.__module__ == vocabulary.__name__:
            strawberry.enum(defined, description=inspect.getdoc(defined))
    for class_ in dict.fromkeys(subclasses(Input)):  # a command may be a part of another, too
        if class_ not in ABSTRACT and class_.__module__.startswith(DOMAIN):
            strawberry.pydantic.input(
                class_,
                name=f"{class_.__name__}Input" if issubclass(class_, Command) else class_.__name__,
                description=inspect.getdoc(class_),
                one_of=issubclass(class_, OneOf),
            )


declare()
