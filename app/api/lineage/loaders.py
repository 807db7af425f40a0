"""How the fields about lineage are answered: their arguments are read, and the domain is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.database.connection import Connection
from app.domain.lineage import comparison, paths, traversal
from app.domain.lineage.edges import asserted
from app.domain.lineage.impact import impact as impact_of
from app.domain.lineage.origins import origins
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import DEFAULT_LIMIT, Direction, Scope, Through, Where
from app.errors import InvalidInput
from app.planner.kinds import Asked, Loader
from app.planner.needs import EVERYTHING

Answers = Mapping[str, Any]

ROOT = ""  # the key of Query, which has no id
MOST_SOURCES = 100
# The instants of an edge.
TIMES = frozenset({"recordedAt", "validFrom", "validTo", EVERYTHING})
# The property that a field of LineageWhere compares.
COMPARED = {
    "license": "licenseSpdx",
    "declaredLicense": "licenseDeclared",
    "classification": "classifications",
    "framework": "framework",
    "status": "status",
}


def walk(direction: Direction) -> Loader:
    """The answer of `upstream` or `downstream`, from many nodes at once."""

    async def answer(connection: Connection, asked: Asked) -> Answers:
        return await traversal.lineage(connection, asked.keys, direction, scope(asked))

    return answer


async def lineage(connection: Connection, asked: Asked) -> Answers:
    within = scope(asked)
    (start,) = await origins(connection, [(("of",), asked.arguments["of"])], asked.sight)
    answers = await traversal.lineage(connection, [start], asked.arguments["direction"], within)
    return {ROOT: answers.get(start)}


async def counts(connection: Connection, asked: Asked) -> Answers:
    within = scope(asked)
    (start,) = await origins(connection, [(("of",), asked.arguments["of"])], asked.sight)
    return {ROOT: await traversal.lineage_counts(connection, start, asked.arguments["direction"], within)}


async def lineage_paths(connection: Connection, asked: Asked) -> Answers:
    within = scope(asked)
    ends = [((name,), asked.arguments[name]) for name in ("from", "to")]
    start, goal = await origins(connection, ends, asked.sight)
    return {ROOT: await paths.lineage_paths(connection, start, goal, asked.arguments["first"], within)}


async def common_ancestors(connection: Connection, asked: Asked) -> Answers:
    within, starts = scope(asked), await several(connection, asked, comparison.MOST)
    return {ROOT: await comparison.common_ancestors(connection, starts, within)}


async def lineage_diff(connection: Connection, asked: Asked) -> Answers:
    within = scope(asked)
    a, b = await origins(connection, [((name,), asked.arguments[name]) for name in ("a", "b")], asked.sight)
    return {ROOT: await comparison.lineage_diff(connection, a, b, within)}


async def impact(connection: Connection, asked: Asked) -> Answers:
    within, starts = scope(asked), await several(connection, asked, MOST_SOURCES)
    return {ROOT: await impact_of(connection, starts, within)}


async def edges(connection: Connection, asked: Asked) -> Answers:
    return await asserted(connection, asked.keys, asked.sight)


async def replacements(connection: Connection, asked: Asked) -> Answers:
    """What took the place of retracted edges, by the ids of these."""
    retracted = await asserted(connection, asked.keys, asked.sight)
    instead = {key: edge["replacedById"] for key, edge in retracted.items() if edge["replacedById"]}
    found = await asserted(connection, sorted(instead.values()), asked.sight) if instead else {}
    return {key: found.get(id) for key, id in instead.items()}


async def several(connection: Connection, asked: Asked, most: int) -> list[str]:
    """The ids of a list of references."""
    references: Sequence[Mapping[str, Any]] = asked.arguments["of"]
    if not 1 <= len(references) <= most:
        raise InvalidInput(f"Name between 1 and {most} things.", path=("of",))
    return await origins(connection, [(("of", i), reference) for i, reference in enumerate(references)], asked.sight)


def scope(asked: Asked) -> Scope:
    """What the arguments restrict a question to, and what its answer needs of nodes."""
    arguments = asked.arguments
    through, limit = arguments.get("through") or {}, arguments.get("limit")
    return Scope(
        through=Through(
            edge_kinds=through.get("edgeKinds"),
            roles=through.get("roles"),
            derivations=through.get("derivations"),
            types=through.get("types"),
        ),
        where=where(arguments.get("where") or {}),
        as_of=arguments.get("asOf"),
        max_depth=arguments.get("maxDepth"),
        limit=DEFAULT_LIMIT if limit is None else limit,
        properties=sorted({*asked.properties, *NEEDED}),
        untimed=TIMES.isdisjoint(asked.told),
        sight=asked.sight,
    )


def where(given: Mapping[str, Any]) -> Where:
    """The conditions on what is reported, by property."""
    tests = {property: operators(given.get(field) or {}) for field, property in COMPARED.items()}
    if given.get("isStub") is not None:
        tests["isStub"] = {"eq": given["isStub"]}
    return Where(given.get("types"), {property: found for property, found in tests.items() if found})


def operators(filter: Mapping[str, Any]) -> dict[str, Any]:
    return {name: operand for name, operand in filter.items() if operand is not None}


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("LineageNode", "upstream"): walk("UPSTREAM"),
    ("LineageNode", "downstream"): walk("DOWNSTREAM"),
    ("Query", "lineage"): lineage,
    ("Query", "lineageCounts"): counts,
    ("Query", "lineagePaths"): lineage_paths,
    ("Query", "commonAncestors"): common_ancestors,
    ("Query", "lineageDiff"): lineage_diff,
    ("Query", "impact"): impact,
    ("RecordLineagePayload", "edge"): edges,
    ("RetractLineagePayload", "edge"): edges,
    ("RetractLineagePayload", "replacement"): replacements,
}
