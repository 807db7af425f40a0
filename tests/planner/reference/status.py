"""Where a deployment is in its life, now and at an instant."""

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers


@answers("Deployment.status")
def status(graph: Graph, deployment: Node, arguments: Arguments) -> str:
    """Where it is in its life: all instants of a graph at rest have come."""
    if deployment["validTo"]:
        return str(deployment["status"])
    return "ACTIVE" if deployment["activeFrom"] else "ROLLING_OUT"


@answers("Deployment.statusAt")
def status_at(graph: Graph, deployment: Node, arguments: Arguments) -> str | None:
    moment, active = arguments["asOf"], deployment["activeFrom"]
    if deployment["validTo"] and deployment["validTo"] <= moment:
        return str(deployment["status"])
    if active and active <= moment:
        return "ACTIVE"
    return "ROLLING_OUT" if deployment["validFrom"] <= moment else None
