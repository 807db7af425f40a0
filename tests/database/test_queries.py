import pytest

from app.database.queries import ROOT, all_queries, parse, query


def test_a_file_is_read_as_purpose_declarations_and_body() -> None:
    found = parse(
        "registry/find", "// Finds it.\n// read\n// order NAME node.name\nMATCH (x {id: $id})\nRETURN $id, $a\n"
    )
    assert (found.name, found.purpose) == ("registry/find", "Finds it.")
    assert found.declarations == (("read", ""), ("order", "NAME node.name"))
    assert found.declared("order") == ("NAME node.name",)
    assert found.text == "CYPHER 5\nMATCH (x {id: $id})\nRETURN $id, $a"
    assert found.parameters == {"id", "a"}


@pytest.mark.parametrize("text", ["", "MATCH (x) RETURN x", "// no full stop\nMATCH (x) RETURN x"])
def test_a_file_must_say_what_it_is_for(text: str) -> None:
    with pytest.raises(ValueError, match=r"cypher/a/b\.cypher: the first line must be a comment"):
        parse("a/b", text)


def test_a_query_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        query("registry/no_such_query")


def test_every_file_is_a_query_with_a_body() -> None:
    assert len(all_queries()) == len(list(ROOT.rglob("*.cypher")))
    assert [each.name for each in all_queries() if not each.body] == []
