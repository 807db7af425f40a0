"""A `where` argument becomes a predicate: its text depends on the filter's shape alone, its values stay parameters.

A field of a filter compares the property of the same name, unless a file `<word>/<Filter>.<field>.cypher` says
otherwise, or one for all entities, `entity/EntityFilter.<field>.cypher`. Its body is a boolean expression over `node`
and `$value`. In it `compare(it)` stands for the operators given, `compare(it, name)` for those
under a name of the value.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from app.database.queries import Query, all_queries

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
COMPARE = re.compile(r"compare\(([\w.]+)(?:, (\w+))?\)")
VALUE = re.compile(r"\$value\b")


def predicate(filter_type: GraphQLInputObjectType, given: Mapping[str, Any], at: str = "$where") -> str:
    """The predicate of a filter whose values are found at the parameter `at`. Empty filters are true."""
    parts = [
        _part(filter_type, name, value, f"{at}.{name}") for name, value in sorted(given.items()) if value is not None
    ]
    return " AND ".join(part for part in parts if part) or "true"


def _part(filter_type: GraphQLInputObjectType, name: str, value: Any, at: str) -> str:
    if name in ("and", "or"):
        branches = [f"({predicate(filter_type, branch, f'{at}[{i}]')})" for i, branch in enumerate(value)]
        empty = "true" if name == "and" else "false"
        return f"({f' {name.upper()} '.join(branches) or empty})"
    if name == "not":
        # What is unknown does not match, so its opposite does: `not` divides a list in two.
        return f"NOT coalesce({predicate(filter_type, value, at)}, false)"
    type_ = get_named_type(filter_type.fields[name].type)
    special = _files().get((filter_type.name, name)) or _files().get(("EntityFilter", name))
    if special is None:
        return _comparison(type_, f"node.{name}", value, at)
    text = COMPARE.sub(lambda found: _compared(type_, found, value, at), special.body)
    return f"({VALUE.sub(lambda _: at, text)})"


def _compared(type_: object, found: re.Match[str], value: Any, at: str) -> str:
    """What `compare(...)` in a file stands for."""
    it, name = found.groups()
    if name is None:
        return _comparison(type_, it, value, at)
    assert isinstance(type_, GraphQLInputObjectType)
    inner = value.get(name)
    return "true" if inner is None else _comparison(get_named_type(type_.fields[name].type), it, inner, f"{at}.{name}")


def _comparison(operators: object, it: str, value: Any, at: str) -> str:
    if not isinstance(operators, GraphQLInputObjectType):
        return f"{it} IN {at}" if isinstance(value, list) else f"{it} = {at}"
    chosen = [name for name, operand in sorted(value.items()) if operand is not None and name in OPERATORS]
    return " AND ".join(OPERATORS[name].format(it=it, value=f"{at}.{name}") for name in chosen) or "true"


@cache
def _files() -> Mapping[tuple[str, str], Query]:
    """The predicates that have a file of their own, by (filter, field)."""
    found = [q for q in all_queries() if any(word == "predicate" for word, _ in q.declarations)]
    return {tuple(q.name.rpartition("/")[2].split(".")): q for q in found}  # type: ignore[misc]  # always two parts
