"""Nodes and edges as they come from the database, as they are answered."""

from datetime import datetime
from typing import Any

NODE_INSTANTS = ("createdAt", "recordedAt")
EDGE_INSTANTS = ("recordedAt", "validFrom", "validTo")


def answered_node(values: dict[str, Any]) -> dict[str, Any]:
    """A node with its instants read from their text."""
    return _with_instants(values, NODE_INSTANTS)


def answered_edge(values: dict[str, Any]) -> dict[str, Any]:
    """An edge with its instants read from their text."""
    return _with_instants(values, EDGE_INSTANTS)


def _with_instants(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    for name in names:
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    return values
