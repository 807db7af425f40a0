"""Documents are read, measured and validated once each, and kept while there is room."""

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from app.api.errors import of
from app.api.limits import Limits
from app.api.limits.measures import fragments_of, in_order, operations_of
from app.api.limits.prices import priced_variables
from app.api.limits.structure import ADVICE, check
from app.api.validation import RULES
from app.errors import InvalidQuery, PedigreeError, TooComplex

MOST_DOCUMENTS = 1_000
MOST_BYTES = 64 * 1024 * 1024  # of all that are kept
TOKEN_BYTES = 350  # what a token takes, with its part of the syntax tree: measured
MOST_ERRORS = 10
TOO_LONG = re.compile(r"Document contains more than")

# Fields of one name are compared with each other, which is quadratic: within the library's own budget, a document of
# two thousand tokens takes a quarter of a second.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 20_000
ABORTED = "Validation aborted."
UNCHECKED = "The document names one field too often, or nests its fragments too deeply."


@dataclass(frozen=True)
class Document:
    """A document, and what is wrong with it."""

    node: DocumentNode
    errors: tuple[GraphQLError, ...] = ()
    size: int = 0
    costs: dict[Hashable, int] = field(default_factory=dict)

    @cached_property
    def fragments(self) -> list[FragmentDefinitionNode]:
        """Its fragments, each after all that it spreads."""
        fragments = fragments_of(self.node)
        return [fragments[name] for name in in_order(fragments)]

    @cached_property
    def priced(self) -> list[str]:
        """The variables that its price depends on."""
        return sorted(priced_variables(self.node))

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises InvalidQuery."""
        found = operations_of(self.node)
        if name is not None:
            found = [each for each in found if each.name and each.name.value == name]
            if not found:
                raise InvalidQuery("The document has no operation of the name that `operationName` gives.")
        if not found:
            raise InvalidQuery("The document has no operation: begin with `{`, `query` or `mutation`.")
        if len(found) > 1:
            raise InvalidQuery("The document has several operations: say in `operationName` which one is meant.")
        return found[0]


@dataclass
class Documents:
    """The documents of one schema."""

    schema: GraphQLSchema
    limits: Limits = field(default_factory=Limits)
    kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    size: int = 0

    def read(self, text: str) -> Document:
        """The document of a text. Raises GraphQLError when it cannot even be parsed."""
        document = self.kept.get(text)
        if document is None:
            node = parsed(text, self.limits)
            document = Document(node, tuple(self.faults(node)), len(text) + TOKEN_BYTES * node.token_count)
            self.keep(text, document)
        self.kept.move_to_end(text)
        return document

    def faults(self, node: DocumentNode) -> list[GraphQLError]:
        """What is wrong with a document. What is too large is not looked at any closer."""
        try:
            check(node, self.limits)
        except PedigreeError as error:
            return [of(error)]
        rules = RULES if self.limits.introspection else (*RULES, NoSchemaIntrospectionCustomRule)
        hide = not self.limits.introspection
        found = validate(self.schema, node, rules, max_errors=MOST_ERRORS, hide_suggestions=hide)
        return [of(TooComplex(f"{UNCHECKED} {ADVICE}")) if each.message == ABORTED else each for each in found]

    def keep(self, text: str, document: Document) -> None:
        """Keep a document, and drop those that were not asked for the longest."""
        self.kept[text] = document
        self.size += document.size
        while len(self.kept) > 1 and (len(self.kept) > MOST_DOCUMENTS or self.size > MOST_BYTES):
            _, dropped = self.kept.popitem(last=False)
            self.size -= dropped.size


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The syntax tree of a text, within the limits of what may be read at all."""
    try:
        return parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
    except GraphQLSyntaxError as error:
        if TOO_LONG.search(error.message):
            message = f"The document has more than {limits.tokens} tokens. {ADVICE}"
            raise of(TooComplex(message)) from None
        raise
