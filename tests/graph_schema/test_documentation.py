from pathlib import Path

from graph_schema.documentation import page
from graph_schema.elements import Relationship
from graph_schema.model import MODEL
from graph_schema.picture import draw

PAGE = Path(__file__).parents[2] / "docs" / "data-model.md"


def test_the_page_of_the_data_model_is_fresh() -> None:
    """When it is not: `pedigree schema docs > docs/data-model.md`."""
    assert PAGE.read_text(encoding="utf-8") == page(MODEL)


def test_the_page_names_every_node_property_and_relationship() -> None:
    text = page(MODEL)
    names = {f"### {node.label}\n" for node in MODEL.nodes}
    names |= {f"| `{relationship.type}` |" for relationship in MODEL.relationships}
    names |= {f"`{p.name}`" for node in MODEL.nodes for p in node.properties}
    names |= {f"`{p.name}`" for relationship in MODEL.relationships for p in relationship.properties}
    assert {name for name in names if name not in text} == set()


def test_a_picture_draws_what_stands_together_as_one() -> None:
    relationships = (
        Relationship("USED", ("Run",), ("Model", "Data", "Commit"), "it read it"),
        Relationship("COPY_OF", ("Model", "Data"), ("Model", "Data"), "it is a copy"),
        Relationship("PART_OF", ("Model", "Data"), ("Model", "Data"), "it is a part"),
        Relationship("SERVES", ("Server",), ("Model",), "it serves it"),
    )
    assert draw(relationships, {"Asset": ("Model", "Data"), "Actor": ("User",)}) == "\n".join(
        (
            "flowchart LR",
            '  Asset(["any asset"])',
            "  Run -->|USED| Asset",
            "  Run -->|USED| Commit",
            "  Asset -->|COPY_OF<br>PART_OF| Asset",
            "  Server -->|SERVES| Model",
            "  Model -.- Asset",
        )
    )
