"""Nodes and edges as the statements of walks bring them: lists of values, which are read as maps.

A list spares a name for each value. Of a node only what is wanted comes, as its scope says; of an edge all.
"""

from collections.abc import Sequence
from typing import Any

NEEDED = ("id", "isStub")  # of each node, by those who put an answer together
EDGE = (
    "id",
    "kind",
    "role",
    "weight",
    "detail",
    "assertedById",
    "viaId",
    "derivation",
    "dependency",
    "sourceId",
    "targetId",
    "recordedAt",
    "validFrom",
    "validTo",
    "retractionReason",
    "replacedById",
    "closesCycle",
)


def answered_node(item: Sequence[Any], properties: Sequence[str]) -> dict[str, Any]:
    """A node as a map of the properties that were asked for, with its labels."""
    values, labels = item
    node = dict(zip(properties, values, strict=True))
    node["labels"] = labels
    return node


def answered_edge(values: Sequence[Any]) -> dict[str, Any]:
    """An edge as a map."""
    return dict(zip(EDGE, values, strict=True))
