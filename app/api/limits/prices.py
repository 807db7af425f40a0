"""What single things cost: one point for each object that may have to be fetched. docs/graphql.md tells the formula."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from graphql import ArgumentNode, DocumentNode, GraphQLField, VariableNode, Visitor, get_named_type, visit

from app.domain.governance.dry_run import MOST_VERSIONS
from app.domain.lineage.scope import MAX_LIMIT
from app.errors import TooComplex
from app.planner.pages import DEFAULT_SIZE

LIST = 10  # how long a list is taken to be that has no size
COUNT = 10  # a totalCount
CHANGE = 10  # a change, beside the values of its input
CONDITION = 5  # a condition of a filter
LEVEL = 10  # a level of a walk along lineage
DEEPEST = 25  # levels of a walk that has no `maxDepth`
# What takes a walk along all lineage, whatever is asked of it.
WALKED = frozenset(
    {
        *("RecallStatus", "Impact", "LicenseObligations", "PromotionReadiness", "ApprovalLapse", "ApprovalStatus"),
        "EmergencyStatus",
    }
)
SIZES = ("last", "first", "limit")
# The arguments that a price depends on.
PRICED = frozenset({*SIZES, "maxDepth", "ids", "of", "where", "input", "if", "version"})
# How long the lists of the introspection are.
INTROSPECTION: Mapping[str, int] = {
    "fields": 8,
    "args": 2,
    "inputFields": 6,
    "enumValues": 3,
    "interfaces": 2,
    "possibleTypes": 4,
    "directives": LIST,
    "locations": LIST,
}


def size(field: GraphQLField, given: Mapping[str, Any]) -> int | None:
    """How many objects a page, a walk or a look-up of several ids may return. None when the field has no size."""
    names = [name for name in SIZES if name in field.args]
    for name in names:
        if given.get(name) is not None:
            return within(given[name], MAX_LIMIT)
    if names:
        defaults = (field.args[name].default_value for name in names)
        return next((value for value in defaults if isinstance(value, int)), DEFAULT_SIZE)
    return length(given.get("ids")) if "ids" in field.args else None


def walk(field: GraphQLField, given: Mapping[str, Any]) -> int:
    """The price of a walk along lineage, whatever it finds: its levels, for each thing that it starts from. A dry run
    of policies and a report walk from each of their versions."""
    if "rules" in field.args:
        return LEVEL * DEEPEST * (1 if given.get("version") else MOST_VERSIONS)
    if get_named_type(field.type).name == "ComplianceReport":
        return LEVEL * DEEPEST * (1 if is_of_a_version(given.get("of")) else MOST_VERSIONS)
    if "through" not in field.args and get_named_type(field.type).name not in WALKED:
        return 0
    return LEVEL * within(given.get("maxDepth") or DEEPEST, DEEPEST) * length(given.get("of"))


def is_of_a_version(of: object) -> bool:
    """Whether a report is about a version alone."""
    return isinstance(of, dict) and of.get("version") is not None


def length(value: object) -> int:
    return len(value) if isinstance(value, list) else 1


def within(value: object, most: int) -> int:
    """A size as it will be if the request is right. What is none is refused later."""
    return max(0, min(int(value), most)) if isinstance(value, int | float) and isfinite(value) else most


def conditions(where: object, most: int, nesting: int) -> int:
    """The number of conditions of a filter. Raises TooComplex: Neo4j may plan a large filter for minutes, and nothing
    can stop it then."""
    found = [] if where is None else list(leaves(where))
    if len(found) > most:
        raise TooComplex(f"A filter may have {most} conditions, this has {len(found)}.")
    deepest = max(found, default=0)
    if deepest > nesting:
        raise TooComplex(f"A filter may be nested {nesting} deep, this is {deepest}.")
    return len(found)


def leaves(value: object, depth: int = 0) -> Iterator[int]:
    """The depth of each value that is no map or list of maps: a list of plain values is one value."""
    inside: list[Any] = []
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        inside = value
    if not inside:
        yield depth
    for item in inside:
        yield from leaves(item, depth + 1)


def values(given: object) -> int:
    """How many values an input is made of."""
    if isinstance(given, dict | list):
        return sum(values(item) for item in (given.values() if isinstance(given, dict) else given))
    return 1


class Priced(Visitor):
    """Collects the variables in arguments that a price depends on."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.matters = False

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self.matters = node.name.value in PRICED

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        if self.matters:
            self.names.add(node.name.value)

    def leave_argument(self, *_: Any) -> None:
        self.matters = False


def priced_variables(document: DocumentNode) -> set[str]:
    """The names of the variables in arguments that a price depends on."""
    found = Priced()
    visit(document, found)
    return found.names
