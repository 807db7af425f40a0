"""Flags the edges of a file that close a cycle, with each other and with what the graph holds."""

from collections.abc import Iterable
from dataclasses import replace

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.transfer.cycles import closing
from app.transfer.directory import chunks
from app.transfer.edges import Edge, Edges
from app.transfer.lines.edge import LINEAGE

EDGES_FROM = query("transfer/edges_from")
CHUNK = 2_000
FLAG = "closesCycle"
Step = tuple[str, str, str]


async def flag(connection: Connection, edges: Edges) -> list[Edge]:
    """The new edges, those that close a cycle flagged.

    Which edge of a cycle is flagged depends on what the lines say and not on their order: an edge is laid down after
    everything in the graph that the file does not tell of, after edges that hold since earlier, and in the order of
    its text. That an interrupted import had written some of them already makes no difference.
    """
    open_edges = [edge for edge in (*edges.new, *edges.known) if is_open(edge)]
    said = {(edge.source.id, edge.type, edge.target.id) for edge in open_edges}
    steps = await upstream(connection, {edge.target.id for edge in open_edges})
    fixed = [(source, target) for source, type, target in steps if (source, type, target) not in said]
    candidates = sorted((e for e in open_edges if FLAG not in e.properties), key=lambda e: (e.valid_from or "", e.text))
    flagged = {id(candidates[place]) for place in closing(fixed, [(e.source.id, e.target.id) for e in candidates])}
    return [
        replace(edge, properties={**edge.properties, FLAG: True}) if id(edge) in flagged else edge for edge in edges.new
    ]


def is_open(edge: Edge) -> bool:
    return edge.type in LINEAGE and "validTo" not in edge.properties


async def upstream(connection: Connection, ids: Iterable[str]) -> set[Step]:
    """All open lineage above some entities, level by level."""
    steps: set[Step] = set()
    seen: set[str] = set()
    waiting = set(ids)
    while waiting:
        seen |= waiting
        found: set[Step] = set()
        for some in chunks(sorted(waiting), CHUNK):
            row = await connection.ask(EDGES_FROM, given({"ids": some}))
            found |= {(source, type, target) for source, type, target in row["edges"]}
        steps |= found
        waiting = {target for _, _, target in found} - seen
    return steps
