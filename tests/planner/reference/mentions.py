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


# The labels of what a reference names by a plain name.
NAMED = {
    "model": ("RegisteredModel",),
    "dataset": ("Dataset",),
    "application": ("Application",),
    "environment": ("Environment",),
    "actor": ("Actor",),
    "name": ("Actor",),
}


def entity(graph: Graph, reference: Mapping[str, Any]) -> str:
    """The id that a reference to an entity or an actor stands for. An id stands for itself, whoever has it."""
    kind, value = next(iter(reference.items()))
    if kind == "id":
        return str(value)
    if kind == "external":
        return next(iter(external(graph, value)), NOTHING)
    named = [node["id"] for label in NAMED[kind] for node in graph.of(label) if node["name"] == value]
    former = [old["subjectId"] for old in graph.of("FormerName") if kind == "model" and old["name"] == value]
    return next(iter((*named, *former)), NOTHING)


def lineage_node(graph: Graph, reference: Mapping[str, Any]) -> str | None:
    """The id that a reference to anything in lineage stands for."""
    kind, value = next(iter(reference.items()))
    return dataset_version(graph, value) if kind == "datasetVersion" else entity(graph, reference)
