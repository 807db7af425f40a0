"""Where versions run, and what stands on them."""

from typing import Any

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, current, distinct
from tests.planner.reference.filters import chosen
from tests.planner.reference.pages import by, connection, latest


def placed(graph: Graph, coordinate: str, found: list[Node], arguments: Arguments) -> Any:
    """Deployments, the latest first: all of them, or those that were live at an instant."""
    if arguments.get("asOf"):
        found = current(found, arguments["asOf"])
    chosen_ = chosen(graph, "DeploymentFilter", arguments.get("where"), found)
    return connection(coordinate, chosen_, latest(VALID_FROM="validFrom"), arguments)


@answers("Query.environment")
def environment(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Environment") if node["name"] == arguments["name"]), None)


@answers("Query.environments")
def environments(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "EnvironmentFilter", arguments.get("where"), graph.of("Environment"))
    return connection("Query.environments", found, by(POSITION="position"), arguments)


@answers("Query.endpoint")
def endpoint(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    where = environment(graph, None, {"name": arguments["environment"]})
    key = where and (where["id"], arguments["location"], arguments["name"])
    found = (e for e in graph.of("Endpoint") if (e["environmentId"], e["location"], e["name"]) == key)
    return next(found, None)


@answers("Query.deployments")
def deployments(graph: Graph, root: None, arguments: Arguments) -> Any:
    return placed(graph, "Query.deployments", list(graph.of("Deployment")), arguments)


@answers("Environment.promotesTo")
def promotes_to(graph: Graph, environment: Node, arguments: Arguments) -> list[Node]:
    return sorted((later for _, later in graph.out(environment, "PROMOTES_TO")), key=lambda e: (e["position"], e["id"]))


@answers("Environment.locations")
def locations(graph: Graph, environment: Node, arguments: Arguments) -> list[str]:
    found = {e["location"] for e in graph.of("Endpoint") if e["environmentId"] == environment["id"]}
    return sorted({*found, *(environment["locations"] or ())} - {""})


@answers("Environment.endpoints")
def endpoints(graph: Graph, environment: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Endpoint") if node["environmentId"] == environment["id"]]
    return connection("Environment.endpoints", found, by(NAME="name"), arguments)


@answers("Environment.deployments")
def deployments_in(graph: Graph, environment: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Deployment") if node["environmentId"] == environment["id"]]
    return placed(graph, "Environment.deployments", found, arguments)


@answers("Endpoint.deployments")
def deployments_at(graph: Graph, endpoint: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Deployment") if node["endpointId"] == endpoint["id"]]
    return placed(graph, "Endpoint.deployments", found, arguments)


@answers("Endpoint.primary")
def primary(graph: Graph, endpoint: Node, arguments: Arguments) -> Node | None:
    """The later one of two. Nothing in a graph at rest was replaced a moment ago."""
    at = arguments.get("asOf")
    found = [
        node
        for node in current(graph.of("Deployment"), at)
        if node["endpointId"] == endpoint["id"]
        and node["role"] == "PRIMARY"
        and node["activeFrom"] is not None
        and (at is None or node["activeFrom"] <= at)
    ]
    return max(found, key=lambda node: (node["activeFrom"], node["id"]), default=None)


@answers("Endpoint.environment", "Deployment.environment")
def environment_of(graph: Graph, node: Node, arguments: Arguments) -> Node:
    return graph.by_id[node["environmentId"]]


@answers("Deployment.endpoint")
def endpoint_of(graph: Graph, deployment: Node, arguments: Arguments) -> Node:
    return graph.by_id[deployment["endpointId"]]


@answers("Environment.strays")
def strays(graph: Graph, environment: Node, arguments: Arguments) -> list[Node]:
    found = [
        seen
        for seen in current(graph.of("Observation"), None)
        if seen["environmentId"] == environment["id"] and seen["deploymentId"] is None and seen["isRunning"]
    ]
    return by_id(found)


@answers("Deployment.observed")
def observed(graph: Graph, deployment: Node, arguments: Arguments) -> Node | None:
    found = [seen for seen in graph.of("Observation") if seen["deploymentId"] == deployment["id"]]
    return max(found, key=lambda seen: seen["validFrom"], default=None)


@answers("Observation.version")
def version_seen(graph: Graph, observation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(observation["versionId"])


@answers("Observation.deployment")
def deployment_seen(graph: Graph, observation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(observation["deploymentId"])


@answers("Observation.endpoint")
def endpoint_seen(graph: Graph, observation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(observation["endpointId"])


@answers("Observation.reporter")
def reporter(graph: Graph, observation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(observation["reporterId"])


@answers("Deployment.approvals")
def approvals(graph: Graph, deployment: Node, arguments: Arguments) -> list[Node]:
    """Those of its version for its environment that stood when it was placed."""
    at = deployment["validFrom"]
    found = [
        approval
        for approval in graph.of("Approval")
        if all(approval[name] == deployment[name] for name in ("versionId", "environmentId"))
        and approval["decision"] == "APPROVED"
        and approval["validFrom"] <= at
        and (approval["validTo"] is None or approval["validTo"] > at)
    ]
    return sorted(found, key=lambda approval: (approval["validFrom"], approval["id"]))


@answers("Deployment.restores")
def restored_by(graph: Graph, deployment: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(deployment["restoresId"])


@answers("Deployment.version")
def version_of(graph: Graph, deployment: Node, arguments: Arguments) -> Node:
    return graph.by_id[deployment["versionId"]]


@answers("Query.application")
def application(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Application") if node["name"] == arguments["name"]), None)


@answers("Query.applications")
def applications(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "ApplicationFilter", arguments.get("where"), graph.of("Application"))
    return connection("Query.applications", found, by(NAME="name", CREATED_AT="createdAt"), arguments)


@answers("Application.uses")
def uses(graph: Graph, application: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(node for _, node in graph.out(application, "DEPENDS_ON", at=arguments.get("asOf"))))
