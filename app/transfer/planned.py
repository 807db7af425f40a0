"""An entity that will be imported: what its line says, with the ids of what it names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.bundle import present
from app.domain.resolution import Known
from app.transfer.directory import Directory
from app.transfer.file import EntityEntry
from app.transfer.lines.entity import Mention
from app.transfer.standing import Entity

# Ids of what has to be there before it: what was measured, with what, where something runs, what a waiver or a recall
# is about, and what led to it.
NEEDED = ("versionId", "onId", "environmentId", "assetId", "waivedForId", "findingId", "recallId")
Row = dict[str, Any]


@dataclass
class Planned:
    """An entity of the file under the id that it has, or will have. `stands` is how it stands in the graph."""

    entry: EntityEntry
    id: str
    known: Known | None = None
    stands: Entity | None = None

    @property
    def label(self) -> str:
        return self.entry.line.label

    @property
    def is_new(self) -> bool:
        """Whether there is something to write: it is not there yet, or only as a stub of which more is known now."""
        if self.known is None:
            return True
        return self.known.is_stub and not (self.entry.line.is_stub and self.known.label == self.label)

    def properties(self, directory: Directory) -> Row:
        """All its properties, as far as the line says them."""
        return {**self.entry.line.properties(), **ids(self.entry.line.mentions(), directory)}

    def described(self, directory: Directory) -> Iterator[tuple[str, Row]]:
        """The nodes that describe it, as far as the line says them."""
        for satellite in self.entry.satellites:
            said = present(satellite.label, satellite.properties)
            yield satellite.label, {**said, **ids(satellite.mentions, directory)}


def needed(planned: Iterable[Planned], directory: Directory) -> list[str]:
    """The ids of what has to be there before some entities, each once."""
    said = [each.properties(directory) for each in planned]
    return sorted({properties[name] for properties in said for name in NEEDED if name in properties})


def ids(mentions: Mapping[str, Mention], directory: Directory) -> Row:
    found = {name: directory.find(mention.key) for name, mention in mentions.items()}
    return {name: subject.id for name, subject in found.items() if subject is not None}


def open_key(planned: Planned, properties: Row) -> str | None:
    """What an open deployment has to itself: a primary is alone at its endpoint, and one that rolls out beside it."""
    is_open = planned.label == "Deployment" and "validTo" not in properties
    is_primary = is_open and properties.get("role", "PRIMARY") == "PRIMARY"
    stage = "/ROLLING_OUT" if properties.get("status") == "ROLLING_OUT" else ""
    return f"{properties['endpointId']}/PRIMARY{stage}" if is_primary else None


def alias_key(properties: Row, alias: Mapping[str, Any]) -> str | None:
    """What an open alias has to itself: its name within the model."""
    return None if alias.get("validTo") is not None else f"{properties['modelId']}/{alias['name']}"
