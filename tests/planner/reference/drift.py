"""How what runs differs from what should."""

from datetime import UTC, datetime, timedelta

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers


@answers("Deployment.drift")
def drift(graph: Graph, deployment: Node, arguments: Arguments) -> str | None:
    if deployment["activeFrom"] is None or deployment["validTo"] is not None:
        return None
    seen = next((o for o in graph.of("Observation") if o["openKey"] == deployment["id"]), None)
    if seen is not None and not seen["isRunning"]:
        return "NOTHING_RUNS"
    if seen is not None and (seen["versionId"] or seen["digest"]) not in (None, deployment["versionId"]):
        return "OTHER_VERSION"
    due = graph.by_id[deployment["environmentId"]]["reportsWithin"]
    last = seen["reportedAt"] if seen is not None else deployment["activeFrom"]
    is_late = due is not None and last is not None and last + timedelta(seconds=due) < datetime.now(UTC)
    return "NOT_REPORTED" if is_late else None
