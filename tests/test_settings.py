from pathlib import Path

import pytest
from pydantic import ValidationError

from app.cli.configuration import page
from app.settings import Settings, variable

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_the_page_of_the_configuration_is_fresh() -> None:
    assert (ROOT / "docs" / "configuration.md").read_text() == page()


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEDIGREE_PORT", "9000")
    monkeypatch.setenv("NEO4J_URI", "neo4j://graph:7687")

    assert Settings().port == 9000
    assert Settings().neo4j_uri == "neo4j://graph:7687"


def test_an_argument_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEDIGREE_PORT", "9000")
    monkeypatch.setenv("NEO4J_URI", "neo4j://graph:7687")

    assert Settings(port=1).port == 1
    assert Settings(neo4j_uri=None).neo4j_uri is None


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "")

    assert Settings().neo4j_uri is None


def test_folders_follow_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert Settings().data_dir == tmp_path / "data" / "pedigree"
    assert Settings().cache_dir == tmp_path / "cache" / "pedigree"


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(Settings.model_validate({"neo4j_password": "secret"}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("port", 70000), ("neo4j_heap", "much"), ("read_timeout", 0), ("maven_url", "file:///tmp"), ("log_format", "xml")],
)
def test_a_wrong_value_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({field: value})
