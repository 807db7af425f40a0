"""`pedigree policies`: those that come with it, and what rules can speak of."""

import json
from pathlib import Path

from typer.testing import CliRunner

from app.cli import app
from app.cli.policies import page
from app.domain.governance.library import library

PAGE = Path(__file__).parents[2] / "docs" / "policy-snapshot.md"


def test_they_are_listed_and_shown() -> None:
    listed = CliRunner().invoke(app, ["policies", "list"])
    assert [line.split()[0] for line in listed.output.splitlines()] == list(library())
    shown = CliRunner().invoke(app, ["policies", "show", "licenses"])
    assert json.loads(shown.output) == library()["licenses"]


def test_one_that_there_is_not_is_told_with_those_that_there_are() -> None:
    result = CliRunner().invoke(app, ["policies", "show", "license"])
    assert result.exit_code == 1
    assert "There is no policy license: there are base-model" in result.output


def test_the_page_of_what_they_see_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
