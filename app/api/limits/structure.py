"""Whether a document is small enough to be validated and executed."""

from collections.abc import Iterator

from graphql import DocumentNode

from app.api.limits import Limits
from app.api.limits.measures import measures, operations_of
from app.errors import TooComplex

COUNTLESS = 10**9
ADVICE = "Ask for less, or in several requests."


def check(document: DocumentNode, limits: Limits) -> None:
    """Raise TooComplex, with what was counted and what is allowed, or InvalidQuery for a circle of fragments."""
    for what, found, most in counted(document, limits):
        if found > most:
            shown = found if found < COUNTLESS else f"more than {COUNTLESS}"
            raise TooComplex(f"{what}: {shown} in this document, {most} allowed. {ADVICE}")


def counted(document: DocumentNode, limits: Limits) -> Iterator[tuple[str, int, int]]:
    """What is limited, how much of it there is, and how much there may be."""
    operations = operations_of(document)
    yield "Operations", len(operations), limits.operations
    for operation in operations:
        yield "Variables of an operation", len(operation.variable_definitions or ()), limits.variables
    for measure in measures(document):
        yield "Levels of fields", measure.depth, limits.depth
        yield "Fields at the root", measure.width, limits.root_fields
        yield "Fields", measure.fields, limits.fields
        yield "Aliases", measure.aliases, limits.aliases
        yield "Directives", measure.directives, limits.directives
