"""References in arguments: what they stand for."""

from collections.abc import Mapping
from typing import Any

from tests.planner.graph import Graph, Node

NOTHING = "nothing has this id"


def dataset_version(graph: Graph, reference: Mapping[str, Any] | None) -> str | None:
    """The id that a reference to a snapshot stands for; one of something unknown matches nothing."""
    if reference is None:
        return None
    kind, value = next(iter(reference.items()))
    found = [node["id"] for node in graph.of("DatasetVersion") if _is(graph, node, kind, value)]
    return found[0] if found else NOTHING


def _is(graph: Graph, node: Node, kind: str, value: Any) -> bool:
    if kind == "version":
        dataset = graph.by_id[node["datasetId"]]
        return bool(dataset["name"] == value["dataset"] and node["version"] == value["version"])
    return bool(node["id"] in external(graph, value)) if kind == "external" else bool(node[kind] == value)


def external(graph: Graph, key: Mapping[str, Any]) -> list[str]:
    """The ids of what has this name in another system."""
    return [
        reference["subjectId"]
        for reference in graph.of("ExternalReference")
        if (reference["system"], reference["externalId"]) == (key["system"], key["externalId"])
    ]
