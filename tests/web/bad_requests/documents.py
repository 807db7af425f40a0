"""Bad documents: no GraphQL, not of this schema, or too much of it."""

from tests.web.bad_requests.rows import Graph, Row

INVALID = "INVALID_QUERY"
LARGE = "TOO_COMPLEX"
PAGE = "RegisteredModelConnection"
MODELS = "{ registeredModels { nodes { %s } } }"


def fragments(links: int, spreads: int) -> str:
    """Fragments that each spread the next one so many times."""
    chain = "\n".join(f"fragment f{i} on {PAGE} {{ {f'...f{i + 1} ' * spreads}}}" for i in range(links))
    return f"{{ registeredModels {{ ...f0 }} }}\n{chain}\nfragment f{links} on {PAGE} {{ totalCount }}"


def circle(links: int) -> str:
    """Fragments of which the last spreads the first."""
    chain = " ".join(f"fragment f{i} on Query {{ ...f{(i + 1) % links} }}" for i in range(links))
    return f"{{ ...f0 }} {chain}"


def repeated(text: str, times: int) -> str:
    return " ".join(text.replace("#", str(i)) for i in range(times))


def invalid(name: str, query: str, message: str = "", operation: str | None = None) -> Row:
    return Row(name, Graph(query, operation=operation), 400, INVALID, message=message)


def unfit(name: str, query: str) -> Row:
    """A value that is written out and does not fit its type."""
    return Row(name, Graph(query), 400, "INVALID_INPUT")


def large(name: str, query: str, message: str = "") -> Row:
    return Row(name, Graph(query), 400, LARGE, message=message)


WRONG = (
    invalid("an empty document", ""),
    invalid("a blank document", " \n\t"),
    invalid("a comment alone", "# nothing"),
    invalid("a document that breaks off", "{ registeredModels { nodes {"),
    invalid("a brace too many", "{ __typename } }"),
    invalid("SQL", "SELECT * FROM models; DROP TABLE models"),
    invalid("Cypher", "MATCH (n) DETACH DELETE n"),
    invalid("a text that does not end", '{ registeredModel(name: "a) { id } }'),
    invalid("a control character", "{ \x07 }"),
    invalid("an escape that is none", '{ registeredModel(name: "\\x") { id } }'),
    invalid("half of a surrogate pair, escaped", '{ registeredModel(name: "\\uD800") { id } }'),
    invalid("a number that is none", "{ registeredModels(first: 1e) { totalCount } }"),
    invalid("braces too deep", "{" + "... {" * 300 + "__typename" + "}" * 301),
    invalid("lists too deep", "{ nodes(ids: " + "[" * 300 + "]" * 300 + ") { id } }"),
    invalid("a type definition", "type Query { a: Int }"),
    invalid("a fragment alone", "fragment a on Query { __typename }"),
    invalid("a subscription", "subscription { registeredModels { totalCount } }"),
    invalid("an unknown field", "{ registeredModels { nodes { nam } } }", "Cannot query field 'nam'"),
    invalid("an unknown argument", '{ registeredModel(nam: "a") { id } }'),
    invalid("an unknown type", "{ ... on Model { id } }"),
    invalid("an unknown directive", "{ __typename @cached }"),
    invalid("incremental delivery", "{ ... @defer { __typename } }"),
    invalid("an unknown fragment", "{ ...a }"),
    invalid("an unused fragment", "{ __typename } fragment a on Query { __typename }"),
    invalid("two fragments of one name", "{ ...a }" + " fragment a on Query { __typename }" * 2),
    invalid("a fragment of another type", "{ ...a } fragment a on RegisteredModel { id }"),
    invalid("a fragment that spreads itself", circle(1), "Fragments may not spread themselves"),
    invalid("a circle of 100 fragments", circle(100), "Fragments may not spread themselves"),
    invalid("a missing argument", "{ registeredModel { id } }"),
    invalid("an argument twice", '{ registeredModel(name: "a", name: "b") { id } }'),
    unfit("an argument of another type", "{ registeredModel(name: 7) { id } }"),
    invalid("a value with fields", '{ registeredModel(name: "a") { name { id } } }'),
    invalid("an object without fields", '{ registeredModel(name: "a") }'),
    invalid("a conflict of fields", '{ registeredModel(name: "a") { id id: name } }'),
    invalid("an unknown variable", "{ registeredModels(first: $n) { totalCount } }"),
    invalid("an unused variable", "query ($n: Int) { __typename }"),
    invalid("a variable twice", "query ($n: Int, $n: Int) { registeredModels(first: $n) { totalCount } }"),
    invalid("a variable of an output type", "query ($m: RegisteredModel) { __typename }"),
    unfit("a variable at a wrong place", "query ($n: String) { registeredModels(first: $n) { totalCount } }"),
    invalid("a directive twice", "{ __typename @skip(if: false) @skip(if: false) }"),
    invalid("two operations of one name", "query a { __typename } query a { __typename }", operation="a"),
    invalid("two operations without a name", "{ __typename } { __typename }"),
    invalid("several operations and none chosen", "query a { __typename } query b { __typename }"),
    invalid("an operation that is not there", "query a { __typename }", operation="b"),
    invalid("an empty name of an operation", "{ __typename }", operation=""),
    unfit("an integer too large", "{ registeredModels(first: 99999999999) { totalCount } }"),
    unfit("an integer of 5,000 digits", "{ registeredModels(first: " + "9" * 5_000 + ") { totalCount } }"),
    invalid("a name of 200,000 letters", "{ " + "a" * 200_000 + " }"),
    invalid("100 unknown fields", "{ registeredModels { nodes { " + repeated("nam#", 100) + " } } }"),
    invalid(
        "introspection too deep", "{ __schema { types { " + "fields { type { " * 3 + "name" + " } }" * 3 + " } } }"
    ),
)

TOO_MUCH = (
    large("2,001 tokens", "{ nodes(ids: [" + '"" ' * 2_000 + "]) { id } }", "The document has more than 2000 tokens"),
    large("2,001 comments", "#\n" * 2_001 + "{ __typename }"),
    large("16 levels", MODELS % ("latestVersion { model { " * 7 + "id" + " } }" * 7), "Levels of fields: 17"),
    large("501 fields", MODELS % repeated("id", 500), "Fields: 502"),
    large("31 aliases", MODELS % repeated("a#: id", 31), "Aliases: 31"),
    large(
        "30,000 aliases by fragments",
        "{ registeredModels { nodes { ...a ...a ...a } } } "
        "fragment a on RegisteredModel { " + repeated("...b", 100) + " } "
        "fragment b on RegisteredModel { " + repeated("a#: id", 100) + " }",
    ),
    large("21 fields at the root", "{ " + repeated("a: __typename", 21) + " }", "Fields at the root: 21"),
    large("51 directives", "{ __typename " + "@skip(if: false) " * 51 + "}", "Directives: 51"),
    large("11 operations", repeated("query q# { __typename }", 11), "Operations: 11"),
    large("51 variables", "query (" + repeated("$v#: Int", 51) + ") { __typename }", "Variables of an operation: 51"),
    large("24 fragments that double", fragments(24, 2), "Fields: 16777217"),
    large("140 fragments that double", fragments(140, 2)),
    large("240 fragments in a row", fragments(240, 1), "The document names one field too often, or nests"),
    large("one field 100 times", MODELS % repeated("versions { nodes { id } }", 100), "The document names one field"),
    large(
        "pages in pages",
        "{ registeredModels(first: 100) { nodes { "
        + repeated("v#: versions(first: 100) { nodes { id } }", 5)
        + " } } }",
        "This may cost 50100 points, 50000 are allowed.",
    ),
    large(
        "walks in pages", "{ modelVersions(first: 100) { nodes { upstream { complete } } } }", "This may cost 125100"
    ),
    large(
        "walks in walks", '{ lineage(of: {id: "a"}, direction: UPSTREAM) { nodes { node { upstream { complete } } } } }'
    ),
    large(
        "an introspection that explodes",
        "{ __schema { types { "
        + repeated("f#: fields { args { type { name } } type { fields { type { name } } } }", 10)
        + " } } }",
    ),
    large(
        "a filter of 51 conditions",
        "{ registeredModels(where: {or: [" + repeated('{name: {eq: "#"}}', 51) + "]}) { totalCount } }",
        "A filter may have 50 conditions, this has 51.",
    ),
    large(
        "a filter that denies 64 times",
        "{ registeredModels(where: " + "{not: " * 64 + '{name: {eq: "a"}}' + "}" * 64 + ") { totalCount } }",
        "A filter may be nested 12 deep, this is 66.",
    ),
)

ROWS = (*WRONG, *TOO_MUCH)
