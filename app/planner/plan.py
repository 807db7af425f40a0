"""From an outline to steps: the arguments of a request are read, and refused where they make no sense."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLInputObjectType, get_named_type
from graphql.execution.values import VariableValues, get_argument_values

from app.errors import InvalidInput, PathItem
from app.planner.filters import predicate
from app.planner.kinds import Fetched
from app.planner.mentions import marked
from app.planner.outline import Outline
from app.planner.pages import Page, page
from app.planner.relations import Relation, choose
from app.planner.steps import Step

LONGEST_LIST = 100
NONE: Mapping[str, Any] = {}


def steps(outlines: Iterable[Outline], variables: VariableValues) -> tuple[Step, ...]:
    """The steps of some fields. One whose arguments are wrong has none: then executing the field says so."""
    found = (step(outline, variables) for outline in outlines)
    return tuple(each for each in found if each is not None)


def step(outline: Outline, variables: VariableValues) -> Step | None:
    """The step of one field, or None when its arguments are wrong. One that no variable has a say in is made once."""
    if not outline.is_constant:
        return made(outline, variables)
    if not outline.settled:
        outline.settled.append(made(outline, variables))
    found: Step | None = outline.settled[0]
    return found


def made(outline: Outline, variables: VariableValues) -> Step | None:
    try:
        given = read(outline, variables)
    except GraphQLError:
        return None
    below = steps(outline.below.fields, variables)
    error = next((list_too_long(*place) for place in long_lists(given)), None)
    if not isinstance(outline.kind, Fetched):
        return Step(outline, given, below, error)
    arguments = marked(outline.field.args, given)
    relation = choose(outline.kind.variants, arguments)
    if error is not None or relation.count != "page":
        return Step(outline, arguments, below, error, relation)
    try:
        return Step(outline, arguments, below, None, relation, *paged(outline, relation, arguments))
    except InvalidInput as refused:
        return Step(outline, arguments, below, refused, relation)


def read(outline: Outline, variables: VariableValues) -> Mapping[str, Any]:
    if not outline.field.args:
        return NONE
    return get_argument_values(outline.field, outline.node, variables)


def paged(outline: Outline, relation: Relation, arguments: Mapping[str, Any]) -> tuple[Page, str]:
    """The page that is asked for, and the predicate of its filter."""
    order = relation.order((arguments.get("orderBy") or {}).get("by"))
    asked = page(f"{relation.owner}.{relation.field}", order, arguments)
    where = arguments.get("where")
    filter_type = get_named_type(outline.field.args["where"].type) if where else None
    return asked, predicate(filter_type, where) if isinstance(filter_type, GraphQLInputObjectType) and where else "true"


def long_lists(value: Any, *path: PathItem) -> Iterator[tuple[PathItem, ...]]:
    """Where lists stand in arguments that are longer than a request may bring."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from long_lists(item, *path, name)
    if isinstance(value, list):
        if len(value) > LONGEST_LIST:
            yield path
        for index, item in enumerate(value[:LONGEST_LIST]):
            yield from long_lists(item, *path, index)


def list_too_long(*path: PathItem) -> InvalidInput:
    return InvalidInput(f"A list may have {LONGEST_LIST} items at most.", path=path)
