"""What recalls reach."""

from collections.abc import Set

from tests.planner.graph import Graph
from tests.planner.reference.fields import current

LINEAGE = ("USED", "GENERATED_BY", "DERIVED_FROM", "DEPENDS_ON", "EVALUATED", "ON", "JUDGED_BY", "SERVES")


def recalled(graph: Graph) -> Set[str]:
    """The ids of all that recalls reach now, whoever asks."""
    whole = graph.whole or graph
    found: set[str] = set()
    for recall in current(whole.of("Recall"), None):
        stops = [
            each
            for each in current(whole.of("Mitigation"), None)
            if each["recallId"] == recall["id"] and each["expiresAt"] is None  # all instants have passed
        ]
        nodes = {each["onId"] for each in stops}
        edges = {edge for each in stops for edge in each["edgeIds"] or ()}
        waiting = [target for _, target in whole.out(recall, "RECALLS")]
        seen = {target["id"] for target in waiting}
        while waiting:
            for edge, later in whole.into(waiting.pop(), *LINEAGE):
                if later["id"] not in seen | nodes and edge["id"] not in edges:
                    seen.add(later["id"])
                    waiting.append(later)
        found |= seen
    return found
