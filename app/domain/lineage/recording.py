"""Lineage that is asserted by itself: one thing came from another."""

from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.bundle import as_json
from app.domain.command import RepeatableCommand, optional
from app.domain.idempotency import Claim
from app.domain.lineage.edges import Edge, check_ends, closes_cycle, told
from app.domain.references import LineageRef
from app.domain.resolution import Resolution, mention, resolve
from app.domain.scalars import FreeJSON, Instant, Line, Reason, Share
from app.domain.vocabulary import AssertedEdgeKind, DerivationKind
from app.domain.writing import Change, Writer, Written, commit, once, refuse
from app.errors import Cycle, InvalidInput

RECORD_EDGE = query("lineage/record_edge")
# What each kind of edge must say, and what else it may say.
MUST: dict[AssertedEdgeKind, str | None] = {
    AssertedEdgeKind.USED: "role",
    AssertedEdgeKind.GENERATED_BY: None,
    AssertedEdgeKind.DERIVED_FROM: "derivation",
    AssertedEdgeKind.DEPENDS_ON: "dependency",
}
MAY: dict[AssertedEdgeKind, frozenset[str]] = {
    AssertedEdgeKind.USED: frozenset(),
    AssertedEdgeKind.GENERATED_BY: frozenset(),
    AssertedEdgeKind.DERIVED_FROM: frozenset({"weight", "detail"}),
    AssertedEdgeKind.DEPENDS_ON: frozenset({"detail"}),
}


class RecordLineage(RepeatableCommand):
    """Assert that one thing came from another. What is asserted already stays as it is."""

    action = "lineage.record"

    kind: AssertedEdgeKind = Field(description="What the later thing has to do with the earlier one.")
    source: LineageRef = Field(description="The later thing, where the edge begins.")
    target: LineageRef = Field(description="What it came from, where the edge leads.")
    role: Line | None = optional("USED: train, validation, test, base, code ...; required there.")
    derivation: DerivationKind | None = optional("DERIVED_FROM: how it was made; required there.")
    dependency: Line | None = optional("DEPENDS_ON: base, tokenizer, guard model ...; required there.")
    weight: Share | None = optional("DERIVED_FROM: its share in a merge.")
    detail: FreeJSON | None = optional("DERIVED_FROM and DEPENDS_ON: what else there is to say.")
    valid_from: Instant | None = optional("Since when it holds; now, when nothing is said. Not in the future.")
    reason: Reason | None = optional("Why it is asserted.")


async def record_lineage(writer: Writer, command: RecordLineage) -> Written:
    """Assert an edge. Returns its id, or that of the one that says the same.

    Writers that may close a cycle wait for each other at the lock of lineage; Cycle names the path.
    """
    check_said(command)
    mentions = (mention(command.source, "source"), mention(command.target, "target"))

    async def attempt(claim: Claim | None) -> Written:
        change = change_of(command, edge_of(command, await resolve(writer.connection, mentions)), claim)
        try:
            row = await commit(writer, change)
        except Cycle as refused:
            raise await told(writer.connection, refused) from None
        return Written(row["id"], created=row["outcome"] == "done")

    return await once(writer, command, attempt)


def check_said(command: RecordLineage) -> None:
    """Each kind of edge says what it must, and nothing that only others say."""
    must = MUST[command.kind]
    for name in ("role", "derivation", "dependency", "weight", "detail"):
        is_said = getattr(command, name) is not None
        if name == must and not is_said:
            raise InvalidInput(f"{command.kind} needs it.", path=(name,))
        if is_said and name != must and name not in MAY[command.kind]:
            raise InvalidInput(f"{command.kind} has none.", path=(name,))


def edge_of(command: RecordLineage, resolution: Resolution) -> Edge:
    source = resolution.require(mention(command.source, "source"))
    target = resolution.require(mention(command.target, "target"))
    check_ends(command.kind, source.label, target, "target")
    if source.id == target.id:
        raise Cycle("Nothing can come from itself.", path=("target",), nodes=[source.id])
    return Edge(command.kind, source, target, edge_properties(command))


def edge_properties(command: RecordLineage) -> dict[str, Any]:
    kind = command.derivation.value if command.derivation else command.dependency
    detail = as_json(command.detail) if command.detail is not None else None
    given = {"role": command.role, "kind": kind, "weight": command.weight, "detail": detail}
    return {name: value for name, value in given.items() if value is not None}


def change_of(command: RecordLineage, edge: Edge, claim: Claim | None) -> Change:
    rows = edge.rows()
    return Change(
        query=RECORD_EDGE,
        action=command.action,
        parameters={"edges": rows, "validFrom": command.valid_from},
        counts={"edges": len(rows)},
        refusals={
            "cycle": closes_cycle,
            "future": refuse(InvalidInput, "This is in the future.", "validFrom"),
        },
        reason=command.reason,
        claim=claim,
    )
