"""A `where` argument becomes a predicate: its text depends on the filter's shape alone, its values stay parameters.

A field of a filter compares the property of the same name, unless a file `<word>/<Filter>.<field>.cypher` says
otherwise, or one for all entities, `entity/EntityFilter.<field>.cypher`. Its body is a boolean expression over `node`
and `$value`. In it `compare(it)` stands for the operators given, `compare(it, name)` for those
under a name of the value.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from app.database.queries import Query, all_queries
from app.domain.told import told

OPERATORS: Mapping[str, str] = {
    "eq": "{it} = {value}",
    "ne": "({it} <> {value} OR {it} IS NULL)",
    "in": "{it} IN {value}",
    "contains": "{it} CONTAINS {value}",
    "startsWith": "{it} STARTS WITH {value}",
    "isNull": "({it} IS NULL) = {value}",
    "gt": "{it} > {value}",
    "gte": "{it} >= {value}",
    "lt": "{it} < {value}",
    "lte": "{it} <= {value}",
}
ALWAYS = "true"
# Neo4j 5.26 cannot plan some statements that hold the constant `false`.
NEVER = "node.id IS NULL"
COMPARE = re.compile(r"compare\(([\w.]+)(?:, (\w+))?\)")
VALUE = re.compile(r"\$value\b")


def predicate(filter_type: GraphQLInputObjectType, given: Mapping[str, Any], at: str = "$where") -> str:
    """The predicate of a filter whose values are found at the parameter `at`. Empty filters are true."""
    parts = [
        _part(filter_type, name, value, f"{at}.{name}") for name, value in sorted(given.items()) if value is not None
    ]
    return _all(parts)


def _all(parts: Iterable[str]) -> str:
    return " AND ".join(part for part in parts if part != ALWAYS) or ALWAYS


def _any(parts: Sequence[str]) -> str:
    return ALWAYS if ALWAYS in parts else " OR ".join(f"({part})" for part in parts) or NEVER


def _part(filter_type: GraphQLInputObjectType, name: str, value: Any, at: str) -> str:
    if name in ("and", "or"):
        branches = [predicate(filter_type, branch, f"{at}[{i}]") for i, branch in enumerate(value)]
        joined = _all(branches) if name == "and" else _any(branches)
        return joined if joined in (ALWAYS, NEVER) else f"({joined})"
    if name == "not":
        # What is unknown does not match, so its opposite does: `not` divides a list in two.
        inner = predicate(filter_type, value, at)
        return NEVER if inner == ALWAYS else f"NOT coalesce({inner}, false)"
    type_ = get_named_type(filter_type.fields[name].type)
    special = _files().get((filter_type.name, name)) or _files().get(("EntityFilter", name))
    if special is None:
        return _comparison(type_, told("node", name, filter_type.name.removesuffix("Filter")), value, at)
    text = COMPARE.sub(lambda found: _compared(type_, found, value, at), special.body)
    return f"({VALUE.sub(lambda _: at, text)})"


def _compared(type_: object, found: re.Match[str], value: Any, at: str) -> str:
    """What `compare(...)` in a file stands for."""
    it, name = found.groups()
    if name is None:
        return _comparison(type_, it, value, at)
    assert isinstance(type_, GraphQLInputObjectType)
    inner = value.get(name)
    return ALWAYS if inner is None else _comparison(get_named_type(type_.fields[name].type), it, inner, f"{at}.{name}")


def _comparison(operators: object, it: str, value: Any, at: str) -> str:
    if not isinstance(operators, GraphQLInputObjectType):
        return f"{it} IN {at}" if isinstance(value, list) else f"{it} = {at}"
    chosen = [name for name, operand in sorted(value.items()) if operand is not None and name in OPERATORS]
    return _all(OPERATORS[name].format(it=it, value=f"{at}.{name}") for name in chosen)


@cache
def _files() -> Mapping[tuple[str, str], Query]:
    """The predicates that have a file of their own, by (filter, field)."""
    found = [q for q in all_queries() if any(word == "predicate" for word, _ in q.declarations)]
    return {tuple(q.name.rpartition("/")[2].split(".")): q for q in found}  # type: ignore[misc]  # always two parts
