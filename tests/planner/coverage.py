"""What the differential test must have exercised."""

from collections.abc import Iterator, Mapping

from app.database.queries import all_queries
from app.planner.kinds import Fetched, Kinds
from tests.planner import documents

LEAST = 2
# What depends on who asks is tested beside the tokens and the grants.
PERSONAL = {"Viewer", "ApiToken", "Grant", *(f"Query.{name}" for name in documents.PERSONAL)}


def missing(kinds: Kinds, exercised: Mapping[str, int]) -> list[str]:
    """What was exercised less often than LEAST times: relations, their variants and orders, filters, pages."""
    return sorted(what for what in dict.fromkeys(wanted(kinds)) if exercised.get(what, 0) < LEAST)


def wanted(kinds: Kinds) -> Iterator[str]:
    for kind in kinds.values():
        for relation in kind.variants if isinstance(kind, Fetched) else ():
            coordinate = f"{relation.owner}.{relation.field}"
            is_walked = relation.owner.startswith("Lineage") and "Node" not in relation.owner
            if relation.owner.endswith("Payload") or is_walked or {relation.owner, coordinate} & PERSONAL:
                continue
            yield coordinate
            for order in relation.orders if relation.count == "page" else ():
                for direction in ("ASC", "DESC") if len(relation.orders) > 1 else ():
                    yield f"{coordinate} ordered by {order.name} {direction}"
            if relation.variant and relation.variant.islower():
                yield f"{coordinate}(by {relation.variant})"
            elif relation.variant == "asOf":
                yield f"{coordinate}(asOf)"
    for query in all_queries():
        if query.declared("predicate") or query.declared("property"):
            yield query.name.rpartition("/")[2]
    for end in ("first", "last"):
        for place in ("after", "before"):
            yield from (f"{end} {place} {direction}" for direction in ("ASC", "DESC"))
