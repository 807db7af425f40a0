"""Who admits versions: requests, decisions, delegations; and what promotions were decided."""

from typing import Any

import orjson

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Answer, Arguments, answers, by_id, current, distinct
from tests.planner.reference.filters import chosen
from tests.planner.reference.pages import connection, latest


def points(coordinate: str, property_: str) -> None:
    """A field that leads to the node whose id a property holds."""

    def answer(graph: Graph, node: Node, arguments: Arguments) -> Node | None:
        return graph.by_id.get(node[property_])

    answers(coordinate)(answer)


POINTS = {
    "ApprovalRequest.version": "versionId",
    "ApprovalRequest.environment": "environmentId",
    "Approval.request": "requestId",
    "Approval.approver": "approverId",
    "Approval.onBehalfOf": "onBehalfOfId",
    "Delegation.delegator": "delegatorId",
    "Delegation.delegate": "delegateId",
    "Delegation.environment": "environmentId",
    "PromotionDecision.version": "versionId",
    "PromotionDecision.environment": "environmentId",
    "PromotionDecision.deployment": "deploymentId",
    "Deployment.decision": "decisionId",
    "Commit.author": "authorId",
}
for field, pointer in POINTS.items():
    points(field, pointer)


def listed(coordinate: str, label: str, property_: str | None, instant: str) -> Answer:
    """A page of what points to a node, or of all, the latest first; as of an instant of what held then."""

    def answer(graph: Graph, node: Node | None, arguments: Arguments) -> Any:
        found = [each for each in graph.of(label) if property_ is None or (node and each[property_] == node["id"])]
        if arguments.get("asOf"):
            found = current(found, arguments["asOf"])
        found = chosen(graph, f"{label}Filter", arguments.get("where"), found)
        return connection(coordinate, found, latest(**{instant: PROPERTIES[instant]}), arguments)

    return answers(coordinate)(answer)


PROPERTIES = {"VALID_FROM": "validFrom", "CREATED_AT": "createdAt"}
LISTS = (
    ("ApprovalRequest.decisions", "Approval", "requestId", "VALID_FROM"),
    ("ModelVersion.approvalRequests", "ApprovalRequest", "versionId", "VALID_FROM"),
    ("Environment.approvalRequests", "ApprovalRequest", "environmentId", "VALID_FROM"),
    ("Query.approvalRequests", "ApprovalRequest", None, "VALID_FROM"),
    ("Query.delegations", "Delegation", None, "VALID_FROM"),
    ("ModelVersion.promotionDecisions", "PromotionDecision", "versionId", "CREATED_AT"),
    ("Environment.promotionDecisions", "PromotionDecision", "environmentId", "CREATED_AT"),
    ("Query.promotionDecisions", "PromotionDecision", None, "CREATED_AT"),
)
for each in LISTS:
    listed(*each)


@answers("ApprovalRequest.addressees")
def addressees(graph: Graph, request: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(actor for _, actor in graph.out(request, "ADDRESSED_TO")))


@answers("PolicyVersion.approvals")
def approvals(graph: Graph, version: Node, arguments: Arguments) -> Any:
    return orjson.loads(version["approvals"])
