"""Every statement that the planner sends, by name: relations, pages in all their shapes, filters, counts."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, get_named_type, is_list_type

from app.planner.aims import Aim
from app.planner.filters import predicate
from app.planner.kinds import Fetched
from app.planner.pages import Page, Position
from app.planner.relations import Order, Relation
from app.planner.statements import count, fetch
from tests.cypher.plans import Statement
from tests.fixtures.schema import PLANNER

LOGIC = ("and", "or", "not")
METRIC = "METRIC"


def fetched() -> Iterator[tuple[GraphQLObjectType, str, Relation, Aim]]:
    """Each variant of each field that a statement answers, and what it leads to."""
    for (owner, name), kind in PLANNER.kinds.items():
        type_ = PLANNER.schema.type_map[owner]
        assert isinstance(type_, GraphQLObjectType)
        if isinstance(kind, Fetched):
            yield from ((type_, name, relation, kind.aim) for relation in kind.variants)


def relations() -> Iterator[Statement]:
    """Of one, and of lists."""
    for _, _, relation, aim in fetched():
        if relation.count != "page":
            yield Statement(relation.query.name, fetch(relation, aim))


def pages() -> Iterator[Statement]:
    """Of every order, in both directions, from both ends, after and before every shape of cursor."""
    for _, _, relation, aim in fetched():
        if relation.count != "page":
            continue
        for order in relation.orders:
            for shape in shapes(order):
                name = f"{relation.query.name}[{described(shape)}]"
                yield Statement(name, fetch(relation, aim, form=shape.form), order.name == METRIC)


def filters() -> Iterator[Statement]:
    """Of every page that can be filtered, with every field of its filter alone."""
    for relation, aim, name, where in filtered():
        order = relation.order(None)
        page = Page(20, False, None, None, order, order.descending, "")
        text = fetch(relation, aim, where=where, form=page.form)
        yield Statement(f"{relation.query.name}[{name}]", text, order.name == METRIC)


def counts() -> Iterator[Statement]:
    """Of every page."""
    for _, _, relation, _ in fetched():
        if relation.count == "page":
            yield Statement(f"{relation.query.name}#count", count(relation, where="true"), scans_index=True)


def shapes(order: Order) -> Iterator[Page]:
    positions = [Position("x", "x"), *([Position(None, "x")] if order.nullable else [])]
    cursors = [(None, None), *((at, None) for at in positions), *((None, at) for at in positions)]
    for backwards, descending, (after, before) in product((False, True), (False, True), cursors):
        yield Page(20, backwards, after, before, order, descending, "")


def described(page: Page) -> str:
    words = [page.order.name, "DESC" if page.descending else "ASC", "last" if page.backwards else "first"]
    for name, position in (("after", page.after), ("before", page.before)):
        if position:
            words.append(name if position.sort else f"{name} null")
    return " ".join(words)


def filtered() -> Iterator[tuple[Relation, Aim, str, str]]:
    """The pages that can be filtered, each with a predicate on one field alone."""
    for type_, name, relation, aim in fetched():
        argument = type_.fields[name].args.get("where")
        if relation.count != "page" or argument is None:
            continue
        filter_type = get_named_type(argument.type)
        assert isinstance(filter_type, GraphQLInputObjectType)
        for field, of in filter_type.fields.items():
            if field not in LOGIC:
                yield relation, aim, field, predicate(filter_type, {field: sample(of.type)})


def sample(type_: Any) -> Any:
    """A value of a filter's field, with all its operators."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLInputObjectType) or named.is_one_of:
        value = next(iter(named.values)) if isinstance(named, GraphQLEnumType) else "x"
        return [value] if is_list_type(type_) else value
    return {name: sample(of.type) for name, of in named.fields.items()}
