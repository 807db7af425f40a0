"""What lines say of each other fits together: what the API would not have let in is left out, with the reason.

Who may do something is asked of who does it now, and is no matter of what was done then.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.rules import check
from app.domain.resolution import Key
from app.domain.vocabulary import PolicyState
from app.errors import InvalidInput
from app.transfer.entities import Entities
from app.transfer.lines.delivery import DeploymentLine
from app.transfer.lines.policies import PolicyVersionLine, policy_version_key
from app.transfer.planned import Planned, Row, found
from app.transfer.standing import Properties, standing

DELEGATIONS = query("transfer/delegations")


@dataclass(frozen=True)
class Said:
    """What the file says of new entities, and the graph of those that they name."""

    entities: Entities
    graph: Mapping[str, Properties]
    delegated: Sequence[Properties]
    rows: dict[str, Row] = field(default_factory=dict)

    def of(self, id: str) -> Properties:
        """What is said of what has an id."""
        planned = self.entities.planned.get(id)
        if planned is None or not planned.is_new:
            return self.graph[id]
        if id not in self.rows:
            self.rows[id] = row(planned, self.entities)
        return self.rows[id]

    def at(self, key: Key) -> Properties:
        """What is said of what a key stands for."""
        subject = self.entities.directory.find(key)
        assert subject is not None
        return self.of(subject.id)

    @cached_property
    def delegations(self) -> Sequence[Properties]:
        """Who delegated what to whom: in the graph, and in the file."""
        return [*self.delegated, *(self.of(each.id) for each in new(self.entities, ("Delegation",)))]

    @cached_property
    def placed(self) -> Mapping[str, str]:
        """The new deployment that each decision let in, by their ids; the first, when several say so."""
        placed: dict[str, str] = {}
        for each in judged(self.entities):
            own = self.of(each.id)
            if "decisionId" in own and "restoresId" not in own:
                placed.setdefault(own["decisionId"], each.id)
        return placed


def row(planned: Planned, entities: Entities) -> Row:
    """What a line says, with what it says of its origin."""
    at = planned.entry.line.created_at
    return {**planned.properties(entities.directory), "id": planned.id, **({"createdAt": at} if at else {})}


def approval_problems(approval: Properties, said: Said) -> Iterator[str]:
    """Why somebody cannot have decided that on a request."""
    request = said.of(approval["requestId"])
    yield from other_subject("request", approval, request)
    if approval["validFrom"] < request["validFrom"]:
        yield "it was decided before it was asked for"
    if not ends_with(approval, request):
        yield "its request was withdrawn, and with that ended all that was decided on it"
    if "onBehalfOfId" in approval and not any(delegates(each, approval) for each in said.delegations):
        yield "nobody had delegated that to the approver by then"


def other_subject(what: str, own: Properties, named: Properties) -> Iterator[str]:
    """That what a line names is about something else than the line."""
    for kind in ("version", "environment"):
        if own[f"{kind}Id"] != named[f"{kind}Id"]:
            yield f"its {what} is about another {kind}"


def ends_with(approval: Properties, request: Properties) -> bool:
    """Whether a decision is over when its request is."""
    end = request.get("validTo")
    return end is None or ("validTo" in approval and approval["validTo"] <= end)


def delegates(delegation: Properties, approval: Properties) -> bool:
    """Whether a delegation covers a decision in somebody's place."""
    people = delegation["delegatorId"], delegation["delegateId"]
    is_there = delegation.get("environmentId") in (None, approval["environmentId"])
    is_then = delegation["validFrom"] <= approval["validFrom"] < delegation["validTo"]
    return people == (approval["onBehalfOfId"], approval["approverId"]) and is_there and is_then


def decision_problems(decision: Properties, said: Said) -> Iterator[str]:
    """Why a promotion cannot have been decided like that."""
    record = decision["record"]
    for each in record["policies"]:
        version, name = (
            said.at(policy_version_key(each["policy"], each["number"])),
            f"{each['policy']}/{each['number']}",
        )
        if version["state"] == PolicyState.DRAFT:
            yield f"{name} was not published, and decides nothing"
        if version["digest"] != each["digest"]:
            yield f"its record names {name} with another digest"
    if record["requestId"]:
        yield from other_subject("record's request", decision, said.of(record["requestId"]))
    if decision["isAllowed"] and decision["id"] not in said.placed:
        yield "it let the version in, and no deployment names it"


def deployment_problems(deployment: Properties, said: Said) -> Iterator[str]:
    """Why a deployment cannot have been let in by its decision, or brought back with it."""
    decision_id, restores = deployment.get("decisionId"), deployment.get("restoresId")
    if restores is not None and said.of(restores).get("decisionId") != decision_id:
        yield "it names the decision that let in what it has brought back, if there is one"
    if decision_id is None:
        return
    decision = said.of(decision_id)
    yield from other_subject("decision", deployment, decision)
    if not decision["isAllowed"]:
        yield "its decision did not let it in"
    if decision.get("emergencyExpiresAt") != deployment.get("emergencyUntil"):
        yield "emergencyUntil is the emergencyExpiresAt of its decision"
    if "createdAt" in decision and deployment["validFrom"] < decision["createdAt"]:
        yield "it was placed before that was decided"
    first = decision.get("deploymentId") or said.placed.get(decision_id)
    if restores is None and first != deployment["id"]:
        yield "its decision let in another deployment"


# What has to fit, and the properties by which lines name what it has to fit to.
RULES: Mapping[str, Callable[[Properties, Said], Iterator[str]]] = {
    "Approval": approval_problems,
    "PromotionDecision": decision_problems,
    "Deployment": deployment_problems,
}
NAMED = ("requestId", "decisionId", "restoresId")


async def check_coherence(connection: Connection, entities: Entities) -> None:
    """Leave out what does not fit, and then what named that, and so on."""
    entities.leave_out({id: reason async for id, reason in wrong_rules(entities)})
    graph, delegated = await named(connection, entities)
    while reasons := dict(misfits(Said(entities, graph, delegated))):
        entities.leave_out(reasons)


async def wrong_rules(entities: Entities) -> AsyncIterator[tuple[str, str]]:
    """The ids of versions of policies whose expressions have something wrong with them, each with what that is."""
    for planned in new(entities, ("PolicyVersion",)):
        line = planned.entry.line
        if isinstance(line, PolicyVersionLine) and line.rules:
            try:
                await check(line.rules, "rules")
            except InvalidInput as error:
                yield planned.id, f"{'.'.join(map(str, error.path))}: {error.message}"


async def named(connection: Connection, entities: Entities) -> tuple[Mapping[str, Properties], Sequence[Properties]]:
    """What the graph says of those that the file names, by their ids, and what they delegated."""
    ids, people = set[str](), set[str]()
    for planned in judged(entities):
        own = planned.properties(entities.directory)
        ids |= {own[name] for name in NAMED if name in own}
        ids.update(found(planned.entry.line.presupposes(), entities.directory))
        people |= {own[name] for name in ("onBehalfOfId",) if name in own}
    graph = {id: each.properties for id, each in (await standing(connection, ids)).items()}
    delegated = await connection.ask(DELEGATIONS, given({"ids": sorted(people)}))
    return graph, delegated["delegations"]


def new(entities: Entities, labels: Sequence[str]) -> Iterator[Planned]:
    """The new entities of some kinds."""
    yield from (each for each in entities.planned.values() if each.label in labels and each.is_new)


def judged(entities: Entities) -> Iterator[Planned]:
    """The new entities that have to fit to others: of deployments, most were let in by nobody."""
    for each in new(entities, tuple(RULES)):
        line = each.entry.line
        if not isinstance(line, DeploymentLine) or line.decision or line.restores:
            yield each


def misfits(said: Said) -> Iterator[tuple[str, str]]:
    """The ids of what does not fit, each with the first reason."""
    for planned in judged(said.entities):
        reason = next(RULES[planned.label](said.of(planned.id), said), None)
        if reason is not None:
            yield planned.id, reason
