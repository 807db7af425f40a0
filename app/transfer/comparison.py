"""Entities of a file beside those of the graph: who is there already, and whether the line says the same."""

from collections.abc import Iterator

from app.database.connection import Connection
from app.database.queries import query
from app.domain.agreement import contradictions
from app.domain.given import given
from app.transfer.directory import Directory
from app.transfer.entities import Entities, former_names
from app.transfer.file import Problem
from app.transfer.planned import OPEN_KEYS, Planned, alias_key, attachment_key, open_key
from app.transfer.standing import NAMES, standing

HELD = query("transfer/held")
BOOKKEEPING = frozenset({"createdById", "id"})
DESCRIBED = {"Alias": alias_key, "PolicyAttachment": attachment_key}
# What else is open already, in words.
TAKEN = {
    "PolicyVersion": "the policy has another draft, or another version of it holds there, already",
    "ApprovalRequest": "another request of this version and environment is open already",
    "Approval": "another decision of the same person on this request is open already",
}


async def compare(connection: Connection, entities: Entities) -> None:
    """See how the known entities stand in the graph. What a line says otherwise than the graph is a problem."""
    known = {id: planned for id, planned in entities.planned.items() if planned.known is not None}
    stands = await standing(connection, known)
    for id, planned in known.items():
        planned.stands = stands[id]
        differing = [] if planned.is_new else differences(planned, entities.directory)
        if differing and planned.entry.number is not None:
            reason = f"{planned.entry.line.key} is there already, with another {', '.join(differing)}"
            entities.problems.append(Problem(planned.entry.number, reason))


def differences(planned: Planned, directory: Directory) -> list[str]:
    """What a line says otherwise than the graph."""
    assert planned.stands is not None
    said = {n: value for n, value in planned.properties(directory).items() if n not in BOOKKEEPING}
    differing = contradictions(planned.label, said, planned.stands.properties)
    for label, described in planned.described(directory):
        held = planned.stands.satellite(label, described)
        content = {name: value for name, value in described.items() if name not in BOOKKEEPING}
        if held is None or contradictions(label, content, held):
            differing.append(NAMES[label])
    return list(dict.fromkeys(differing))


async def make_room(connection: Connection, entities: Entities) -> None:
    """Leave out what would take a name that somebody in the graph has."""
    wanted: dict[str, Planned] = {}
    taken: dict[str, str] = {}
    for planned in entities.planned.values():
        for key in unique_names(planned, entities.directory) if planned.is_new else ():
            if wanted.setdefault(key, planned) is not planned:
                taken[planned.id] = told(key, planned)
    keys = sorted(wanted)
    row = await connection.ask(HELD, given({"openKeys": keys, "formerNames": keys}))
    held = (*row["openKeys"], *row["formerNames"])
    entities.leave_out({**taken, **{wanted[key].id: told(key, wanted[key]) for key in held}})


def told(key: str, planned: Planned) -> str:
    return TAKEN.get(planned.label, f"{key} is taken already")


def unique_names(planned: Planned, directory: Directory) -> Iterator[str]:
    """What only one may have: former names, and the keys of what is open, drafts of policies among it."""
    yield from former_names(planned.entry.line)
    if planned.label not in OPEN_KEYS and not any(each.label in DESCRIBED for each in planned.entry.satellites):
        return
    properties = planned.properties(directory)
    keys = [open_key(planned, properties)]
    for label, described in planned.described(directory):
        if label in DESCRIBED:
            keys.append(DESCRIBED[label](properties, described))
    yield from (key for key in keys if key is not None)
