"""Pages of connections, as `app/api/relay.py` describes them, by sorting everything and cutting."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from tests.planner.graph import Node
from tests.planner.reference.fields import Arguments, Refused, exercised

PAGING = ("first", "last", "after", "before")

SortKey = Callable[[Node], Any]


class Cursor(str):
    """A cursor of the reference: comparing answers pairs it with the API's own, which is opaque."""

    __slots__ = ()


@dataclass(frozen=True)
class Ordering:
    """The orders of a list, the first being its own."""

    keys: Mapping[str, SortKey]
    descending: bool = False


def by(**keys: str) -> Ordering:
    """Orders by properties."""
    return Ordering({name: _property(property_) for name, property_ in keys.items()})


def latest(**keys: str) -> Ordering:
    """The same, the last one first."""
    return Ordering(by(**keys).keys, descending=True)


def _property(name: str) -> SortKey:
    return lambda node: node[name]


def order(descending: bool) -> Callable[[Mapping[str, Any]], Any]:
    def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
        return _compare(a, b, descending)

    return cmp_to_key(compare)


def connection(coordinate: str, nodes: Sequence[Node], ordering: Ordering, arguments: Arguments) -> dict[str, Any]:
    """The page that the arguments ask for."""
    backwards, size = _size(arguments)
    asked = arguments.get("orderBy")
    name = asked["by"] if asked else next(iter(ordering.keys))
    descending = asked["direction"] == "DESC" if asked else ordering.descending
    unsorted: list[dict[str, Any]] = [
        {"sort": ordering.keys[name](node), "id": node["id"], "node": node} for node in nodes
    ]
    places = sorted(unsorted, key=order(descending))
    shape = _shape(coordinate, arguments)
    after, before = (_position(arguments, name, shape) for name in ("after", "before"))
    _count(coordinate, f"{name} {'DESC' if descending else 'ASC'}", arguments)
    left = [
        place
        for place in places
        if (after is None or _compare(place, after, descending) > 0)
        and (before is None or _compare(place, before, descending) < 0)
    ]
    page = (left[-size:] if size else []) if backwards else left[:size]
    edges = [{"cursor": _cursor(shape, place), "node": place["node"]} for place in page]
    return {
        "edges": edges,
        "nodes": [place["node"] for place in page],
        "totalCount": len(places),
        "pageInfo": {
            "hasNextPage": before is not None if backwards else len(left) > size,
            "hasPreviousPage": len(left) > size if backwards else after is not None,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _size(arguments: Arguments) -> tuple[bool, int]:
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise Refused("Ask for `first` or for `last`, not for both.", "last")
    name, size = ("first", 20 if first is None else first) if last is None else ("last", last)
    if size < 0 or size > 100:
        raise Refused(f"`{name}` must be between 0 and 100.", name)
    return last is not None, size


def _compare(a: Mapping[str, Any], b: Mapping[str, Any], descending: bool) -> int:
    """What is missing comes last in both directions; equals are ordered by id."""
    if (a["sort"] is None) != (b["sort"] is None):
        return 1 if a["sort"] is None else -1
    one, other = ((x["sort"], x["id"]) if x["sort"] is not None else (x["id"],) for x in (a, b))
    return (-1 if descending else 1) * ((one > other) - (one < other))


def _shape(coordinate: str, arguments: Arguments) -> str:
    return repr((coordinate, sorted((k, v) for k, v in arguments.items() if k not in PAGING and v is not None)))


CURSORS: dict[str, tuple[str, Mapping[str, Any]]] = {}


def _cursor(shape: str, place: Mapping[str, Any]) -> Cursor:
    text = Cursor(json.dumps([shape, place["id"], repr(place["sort"])]))
    CURSORS[text] = shape, place
    return text


def _position(arguments: Arguments, name: str, shape: str) -> Mapping[str, Any] | None:
    cursor = arguments.get(name)
    if cursor is None:
        return None
    given, place = CURSORS.get(cursor, ("", {}))
    if given != shape:
        raise Refused(f"`{name}` is not a cursor of this list in this order and with this filter.", name)
    return place


def _count(coordinate: str, order: str, arguments: Arguments) -> None:
    ends = "last" if arguments.get("last") is not None else "first"
    exercised[f"{coordinate} ordered by {order}"] += 1
    for name in ("after", "before"):
        if arguments.get(name) is not None:
            exercised[f"{ends} {name} {order.split()[1]}"] += 1
