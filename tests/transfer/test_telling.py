"""Everything that the model knows of an entity or an edge finds its way into a line, and out of it."""

from typing import Any

import pytest

from app.transfer.lines.edge import TYPES, EdgeLine
from app.transfer.lines.parsing import ENTITIES
from app.transfer.standing import KEYS, NAMES
from app.transfer.telling import DERIVED, REPEATED, fields
from graph_schema.elements import Type
from graph_schema.model import MODEL

ANYBODY = {"label": "User", "name": "ada"}
SPECIAL: dict[str, Any] = {
    "jobId": {"label": "Job", "namespace": "default", "name": "train"},
    "endpointId": {"label": "Endpoint", "owner": "prod", "location": "", "name": "api"},
}


def aliases(class_: Any) -> set[str]:
    return {field.alias or name for name, field in class_.model_fields.items()}


@pytest.mark.parametrize("label", ENTITIES)
def test_every_property_of_an_entity_has_its_word(label: str) -> None:
    known = aliases(ENTITIES[label])
    for p in MODEL.by_label[label].properties:
        value = "[]" if p.type is Type.JSON else "x"
        told = fields(label, {p.name: value}, {"x": SPECIAL.get(p.name, ANYBODY)})
        assert told.keys() <= known, p.name
        assert told or p.name in DERIVED | REPEATED.get(label, set()), p.name


def test_every_kind_of_entity_has_a_line() -> None:
    entities = {node.label for node in MODEL.nodes if "isStub" in node.property_names}
    assert ENTITIES.keys() == entities


def test_everything_that_describes_an_entity_has_its_word() -> None:
    describing = {
        n.label for n in MODEL.nodes if "subjectId" in n.property_names or n.label in ("Alias", "PolicyAttachment")
    }
    assert KEYS.keys() == NAMES.keys() == describing - {"AuditEvent"}


def test_every_property_of_an_edge_has_its_word() -> None:
    known = aliases(EdgeLine) | {"assertedById"}
    for relationship in MODEL.relationships:
        if relationship.type in TYPES:
            assert {p.name for p in relationship.properties} <= known
