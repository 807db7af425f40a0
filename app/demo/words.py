"""How the lines of the story are made: an entity, an edge, a day, a digest."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

Line = dict[str, Any]
Lines = Iterator[Line]

BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
UNTIMED = ("PROMOTES_TO", "PART_OF", "ABOUT", "RECALLS")
GITHUB = "https://github.com/harbor-lane"


def day(number: float) -> str:
    """An instant: so many days after the story begins."""
    return (BEGINNING + timedelta(days=number)).isoformat()


def digest(*words: object) -> str:
    """A digest that looks like one, and is always the same for the same words."""
    return "sha256:" + hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()


def sha(*words: object) -> str:
    """The hash of a commit."""
    return hashlib.sha1("/".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()


def entity(type: str, at: float, by: str | None, **fields: Any) -> Line:
    """The line of an entity that somebody made on a day."""
    said = {name: value for name, value in fields.items() if value is not None}
    return {"type": type, "createdAt": day(at), "createdBy": by, **said}


def edge(type: str, source: Line, target: Line, at: float, by: str | None, **fields: Any) -> Line:
    """The line of an edge that somebody asserted on a day. `source` came from `target`."""
    asserted = {} if type in ("OWNS", "MEMBER_OF", *UNTIMED) else {"assertedBy": by}
    since = {} if type in UNTIMED else {"validFrom": day(at)}
    return {"type": type, "from": source, "to": target, **since, **asserted, **fields}


def version_of(model: str, number: int) -> Line:
    return {"model": model, "number": number}


def snapshot_of(dataset: str, version: str) -> Line:
    return {"dataset": dataset, "version": version}


def reference(system: str, external_id: str) -> list[Line]:
    """The name that another system gave an entity: what has no key of its own is known by it."""
    return [{"system": system, "externalId": external_id, "url": f"https://{system}.harborlane.example/{external_id}"}]


def external(system: str, external_id: str) -> Line:
    return {"external": {"system": system, "externalId": external_id}}
