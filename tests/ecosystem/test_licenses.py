"""Licenses as real records spell them, and what the real graph inherits of them."""

from collections import Counter
from itertools import pairwise
from typing import Any

from app.domain.licenses import spdx_of
from tests.ecosystem.answers import NAME, Questions, exported_name, name_of
from tests.ecosystem.conversion import Ecosystem

OBLIGATIONS = (
    """query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ...Name
    ... on Licensed {
      licenseObligations {
        complete
        obligations { kind sources { node { ...Name } path { nodes { ...Name } } } }
      }
    }
  }
}"""
    + NAME
)
AT_ONCE = 100
ASKING = ("CC BY-NC 4.0", "CC-BY-NC-4.0", "CC BY NC 4.0", "CC-BY-NC", "CC-BY-NC 4.0", "CC BY-NC-SA 4.0")
MORE = ("CC by-NC-SA 4.0", "CC BY NC 4.0 (model weights)", "OPT-175B License", "GLM-130B License")
NON_COMMERCIAL = {
    *(*ASKING, *MORE, "Mistral AI Non-Production License"),
    "StabilityAI Non-Commercial Research Community License",
}
TAINTED = 40


def test_of_the_spellings_of_real_records_most_are_recognized_and_none_is_guessed(ecosystem: Ecosystem) -> None:
    said = Counter(node["license"] for node in ecosystem.nodes.values() if node["license"])
    known = {spelling: spdx for spelling in said if (spdx := spdx_of(spelling)) is not None}
    assert (said.total(), sum(said[spelling] for spelling in known)) == (352, 255)
    assert (len(said), len(known)) == (69, 46)
    assert {spelling for spelling in said if spelling in NON_COMMERCIAL} == NON_COMMERCIAL
    named = {"custom", "Custom", "Apple", "unknkown", "mC4, OSCAR", "Modified MIT License", "Tongyi Qianwen"}
    assert named <= said.keys() - known.keys()


def above(lines: list[dict[str, Any]], name: str) -> set[str]:
    """What the exported graph leads to from a name, itself among it: looked for edge by edge."""
    found = {name}
    while True:
        more = {exported_name(e["to"]) for e in lines if "from" in e and exported_name(e["from"]) in found}
        if more <= found:
            return found
        found |= more


async def told(questions: Questions) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The sources of each kind of obligation of everything that has a license or should, by its name."""
    types = ("ModelVersion", "DatasetVersion", "Application")
    ids = [line["id"] for line in questions.lines if line["type"] in types]
    found = {}
    for start in range(0, len(ids), AT_ONCE):
        answer = await questions.client.data(OBLIGATIONS, ids=ids[start : start + AT_ONCE])
        for node in answer["nodes"]:
            assert node["licenseObligations"]["complete"]
            obligations = node["licenseObligations"]["obligations"]
            found[name_of(node)] = {each["kind"]: each["sources"] for each in obligations}
    return found


async def test_what_forbids_commercial_use_is_found_above_everything_with_a_way_to_it(
    questions: Questions, ecosystem: Ecosystem
) -> None:
    bound = {name for name, node in ecosystem.nodes.items() if node["license"] in NON_COMMERCIAL}
    obligations = await told(questions)
    assert obligations.keys() == ecosystem.names("model", "dataset", "application")
    for name, sources in obligations.items():
        forbidding = sources.get("NON_COMMERCIAL", [])
        reached = above(questions.lines, name)
        assert {name_of(source["node"]) for source in forbidding} == reached & bound, name
        silent = {other for other in reached if ecosystem.nodes[other]["license"] is None and other != name}
        assert silent <= {name_of(source["node"]) for source in sources.get("UNKNOWN", ())}, name
        for source in forbidding:
            way = [name_of(node) for node in source["path"]["nodes"]]
            assert (way[0], way[-1]) == (name, name_of(source["node"]))
            assert all(later in ecosystem.nodes[early]["dependencies"] for early, later in pairwise(way))
    assert len([name for name, sources in obligations.items() if "NON_COMMERCIAL" in sources]) == TAINTED
