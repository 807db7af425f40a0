"""The ways from one object to others: each is a file of `cypher/`, named by the GraphQL field that it answers.

`registry/ModelVersion.run` says how to get from a version to its run. Its second line declares the shape:

    // relation this -> node, one          `this` is bound to the parent by its id
    // relation modelId -> node, one       `parent` is the value of that property of the parent: id, mostly a key
    // relation this -> value, list        the file returns `value`: a scalar or a map, with nodes inside if need be
    // anchor -> node, page                no parent: a field of Query

`one`, `list` and `page` say how many. A list and a page declare their orders, the first is the default:

    // order NUMBER node.number
    // order CREATED_AT node.createdAt, descending
    // order METRIC figure, nullable, by registry/order_by_metric, needs metric

A third part of the name is a variant, `registry/ModelVersion.aliases.asOf`: it is taken when that argument is given, or
that key of the `@oneOf` argument `by`, or that order.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.database.queries import Query, all_queries, query
from app.errors import InvalidInput

Binding = Literal["node", "value"]
Count = Literal["one", "list", "page"]

DECLARATION = re.compile(r"(?:(?P<key>\w+) )?-> (?P<binds>node|value), (?P<count>one|list|page)")


@dataclass(frozen=True, eq=False)
class Order:
    """One order of a list or page: by `expression`, then by id. `clause` binds what the expression needs; `needs` is
    the field of `orderBy` that has to be given with it."""

    name: str
    expression: str
    nullable: bool = False
    descending: bool = False
    clause: Query | None = None
    needs: str | None = None


@dataclass(frozen=True, eq=False)
class Relation:
    """How one field is fetched. `key` is the parent's property that is looked up, None for an anchor;
    `binds_this` says whether the statement needs the parent itself, `lacks` what an order needs and was not given."""

    query: Query
    owner: str
    field: str
    variant: str | None
    key: str | None
    binds_this: bool
    binds: Binding
    count: Count
    orders: tuple[Order, ...]
    lacks: str | None = None

    def order(self, name: str | None) -> Order:
        """The order of this name, or the default. Refuses one that there is not, or that lacks what it needs."""
        if self.lacks is not None:
            raise InvalidInput(f"An order by {name} needs `{self.lacks}`.", path=("orderBy", self.lacks))
        found = next((order for order in self.orders if name in (None, order.name)), None)
        if found is None:
            raise InvalidInput(f"This list cannot be ordered by {name}.", path=("orderBy", "by"))
        return found


Variants = tuple[Relation, ...]


def relations(queries: Iterable[Query] | None = None) -> Mapping[tuple[str, str], Variants]:
    """Every relation and anchor by (type, field), the variants of one field together."""
    found: dict[tuple[str, str], Variants] = {}
    for candidate in all_queries() if queries is None else queries:
        for word in ("relation", "anchor"):
            for declaration in candidate.declared(word):
                relation = _relation(candidate, declaration)
                key = (relation.owner, relation.field)
                found[key] = (*found.get(key, ()), relation)
    return found


def choose(variants: Variants, arguments: Mapping[str, Any]) -> Relation:
    """The variant that the arguments ask for, or the one that answers without them."""
    given = {name for name, value in arguments.items() if value is not None}
    given |= {name for name, value in (arguments.get("by") or {}).items() if value is not None}
    asked = arguments.get("orderBy") or {}
    given.add(str(asked.get("by")))
    chosen = next(
        (r for r in variants if r.variant in given),
        next((r for r in variants if r.variant is None), variants[0]),
    )
    needs = next((order.needs for order in chosen.orders if order.name == asked.get("by")), None)
    return replace(chosen, lacks=needs) if needs and asked.get(needs) is None else chosen


def _relation(candidate: Query, declaration: str) -> Relation:
    owner, field, *variant = candidate.name.rpartition("/")[2].split(".")
    shape = DECLARATION.fullmatch(declaration)
    if shape is None:
        raise ValueError(f"cypher/{candidate.name}.cypher: cannot read '{declaration}'")
    binds_this = shape["key"] == "this"
    return Relation(
        query=candidate,
        owner=owner,
        field=field,
        variant=variant[0] if variant else None,
        key="id" if binds_this else shape["key"],
        binds_this=binds_this,
        binds=shape["binds"],  # type: ignore[arg-type]  # the pattern allows no other word
        count=shape["count"],  # type: ignore[arg-type]  # likewise
        orders=tuple(_order(text) for text in candidate.declared("order")),
    )


def _order(text: str) -> Order:
    name, _, rest = text.partition(" ")
    expression, *options = (part.strip() for part in rest.split(","))
    clause, needs = (_after(word, options) for word in ("by ", "needs "))
    is_nullable, is_descending = ("nullable" in options, "descending" in options)
    return Order(name, expression, is_nullable, is_descending, query(clause) if clause else None, needs)


def _after(word: str, options: Iterable[str]) -> str | None:
    return next((option.removeprefix(word) for option in options if option.startswith(word)), None)
