"""Mitigations: where a recall stops, for a reason and perhaps for a time."""

from dataclasses import replace

from pydantic import Field

from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.governance.ending import ended
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.references import LineageRef, MitigationRef, RecallRef
from app.domain.resolution import mention
from app.domain.scalars import Id, Instant, Reason
from app.domain.writing import Change, Writer, Written, commit, once, refuse
from app.errors import InvalidInput, NotFound

MITIGATE_RECALL = query("governance/mitigate_recall")
EDGE = query("lineage/edge")


class MitigateRecall(Command):
    """Let a recall stop at something: it, and what came from the recalled things by way of it alone, may be used again.
    Who mitigates answers for the reason."""

    action = "recall.mitigate"
    needs = over("on", "edge_id")

    recall: RecallRef = Field(description="The recall.")
    on: LineageRef | None = optional("Where it stops: a version that was retrained or cleaned, say; or else `edgeId`.")
    edge_id: Id | None = optional("Id of the edge of lineage where it stops; or else `on`.")
    reason: Reason = Field(description="Why it may be used nevertheless.")
    expires_at: Instant | None = optional("When the recall goes on from there; never, when nothing is said.")


class EndMitigation(Command):
    """End a mitigation: the recall goes on from where it had stopped. Nothing is done when that was done already."""

    action = "recall.endMitigation"
    needs = over("mitigation")

    mitigation: MitigationRef = Field(description="The mitigation.")
    reason: Reason = Field(description="Why.")


async def mitigate_recall(writer: Writer, command: MitigateRecall) -> Written:
    """Let a recall stop somewhere. Returns the id of the mitigation."""
    if (command.on is None) == (command.edge_id is None):
        raise InvalidInput("Either on or edgeId is given.", path=("on",))
    recall = mention(command.recall, "recall")
    places = [mention(command.on, "on")] if command.on else []

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve([recall, *places])
        on = resolution.require(places[0]).id if places else None
        source = on or await source_of_edge(writer, str(command.edge_id))
        mitigation = {
            "id": new_id(),
            "recallId": resolution.require(recall).id,
            "onId": on,
            "edgeId": command.edge_id,
            "reason": command.reason,
            "expiresAt": command.expires_at,
        }
        change = Change(
            query=MITIGATE_RECALL,
            action=command.action,
            parameters={"mitigation": mitigation},
            refusals={"lifted": lifted, "past": past, "retracted": retracted, "target": is_target},
            reason=command.reason,
            need=Need((command.action,), (source,)),
        )
        return Written((await commit(writer, replace(change, claim=claim)))["id"], created=True)

    return await once(writer, command, attempt)


async def source_of_edge(writer: Writer, id: str) -> str:
    """The id of the later end of an edge that somebody asserted."""
    edge = (await writer.connection.ask(EDGE, given({"id": id})))["edge"]
    if edge is None or writer.caller.sight.hides(*edge["scopes"]):
        raise NotFound(f"No edge that a recall could stop at has the id {id}.", path=("edgeId",))
    return str(edge["sourceId"])


async def end_mitigation(writer: Writer, command: EndMitigation) -> Written:
    """End a mitigation. Returns its id."""
    said = {"endReason": command.reason}
    return await ended(writer, command, mention(command.mitigation, "mitigation"), said)


lifted = refuse(InvalidInput, "The recall was lifted: nothing has to be stopped.", "recall")
retracted = refuse(InvalidInput, "This edge was retracted: no recall comes by it.", "edgeId")
past = refuse(InvalidInput, "This is in the past.", "expiresAt")
is_target = refuse(InvalidInput, "This itself was recalled: lift the recall, or open one for the rest.", "on")
