"""What lines say of each other fits together: what the API would not have let in is left out, with the reason.

Who may do something is asked of who does it now, and is no matter of what was done then.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.rules import check
from app.errors import InvalidInput
from app.transfer.entities import Entities
from app.transfer.lines.policies import PolicyVersionLine
from app.transfer.planned import Row
from app.transfer.standing import Properties, standing

DELEGATIONS = query("transfer/delegations")


@dataclass(frozen=True)
class Said:
    """What the file says of new entities, and the graph of those that they name, by their ids."""

    new: Mapping[str, Row]
    graph: Mapping[str, Properties]
    delegations: Sequence[Properties]

    def of(self, id: str) -> Properties:
        return self.new[id] if id in self.new else self.graph[id]


def approval_problems(approval: Row, said: Said) -> Iterator[str]:
    """Why a decision cannot have been made on its request."""
    request = said.of(approval["requestId"])
    if request["versionId"] != approval["versionId"]:
        yield "its request is about another version"
    if request["environmentId"] != approval["environmentId"]:
        yield "its request is about another environment"
    if approval["validFrom"] < request["validFrom"]:
        yield "it was decided before it was asked for"
    if not ends_with(approval, request):
        yield "its request was withdrawn, and with that ended all that was decided on it"
    if "onBehalfOfId" in approval and not any(delegates(each, approval) for each in said.delegations):
        yield "nobody has delegated that to the approver by then"


def ends_with(approval: Row, request: Properties) -> bool:
    """Whether a decision is over when its request is."""
    end = request.get("validTo")
    return end is None or ("validTo" in approval and approval["validTo"] <= end)


def delegates(delegation: Properties, approval: Row) -> bool:
    """Whether a delegation covers a decision in somebody's place."""
    people = delegation["delegatorId"], delegation["delegateId"]
    place = delegation.get("environmentId") in (None, approval["environmentId"])
    is_then = delegation["validFrom"] <= approval["validFrom"] < delegation["validTo"]
    return people == (approval["onBehalfOfId"], approval["approverId"]) and place and is_then


# What has to fit, and the properties by which lines name what it has to fit to.
RULES: Mapping[str, Callable[[Row, Said], Iterator[str]]] = {"Approval": approval_problems}
NAMED = ("requestId",)
LABELS = (*RULES, "ApprovalRequest", "Delegation")


async def check_coherence(connection: Connection, entities: Entities) -> None:
    """Leave out what does not fit, and then what named that, and so on."""
    entities.leave_out({id: reason async for id, reason in wrong_rules(entities)})
    graph, delegations = await named(connection, entities)
    while reasons := dict(misfits(entities, graph, delegations)):
        entities.leave_out(reasons)


async def wrong_rules(entities: Entities) -> AsyncIterator[tuple[str, str]]:
    """The ids of versions of policies whose expressions have something wrong with them, each with what that is."""
    for id, planned in entities.planned.items():
        line = planned.entry.line
        if planned.is_new and isinstance(line, PolicyVersionLine) and line.rules:
            try:
                await check(line.rules, "rules")
            except InvalidInput as error:
                yield id, f"{'.'.join(map(str, error.path))}: {error.message}"


async def named(connection: Connection, entities: Entities) -> tuple[Mapping[str, Properties], Sequence[Properties]]:
    """What the graph says of those that the file names, by their ids, and what they delegated."""
    said = new(entities).values()
    ids = {each[name] for each in said for name in NAMED if name in each}
    graph = {id: each.properties for id, each in (await standing(connection, ids)).items()}
    people = sorted({each["onBehalfOfId"] for each in said if "onBehalfOfId" in each})
    row = await connection.ask(DELEGATIONS, given({"ids": people}))
    return graph, row["delegations"]


def new(entities: Entities) -> dict[str, Row]:
    """What the file says of new entities that have to fit, or that others have to fit to, by their ids."""
    planned = (each for each in entities.planned.values() if each.label in LABELS and each.is_new)
    return {each.id: each.properties(entities.directory) for each in planned}


def misfits(
    entities: Entities, graph: Mapping[str, Properties], delegations: Sequence[Properties]
) -> Iterator[tuple[str, str]]:
    """The ids of what does not fit, each with the first reason."""
    lines = new(entities)
    made = [own for id, own in lines.items() if entities.planned[id].label == "Delegation"]
    said = Said(lines, graph, [*made, *delegations])
    for id, own in lines.items():
        problems = RULES.get(entities.planned[id].label)
        reason = next(problems(own, said), None) if problems else None
        if reason is not None:
            yield id, reason
