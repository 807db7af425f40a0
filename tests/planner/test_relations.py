"""The files of relations and the fields of the schema fit each other."""

from collections.abc import Mapping

import pytest
from graphql import GraphQLField, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, get_named_type

from app.api.schema import LOADERS
from app.database.queries import all_queries, parse
from app.errors import InvalidInput
from app.planner.relations import Relation, choose, relations
from graph_schema.model import MODEL
from tests.fixtures.schema import SCHEMA as BUILT

SCHEMA = BUILT._schema
PLANNERS_OWN = {"parents", "limit", "start", "stop"}


def test_every_relation_answers_a_field_of_the_schema() -> None:
    assert [f"{owner}.{name}" for owner, name in relations() if name not in fields(owner)] == []


def test_every_planned_field_has_a_relation_or_a_loader() -> None:
    planned = {
        (type_.name, name)
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if (declared := field.extensions.get("strawberry-definition")) and declared.metadata.get("planned")
    }
    answered = {*relations(), *LOADERS}
    assert planned != set()
    assert [f"{owner}.{name}" for owner, name in sorted(planned) if not is_answered(owner, name, answered)] == []


def test_every_parameter_of_a_relation_is_an_argument_of_its_field() -> None:
    wrong = [
        f"{relation.query.name}: ${parameter}"
        for relation in all_relations()
        for each in (relation.query, *(order.clause for order in relation.orders if order.clause))
        for parameter in each.parameters - PLANNERS_OWN - set(fields(relation.owner)[relation.field].args)
    ]
    assert wrong == []


def test_every_variant_is_an_argument_a_key_or_an_order_of_its_field() -> None:
    assert [each.query.name for each in all_relations() if each.variant and each.variant not in choices(each)] == []


def test_every_predicate_is_of_a_field_of_a_filter() -> None:
    wrong = []
    for each in all_queries():
        if each.declared("predicate"):
            name, field = each.name.rpartition("/")[2].split(".")
            filter_ = SCHEMA.type_map.get(name)
            known = filter_.fields if isinstance(filter_, GraphQLInputObjectType) else {}
            wrong += [each.name] if name != "EntityFilter" and field not in known else []
    assert wrong == []


def test_every_property_is_of_a_field_of_a_node() -> None:
    files = [each.name.rpartition("/")[2].split(".") for each in all_queries() if each.declared("property")]
    assert files != []
    assert [
        name for owner, name in files if name not in {*MODEL.by_label[owner].property_names} & {*fields(owner)}
    ] == []


@pytest.mark.parametrize("declared", ["relation this node, one", "relation this -> edge, one", "anchor -> node, many"])
def test_a_declaration_that_cannot_be_read_names_its_file(declared: str) -> None:
    query = parse("registry/A.b", f"// Wrong.\n// {declared}\nMATCH (node)")
    with pytest.raises(ValueError, match=r"cypher/registry/A\.b\.cypher: cannot read"):
        relations([query])


def test_a_declaration_is_read() -> None:
    text = "// A list.\n// relation modelId -> node, page\n// order SIZE node.size, nullable, descending\nMATCH (node)"
    ((found,),) = relations([parse("registry/A.b.asOf", text)]).values()
    assert (found.owner, found.field, found.variant) == ("A", "b", "asOf")
    assert (found.key, found.binds_this, found.binds, found.count) == ("modelId", False, "node", "page")
    order = found.order(None)
    assert (order.name, order.expression, order.nullable, order.descending) == ("SIZE", "node.size", True, True)
    assert found.order("SIZE") == order
    with pytest.raises(InvalidInput, match="cannot be ordered by NAME"):
        found.order("NAME")


def test_a_variant_is_chosen_by_what_is_given() -> None:
    aliases, versions = relations()["RegisteredModel", "aliases"], relations()["Query", "modelVersion"]
    assert choose(aliases, {"asOf": None}).variant is None
    assert choose(aliases, {"asOf": "2026-01-01"}).variant == "asOf"
    assert choose(versions, {"by": {"id": None, "digest": "sha256:1"}}).variant == "digest"
    lists = relations()["Query", "modelVersions"]
    assert [choose(lists, {"orderBy": {"by": by}}).variant for by in ("CREATED_AT", "METRIC")] == [None, "METRIC"]


def test_an_order_is_refused_without_what_it_needs() -> None:
    for field in (("Query", "modelVersions"), ("RegisteredModel", "versions")):
        asked: dict[str, object] = {"by": "METRIC", "metric": None}
        with pytest.raises(InvalidInput) as refused:
            choose(relations()[field], {"orderBy": asked}).order("METRIC")
        assert refused.value.path == ("orderBy", "metric")
        asked["metric"] = {"name": "auc"}
        assert choose(relations()[field], {"orderBy": asked}).order("METRIC").needs == "metric"
        assert choose(relations()[field], {"orderBy": {"by": "CREATED_AT"}}).order("CREATED_AT").needs is None


def all_relations() -> list[Relation]:
    return [relation for variants in relations().values() for relation in variants]


def fields(owner: str) -> Mapping[str, GraphQLField]:
    type_ = SCHEMA.type_map.get(owner)
    return type_.fields if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else {}


def is_answered(owner: str, name: str, answered: set[tuple[str, str]]) -> bool:
    type_ = SCHEMA.type_map[owner]
    assert isinstance(type_, GraphQLObjectType)
    return any((each, name) in answered for each in (owner, *(of.name for of in type_.interfaces)))


def choices(relation: Relation) -> set[str]:
    """What may stand for a variant: an argument, a key of `by`, an order."""
    arguments = fields(relation.owner)[relation.field].args
    by = get_named_type(arguments["by"].type) if "by" in arguments else None
    keys = by.fields if isinstance(by, GraphQLInputObjectType) else {}
    return {*arguments, *keys, *(order.name for order in relation.orders)}
