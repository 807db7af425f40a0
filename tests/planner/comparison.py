"""Whether two answers are equal after serialization: values, nulls, the order of keys and of items, errors and paths.

Cursors are opaque: each of the API's must stand for exactly one of the reference's, and the other way round. That both
fail by a fault of ours is no agreement: INTERNAL is never right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError

from app.api.errors import formatted
from tests.planner.reference.pages import Cursor

CODE = ("errors", "code")
FAULT = "INTERNAL"


@dataclass
class Pairs:
    """The cursors of both sides that stood at the same place. `at` holds the API's by the keys that lead to them."""

    theirs: dict[str, Cursor] = field(default_factory=dict)
    ours: dict[Cursor, str] = field(default_factory=dict)
    at: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def match(self, ours: str, theirs: Cursor, path: tuple[str, ...]) -> bool:
        self.at.append((path, ours))
        return self.theirs.setdefault(ours, theirs) == theirs and self.ours.setdefault(theirs, ours) == ours


def differences(ours: Any, theirs: Any, pairs: Pairs, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Where the API's answer differs from the reference's, a line each."""
    place = ".".join(path)
    if isinstance(theirs, Cursor):
        if not isinstance(ours, str) or not pairs.match(ours, theirs, path):
            yield f"{place}: cursor {ours!r} where the reference has {theirs!r}"
    elif isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        if list(ours) != list(theirs):
            yield f"{place}: keys {list(ours)} where the reference has {list(theirs)}"
        for key in ours.keys() & theirs.keys():
            yield from differences(ours[key], theirs[key], pairs, (*path, key))
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield f"{place}: {len(ours)} items where the reference has {len(theirs)}"
        for one, other in zip(ours, theirs, strict=False):
            yield from differences(one, other, pairs, path)
    elif type(ours) is not type(theirs) or repr(ours) != repr(theirs):
        yield f"{place}: {ours!r} where the reference has {theirs!r}"
    elif path == CODE and ours == FAULT:
        yield f"{place}: a fault, where the reference has one, too"


def answer(data: Any, errors: list[GraphQLError] | None) -> dict[str, Any]:
    """The API's answer in the reference's form. Errors have no order: fields run at the same time."""
    told = []
    for error in errors or ():
        shown = formatted(error, "")
        extensions = shown["extensions"]
        told.append(
            {
                "message": shown["message"],
                "code": extensions["code"],
                "path": shown.get("path"),
                "input": extensions.get("path"),
            }
        )
    return {"data": data, "errors": ordered(told)}


def ordered(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(errors, key=lambda error: (str(error["path"]), str(error["message"])))
