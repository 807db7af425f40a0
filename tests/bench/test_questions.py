"""The questions that are measured are ours, and fit the schema of today."""

from random import Random

import pytest
from graphql import GraphQLSchema, parse, validate

from bench.cases import QUERIES, READS, REGISTER, Case, content, difference
from bench.graph.sizes import Sizes
from bench.parts.writers import BARE, CREATE
from bench.shapes import document
from tests.fixtures.schema import SCHEMA

OWN = sorted(file for file in QUERIES.glob("*.graphql") if not file.name.endswith(".neo4j.graphql"))
SHAPES = 200


@pytest.fixture
def schema() -> GraphQLSchema:
    return SCHEMA._schema


@pytest.mark.parametrize("file", OWN, ids=lambda file: str(file.stem))
def test_every_document_fits_the_schema(file: object, schema: GraphQLSchema) -> None:
    assert validate(schema, parse((QUERIES / str(file)).read_text())) == []


@pytest.mark.parametrize("text", [BARE, CREATE])
def test_every_mutation_fits_the_schema(text: str, schema: GraphQLSchema) -> None:
    assert validate(schema, parse(text)) == []


@pytest.mark.parametrize("number", range(SHAPES))
def test_every_shape_fits_the_schema(number: int, schema: GraphQLSchema) -> None:
    assert validate(schema, parse(document(Random(f"new {number}")))) == []


def test_hardly_a_shape_comes_twice() -> None:
    assert len({document(Random(f"new {number}")) for number in range(SHAPES)}) > 0.95 * SHAPES


@pytest.mark.parametrize("case", [*READS, REGISTER], ids=lambda case: str(case.name))
def test_every_case_has_variables_in_every_size(case: Case) -> None:
    for scale in (0.05, 0.2):
        assert case.variables(Sizes.of(scale))


def test_a_difference_is_told_by_its_place() -> None:
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}) is None
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == "data.a[1].b: 2 or 3"


def test_content_does_not_depend_on_how_it_is_put() -> None:
    one = {"node": {"labels": ["Entity", "Run"], "createdAt": "2024-01-01T00:00:00Z", "name": None}}
    other = {"node": {"__typename": "Run", "createdAt": "2024-01-01T00:00:00.000000Z"}}
    assert content(one) == content(other)
