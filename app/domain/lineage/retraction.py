"""Lineage that was asserted wrongly: an edge is retracted, never erased, and another may take its place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.lineage.edges import check_ends, commit_lineage
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.permission.sight import Sight
from app.domain.references import LineageRef
from app.domain.resolution import Known, Resolution, origin
from app.domain.scalars import Id, Reason
from app.domain.writing import Change, Writer, Written, once, refuse
from app.errors import Cycle, InvalidInput, NotFound
from graph_schema.model import MODEL

EDGE = query("lineage/edge")
RETRACT_EDGE = query("lineage/retract_edge")


class RetractLineage(Command):
    """Retract an edge of lineage: it ends now and stays visible before. Another may take its place."""

    action = "lineage.retract"
    needs = over("edge_id")

    edge_id: Id = Field(description="The edge: USED, GENERATED_BY, DERIVED_FROM or DEPENDS_ON.")
    reason: Reason = Field(description="Why it is wrong.")
    replace_with: LineageRef | None = optional("What the edge should have led to.")


async def retract_lineage(writer: Writer, command: RetractLineage) -> Written:
    """Retract an edge, with what stands or falls with it. Returns its id.

    With an adapter's edge goes the one to its base, with what a part of a run used what the whole used through it.
    """
    instead = [origin(command.replace_with, "replaceWith")] if command.replace_with else []

    async def attempt(claim: Claim | None) -> Written:
        row = await writer.connection.ask(EDGE, given({"id": command.edge_id}))
        resolution = await writer.resolve(instead)
        edge = retractable(command, row["edge"], writer.caller.sight)
        need = Need((command.action,), (edge["sourceId"],), is_anywhere="Run" in edge["sourceLabels"])
        change = replace(change_of(command, edge, resolution, claim), need=need)
        return Written((await commit_lineage(writer, change))["id"])

    return await once(writer, command, attempt)


def retractable(command: RetractLineage, edge: Mapping[str, Any] | None, sight: Sight) -> Mapping[str, Any]:
    """The edge, refused when there is none or when it only follows from another."""
    if edge is None or sight.hides(*edge["scopes"]):
        raise NotFound(f"No edge that can be retracted has the id {command.edge_id}.", path=("edgeId",))
    if edge["via"] is not None:
        raise InvalidInput("This follows from what a part of the run used: retract that.", path=("edgeId",))
    return edge


def change_of(command: RetractLineage, edge: Mapping[str, Any], resolution: Resolution, claim: Claim | None) -> Change:
    label = MODEL.label_of(edge["sourceLabels"])
    instead = replacement(command, edge, label, resolution)
    count = edge["companions"] + 1
    return Change(
        query=RETRACT_EDGE,
        action=command.action,
        parameters={
            "id": command.edge_id,
            "label": label,
            "reason": command.reason,
            "insteadId": instead.id if instead else None,
            "newIds": [new_id() for _ in range(count)],
        },
        counts={"replaced": count if instead else 0},
        refusals={
            "retracted": refuse(InvalidInput, "This edge was retracted before.", "edgeId"),
        },
        reason=command.reason,
        claim=claim,
    )


def replacement(command: RetractLineage, edge: Mapping[str, Any], label: str, resolution: Resolution) -> Known | None:
    """What takes the place of the wrong end."""
    if command.replace_with is None:
        return None
    known = resolution.require(origin(command.replace_with, "replaceWith"))
    check_ends(edge["type"], label, known, "replaceWith")
    if known.id == edge["sourceId"]:
        raise Cycle("Nothing can come from itself.", path=("replaceWith",), nodes=[known.id, known.id])
    if known.id == edge["targetId"]:
        raise InvalidInput("The edge leads there already.", path=("replaceWith",))
    return known
