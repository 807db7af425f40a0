"""Why what lines say of each other cannot have happened: the API would not have let it in. Pure.

Who may do something is asked of who does it now, and is no matter of what was done then.
"""

from collections.abc import Callable, Iterator, Mapping

from app.domain.vocabulary import PolicyState
from app.transfer.lines.policies import policy_version_key
from app.transfer.said import Said
from app.transfer.standing import Properties


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


RULES: Mapping[str, Callable[[Properties, Said], Iterator[str]]] = {
    "Approval": approval_problems,
    "PromotionDecision": decision_problems,
    "Deployment": deployment_problems,
}
