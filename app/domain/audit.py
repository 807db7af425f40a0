"""The audit log: what is said about a change, in the change's own transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.domain.canonical import canonical, digest_of
from app.domain.identifiers import new_id
from graph_schema.elements import Type
from graph_schema.model import MODEL

FORMAT = 1
BOOKKEEPING = frozenset({"id", "recordedAt", "revision"})
JSON_FIELDS = {node.label: frozenset(p.name for p in node.properties if p.type is Type.JSON) for node in MODEL.nodes}


@dataclass(frozen=True)
class Deed:
    """Who did what, and why."""

    actor_id: str
    action: str
    reason: str | None = None
    request_id: str | None = None


def events(deed: Deed, at: datetime, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The AuditEvent nodes of a write, one for each entity that it changed."""
    made = (event(deed, at, change) for change in changes)
    return [each for each in made if each is not None]


def event(deed: Deed, at: datetime, change: Mapping[str, Any]) -> dict[str, Any] | None:
    """One event, or None when nothing differs. `body` is the whole of it, and what `digest` is taken of.

    The instant is the same for all events of a write, and travels beside them.
    """
    fields = differences(change)
    if not fields:
        return None
    head = {
        "id": new_id(),
        "actorId": deed.actor_id,
        "action": deed.action,
        "subjectId": change["subjectId"],
        "subjectType": change["subjectType"],
        "reason": deed.reason,
        "requestId": deed.request_id,
    }
    body = canonical({"format": FORMAT, "at": at, **head, "changes": fields})
    return {**head, "body": body.decode(), "digest": digest_of(body)}


def differences(change: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that differ, by name."""
    before = spoken(change["subjectType"], change["before"] or {})
    after = spoken(change["subjectType"], change["after"] or {})
    names = sorted((before.keys() | after.keys()) - BOOKKEEPING)
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in names
        if before.get(name) != after.get(name)
    ]


def spoken(label: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the API speaks of them: JSON is kept as text in the graph."""
    json = JSON_FIELDS[label]
    return {
        name: orjson.loads(value) if name in json and isinstance(value, str) else value
        for name, value in properties.items()
    }
