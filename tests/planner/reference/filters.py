"""Which nodes a `where` matches, in Python."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from tests.planner.graph import Graph, Node
from tests.planner.reference.drift import drift
from tests.planner.reference.evaluations import figures
from tests.planner.reference.fields import exercised
from tests.planner.reference.mentions import entity, lineage_node
from tests.planner.reference.recalls import recalled
from tests.planner.reference.status import status

Filter = Mapping[str, Any]
Test = Callable[[Graph, Node, Any], bool]

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda it, other: it is not None and it == other,
    "ne": lambda it, other: it is None or it != other,
    "in": lambda it, others: it is not None and it in others,
    "contains": lambda it, other: it is not None and other in it,
    "startsWith": lambda it, other: it is not None and it.startswith(other),
    "isNull": lambda it, other: (it is None) is other,
    "gt": lambda it, other: it is not None and it > other,
    "gte": lambda it, other: it is not None and it >= other,
    "lt": lambda it, other: it is not None and it < other,
    "lte": lambda it, other: it is not None and it <= other,
}


def chosen(graph: Graph, type_: str, where: Filter | None, nodes: Any) -> list[Node]:
    """The nodes that match a filter of this type."""
    return [node for node in nodes if matches(graph, type_, where or {}, node)]


def matches(graph: Graph, type_: str, where: Filter, node: Node) -> bool:
    """Whether all that is given of a filter holds."""
    return all(_holds(graph, type_, name, value, node) for name, value in where.items() if value is not None)


def _holds(graph: Graph, type_: str, name: str, value: Any, node: Node) -> bool:
    exercised.update((f"{type_}.{name}", f"EntityFilter.{name}"))
    if name == "and":
        return all(matches(graph, type_, each, node) for each in value)
    if name == "or":
        return any(matches(graph, type_, each, node) for each in value)
    if name == "not":
        return not matches(graph, type_, value, node)
    special = TESTS.get(f"{type_}.{name}") or TESTS.get(name)
    return special(graph, node, value) if special else compare(node[name], value)


def compare(it: Any, given: Any) -> bool:
    """A value against operators, a list of which it must be one, or a single value."""
    if isinstance(given, list):
        return it is not None and it in given
    if not isinstance(given, Mapping):
        return it is not None and bool(it == given)
    return all(COMPARISONS[op](it, other) for op, other in given.items() if other is not None and op in COMPARISONS)


def _parameter(graph: Graph, version: Node, given: Filter) -> bool:
    runs = [run["id"] for _, run in graph.out(version, "GENERATED_BY")]
    values = [
        parameter
        for parameter in graph.of("Parameter")
        if parameter["subjectId"] in (version["id"], *runs) and parameter["name"] == given["name"]
    ]
    return any(_is_value(parameter, given) for parameter in values)


def _is_value(parameter: Node, given: Filter) -> bool:
    number = parameter["number"]
    return (
        ("eq" not in given or _same(parameter, given["eq"]))
        and (given.get("in") is None or any(_same(parameter, other) for other in given["in"]))
        and (given.get("gte") is None or (number is not None and number >= given["gte"]))
        and (given.get("lte") is None or (number is not None and number <= given["lte"]))
    )


def _same(parameter: Node, other: object) -> bool:
    """Equal with its type: numbers as numbers, all else as JSON, whatever the order of names."""
    value = orjson.loads(parameter["value"])
    if _is_number(value) and _is_number(other):
        return bool(value == other)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _metric(graph: Graph, version: Node, given: Filter) -> bool:
    found = figures(graph, version, given)
    return bool(found) and compare(found[0]["value"], {k: v for k, v in given.items() if k in COMPARISONS})


def _tag(graph: Graph, node: Node, given: Filter) -> bool:
    tags = [tag for tag in graph.of("Tag") if tag["subjectId"] == node["id"] and tag["key"] == given["key"]]
    return any(compare(tag["value"], given.get("value") or {}) for tag in tags)


def _owner(graph: Graph, node: Node, given: Filter) -> bool:
    return any(compare(owner["name"], given) for _, owner in graph.into(node, "OWNS"))


def _named(property_: str, name: str) -> Test:
    """A property of the node whose id a property of this node holds."""

    def test(graph: Graph, node: Node, given: Any) -> bool:
        other = graph.by_id.get(node[property_] or "")
        return other is not None and compare(other[name], given)

    return test


def _model_of_version(graph: Graph, node: Node, given: Filter) -> bool:
    version = graph.by_id.get(node["versionId"])
    return version is not None and compare(graph.by_id[version["modelId"]]["name"], given)


def _alias(graph: Graph, version: Node, given: Filter) -> bool:
    aliases = [a for a in graph.of("Alias") if a["versionId"] == version["id"] and a["validTo"] is None]
    return any(compare(alias["name"], given) for alias in aliases)


def _state(graph: Graph, version: Node, given: list[str]) -> bool:
    lives = [life for life in graph.of("VersionLifecycle") if life["subjectId"] == version["id"]]
    return any(life["validTo"] is None and life["state"] in given for life in lives)


def _deployed_in(graph: Graph, version: Node, name: str) -> bool:
    return any(
        deployment["validTo"] is None and graph.by_id[deployment["environmentId"]]["name"] == name
        for _, deployment in graph.into(version, "SERVES")
    )


def _file_digest(graph: Graph, version: Node, digest: str) -> bool:
    return any(f["subjectId"] == version["id"] and f["digest"] == digest for f in graph.of("ArtifactFile"))


TESTS: Mapping[str, Test] = {
    "recalled": lambda graph, node, given: (node["id"] in recalled(graph)) is given,
    "FindingFilter.open": lambda graph, node, given: (node["validTo"] is None) is given,
    "FindingFilter.dueBefore": lambda graph, node, given: (
        node["dueOn"] is not None and node["dueOn"].isoformat() < given
    ),
    "ApprovalRequestFilter.open": lambda graph, node, given: (node["validTo"] is None) is given,
    "ApprovalRequestFilter.environment": _named("environmentId", "name"),
    "ApprovalRequestFilter.model": _model_of_version,
    "DeploymentFilter.emergency": lambda graph, node, given: (node["emergencyUntil"] is not None) is given,
    "RecallFilter.open": lambda graph, node, given: (node["validTo"] is None) is given,
    "RecallFilter.target": lambda graph, node, given: any(
        target["id"] == lineage_node(graph, given) for _, target in graph.out(node, "RECALLS")
    ),
    "tag": _tag,
    "owner": _owner,
    "license": lambda graph, node, given: compare(node["licenseSpdx"], given),
    "archived": lambda graph, node, given: (node["archivedAt"] is not None) is given,
    "ModelVersionFilter.model": _named("modelId", "name"),
    "ModelVersionFilter.digest": lambda graph, node, given: compare(node["artifactDigest"], given),
    "ModelVersionFilter.fileDigest": _file_digest,
    "ModelVersionFilter.state": _state,
    "ModelVersionFilter.alias": _alias,
    "ModelVersionFilter.metric": _metric,
    "ModelVersionFilter.parameter": _parameter,
    "ModelVersionFilter.deployedIn": _deployed_in,
    "ModelVersionFilter.derivation": lambda graph, node, given: any(
        edge["kind"] in given for edge, _ in graph.out(node, "DERIVED_FROM")
    ),
    "DatasetVersionFilter.classification": lambda graph, node, given: any(
        compare(classification, given) for classification in node["classifications"]
    ),
    "DatasetVersionFilter.pinned": lambda graph, node, given: (
        (node["digest"] is not None or node["snapshotRevision"] is not None) is given
    ),
    "ActorFilter.type": lambda graph, node, given: node.type in given,
    "AuditEventFilter.actor": lambda graph, node, given: bool(node["actorId"] == entity(graph, given)),
    "AuditEventFilter.outcome": lambda graph, node, given: (node["outcome"] or "DONE") in given,
    "AuditEventFilter.subject": lambda graph, node, given: bool(node["subjectId"] == entity(graph, given)),
    "RunFilter.job": _named("jobId", "name"),
    "DeploymentFilter.drifted": lambda graph, node, given: (drift(graph, node, {}) is not None) is given,
    "DeploymentFilter.status": lambda graph, node, given: status(graph, node, {}) in given,
    "DeploymentFilter.live": lambda graph, node, given: (node["validTo"] is None) is given,
    "DeploymentFilter.location": _named("endpointId", "location"),
    "DeploymentFilter.endpoint": _named("endpointId", "name"),
    "DeploymentFilter.environment": _named("environmentId", "name"),
}
