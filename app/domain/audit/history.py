"""An event as it is read: its body, with the texts that stand beside it in their places."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.domain.audit.texts import Texts, digests, is_erased, reveal, texts_of

Event = Mapping[str, Any]
CONCEALING = 2  # the format from which on a body has digests in place of texts


def body_of(event: Event) -> dict[str, Any]:
    """What was sealed, or will be."""
    body: dict[str, Any] = orjson.loads(event["body"])
    return body


def changes_of(event: Event) -> list[dict[str, Any]]:
    """The fields that changed, before and after, and whether a text among them has been erased."""
    body, texts = body_of(event), texts_of(event)
    if body.get("format", 1) < CONCEALING:
        return [{**each, "isErased": False} for each in body["changes"]]
    return [changed(each, f"/changes/{index}", texts) for index, each in enumerate(body["changes"])]


def changed(change: Mapping[str, Any], path: str, texts: Texts) -> dict[str, Any]:
    sides = {side: reveal(change[side], f"{path}/{side}", texts) for side in ("before", "after")}
    return {"field": change["field"], **sides, "isErased": is_erased(change, path, texts)}


def text_of(event: Event, name: str) -> str | None:
    """The reason of an event, or its client; None when there was none, or when it has been erased."""
    body = body_of(event)
    found: str | None = body.get(name)
    return found if body.get("format", 1) < CONCEALING else reveal(found, f"/{name}", texts_of(event))


def is_text_erased(event: Event, name: str) -> bool:
    """Whether its reason, or its client, has been erased."""
    return is_erased(body_of(event).get(name), f"/{name}", texts_of(event))


def digests_of(body: Mapping[str, Any]) -> dict[str, str]:
    """The digests of all texts of an event, by their places."""
    return dict(digests(body, "")) if body.get("format", 1) >= CONCEALING else {}


def places_of(body: Mapping[str, Any], fields: frozenset[str]) -> list[str]:
    """Where the texts of some fields stand: of fields that changed, of `reason` and of `client`."""
    changes = enumerate(body["changes"])
    paths = [f"/changes/{index}" for index, each in changes if each["field"] in fields]
    paths += [f"/{name}" for name in ("reason", "client") if name in fields]
    return [place for place in digests_of(body) if any(f"{place}/".startswith(f"{path}/") for path in paths)]
