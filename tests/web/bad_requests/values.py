"""Bad values: variables, scalars, references, cursors, sizes; and changes that are refused."""

from typing import Any

from tests.web.bad_requests.rows import Graph, Row

INPUT = "INVALID_INPUT"
DAY = "2026-01-01T00:00:00Z"
MODELS = """query ($n: Int, $after: String, $where: RegisteredModelFilter) {
  registeredModels(first: $n, after: $after, where: $where) { totalCount } }"""
AS_OF = "query ($at: DateTime) { deployments(asOf: $at) { totalCount } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
VERSION = "query ($by: ModelVersionRef!) { modelVersion(by: $by) { id } }"
WALK = """query ($of: LineageRef!, $depth: Int, $limit: Int! = 10) {
  lineage(of: $of, direction: UPSTREAM, maxDepth: $depth, limit: $limit) { complete } }"""
ANCESTORS = "query ($of: [LineageRef!]!) { commonAncestors(of: $of) { complete } }"
REGISTER = "mutation ($input: RegisterModelVersionInput!) { registerModelVersion(input: $input) { created } }"
CREATE = "mutation ($input: CreateRegisteredModelInput!) { createRegisteredModel(input: $input) { replayed } }"
UPDATE = (
    "mutation ($input: UpdateRegisteredModelInput!) { updateRegisteredModel(input: $input) { registeredModel { id } } }"
)
EVALUATE = "mutation ($input: RecordEvaluationInput!) { recordEvaluation(input: $input) { replayed } }"
ALIAS = "mutation ($input: SetModelAliasInput!) { setModelAlias(input: $input) { modelVersion { id } } }"
LINEAGE = "mutation ($input: RecordLineageInput!) { recordLineage(input: $input) { edge { id } } }"
DELETE = "mutation ($input: DeleteModelVersionInput!) { deleteModelVersion(input: $input) { deletedId } }"
FIRST = {"number": {"model": "churn", "number": 1}}
OF_FIRST = {"modelVersion": FIRST}
OF_SECOND = {"modelVersion": {"number": {"model": "churn", "number": 2}}}
SNAPSHOT = {"version": {"dataset": "clicks", "version": "1"}}


def wrong(name: str, query: str, path: list[str | int], **variables: Any) -> Row:
    """A variable that does not fit: nothing is executed."""
    return Row(name, Graph(query, variables), 400, INPUT, path)


def measured(metric: dict[str, Any]) -> dict[str, Any]:
    """An evaluation of one figure."""
    return {"version": FIRST, "on": SNAPSHOT, "metrics": [{"name": "auc", "value": 0.9, **metric}]}


def derived(source: object, target: object) -> dict[str, Any]:
    """That one version came from another."""
    return {"kind": "DERIVED_FROM", "derivation": "FINE_TUNE", "source": source, "target": target}


def refused(name: str, query: str, path: list[str | int] | None = None, code: str = INPUT, **variables: Any) -> Row:
    """An argument or a change that is refused while it is executed."""
    return Row(name, Graph(query, variables), 200, code, path)


VARIABLES = (
    wrong("no variable", VERSION, ["by"]),
    wrong("null for what is needed", VERSION, ["by"], by=None),
    wrong("a text for a number", MODELS, ["n"], n="7"),
    wrong("a fraction for a whole number", MODELS, ["n"], n=1.5),
    wrong("a number of 33 bits", MODELS, ["n"], n=2**33),
    wrong("a truth for a number", MODELS, ["n"], n=True),
    wrong("a number for a text", MODELS, ["after"], after=7),
    wrong("a list for an object", MODELS, ["where", "name"], where={"name": ["a"]}),
    wrong("a text for an object", MODELS, ["where"], where="name = a"),
    wrong("an unknown field of a filter", MODELS, ["where"], where={"nam": {"eq": "a"}}),
    wrong("an unknown operator", MODELS, ["where", "name"], where={"name": {"$gt": ""}}),
    wrong("an unknown value of an enum", MODELS, ["where", "kind", 0], where={"kind": ["NONE"]}),
    wrong("null in a list", NODES, ["ids", 1], ids=["a", None]),
    wrong("an object as id", NODES, ["ids", 0], ids=[{"a": 1}]),
    wrong("a fraction as id", NODES, ["ids", 0], ids=[1.5]),
    wrong("no key of several", VERSION, ["by"], by={}),
    wrong("two keys of several", VERSION, ["by"], by={"id": "a", "digest": "sha256:" + "a" * 64}),
    wrong("a key that is null", VERSION, ["by", "id"], by={"id": None}),
    wrong("a value like our messages", MODELS, ["after"], after={"a": ", but encountered error '" * 9_000}),
    wrong("no input", REGISTER, []),
    wrong("an input that is a text", REGISTER, [], input="churn"),
    wrong("an input without what it needs", REGISTER, [], input={}),
    wrong("an input with something else", REGISTER, [], input={"model": "churn", "$where": "1"}),
)

SCALARS = (
    wrong("an instant without an offset", AS_OF, ["at"], at="2026-03-03T14:00:00"),
    wrong("an instant that is a word", AS_OF, ["at"], at="yesterday"),
    wrong("an instant that is a number", AS_OF, ["at"], at=1772546400),
    wrong("an instant that is none", AS_OF, ["at"], at="2026-02-30T00:00:00Z"),
    wrong("an instant out of time", AS_OF, ["at"], at="0001-01-01T00:00:00+14:00"),
    wrong("an instant with a backslash", AS_OF, ["at"], at="\\u\\1\\g<0>"),
    wrong("an instant in other digits", AS_OF, ["at"], at="२०२६-03-03T14:00:00Z"),
    wrong("a long of 64 bits", EVALUATE, ["metrics", 0, "step"], input=measured({"step": 2**53})),
    wrong("a long that is a fraction", EVALUATE, ["metrics", 0, "step"], input=measured({"step": 1.5})),
    wrong("a double that is a word", EVALUATE, ["metrics", 0, "value"], input=measured({"value": "high"})),
    wrong("a double that is a truth", EVALUATE, ["metrics", 0, "value"], input=measured({"value": True})),
    wrong(
        "a digest that is none",
        REGISTER,
        ["artifact", "digest"],
        input={"model": "churn", "artifact": {"uri": "s3://a", "digest": "md5:x"}},
    ),
    refused("metadata of 70 KB", CREATE, ["metadata"], input={"name": "new", "metadata": {"a": "b" * 70_000}}),
)

SIZES = (
    refused("a page below zero", MODELS, ["first"], n=-1),
    refused("a page of 101", MODELS, ["first"], n=101),
    refused("a page of two billion", MODELS, ["first"], n=2**31 - 1),
    refused("a page from both ends", "{ registeredModels(first: 1, last: 1) { totalCount } }", ["last"]),
    refused("a cursor that is none", MODELS, ["after"], after="nope"),
    refused("a cursor that is no base64", MODELS, ["after"], after="\x00ü"),
    refused("a cursor of JSON", MODELS, ["after"], after="eyJhIjogMX0"),
    refused("a cursor of lists in lists", MODELS, ["after"], after="W1tbW1tbW1tbW1tbW1tbW1td"),
    refused("a cursor of 100,000 letters", MODELS, ["after"], after="W" * 100_000),
    refused("a list of 101 ids", NODES, ["ids"], ids=["a"] * 101),
    refused("a walk of no depth", WALK, ["maxDepth"], of=OF_FIRST, depth=0),
    refused("a walk of less", WALK, ["maxDepth"], of=OF_FIRST, depth=-5),
    refused("a walk to no node", WALK, ["limit"], of=OF_FIRST, limit=0),
    refused("a walk to 10,001 nodes", WALK, ["limit"], of=OF_FIRST, limit=10_001),
    refused("a walk from nowhere", WALK, ["of", "id"], "NOT_FOUND", of={"id": "nowhere"}),
    refused("ancestors of one", ANCESTORS, ["of"], of=[OF_FIRST]),
    refused("an impact of nothing", "{ impact(of: []) { complete } }", ["of"]),
)

CHANGES = (
    refused("a version of a model that is not there", REGISTER, ["model"], "NOT_FOUND", input={"model": "nobody"}),
    refused("a model that is there", CREATE, ["name"], "ALREADY_EXISTS", input={"name": "churn"}),
    refused("an empty name", CREATE, ["name"], input={"name": ""}),
    refused("a name of blanks", CREATE, ["name"], input={"name": "  "}),
    refused("a name of 251 letters", CREATE, ["name"], input={"name": "a" * 251}),
    refused("a name with a null", CREATE, ["name"], input={"name": "a\x00b"}),
    refused("a name with a line break", CREATE, ["name"], input={"name": "a\nb"}),
    refused("a name with an empty part", CREATE, ["name"], input={"name": "a//b"}),
    refused(
        "a tag with a blank", CREATE, ["tags", 0, "key"], input={"name": "new", "tags": [{"key": "a b", "value": ""}]}
    ),
    refused(
        "a list of 101 tags",
        CREATE,
        ["tags"],
        input={"name": "new", "tags": [{"key": f"k{i}", "value": ""} for i in range(101)]},
    ),
    refused(
        "a revision that is over",
        UPDATE,
        ["expectedRevision"],
        "STALE_REVISION",
        input={"model": {"name": "churn"}, "expectedRevision": 999},
    ),
    refused(
        "a change of a model that is not there",
        UPDATE,
        ["model", "name"],
        "NOT_FOUND",
        input={"model": {"name": "nobody"}, "description": "a"},
    ),
    refused(
        "an alias of a version that is not there",
        ALIAS,
        None,
        "NOT_FOUND",
        input={"alias": "champion", "version": {"number": {"model": "churn", "number": 99}}},
    ),
    refused("a version that came from itself", LINEAGE, None, "CYCLE", input=derived(OF_FIRST, OF_FIRST)),
    refused("a circle of versions", LINEAGE, None, "CYCLE", input=derived(OF_FIRST, OF_SECOND)),
    refused("a version that is in use", DELETE, [], "IN_USE", input={"version": FIRST}),
)

ROWS = (*VARIABLES, *SCALARS, *SIZES, *CHANGES)
