"""The schema describes itself, and its file at the root of the repository is what clients can rely on."""

from collections.abc import Iterator
from pathlib import Path

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
    is_specified_directive,
    is_specified_scalar_type,
)
from graphql.utilities import find_breaking_changes
from strawberry.types.base import StrawberryObjectDefinition
from typer.testing import CliRunner

from app.api.schema import build
from app.cli import app
from tests.fixtures.schema import SCHEMA

FILE = Path(__file__).parents[2] / "schema.graphql"
ANEW = "Print it anew: `pedigree graphql > schema.graphql`."


def test_everything_has_a_description() -> None:
    assert [name for name, description in described() if not (description or "").strip()] == []


def test_a_schema_that_is_built_again_declares_nothing_twice() -> None:
    query = build()[0].get_type_by_name("Query")
    assert isinstance(query, StrawberryObjectDefinition)
    names = {field.name: [argument.python_name for argument in field.arguments] for field in query.fields}
    assert {"first", "after", "last", "before"} < set(names["model_versions"])
    assert [name for name, arguments in names.items() if len(arguments) > len(set(arguments))] == []


def test_every_scalar_says_where_it_is_specified() -> None:
    scalars = [type_ for type_ in SCHEMA._schema.type_map.values() if isinstance(type_, GraphQLScalarType)]
    ours = [scalar for scalar in scalars if not is_specified_scalar_type(scalar)]
    assert ours != []
    assert [scalar.name for scalar in ours if not scalar.specified_by_url] == []


def test_what_can_refuse_its_arguments_may_be_null() -> None:
    """Or else the error of one field would take its parent down, and with it everything asked beside it."""
    objects = [type_ for type_ in SCHEMA._schema.type_map.values() if isinstance(type_, GraphQLObjectType)]
    refusing = [
        f"{type_.name}.{name}"
        for type_ in objects
        for name, field in type_.fields.items()
        if not type_.name.startswith("__")
        and is_non_null_type(field.type)
        and any(map(may_be_refused, field.args.values()))
    ]
    assert refusing == []


def may_be_refused(argument: GraphQLArgument) -> bool:
    """A list may be too long, a reference or a filter may name what is not there."""
    type_ = get_nullable_type(argument.type)
    return is_list_type(type_) or isinstance(type_, GraphQLInputObjectType)


def test_nothing_breaks_a_client_of_the_committed_schema() -> None:
    committed = build_schema(FILE.read_text(encoding="utf-8"))
    changes = find_breaking_changes(committed, build_schema(SCHEMA.as_str()))
    assert [change.description for change in changes] == [], f"These changes break clients. If that is meant: {ANEW}"


def test_the_committed_schema_is_that_of_the_code() -> None:
    assert FILE.read_text(encoding="utf-8") == CliRunner().invoke(app, ["graphql"]).stdout, ANEW


def described() -> Iterator[tuple[str, str | None]]:
    """Everything of ours that can have a description, with it."""
    for type_ in SCHEMA._schema.type_map.values():
        if not type_.name.startswith("__") and not is_specified_scalar_type(type_):
            yield type_.name, type_.description
            yield from ((f"{type_.name}.{name}", description) for name, description in inside(type_))
    for directive in SCHEMA._schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description


def inside(type_: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """What a type is made of."""
    match type_:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for name, field in type_.fields.items():
                yield name, field.description
                yield from ((f"{name}({argument}:)", of.description) for argument, of in field.args.items())
        case GraphQLInputObjectType():
            yield from ((name, of.description) for name, of in type_.fields.items())
        case GraphQLEnumType():
            yield from ((name, of.description) for name, of in type_.values.items())
