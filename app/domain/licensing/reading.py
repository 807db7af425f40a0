"""What an asset is obliged to, read from the graph: one statement walks up, one brings what the answer shows of it.

Licenses carry along derivation, the runs in between, and what is needed at run time; not from test data, nor from code.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.licensing import inheritance
from app.domain.licensing.inheritance import DISCLAIMER, Asset, Obligation, Source, Subject, Waiver
from app.domain.lineage.records import answered_edge, answered_node, completeness
from app.domain.lineage.scope import MAX_LIMIT, Scope
from app.domain.lineage.search import Step
from app.domain.lineage.statements import alone, given, statement, withheld, written_out
from app.domain.vocabulary import LicenseObligationKind
from graph_schema.model import MODEL

NAME = "licensing/ancestry"
ANCESTRY = query(NAME)
TOKENS = {"carries(edge)": query("licensing/carries"), "inForce(waiver)": query("licensing/in_force")}
OF_WAIVERS = MODEL.by_label["LicenseWaiver"].property_names

Answer = dict[str, Any]
Nodes = Mapping[str, Mapping[str, Any]]


@cache
def ancestry(*, is_partial: bool = False) -> str:
    """The statement that walks up."""
    text = ANCESTRY.body
    for token, meaning in TOKENS.items():
        text = text.replace(token, f"({meaning.body})")
    return statement(is_partial, written_out(text))


async def license_obligations(
    connection: Connection, starts: Sequence[str], scope: Scope, *, with_paths: bool = True
) -> dict[str, Answer]:
    """The obligations of each start, by its id. At most MAX_LIMIT ancestors are looked at; more leave it incomplete."""
    row, hiding = await asyncio.gather(
        walked(connection, starts, scope), withheld(connection, "UPSTREAM", starts, scope)
    )
    found = {each["id"]: found_in(each) for each in row["ancestries"]}
    nodes, edges = await shown(connection, found, scope, with_paths=with_paths)
    waivers = {waiver["id"]: waiver for each in row["ancestries"] for waiver in answered_waivers(each["waivers"])}
    telling = Telling(nodes, edges, waivers, with_paths=with_paths)
    return {
        each["id"]: {
            **telling.whole(each["id"], found[each["id"]]),
            **completeness(each["omitted"], each["id"] in hiding, row["asOfSettled"]),
        }
        for each in row["ancestries"]
    }


async def obligations_of(
    connection: Connection, starts: Sequence[str], scope: Scope
) -> dict[str, tuple[Obligation, ...]]:
    """The obligations of each start by its id, and nothing of what they name: one statement."""
    row = await walked(connection, starts, scope)
    return {each["id"]: found_in(each) for each in row["ancestries"]}


async def walked(connection: Connection, starts: Sequence[str], scope: Scope) -> Row:
    parameters = given(connection, scope, starts=sorted(set(starts)), budget=MAX_LIMIT, ofWaivers=OF_WAIVERS)
    return await connection.read(NAME, ancestry(is_partial=scope.sight.is_partial), parameters)


def found_in(read: Mapping[str, Any]) -> tuple[Obligation, ...]:
    """The obligations of one start, from what was read of it."""
    assets = {id: Asset(id, declared, spdx) for id, declared, spdx in read["assets"]}
    ids = frozenset(id for id in (read["id"], *read["versionOf"]) if id is not None)
    subject = Subject(assets[read["id"]], ids)
    steps = [Step(*edge) for edge in read["edges"]]
    return inheritance.obligations(subject, assets.values(), steps, waivers_of(read["waivers"]))


def waivers_of(rows: Iterable[Sequence[Any]]) -> Iterator[Waiver]:
    for asset_id, waived_for_id, kinds, values in rows:
        id = dict(zip(OF_WAIVERS, values, strict=True))["id"]
        yield Waiver(id, asset_id, frozenset(map(LicenseObligationKind, kinds)), waived_for_id)


def answered_waivers(rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for *_, values in rows:
        yield {**dict(zip(OF_WAIVERS, values, strict=True)), "labels": ["LicenseWaiver"]}


async def shown(
    connection: Connection, found: Mapping[str, Sequence[Obligation]], scope: Scope, *, with_paths: bool
) -> tuple[Nodes, Nodes]:
    """What the answers show: the nodes with licenses, and with the paths what lies on them."""
    sources = [source for each in found.values() for obligation in each for source in obligation.sources]
    steps = {step for source in sources for step in source.path} if with_paths else set()
    ids = {source.asset.id for source in sources} | {id for step in steps for id in (step.source, step.target)}
    ids |= set(found) if with_paths else set()
    if not ids:
        return {}, {}
    wanted = {
        "nodes": sorted(ids),
        "edges": [{"id": step.edge, "source": step.source} for step in sorted(steps)],
        "properties": scope.properties,
        "untimed": scope.untimed,
    }
    row = await connection.read("lineage/walk/found", alone("found"), {"given": wanted})
    nodes = (answered_node(item, scope.properties) for item in row["nodes"])
    edges = (answered_edge(values, is_partial=scope.sight.is_partial) for values in row["edges"])
    return {node["id"]: node for node in nodes}, {edge["id"]: edge for edge in edges}


def word(value: StrEnum | None) -> str | None:
    return value.value if value is not None else None


class Telling:
    """Says obligations as they are answered, of nodes, edges and waivers by their ids."""

    def __init__(self, nodes: Nodes, edges: Nodes, waivers: Nodes, *, with_paths: bool) -> None:
        self.nodes = nodes
        self.edges = edges
        self.waivers = waivers
        self.with_paths = with_paths

    def whole(self, start: str, found: Sequence[Obligation]) -> Answer:
        return {
            "obligations": [self.obligation(start, each) for each in found],
            "mostRestrictive": word(inheritance.most_restrictive(found)),
            "attributions": self.sources(start, inheritance.standing(found, LicenseObligationKind.ATTRIBUTION)),
            "unknown": self.sources(start, inheritance.standing(found, LicenseObligationKind.UNKNOWN)),
            "disclaimer": DISCLAIMER,
        }

    def obligation(self, start: str, found: Obligation) -> Answer:
        return {
            "kind": found.kind.value,
            "scope": word(found.scope),
            "isWaived": found.is_waived,
            "sources": self.sources(start, found.sources),
        }

    def sources(self, start: str, sources: Iterable[Source]) -> list[Answer]:
        return [self.source(start, each) for each in sources]

    def source(self, start: str, source: Source) -> Answer:
        asset, asked = source.asset, source.asset.asked
        return {
            "node": self.nodes[asset.id],
            "declared": asset.declared,
            "spdx": asset.expression,
            "chosen": asked.chosen if asked else None,
            "exceptions": list(asked.exceptions) if asked else [],
            "describedAt": list(asked.bases) if asked else [],
            "unknownBecause": word(source.reason),
            "scope": word(source.scope),
            "path": self.path(start, source.path) if self.with_paths else None,
            "waivedBy": self.waivers[source.waiver.id] if source.waiver else None,
        }

    def path(self, start: str, steps: Sequence[Step]) -> Answer:
        return {
            "length": len(steps),
            "nodes": [self.nodes[start], *(self.nodes[step.target] for step in steps)],
            "edges": [self.edges[step.edge] for step in steps],
        }
