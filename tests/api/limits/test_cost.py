"""The price of an operation is known before it is executed, and is what docs/graphql.md says."""

from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query

from app.api.limits import Limits
from app.api.limits.cost import Tariff
from app.errors import TooComplex
from tests.fixtures.schema import PLANNER, SCHEMA

TARIFF = Tariff(SCHEMA._schema, PLANNER.kinds, Limits())
HEADLINE = Path("app/demo/headline.graphql")


def cost(text: str, **variables: Any) -> int:
    document = SCHEMA.documents.read(text)
    assert document.errors == ()
    return TARIFF.cost(document, document.operation(None), variables)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("{ __typename }", 0),
        ('{ registeredModel(name: "a") { id name } }', 1),
        ('{ registeredModel(name: "a") { latestVersion { number license { spdx } } } }', 2),
        ("{ registeredModels { nodes { id } } }", 20),
        ("{ registeredModels(first: 5) { edges { cursor node { id } } pageInfo { endCursor } } }", 5),
        ("{ registeredModels(last: 5) { totalCount } }", 15),
        ("{ registeredModels(first: 5) { nodes { latestVersion { run { status } } } } }", 5 * 3),
        ("{ registeredModels(first: 5) { nodes { versions(first: 10) { nodes { id } } } } }", 5 * (1 + 10)),
        ("{ registeredModels(first: 5) { nodes { versions { totalCount } } } }", 5 * (1 + 20 + 10)),
        ('{ registeredModel(name: "a") { tags { key } } }', 1 + 10),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        (
            '{ registeredModels(first: 1, where: {name: {eq: "a"}, kind: [VENDOR, HOSTED_API]}) { nodes { id } } }',
            1 + 2 * 5,
        ),
        ('{ lineage(of: {id: "a"}, direction: UPSTREAM) { complete } }', 25 * 10 + 1_000),
        ('{ lineage(of: {id: "a"}, direction: UPSTREAM, maxDepth: 3, limit: 50) { complete } }', 3 * 10 + 50),
        (
            """{ lineage(of: {id: "a"}, direction: UPSTREAM, limit: 50) {
              nodes { node { label } } edges { kind source { id } } } }""",
            25 * 10 + 50 * (1 + 1 + 1),
        ),
        ('{ impact(of: [{id: "a"}, {id: "b"}], limit: 50) { complete } }', 2 * 25 * 10 + 50),
        ('{ lineageCounts(of: {id: "a"}, direction: UPSTREAM, maxDepth: 2) { total } }', 2 * 10 + 1),
        ('mutation { createRegisteredModel(input: {name: "a", tags: [{key: "k", value: "v"}]}) { replayed } }', 10 + 3),
        (
            'mutation { createRegisteredModel(input: {name: "a"}) { registeredModel { owner { name } } } }',
            10 + 1 + 2,
        ),
    ],
)
def test_a_price_is_what_may_have_to_be_fetched(text: str, points: int) -> None:
    assert cost(text) == points


def test_pages_in_pages_multiply() -> None:
    inner = " ".join(f"v{i}: versions(first: 100) {{ nodes {{ id }} }}" for i in range(5))
    assert cost(f"{{ registeredModels(first: 100) {{ nodes {{ {inner} }} }} }}") == 100 * (1 + 5 * 100)


def test_a_fragment_costs_the_same_as_what_it_stands_for() -> None:
    text = """{ a: registeredModels(first: 3) { ...page } b: registeredModels(first: 4) { ...page } }
    fragment page on RegisteredModelConnection { totalCount nodes { ...model } }
    fragment model on RegisteredModel { latestVersion { id } }"""
    assert cost(text) == 3 * 2 + 10 + 4 * 2 + 10


def test_variables_decide() -> None:
    text = """query ($first: Int = 7, $counted: Boolean!) {
      registeredModels(first: $first) { totalCount @include(if: $counted) } }"""
    assert cost(text, counted=False) == 7
    assert cost(text, counted=True) == 17
    assert cost(text, counted=True, first=50) == 60
    assert cost(text, counted=True, first=None) == 30


@pytest.mark.parametrize(
    ("of", "points"),
    [
        ({"version": {"id": "x"}}, 251),
        ({"application": {"name": "x"}}, 12_501),
        ({"environment": {"name": "x"}}, 12_501),
        (None, 12_501),
        (7, 12_501),
        ("version", 12_501),
    ],
)
def test_a_report_costs_what_its_versions_do(of: object, points: int) -> None:
    assert cost("query ($of: ReportRef!) { complianceReport(of: $of) { complete } }", of=of) == points


def test_an_object_in_a_variable_is_counted_each_time() -> None:
    text = """mutation ($input: CreateRegisteredModelInput!) { createRegisteredModel(input: $input) { replayed } }"""
    assert cost(text, input={"name": "a"}) == 11
    assert cost(text, input={"name": "a", "tags": [{"key": "k", "value": "v"}] * 10}) == 31


@pytest.mark.parametrize("first", [-1, 10**30, float("inf"), "many", [1], True])
def test_a_size_that_is_none_still_has_a_price(first: object) -> None:
    assert 0 <= cost("query ($n: Int) { registeredModels(first: $n) { nodes { id } } }", n=first) <= 10_000


def test_a_price_is_calculated_once_for_the_variables_that_it_depends_on() -> None:
    text = "query ($n: Int, $name: String!) { registeredModel(name: $name) { versions(first: $n) { nodes { id } } } }"
    for name in ("a", "b", "c"):
        assert cost(text, n=3, name=name) == 4
    assert list(SCHEMA.documents.read(text).costs.values()) == [4]


def test_the_queries_of_the_guides_are_cheap() -> None:
    files = (HEADLINE, *Path("docs/queries").glob("*.graphql"))
    expensive = {file.name: found for file in files if (found := cost(file.read_text())) > Limits().cost / 5}
    assert expensive == {}


def test_the_introspection_of_every_client_is_affordable() -> None:
    text = get_introspection_query(specified_by_url=True, directive_is_repeatable=True, schema_description=True)
    assert cost(text) < Limits().cost * 0.7


def test_an_introspection_that_explodes_is_not() -> None:
    inner = " ".join(f"f{i}: fields {{ type {{ fields {{ type {{ name }} }} }} }}" for i in range(10))
    assert cost(f"{{ __schema {{ types {{ {inner} }} }} }}") > Limits().cost


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"or": [{"name": {"eq": str(i)}} for i in range(51)]}, "A filter may have 50 conditions, this has 51."),
        ({"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}}}}}}, ""),
        (
            {"and": [{"or": [{"and": [{"or": [{"and": [{"or": [{"name": {"eq": "a"}}]}]}]}]}]}]},
            "A filter may be nested 12 deep, this is 14.",
        ),
    ],
)
def test_a_filter_that_neo4j_would_plan_for_long_is_refused(where: object, message: str) -> None:
    text = "query ($where: RegisteredModelFilter) { registeredModels(where: $where) { totalCount } }"
    if message:
        with pytest.raises(TooComplex, match=f"^{message}$"):
            cost(text, where=where)
    else:
        assert cost(text, where=where) == 20 + 10 + 5
