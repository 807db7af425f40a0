from graph_schema.definitions import CONSTRAINTS, RANGE, UNIQUENESS, Definition, define, difference, script
from graph_schema.elements import GraphModel, Node, Relationship, Type, required

MODEL = GraphModel(
    nodes=(
        Node(
            "ModelVersion",
            "One version",
            (required("modelId", Type.STRING, "its model"), required("number", Type.INTEGER, "its number")),
            key=("modelId", "number"),
            unique=(("number",),),
            indexes=(("number", "modelId"),),
        ),
    ),
    relationships=(
        Relationship("DERIVED_FROM", ("ModelVersion",), ("ModelVersion",), "made from it", is_lineage=True),
        Relationship("NEXT", ("ModelVersion",), ("ModelVersion",), "comes after it"),
    ),
)


def test_a_model_becomes_statements() -> None:
    assert [definition.creation for definition in define(MODEL)] == [
        "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (x:Entity) REQUIRE (x.id) IS UNIQUE",
        "CREATE CONSTRAINT actor_name IF NOT EXISTS FOR (x:Actor) REQUIRE (x.name) IS UNIQUE",
        "CREATE CONSTRAINT model_version_model_id_number IF NOT EXISTS"
        " FOR (x:ModelVersion) REQUIRE (x.modelId, x.number) IS UNIQUE",
        "CREATE CONSTRAINT model_version_number IF NOT EXISTS FOR (x:ModelVersion) REQUIRE (x.number) IS UNIQUE",
        "CREATE CONSTRAINT derived_from_id IF NOT EXISTS FOR ()-[x:DERIVED_FROM]-() REQUIRE (x.id) IS UNIQUE",
        "CREATE INDEX model_version_by_number_model_id IF NOT EXISTS FOR (x:ModelVersion) ON (x.number, x.modelId)",
    ]


def test_a_constraint_name_tells_what_was_violated() -> None:
    assert CONSTRAINTS["registered_model_name"] == ("RegisteredModel", ("name",))
    assert CONSTRAINTS["model_version_model_id_number"] == ("ModelVersion", ("modelId", "number"))
    assert CONSTRAINTS["actor_name"] == ("Actor", ("name",))
    assert CONSTRAINTS["entity_id"] == ("Entity", ("id",))
    assert CONSTRAINTS["derived_from_id"] == ("DERIVED_FROM", ("id",))


def test_a_difference_removes_what_is_unknown_and_then_creates_what_is_missing() -> None:
    kept = Definition(UNIQUENESS, "Job", ("name",), "job_name")
    changed = Definition(RANGE, "Job", ("name", "id"), "job_by_name")
    unknown = Definition("text index", "Job", ("note",), "somebody's own")
    wanted = Definition(RANGE, "Job", ("name", "createdAt"), "job_by_name")
    unique = Definition(UNIQUENESS, "Job", ("url",), "job_url")
    assert difference([kept, changed, unknown], [kept, wanted, unique]) == (
        "DROP INDEX `job_by_name` IF EXISTS",
        "DROP INDEX `somebody's own` IF EXISTS",
        "CREATE CONSTRAINT job_url IF NOT EXISTS FOR (x:Job) REQUIRE (x.url) IS UNIQUE",
        "CREATE INDEX job_by_name IF NOT EXISTS FOR (x:Job) ON (x.name, x.createdAt)",
    )


def test_nothing_differs_from_itself() -> None:
    assert difference(define(MODEL), define(MODEL)) == ()


def test_a_script_ends_each_statement_with_a_semicolon() -> None:
    assert script(("RETURN 1", "RETURN 2")) == "RETURN 1;\nRETURN 2;\n"
