"""The tabs that GraphiQL opens with. That each of them has an answer in the demo, the test of the guides says."""

import re
from pathlib import Path

from graphql import OperationDefinitionNode, parse

from tests.docs.test_queries import HEADLINE, QUERIES

SOURCES = Path(__file__).parents[2] / "frontend/src"
STARTERS = (SOURCES / "starters.js").read_text()


def test_there_are_six_which_are_the_queries_of_the_guides_and_the_headline_is_the_first() -> None:
    imported = dict(re.findall(r'^import (\w+) from "(.+\.graphql)";$', STARTERS, re.MULTILINE))
    opened = [(SOURCES / imported[name]).resolve() for name in re.findall(r"^  starter\((\w+)", STARTERS, re.MULTILINE)]

    assert len(opened) == len(set(opened)) == 6
    assert opened[0] == HEADLINE
    assert set(opened) <= set(QUERIES)
    assert {operation(file) for file in opened} == {"query"}


def test_a_starter_with_variables_brings_those_of_its_file() -> None:
    for file in re.findall(r'from "(.+\.json)"', STARTERS):
        assert f'"{file.removesuffix(".json")}.graphql"' in STARTERS
        assert (SOURCES / file).exists()


def operation(file: Path) -> str:
    (definition,) = parse(file.read_text()).definitions
    assert isinstance(definition, OperationDefinitionNode)
    return definition.operation.value
