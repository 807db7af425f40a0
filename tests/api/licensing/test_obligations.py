"""What an asset is obliged to, over HTTP: what the answer says, as of an instant, and what it costs."""

from typing import Any

import pytest
from neo4j import AsyncDriver

from app.database.connection import sent
from app.domain.licensing import reading
from tests.api.conftest import Client
from tests.api.licensing.asking import ask, told
from tests.api.licensing.reference import Answer
from tests.api.lineage.drawing import Drawing, Edge, Node, day, drawn

REVIEWS = Node("reviews", "DatasetVersion", {"datasetId": "r", "licenseDeclared": "CC BY-NC 4.0"})
COMPANY = Drawing(
    nodes=(
        REVIEWS,
        Node("holdout", "DatasetVersion", {"datasetId": "h", "licenseDeclared": "CC BY-NC-ND 4.0"}),
        Node("training", "Run"),
        Node("commit", "Commit", {"sha": "0" * 40}),
        Node("tagger", properties={"modelId": "tagger", "licenseDeclared": "AGPL-3.0-only"}),
        Node("base", properties={"modelId": "base", "licenseDeclared": "GPL-3.0-only OR MIT"}),
        Node("ranker", properties={"modelId": "ranker", "licenseDeclared": "GPL-2.0 WITH Classpath-exception-2.0"}),
        Node("named", "UnknownAsset", {"isStub": True}),
        Node("shop", "Application"),
        Node("session", "Evaluation"),
        Node("judge", properties={"modelId": "judge", "licenseDeclared": "proprietary"}),
    ),
    edges=(
        Edge("e1", "tagger", "training", "GENERATED_BY"),
        Edge("e2", "training", "reviews", "USED", {"role": "train"}),
        Edge("e3", "training", "holdout", "USED", {"role": "test"}),
        Edge("e4", "training", "commit", "USED", {"role": "code"}),
        Edge("e5", "tagger", "base", begin=2),
        Edge("e6", "base", "named", end=4),
        Edge("e7", "shop", "tagger", "DEPENDS_ON", {"kind": "component"}),
        Edge("e8", "shop", "ranker", "DEPENDS_ON", {"kind": "component"}),
        Edge("e9", "session", "tagger", "EVALUATED"),
        Edge("e10", "session", "judge", "JUDGED_BY"),
    ),
)


async def test_licenses_carry_from_training_data_bases_and_components_and_not_from_tests_code_and_judges(
    client: Client, graph: AsyncDriver
) -> None:
    await COMPANY.write(graph)
    assert told(await ask(client, "shop")) == Answer(
        {
            "NON_COMMERCIAL": [("reviews", 3, None)],
            "SHARE_ALIKE": [("ranker", 1, None), ("tagger", 1, None)],
            "ATTRIBUTION": [("ranker", 1, None), ("tagger", 1, None), ("base", 2, None), ("reviews", 3, None)],
        },
        "NON_COMMERCIAL",
        ["ranker", "tagger", "base", "reviews"],
        [],
    )


async def test_as_of_an_instant_the_edges_and_waivers_of_that_time_count(client: Client, graph: AsyncDriver) -> None:
    said: dict[str, Any] = {"assetId": "reviews", "kinds": ["NON_COMMERCIAL"], "reason": "bought"}
    waiver = Node("w", "LicenseWaiver", {**said, "validFrom": day(5), "validTo": day(7)})
    await Drawing((*COMPANY.nodes, waiver), COMPANY.edges).write(graph)
    first, third, sixth = [await ask(client, "tagger", day(number).isoformat()) for number in (1, 3, 6)]
    assert told(first).attributions == ["tagger", "reviews"]
    assert (told(third).unknown, third["mostRestrictive"]) == (["named"], "UNKNOWN")
    assert third["unknown"] == [{"node": {"id": "named"}, "unknownBecause": "NOT_DECLARED"}]
    assert told(sixth).obligations["NON_COMMERCIAL"] == [("reviews", 2, "w")]
    assert sixth["mostRestrictive"] == "SHARE_ALIKE"
    assert (sixth["asOfSettled"], (await ask(client, "tagger"))["asOfSettled"]) == (True, None)


async def test_a_source_says_what_was_declared_how_it_is_read_and_where_that_is_described(
    client: Client, graph: AsyncDriver
) -> None:
    await COMPANY.write(graph)
    query = """{ node(id: "shop") { ... on Application { licenseObligations {
      obligations { kind scope sources {
        node { id } declared spdx chosen exceptions describedAt unknownBecause scope
      } }
    } } } }"""
    answer = (await client.data(query))["node"]["licenseObligations"]["obligations"]
    sources = {
        (each["kind"], source["spdx"]): source for each in answer for source in each["sources"] if source["declared"]
    }
    base = sources["ATTRIBUTION", "GPL-3.0-only OR MIT"]
    assert (base["chosen"], base["describedAt"]) == ("MIT", ["https://scancode-licensedb.aboutcode.org/mit.html"])
    ranker = sources["SHARE_ALIKE", "GPL-2.0-only WITH Classpath-exception-2.0"]
    assert (ranker["scope"], ranker["exceptions"]) == ("WORK", ["Classpath-exception-2.0"])
    assert ranker["declared"] == "GPL-2.0 WITH Classpath-exception-2.0"
    assert [each["scope"] for each in answer if each["kind"] == "SHARE_ALIKE"] == ["NETWORK"]
    assert {source["unknownBecause"] for source in sources.values()} == {None}


async def test_any_number_of_ancestors_takes_two_statements_for_any_number_of_assets(
    client: Client, graph: AsyncDriver
) -> None:
    chain = drawn((f"n{i:03}", f"n{i + 1:03}") for i in range(200))
    nodes = tuple(Node(node.id, properties={"licenseDeclared": "CC BY-NC 4.0"}) for node in chain.nodes)
    await Drawing(nodes, chain.edges).write(graph)
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Licensed { licenseObligations {
      complete obligations { kind sources { node { id } path { length nodes { id } } } }
    } } } }"""
    names: list[str] = []
    token = sent.set(names)
    found = (await client.data(query, ids=["n000", "n100"]))["nodes"]
    sent.reset(token)
    counts = [len(each["licenseObligations"]["obligations"][0]["sources"]) for each in found]
    assert counts == [201, 101]
    assert [name for name in names if "lic" in name or "walk" in name] == [
        "licensing/ancestry",
        "lineage/walk/found",
    ]


async def test_the_ways_are_brought_for_who_asks_for_them_alone(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    query = '{ node(id: "shop") { ... on Licensed { licenseObligations { mostRestrictive unknown { spdx } } } } }'
    answer = (await client.data(query))["node"]["licenseObligations"]
    assert answer == {"mostRestrictive": "NON_COMMERCIAL", "unknown": []}


async def test_more_ancestors_than_are_looked_at_leave_the_answer_incomplete(
    client: Client, graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_LIMIT", 2)
    chain = drawn((f"n{i}", f"n{i + 1}") for i in range(5))
    await chain.write(graph)
    answer = await ask(client, "n0")
    assert told(answer).unknown == ["n1", "n2"]
    assert (answer["complete"], answer["truncation"]) == (False, {"reason": "BUDGET"})
