"""Lineage that is asserted by itself: one thing came from another."""

from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.bundle import as_json
from app.domain.command import Command, optional
from app.domain.draft import Draft, mentions
from app.domain.idempotency import Claim
from app.domain.lineage.edges import check_ends, commit_lineage, draw
from app.domain.permission.asking import Need, also_within, need_of
from app.domain.permission.needs import over
from app.domain.references import LineageRef
from app.domain.resolution import Known, Mention
from app.domain.scalars import FreeJSON, Instant, Line, Reason, Share
from app.domain.vocabulary import AssertedEdgeKind, DerivationKind
from app.domain.writing import Change, Writer, Written, once, refuse
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


class RecordLineage(Command):
    """Assert that one thing came from another. What is asserted already stays as it is."""

    action = "lineage.record"
    needs = over("source")

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
    allow_stubs: bool = Field(
        default=False,
        description="Make stubs of what is named and not known; a later registration completes them.",
    )


async def record_lineage(writer: Writer, command: RecordLineage) -> Written:
    """Assert an edge. Returns its id, or that of the one that says the same.

    Writers that may close a cycle wait for each other at the lock of lineage; Cycle names the path.
    """
    check_said(command)
    wanted = [*mentions(command.source, "source"), *mentions(command.target, "target")]

    async def attempt(claim: Claim | None) -> Written:
        draft = Draft(await writer.resolve(wanted), command.allow_stubs)
        source = drawn(draft, command)
        change = change_of(command, draft, source, claim)
        row = await commit_lineage(writer, replace(change, need=needed(command, wanted, draft, source)))
        return Written(row["id"], created=row["outcome"] == "done", stubs=tuple(draft.bundle.stubs))

    return await once(writer, command, attempt)


def needed(command: RecordLineage, wanted: list[Mention], draft: Draft, source: Known) -> Need:
    """What it takes: what a run used is said by whoever may start one."""
    is_of_run = source.label == "Run"
    need = Need((command.action,), is_anywhere=True) if is_of_run else need_of(command, wanted, draft.resolution)
    return also_within(need, draft.bundle.new_names)


def check_said(command: RecordLineage) -> None:
    """Each kind of edge says what it must, and nothing that only others say."""
    must = MUST[command.kind]
    for name in ("role", "derivation", "dependency", "weight", "detail"):
        is_said = getattr(command, name) is not None
        if name == must and not is_said:
            raise InvalidInput(f"{command.kind} needs it.", path=(name,))
        if is_said and name != must and name not in MAY[command.kind]:
            raise InvalidInput(f"{command.kind} has none.", path=(name,))


def drawn(draft: Draft, command: RecordLineage) -> Known:
    """Draw the edge. Returns its source."""
    source, target = draft.known(command.source, "source"), draft.known(command.target, "target")
    check_ends(command.kind, source.label, target, "target")
    if source.id == target.id:
        raise Cycle("Nothing can come from itself.", path=("target",), nodes=[source.id, source.id])
    draw(draft, command.kind, source, target, edge_properties(command))
    return source


def edge_properties(command: RecordLineage) -> dict[str, Any]:
    kind = command.derivation.value if command.derivation else command.dependency
    detail = as_json(command.detail) if command.detail is not None else None
    return {"role": command.role, "kind": kind, "weight": command.weight, "detail": detail}


def change_of(command: RecordLineage, draft: Draft, source: Known, claim: Claim | None) -> Change:
    return Change(
        query=RECORD_EDGE,
        action=command.action,
        parameters={**draft.bundle.parameters(), "label": source.label, "validFrom": command.valid_from},
        counts=draft.bundle.counts(),
        refusals={"future": refuse(InvalidInput, "This is in the future.", "validFrom")},
        reason=command.reason,
        claim=claim,
    )
