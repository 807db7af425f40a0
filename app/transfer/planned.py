"""An entity that will be imported: what its line says, with the ids of what it names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.bundle import present
from app.domain.resolution import Known
from app.domain.vocabulary import PolicyState
from app.transfer.directory import Directory
from app.transfer.file import EntityEntry
from app.transfer.lines.entity import Mention
from app.transfer.standing import Entity

# Ids of what has to be there before it: what was measured, with what, where something runs, what a waiver or a recall
# is about, and what led to it; who decided, on what.
NEEDED = (
    *("versionId", "onId", "environmentId", "assetId", "waivedForId", "findingId", "recallId"),
    *("requestId", "decisionId", "approverId", "onBehalfOfId", "delegatorId", "delegateId"),
)
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
        line = self.entry.line
        lists = {name: found(mentions, directory) for name, mentions in line.lists().items()}
        return {**line.properties(), **ids(line.mentions(), directory), **lists}

    def described(self, directory: Directory) -> Iterator[tuple[str, Row]]:
        """The nodes that describe it, as far as the line says them."""
        for satellite in self.entry.satellites:
            said = present(satellite.label, satellite.properties)
            yield satellite.label, {**said, **ids(satellite.mentions, directory)}


def needed(planned: Iterable[Planned], directory: Directory) -> list[str]:
    """The ids of what has to be there before some entities, each once."""
    return sorted({id for each in planned for id in needed_by(each, directory)})


def needed_by(planned: Planned, directory: Directory) -> Iterator[str]:
    line, said = planned.entry.line, planned.properties(directory)
    yield from (said[name] for name in NEEDED if name in said)
    yield from (id for name in line.lists() for id in said[name])
    yield from found(line.presupposes(), directory)


def ids(mentions: Mapping[str, Mention], directory: Directory) -> Row:
    subjects = {name: directory.find(mention.key) for name, mention in mentions.items()}
    return {name: subject.id for name, subject in subjects.items() if subject is not None}


def found(mentions: Iterable[Mention], directory: Directory) -> list[str]:
    """The ids of what is mentioned, as far as it is known."""
    subjects = (directory.find(mention.key) for mention in mentions)
    return [subject.id for subject in subjects if subject is not None]


def open_key(planned: Planned, properties: Row) -> str | None:
    """What an open fact has to itself, if it has something."""
    made = OPEN_KEYS.get(planned.label)
    return made(properties) if made is not None and "validTo" not in properties else None


def primary_key(properties: Row) -> str | None:
    """A primary is alone at its endpoint, and one that rolls out beside it."""
    stage = "/ROLLING_OUT" if properties.get("status") == "ROLLING_OUT" else ""
    is_primary = properties.get("role", "PRIMARY") == "PRIMARY"
    return f"{properties['endpointId']}/PRIMARY{stage}" if is_primary else None


def request_key(properties: Row) -> str:
    """Of one version and environment there is one request."""
    return f"{properties['versionId']}/{properties['environmentId']}"


def approval_key(properties: Row) -> str:
    """Who decides for the same person on the same request decides once."""
    names = ("requestId", "approverId", "onBehalfOfId")
    return "/".join(properties[name] for name in names if name in properties)


def draft_key(properties: Row) -> str | None:
    """A policy has one draft."""
    policy_id: str = properties["policyId"]
    return policy_id if properties["state"] == PolicyState.DRAFT else None


OPEN_KEYS: Mapping[str, Callable[[Row], str | None]] = {
    "Deployment": primary_key,
    "ApprovalRequest": request_key,
    "Approval": approval_key,
    "PolicyVersion": draft_key,
}


def attachment_key(properties: Row, attachment: Mapping[str, Any]) -> str | None:
    """In an environment one version of a policy holds."""
    is_over = attachment.get("validTo") is not None
    return None if is_over else f"{attachment['environmentId']}/{properties['policyId']}"


def alias_key(properties: Row, alias: Mapping[str, Any]) -> str | None:
    """What an open alias has to itself: its name within the model."""
    return None if alias.get("validTo") is not None else f"{properties['modelId']}/{alias['name']}"
