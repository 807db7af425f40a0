"""Edges of lineage: which may be, what comes with them, how they are read, and how a refused cycle is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.draft import Draft
from app.domain.given import given
from app.domain.lineage.derivations import BASE
from app.domain.lineage.records import answered_edge
from app.domain.lineage.statements import alone
from app.domain.permission.sight import Sight
from app.domain.resolution import Known
from app.domain.vocabulary import AssertedEdgeKind, DerivationKind
from app.domain.writing import Change, Writer, commit
from app.errors import Cycle, InvalidInput, PathItem
from graph_schema.model import MODEL

LABELS = query("lineage/labels")
ENDS = {each.type: each for each in MODEL.relationships if each.is_lineage}


def draw(draft: Draft, kind: AssertedEdgeKind, source: Known, target: Known, said: Mapping[str, Any]) -> None:
    """Draw an edge and what comes with it: a part's use is its whole's use, an adapter needs its base when it runs."""
    draft.bundle.lineage(kind.value, source.id, target.id, **said)
    if kind is AssertedEdgeKind.USED:
        for whole in sorted(set(source.wholes)):
            draft.bundle.lineage(kind.value, whole, target.id, **said, via=source.id)
    if kind is AssertedEdgeKind.DERIVED_FROM and said.get("kind") == DerivationKind.ADAPTER:
        draft.bundle.lineage(AssertedEdgeKind.DEPENDS_ON.value, source.id, target.id, kind=BASE)


def check_ends(kind: str, source_label: str, target: Known, *path: PathItem) -> None:
    """Refuse an edge between things that no such edge can lie between."""
    ends = ENDS[kind]
    if source_label not in ends.sources:
        expected = " or ".join(ends.sources)
        raise InvalidInput(f"{kind} leads from a {expected}; this is a {source_label}.", path=("source",))
    if target.label not in ends.targets:
        expected = " or ".join(ends.targets)
        raise InvalidInput(f"{kind} leads to a {expected}; this is a {target.label}.", path=path)


async def asserted(connection: Connection, ids: Sequence[str], sight: Sight) -> dict[str, dict[str, Any]]:
    """The edges of these ids that can be retracted, as they are answered to somebody who may see their ends."""
    text = alone("asserted", is_partial=sight.is_partial)
    row = await connection.read("lineage/walk/asserted", text, given({"ids": ids, "hidden": sight.parameter}))
    edges = (answered_edge(values, is_partial=sight.is_partial) for values in row["edges"])
    return {edge["id"]: edge for edge in edges}


async def commit_lineage(writer: Writer, change: Change) -> Row:
    """Make a change that may close a cycle: the refusal says by name what lies on it."""
    try:
        return await commit(writer, replace(change, refusals={"cycle": closes_cycle, **change.refusals}))
    except Cycle as refused:
        nodes: Any = refused.details.get("nodes")
        if not nodes:
            raise
        row = await writer.connection.ask(LABELS, given({"ids": sorted(set(nodes))}))
        raise told(refused, nodes, row["found"], writer.caller.sight) from None


def told(refused: Cycle, nodes: Sequence[str], found: Sequence[tuple[str, str, str | None]], sight: Sight) -> Cycle:
    """The refusal by names, as far as somebody may see what lies on the cycle."""
    hidden = {id for id, _, scope in found if sight.hides(scope)}
    names = {id: label for id, label, _ in found}
    ids = [id for id in nodes if id not in hidden]
    labels = [names[id] for id in ids if names.get(id)]
    besides = ", and leads through what you may not see" if hidden else ""
    message = f"This would close a cycle: {' -> '.join(labels)}{besides}."
    return Cycle(message, path=refused.path, nodes=ids, labels=labels, andHidden=bool(hidden))


def closes_cycle(row: Row) -> Exception:
    return Cycle(nodes=row["cycle"])
