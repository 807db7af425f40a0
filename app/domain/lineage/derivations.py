"""What an asset was made from, and what it needs when it runs."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from app.domain.bundle import as_json
from app.domain.command import Input, optional
from app.domain.draft import Draft, mentions
from app.domain.references import LineageRef
from app.domain.resolution import ASSETS, Mention
from app.domain.scalars import FreeJSON, Line, Share
from app.domain.vocabulary import DerivationKind
from app.errors import Cycle, InvalidInput, PathItem

BASE = "base"


class DerivationInput(Input):
    """What an asset was made from."""

    kind: DerivationKind = Field(description="How it was made.")
    source: LineageRef = Field(description="What it was made from.")
    weight: Share | None = optional("Its share in a merge.")
    detail: FreeJSON | None = optional("What else there is to say: layers, method, rank ...")


class DependencyInput(Input):
    """What an asset needs when it runs."""

    kind: Line = Field(description="base, tokenizer, reranker, retrieval index, guard model ...")
    target: LineageRef = Field(description="What it needs.")
    detail: FreeJSON | None = optional("What else there is to say.")


def derivation_mentions(parents: Sequence[DerivationInput]) -> Iterator[Mention]:
    for index, parent in enumerate(parents):
        yield from mentions(parent.source, "parents", index, "source")


def dependency_mentions(dependencies: Sequence[DependencyInput]) -> Iterator[Mention]:
    for index, dependency in enumerate(dependencies):
        yield from mentions(dependency.target, "dependencies", index, "target")


def derive(draft: Draft, id: str, parents: Sequence[DerivationInput]) -> None:
    """Tie an asset to its parents. An adapter needs its base whenever it runs, so that impact finds it."""
    seen: set[tuple[str, str]] = set()
    for index, parent in enumerate(parents):
        source = asset_id(draft, parent.source, "parents", index, "source")
        check_edge(id, source, (parent.kind, source) in seen, "parents", index, "source")
        seen.add((parent.kind, source))
        detail = as_json(parent.detail) if parent.detail is not None else None
        draft.bundle.lineage("DERIVED_FROM", id, source, kind=parent.kind.value, weight=parent.weight, detail=detail)
        if parent.kind is DerivationKind.ADAPTER:
            draft.bundle.lineage("DEPENDS_ON", id, source, kind=BASE)
    draft.bundle.mark(id, parents=[{"kind": kind, "sourceId": source} for kind, source in sorted(seen)])


def depend(draft: Draft, id: str, dependencies: Sequence[DependencyInput]) -> None:
    """Tie an asset to what it needs."""
    seen = {(edge["kind"], edge["to"]) for edge in draft.bundle.edges if edge["type"] == "DEPENDS_ON"}
    adapted = frozenset(seen)
    for index, dependency in enumerate(dependencies):
        target = asset_id(draft, dependency.target, "dependencies", index, "target")
        if (dependency.kind, target) in adapted:
            continue
        check_edge(id, target, (dependency.kind, target) in seen, "dependencies", index, "target")
        seen.add((dependency.kind, target))
        detail = as_json(dependency.detail) if dependency.detail is not None else None
        draft.bundle.lineage("DEPENDS_ON", id, target, kind=dependency.kind, detail=detail)
    draft.bundle.mark(id, dependencies=[{"kind": kind, "targetId": target} for kind, target in sorted(seen)])


def asset_id(draft: Draft, reference: LineageRef, *path: PathItem) -> str:
    """The id of what a reference stands for: only assets come from each other, and need each other."""
    known = draft.known(reference, *path)
    if known.label not in ASSETS:
        raise InvalidInput(f"This is a {known.label}; {' or '.join(ASSETS)} is expected here.", path=path)
    return known.id


def check_edge(source: str, target: str, is_double: bool, *path: PathItem) -> None:
    if source == target:
        raise Cycle("An asset cannot come from itself.", path=path)
    if is_double:
        raise InvalidInput("This is given twice.", path=path)
