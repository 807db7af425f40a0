"""Validation of documents. A value that is written out is refused like one in a variable: by its place in the input.

The rules are those of the GraphQL specification. Two of them are about values; theirs are told as INVALID_INPUT.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    SKIP,
    ArgumentNode,
    ASTValidationRule,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    ListValueNode,
    Node,
    ObjectFieldNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    specified_rules,
    visit,
)
from graphql.utilities.validate_input_value import validate_input_literal
from graphql.validation import ValuesOfCorrectTypeRule, VariablesInAllowedPositionRule
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule

from app.errors import PathItem

# Under this key of an error's extensions stands the place of the value: the name of its argument, and what leads to it.
PLACE = "place"


class ValuesFit(ValuesOfCorrectTypeRule):
    """What is written out fits its type. An error knows its place."""

    argument = ""

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self.argument = node.name.value

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        self.argument = node.variable.name.value

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        if input_type:
            validate_input_literal(node, input_type, self.refuse, None, None, self.context.hide_suggestions)
        return SKIP

    def refuse(self, error: GraphQLError, path: list[str | int]) -> None:
        error.extensions = {PLACE: [self.argument, *path]}
        self.report_error(error)


class VariablesFit(VariablesInAllowedPositionRule):
    """A variable is of a type that fits where it stands. An error knows its place."""

    def report_error(self, error: GraphQLError) -> None:
        assert error.nodes is not None, "the definition of the variable, and its usage"
        finder = Finder(error.nodes[-1])
        visit(self.context.document, finder)
        error.extensions = {PLACE: finder.place}
        super().report_error(error)


class Finder(Visitor):
    """Finds the place of a variable in a document."""

    def __init__(self, wanted: Node) -> None:
        super().__init__()
        self.wanted = wanted
        self.place: list[PathItem] = []

    def enter_variable(
        self, node: VariableNode, key: Any, parent: Any, path: list[PathItem], ancestors: list[Any]
    ) -> VisitorAction:
        if node is not self.wanted:
            return None
        self.place = list(steps([*ancestors, parent], path))
        return self.BREAK


def steps(ancestors: Sequence[Any], path: Sequence[PathItem]) -> Iterator[PathItem]:
    """What leads to a value: its argument, the fields of objects, the places in lists."""
    for depth, ancestor in enumerate(ancestors):
        if isinstance(ancestor, ArgumentNode | ObjectFieldNode):
            yield ancestor.name.value
        elif isinstance(ancestor, ListValueNode):
            yield path[depth + 1]


# The rules of the specification; Strawberry's own rule of @oneOf is left out: it fails on variables in fragments.
FITTING: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
    ValuesOfCorrectTypeRule: ValuesFit,
    VariablesInAllowedPositionRule: VariablesFit,
}
RULES: tuple[type[ASTValidationRule], ...] = (
    *(FITTING.get(rule, rule) for rule in specified_rules),
    MaybeNullValidationRule,
)


def mark_one_ofs(schema: GraphQLSchema) -> None:
    """Let GraphQL itself know which inputs take exactly one of their fields."""
    for type_ in schema.type_map.values():
        declared = (type_.extensions or {}).get("strawberry-definition")
        if isinstance(type_, GraphQLInputObjectType) and declared is not None:
            type_.is_one_of = declared.is_one_of
