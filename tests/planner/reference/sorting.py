"""Orders that are more than a property."""

import math
from collections.abc import Mapping
from typing import Any

from tests.planner.graph import Graph, Node
from tests.planner.reference.evaluations import figures
from tests.planner.reference.pages import SortKey


def figure(graph: Graph, asked: Mapping[str, Any]) -> SortKey:
    """The latest figure of a version. What is not a number is as good as none."""

    def key(version: Node) -> float | None:
        found = figures(graph, version, asked)
        value = found[0]["value"] if found else None
        return None if value is None or math.isnan(value) else float(value)

    return key
