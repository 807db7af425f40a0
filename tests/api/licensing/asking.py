"""The question that the tests of obligations send, and its answer in the form of the reference."""

from itertools import pairwise
from typing import Any

from tests.api.conftest import Client
from tests.api.licensing.reference import Answer

OBLIGATIONS = """
query ($id: ID!, $asOf: DateTime) {
  node(id: $id) {
    ... on Licensed {
      licenseObligations(asOf: $asOf) {
        obligations {
          kind isWaived
          sources { node { id } path { length nodes { id } edges { sourceId targetId } } waivedBy { id } }
        }
        mostRestrictive
        attributions { node { id } }
        unknown { node { id } unknownBecause }
        complete withheld truncation { reason } asOfSettled disclaimer
      }
    }
  }
}
"""


async def ask(client: Client, start: str, as_of: str | None = None) -> dict[str, Any]:
    """The whole answer. Each path leads from the start to the license."""
    answer: dict[str, Any] = (await client.data(OBLIGATIONS, id=start, asOf=as_of))["node"]["licenseObligations"]
    for obligation in answer["obligations"]:
        for source in obligation["sources"]:
            check(start, source)
        assert obligation["isWaived"] == all(source["waivedBy"] for source in obligation["sources"])
    assert "no legal advice" in answer["disclaimer"]
    return answer


def check(start: str, source: dict[str, Any]) -> None:
    path = source["path"]
    nodes = [node["id"] for node in path["nodes"]]
    assert (nodes[0], nodes[-1], path["length"]) == (start, source["node"]["id"], len(nodes) - 1)
    assert [(edge["sourceId"], edge["targetId"]) for edge in path["edges"]] == list(pairwise(nodes))


def told(answer: dict[str, Any]) -> Answer:
    """The answer as the reference gives it."""
    return Answer(
        {
            each["kind"]: [
                (source["node"]["id"], source["path"]["length"], (source["waivedBy"] or {}).get("id"))
                for source in each["sources"]
            ]
            for each in answer["obligations"]
        },
        answer["mostRestrictive"],
        [source["node"]["id"] for source in answer["attributions"]],
        [source["node"]["id"] for source in answer["unknown"]],
    )
