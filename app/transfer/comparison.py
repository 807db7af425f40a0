"""Entities of a file beside those of the graph: who is there already, and whether the line says the same."""

from collections.abc import Iterator

from app.database.connection import Connection
from app.database.queries import query
from app.domain.agreement import contradictions
from app.domain.given import given
from app.transfer.directory import Directory
from app.transfer.entities import Entities, former_names
from app.transfer.file import Problem
from app.transfer.planned import Planned, alias_key, open_key
from app.transfer.standing import NAMES, standing

HELD = query("transfer/held")
BOOKKEEPING = frozenset({"createdById", "id"})


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
    wanted: dict[str, str] = {}
    for planned in entities.planned.values():
        if planned.is_new:
            wanted |= dict.fromkeys(unique_names(planned, entities.directory), planned.id)
    keys = sorted(wanted)
    row = await connection.ask(HELD, given({"openKeys": keys, "formerNames": keys}))
    taken = {wanted[key]: f"{key} is taken already" for key in (*row["openKeys"], *row["formerNames"])}
    entities.leave_out(taken)


def unique_names(planned: Planned, directory: Directory) -> Iterator[str]:
    """What only one may have: former names, and the open keys of aliases and of primaries."""
    line = planned.entry.line
    yield from former_names(line)
    aliases = [each.properties for each in planned.entry.satellites if each.label == "Alias"]
    if not aliases and planned.label != "Deployment":
        return
    properties = planned.properties(directory)
    keys = [open_key(planned, properties), *(alias_key(properties, alias) for alias in aliases)]
    yield from (key for key in keys if key is not None)
