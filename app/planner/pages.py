"""Keyset pages after the Relay connection specification: cursors both ways, never a SKIP."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from app.errors import InvalidInput
from app.planner.relations import Order

DEFAULT_SIZE = 20
MAX_SIZE = 100
LARGEST = 63  # bits of an integer in the database, beside its sign


@dataclass(frozen=True)
class Position:
    """Where a cursor stands: the value that the list is ordered by, and the id that decides between equals."""

    sort: Any
    id: str


@dataclass(frozen=True)
class Form:
    """The form of a page as it is read: its order, whether that is reversed, whether nulls come first, and whether it
    begins after a position and ends before one. The next page of one order is the former page of its reverse: both are
    read alike, and Neo4j plans them once."""

    order: Order
    reverse: bool = False
    nulls_first: bool = False
    start: Literal["", "value", "null"] = ""
    stop: Literal["", "value", "null"] = ""

    @property
    def sign(self) -> str:
        """The same as text."""
        return f"{self.order.name} {self.reverse:d}{self.nulls_first:d} {self.start} {self.stop}"


@dataclass(frozen=True)
class Page:
    """One page that was asked for. `origin` ties its cursors to the field, its order and its filter."""

    size: int
    backwards: bool
    after: Position | None
    before: Position | None
    order: Order
    descending: bool
    origin: str

    @property
    def form(self) -> "Form":
        """What of it decides the text of a statement."""
        return Form(
            order=self.order,
            reverse=self.descending != self.backwards,
            nulls_first=self.backwards and self.order.nullable,
            start=_end(self.start),
            stop=_end(self.stop),
        )

    @property
    def start(self) -> Position | None:
        """After which it is read: from its end, when it is asked for backwards."""
        return self.before if self.backwards else self.after

    @property
    def stop(self) -> Position | None:
        return self.after if self.backwards else self.before

    @property
    def parameters(self) -> dict[str, Any]:
        named = {"start": self.start, "stop": self.stop}
        positions = {name: {"sort": p.sort, "id": p.id} for name, p in named.items() if p}
        return {"limit": self.size + 1, **positions}


def _end(position: Position | None) -> Literal["", "value", "null"]:
    if position is None:
        return ""
    return "null" if position.sort is None else "value"


def page(field: str, order: Order, arguments: Mapping[str, Any]) -> Page:
    """Read the arguments of a connection, and refuse what makes no sense, with the argument's name as path."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise InvalidInput("Ask for `first` or for `last`, not for both.", path=("last",))
    name, size = ("last", last) if last is not None else ("first", DEFAULT_SIZE if first is None else first)
    if not 0 <= size <= MAX_SIZE:
        raise InvalidInput(f"`{name}` must be between 0 and {MAX_SIZE}.", path=(name,))
    origin = _origin(field, arguments)
    return Page(
        size=size,
        backwards=last is not None,
        after=_position(arguments, "after", origin),
        before=_position(arguments, "before", origin),
        order=order,
        descending=_descending(order, arguments.get("orderBy")),
        origin=origin,
    )


def connection(page: Page, found: list[tuple[Mapping[str, Any], Any]], asked: Set[str]) -> dict[str, Any]:
    """The connection that the rows (values, sort value) make: one row more than asked for says that there is more.

    It has the fields that are asked for. A cursor takes longer than all else, so nobody makes one in vain.
    """
    kept = found[: page.size]
    has_more = len(found) > page.size
    if page.backwards:
        kept.reverse()
    made: dict[str, Any] = {"nodes": [values for values, _ in kept]}
    if "edges" in asked:
        made["edges"] = [{"cursor": _cursor(page, item), "node": item[0]} for item in kept]
    if "pageInfo" in asked:
        made["pageInfo"] = {
            "hasNextPage": page.before is not None if page.backwards else has_more,
            "hasPreviousPage": has_more if page.backwards else page.after is not None,
            "startCursor": _cursor(page, kept[0]) if kept else None,
            "endCursor": _cursor(page, kept[-1]) if kept else None,
        }
    return made


def _descending(order: Order, asked: Mapping[str, Any] | None) -> bool:
    return order.descending if asked is None else asked.get("direction") == "DESC"


def _origin(field: str, arguments: Mapping[str, Any]) -> str:
    """What a cursor belongs to: eight hex digits of the field and of all its arguments that choose or order rows."""
    others = {k: v for k, v in arguments.items() if k not in ("first", "last", "after", "before") and v is not None}
    text = orjson.dumps([field, others], default=str, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2s(text, digest_size=4).hexdigest()


def _cursor(page: Page, item: tuple[Mapping[str, Any], Any]) -> str:
    values, sort = item
    moment = sort.isoformat() if isinstance(sort, datetime) else None
    text = orjson.dumps([page.origin, values["id"], sort if moment is None else None, moment])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def _position(arguments: Mapping[str, Any], name: str, origin: str) -> Position | None:
    cursor = arguments.get(name)
    if cursor is None:
        return None
    wrong = InvalidInput(f"`{name}` is not a cursor of this list in this order and with this filter.", path=(name,))
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        given, id, sort, moment = parts
        if given != origin or not isinstance(id, str) or not isinstance(sort, str | int | float | None):
            raise wrong
        if isinstance(sort, int) and sort.bit_length() > LARGEST:
            raise wrong
        return Position(datetime.fromisoformat(moment) if moment else sort, id)
    except (binascii.Error, ValueError, TypeError) as error:
        raise wrong from error
