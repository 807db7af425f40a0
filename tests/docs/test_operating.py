"""What the guide for operators names exists."""

import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from app.settings import Settings, variable

TEXT = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
SUFFIXES = re.compile(r"_(bucket|count|sum|total)$")


def test_every_metric_is_named_and_every_name_is_one() -> None:
    measured = {family.name for family in REGISTRY.collect() if family.name.startswith("pedigree_")}
    assert {SUFFIXES.sub("", name) for name in re.findall(r"pedigree_\w+", TEXT)} == measured


def test_every_variable_is_a_setting() -> None:
    variables = {variable(field) for field in Settings.model_fields}
    assert set(re.findall(r"\b(?:PEDIGREE|NEO4J)_[A-Z_]+\b", TEXT)) <= variables


@pytest.mark.parametrize("anchor", sorted(set(re.findall(r"\]\(#([\w-]+)\)", TEXT))))
def test_every_link_inside_leads_somewhere(anchor: str) -> None:
    headings = {
        re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in re.findall(r"^#+ (.+)$", TEXT, re.M)
    }
    assert anchor in headings or f'<a id="{anchor}">' in TEXT
