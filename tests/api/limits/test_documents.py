"""A document is read, measured and validated once, and what is too large is refused before it is looked at closely."""

import time

import pytest
from graphql import GraphQLError, get_introspection_query

from app.api.errors import told
from app.api.limits import Limits
from app.api.limits.documents import Documents
from app.api.limits.measures import Measure, measures
from app.errors import InvalidQuery
from tests.fixtures.schema import SCHEMA as BUILT

SCHEMA = BUILT._schema
INTROSPECTION = get_introspection_query(specified_by_url=True, directive_is_repeatable=True, schema_description=True)
PAGE = "RegisteredModelConnection"


def read(text: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    """The codes and messages of what is wrong with a document."""
    try:
        errors = Documents(SCHEMA, limits or Limits()).read(text).errors
    except GraphQLError as error:
        errors = (error,)
    return [(str(extensions["code"]), message) for message, extensions in map(told, errors)]


def chain(links: int, spreads: int) -> str:
    """Fragments that each spread the next one so many times."""
    one = "\n".join(f"fragment f{i} on {PAGE} {{ {f'...f{i + 1} ' * spreads}}}" for i in range(links))
    return f"{{ registeredModels {{ ...f0 }} }}\n{one}\nfragment f{links} on {PAGE} {{ totalCount }}"


def test_a_document_is_measured_with_its_fragments_written_out() -> None:
    text = """query { a: registeredModels { ...page } b: registeredModels { ...page @include(if: true) } }
    fragment page on RegisteredModelConnection { nodes { ... on RegisteredModel @skip(if: false) { n: name } } }"""
    (found,) = measures(Documents(SCHEMA).read(text).node)
    assert found == Measure(depth=3, width=2, fields=6, aliases=4, directives=3)


def test_fragments_that_double_24_times_cost_no_time() -> None:
    begin = time.perf_counter()
    (refusal,) = read(chain(24, 2))
    assert time.perf_counter() - begin < 1
    assert refusal == (
        "TOO_COMPLEX",
        "Fields: 16777217 in this document, 500 allowed. Ask for less, or in several requests.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ " + "a { " * 15 + "a" + " }" * 16, "Levels of fields: 16 in this document, 15 allowed."),
        ("{ " + "a " * 21 + "}", "Fields at the root: 21 in this document, 20 allowed."),
        ("{ a { " + "b " * 500 + "} }", "Fields: 501 in this document, 500 allowed."),
        ("{ a { " + " ".join(f"a{i}: b" for i in range(31)) + " } }", "Aliases: 31 in this document, 30 allowed."),
        ("{ a " + "@skip(if: false) " * 51 + "}", "Directives: 51 in this document, 50 allowed."),
        (" ".join(f"query q{i} {{ __typename }}" for i in range(11)), "Operations: 11 in this document, 10 allowed."),
        (
            f"query ({' '.join(f'$v{i}: Int' for i in range(51))}) {{ a }}",
            "Variables of an operation: 51 in this document, 50 allowed.",
        ),
        ("{ a(b: [" + "1 " * 2_000 + "]) }", "The document has more than 2000 tokens."),
        ("# a\n" * 2_001 + "{ __typename }", "The document has more than 2000 tokens."),
        (
            "{ registeredModels { nodes { " + "versions { nodes { id } } " * 100 + "} } }",
            "The document names one field",
        ),
        (chain(240, 1), "The document names one field too often, or nests its fragments too deeply."),
    ],
)
def test_what_is_too_large_says_what_is_allowed(text: str, message: str) -> None:
    (refusal,) = read(text)
    assert refusal[0] == "TOO_COMPLEX"
    assert refusal[1].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "{ ...a } fragment a on Query { ...a }",
        "{ ...a } fragment a on Query { __typename ...b } fragment b on Query { ...c } fragment c on Query { ...a }",
    ],
)
def test_fragments_in_a_circle_are_an_invalid_query(text: str) -> None:
    (refusal,) = read(text)
    assert refusal[0] == "INVALID_QUERY"
    assert refusal[1].startswith("Fragments may not spread themselves: ")


def test_the_introspection_of_every_client_passes() -> None:
    assert read(INTROSPECTION) == []


def test_introspection_can_be_turned_off_and_the_names_of_types_stay() -> None:
    off = Limits(introspection=False)
    assert {code for code, _ in read(INTROSPECTION, off)} == {"INVALID_QUERY"}
    assert read("{ __typename }", off) == []
    assert read("{ registeredModel(name: 1) { nam } }", off)[-1][1].endswith("on type 'RegisteredModel'.")


def test_a_number_that_python_cannot_read_is_told_without_python() -> None:
    (refusal,) = read("{ registeredModels(first: " + "9" * 5_000 + ") { totalCount } }")
    assert refusal[0] == "INVALID_INPUT"
    assert refusal[1].startswith("first: Expected value of type 'Int'; found: 999")


def test_the_same_text_is_read_once() -> None:
    documents = Documents(SCHEMA)
    assert documents.read("{ __typename }") is documents.read("{ __typename }")


def test_what_was_not_asked_for_the_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.limits.documents.MOST_DOCUMENTS", 2)
    documents = Documents(SCHEMA)
    for text in ("{ a: __typename }", "{ b: __typename }", "{ a: __typename }", "{ c: __typename }"):
        documents.read(text)
    assert list(documents.kept) == ["{ a: __typename }", "{ c: __typename }"]
    assert documents.size == sum(document.size for document in documents.kept.values())


def test_documents_are_forgotten_by_their_size_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.limits.documents.MOST_BYTES", 10_000)
    documents = Documents(SCHEMA)
    for i in range(10):
        documents.read(f"{{ a{i}: __typename b{i}: __typename }}")
    assert 1 < len(documents.kept) < 5


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("query a { __typename } query b { __typename }", None, "The document has several operations"),
        ("query a { __typename } query b { __typename }", "c", "The document has no operation of the name"),
        ("{ __typename }", "", "The document has no operation of the name"),
        ("fragment a on Query { __typename }", None, "The document has no operation: "),
    ],
)
def test_an_operation_is_chosen_by_its_name(text: str, name: str | None, message: str) -> None:
    with pytest.raises(InvalidQuery, match=f"^{message}"):
        Documents(SCHEMA).read(text).operation(name)
