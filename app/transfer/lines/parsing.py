"""From a line of text to what it says, or to the reason why it says nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from pydantic import ValidationError

from app.transfer.lines import (
    approval,
    delivery,
    evaluation,
    governance,
    identity,
    licensing,
    lineage,
    policies,
    promotion,
    registry,
)
from app.transfer.lines.edge import TYPES, EdgeLine
from app.transfer.lines.entity import EntityLine

DOMAINS = (registry, lineage, licensing, evaluation, delivery, governance, policies, approval, promotion, identity)
ENTITIES: dict[str, type[EntityLine]] = {line.label: line for domain in DOMAINS for line in domain.LINES}
LENGTH_LIMIT = 16 * 1024 * 1024
REASONS = 3


class Unreadable(Exception):
    """A line that says nothing we understand."""


def parse(text: bytes) -> EntityLine | EdgeLine:
    """What a line says. Raises Unreadable with the reason."""
    if len(text) > LENGTH_LIMIT:
        raise Unreadable(f"the line is longer than {LENGTH_LIMIT} bytes")
    try:
        type = type_of(orjson.loads(text))
        check_names(text)
        kind = EdgeLine if type in TYPES else ENTITIES[type]
        return kind.model_validate_json(text, strict=True)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"this is not JSON: {error}") from None
    except ValidationError as error:
        raise Unreadable(reasons(error)) from None


def check_names(text: bytes) -> None:
    """Refuse an object that says something twice: of what the two say, one would be lost."""
    try:
        json.loads(text, object_pairs_hook=once)
    except RecursionError:
        raise Unreadable("this is nested too deep") from None


def once(pairs: Sequence[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise Unreadable(f"{name} is said twice")
        seen.add(name)


def implied(said: Mapping[str, Any]) -> EntityLine:
    """An entity that another line's words make."""
    return ENTITIES[said["type"]].model_validate(said)


def type_of(said: object) -> str:
    if not isinstance(said, dict):
        raise Unreadable("a line is a JSON object")
    type = said.get("type")
    if not isinstance(type, str) or type not in ENTITIES.keys() | TYPES:
        raise Unreadable(f"type is one of {', '.join([*ENTITIES, *sorted(TYPES)])}")
    return type


def reasons(error: ValidationError) -> str:
    """The first few reasons, each with its place."""
    details = error.errors(include_url=False, include_input=False)
    told = [f"{place(each['loc'])}{each['msg'].removeprefix('Value error, ')}" for each in details[:REASONS]]
    more = [f"and {len(details) - REASONS} more"] if len(details) > REASONS else []
    return "; ".join((*told, *more))


def place(location: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, location))}: " if location else ""
