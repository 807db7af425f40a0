from collections.abc import Iterable
from typing import Any

import pytest

from graph_schema.definitions import RANGE, UNIQUENESS, Definition
from graph_schema.elements import GraphModel, Node, Relationship, Type, optional, required
from graph_schema.inspection import (
    LOCK_MARK,
    Row,
    definition_problems,
    node_problems,
    property_problems,
    relationship_problems,
    required_properties,
)

JOB = Node(
    "Job",
    "A step",
    (required("name", Type.STRING, "its name"), optional("weights", Type.FLOATS, "its weights")),
    labels=("Entity",),
)
RUN = Node("Run", "An execution", (optional("at", Type.DATETIME, "when"),))
OF_JOB = Relationship("OF_JOB", ("Run",), ("Job",), "its step", (required("since", Type.DATE, "the day"),))
MODEL = GraphModel((JOB, RUN), (OF_JOB,))


def rows(count: int = 1, examples: Iterable[str] = ("a", "a"), **fields: Any) -> list[Row]:
    return [{**fields, "count": count, "examples": list(examples)}]


def test_a_graph_as_the_model_says_has_no_problems() -> None:
    assert list(node_problems(MODEL, [*rows(labels=["Job", "Entity"]), *rows(labels=["Run"])])) == []
    assert list(relationship_problems(MODEL, rows(type="OF_JOB", sources=["Run"], targets=["Entity", "Job"]))) == []
    assert list(property_problems(MODEL, rows(owners=["Entity", "Job"], property="name", type="STRING NOT NULL"))) == []


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        (["Step", "Entity"], "Entity:Step: no kind of node has exactly these labels, 3 nodes, for example a and b"),
        (["Job"], "Job: no kind of node has exactly these labels, 3 nodes, for example a and b"),
        (
            ["Job", "Entity", "Run"],
            "Entity:Job:Run: no kind of node has exactly these labels, 3 nodes, for example a and b",
        ),
        ([], "no label: no kind of node has exactly these labels, 3 nodes, for example a and b"),
    ],
)
def test_labels_must_be_those_of_one_kind_of_node(labels: list[str], problem: str) -> None:
    assert list(node_problems(MODEL, rows(3, ("a", "b"), labels=labels))) == [problem]


def test_relationships_must_be_declared_between_the_labels_of_their_ends() -> None:
    unknown = rows(type="LIKES", sources=["Run"], targets=["Job"])
    turned = rows(type="OF_JOB", sources=["Entity", "Job"], targets=["Run"])
    assert list(relationship_problems(MODEL, [*unknown, *turned])) == [
        "LIKES: no such relationship, 1 relationship, for example a",
        "(Entity:Job)-[:OF_JOB]->(Run): not between these labels, 1 relationship, for example a",
    ]


@pytest.mark.parametrize(
    ("name", "type", "problem"),
    [
        ("nmae", "STRING NOT NULL", "Job.nmae: no such property, 1 row, for example a"),
        ("name", "NULL", "Job.name: required, but absent, 1 row, for example a"),
        ("name", "INTEGER NOT NULL", "Job.name: INTEGER where the model says string, 1 row, for example a"),
        (
            "weights",
            "LIST<INTEGER NOT NULL> NOT NULL",
            "Job.weights: LIST<INTEGER NOT NULL> where the model says list of floats, 1 row, for example a",
        ),
    ],
)
def test_properties_must_be_declared_present_and_of_their_type(name: str, type: str, problem: str) -> None:
    assert list(property_problems(MODEL, rows(owners=["Job"], property=name, type=type))) == [problem]


def test_relationships_have_properties_too() -> None:
    absent = rows(owners=["OF_JOB"], property="since", type="NULL")
    assert list(property_problems(MODEL, absent)) == ["OF_JOB.since: required, but absent, 1 row, for example a"]


@pytest.mark.parametrize("type", ["LIST<FLOAT NOT NULL> NOT NULL", "LIST<NOTHING> NOT NULL"])
def test_a_list_may_be_empty(type: str) -> None:
    assert list(property_problems(MODEL, rows(owners=["Job"], property="weights", type=type))) == []


def test_the_mark_of_a_lock_is_no_property() -> None:
    assert list(property_problems(MODEL, rows(owners=["Job"], property=LOCK_MARK, type="BOOLEAN NOT NULL"))) == []


def test_required_properties_are_known_by_label_and_by_type() -> None:
    assert required_properties(MODEL) == {"Job": ["name"], "Run": [], "OF_JOB": ["since"]}


def test_definitions_are_missing_or_unknown() -> None:
    key = Definition(UNIQUENESS, "Job", ("name",), "job_name")
    index = Definition(RANGE, "Job", ("name", "id"), "job_by_name_id")
    assert list(definition_problems(found=[index], wanted=[key])) == [
        "missing: uniqueness constraint job_name on Job (name)",
        "not in the model: range index job_by_name_id on Job (name, id)",
    ]
