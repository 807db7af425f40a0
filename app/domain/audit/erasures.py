"""Which texts may be gone: the events that tell of erasures say so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.database.connection import Connection
from app.database.queries import query
from app.domain.audit.history import Event, body_of
from app.domain.given import given

ERASURES = query("audit/erasures")
PERSON, TEXT = "person.erase", "text.redact"
REDACTED = "redacted"


@dataclass(frozen=True)
class Erasures:
    """Since when people have been erased, by their ids, and the places of texts that were redacted, by their events."""

    people: Mapping[str, datetime] = field(default_factory=dict)
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def cover(self, event: Event, gone: Collection[str]) -> bool:
        """Whether erasures tell of all these places of an event."""
        erased = self.people.get(event["subjectId"])
        if not gone or (erased is not None and event["at"] <= erased):
            return True
        return self.places.get(event["id"], frozenset()).issuperset(gone)


async def read_erasures(connection: Connection) -> Erasures:
    """All erasures that there have been."""
    row = await connection.ask(ERASURES, given({"actions": [PERSON, TEXT]}))
    people: dict[str, datetime] = {}
    places: dict[str, frozenset[str]] = {}
    for erasure in row["erasures"]:
        if erasure["action"] == PERSON:
            people[erasure["subjectId"]] = max(erasure["at"], people.get(erasure["subjectId"], erasure["at"]))
            continue
        for change in body_of(erasure)["changes"]:
            if change["field"] == REDACTED:
                id = change["after"]["event"]
                places[id] = places.get(id, frozenset()).union(change["after"]["places"])
    return Erasures(people, places)
