"""What is said about a change, in the change's own transaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.domain.audit.natures import nature
from app.domain.audit.texts import conceal
from app.domain.canonical import canonical, digest_of
from app.domain.identifiers import new_id
from app.domain.vocabulary import AuditOutcome
from graph_schema.elements import Nature, Type
from graph_schema.model import MODEL

FORMAT = 2
BOOKKEEPING = frozenset({"id", "recordedAt", "revision", "scope"})
JSON_FIELDS = {node.label: frozenset(p.name for p in node.properties if p.type is Type.JSON) for node in MODEL.nodes}


@dataclass(frozen=True)
class Deed:
    """Who did what, why, in which request, and with which program."""

    actor_id: str
    action: str
    reason: str | None = None
    request_id: str | None = None
    client: str | None = None
    outcome: AuditOutcome = AuditOutcome.DONE


def events(
    deed: Deed, at: datetime, changes: Iterable[Mapping[str, Any]], about: str | None = None
) -> list[dict[str, Any]]:
    """The events of a write, one for each entity that it changed: the `properties` of its node, the ids `mentioned`,
    that of what the write is `about` among them, and the scope of what is gone by then."""
    made = (event(deed, at, change, about) for change in changes)
    return [each for each in made if each is not None]


def event(deed: Deed, at: datetime, change: Mapping[str, Any], about: str | None = None) -> dict[str, Any] | None:
    """One event, or None when something was done and nothing differs. `body` is what will be sealed, and what `digest`
    is taken of; the texts that it has digests of stand beside it.

    The instant is the same for all events of a write, and travels beside them.
    """
    is_done = deed.outcome is AuditOutcome.DONE
    fields = differences(change)
    if is_done and not fields:
        return None
    head = {
        "id": new_id(),
        "actorId": deed.actor_id,
        "action": deed.action,
        "subjectId": change["subjectId"],
        "subjectType": change["subjectType"],
        "requestId": deed.request_id,
    }
    texts: dict[str, str] = {}
    told = {
        "reason": conceal(deed.reason, Nature.FREE_TEXT, "/reason", texts),
        "client": conceal(deed.client, Nature.FREE_TEXT, "/client", texts),
        "changes": concealed(change["subjectType"], fields, texts),
    }
    body = canonical({"format": FORMAT, "at": at, "outcome": deed.outcome, **head, **told})
    beside = {"places": list(texts), "texts": list(texts.values())} if texts else {}
    denied = {} if is_done else {"outcome": deed.outcome.value}
    text = body.decode()
    return {
        "properties": {**head, **denied, **beside, "body": text, "digest": digest_of(body)},
        "mentioned": sorted({head["subjectId"], *ids(told["changes"]), *([about] if about else [])}),
        "scopes": [scope for scope in [(change["before"] or {}).get("scope")] if scope],
    }


def ids(changes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The ids in some changes. What people wrote is none of ours, whatever it looks like: it is concealed by then."""
    for change in changes:
        for side in ("before", "after"):
            yield from ids_in(change["field"], change[side])


def ids_in(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if name == "id" or name.endswith("Id"):
            yield value
    elif isinstance(value, Mapping):
        for inner, item in value.items():
            yield from ids_in(inner, item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from ids_in(name, item)


def concealed(label: str, fields: Iterable[Mapping[str, Any]], texts: dict[str, str]) -> list[dict[str, Any]]:
    """The fields as a body has them."""
    made = []
    for index, each in enumerate(fields):
        known = nature(label, each["field"])
        sides = {side: conceal(each[side], known, f"/changes/{index}/{side}", texts) for side in ("before", "after")}
        made.append({"field": each["field"], **sides})
    return made


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
