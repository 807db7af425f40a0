"""The operations that the tests of lineage send, and their answers in short."""

from typing import Any

from tests.api.conftest import Client
from tests.api.lineage.reference import Question

LINEAGE = """
query ($of: LineageRef!, $direction: LineageDirection!, $maxDepth: Int, $through: LineageThrough, $where: LineageWhere,
       $asOf: DateTime, $limit: Int! = 1000) {
  lineage(of: $of, direction: $direction, maxDepth: $maxDepth, through: $through, where: $where, asOf: $asOf,
          limit: $limit) {
    start { id }
    nodes { depth node { __typename id isStub } }
    edges { id kind sourceId targetId }
    complete truncation { reason omittedAtLeast }
    frontier { id } stubs { id } asOfSettled
  }
}
"""


async def ask(client: Client, question: Question) -> dict[str, Any]:
    """The answer to a question, in the form of the reference."""
    answer = (await client.data(LINEAGE, **question.variables))["lineage"]
    assert answer["start"] == {"id": question.start}
    cut = answer["truncation"]
    return {
        "nodes": [(stop["node"]["id"], stop["depth"]) for stop in answer["nodes"]],
        "edges": ids(answer["edges"]),
        "complete": answer["complete"],
        "truncation": (cut["reason"], cut["omittedAtLeast"]) if cut else None,
        "frontier": ids(answer["frontier"]),
        "stubs": sorted(ids(answer["stubs"])),
    }


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]
