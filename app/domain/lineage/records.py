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
UNTOLD = {"viaId": None, "replacedById": None}


def answered_node(item: Sequence[Any], properties: Sequence[str]) -> dict[str, Any]:
    """A node as a map of the properties that were asked for, with its labels."""
    values, labels = item
    node = dict(zip(properties, values, strict=True))
    node["labels"] = labels
    return node


def answered_edge(values: Sequence[Any], *, is_partial: bool = False) -> dict[str, Any]:
    """An edge as a map. For somebody from whom something is hidden without the ids of what may be that."""
    edge = dict(zip(EDGE, values, strict=True))
    return {**edge, **UNTOLD} if is_partial else edge


def completeness(omitted: int, is_withheld: bool, settled: bool | None) -> dict[str, Any]:
    """Whether an answer is complete, and why not: so much was left out for the limit, or something must not be seen."""
    return {
        "complete": not omitted and not is_withheld,
        "withheld": is_withheld,
        "truncation": {"reason": "BUDGET", "omittedAtLeast": omitted} if omitted else None,
        "asOfSettled": settled,
    }
