"""Writes what was planned: batch by batch, each in one transaction with its audit events.

Two batches are on their way at a time, and never wait for each other in a circle: what both may lock is locked in the
order of ids. A batch that the database refuses is halved until the line is found that stands in the way.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from app.database.errors import ConstraintViolated
from app.database.queries import query
from app.domain.writing import Change, Outdated, Writer, commit
from app.transfer.changes import ACTION, edges_change, entities_change
from app.transfer.directory import Directory, chunks
from app.transfer.edges import Edge
from app.transfer.file import Problem
from app.transfer.lines.entity import ACTORS
from app.transfer.planned import Planned
from app.transfer.progress import Advance

SETTLE_SCOPES = query("transfer/settle_scopes")
WEIGHT = 1_000
EDGES = 500
AT_A_TIME = 2

# What has to be there before what belongs to it.
TIERS = (
    (*ACTORS, "RegisteredModel", "Dataset", "Job", "CodeRepository", "Environment", "Application", "UnknownAsset"),
    ("Policy", "ModelVersion", "DatasetVersion", "Run", "Commit", "Endpoint", "Finding", "Delegation"),
    ("PolicyVersion", "Evaluation", "Recall", "LicenseWaiver", "ApprovalRequest"),
    ("Approval",),
    ("PromotionDecision",),
    ("Deployment",),
    ("Mitigation",),
)

Item = TypeVar("Item", Planned, Edge)


def batches(planned: Iterable[Planned]) -> Iterator[list[Planned]]:
    """Entities whose nodes are about WEIGHT together."""
    batch: list[Planned] = []
    weight = 0
    for each in planned:
        own = 1 + len(each.entry.satellites)
        if batch and weight + own > WEIGHT:
            yield batch
            batch, weight = [], 0
        batch.append(each)
        weight += own
    if batch:
        yield batch


async def written(
    writer: Writer, items: Sequence[Item], change_of: Callable[[Sequence[Item]], Change]
) -> list[Problem]:
    """Write a batch whole, or its halves. Returns why single lines could not be written."""
    try:
        await commit(writer, change_of(items))
    except (ConstraintViolated, Outdated) as error:
        if len(items) == 1:
            return [Problem(number_of(items[0]), reason(error))]
        middle = len(items) // 2
        halves = (items[:middle], items[middle:])
        return [problem for half in halves for problem in await written(writer, half, change_of)]
    return []


def number_of(item: Planned | Edge) -> int:
    number = item.entry.number if isinstance(item, Planned) else item.number
    return number or 0


def reason(error: ConstraintViolated | Outdated) -> str:
    if isinstance(error, ConstraintViolated):
        return f"its {error.property} is another {error.label}'s already"
    return "somebody changed it, or something that it names, in the meantime; or that was not imported either"


async def write_entities(
    writer: Writer, planned: Sequence[Planned], directory: Directory, advance: Advance
) -> list[Problem]:
    """Write all entities, what belongs to others after these."""
    problems: list[Problem] = []
    for tier in TIERS:
        some = batches(each for each in planned if each.label in tier)
        problems += await write_all(writer, some, lambda batch: entities_change(batch, directory), advance)
    return problems


async def write_edges(writer: Writer, edges: Sequence[Edge], advance: Advance) -> list[Problem]:
    """Write all edges, those that leave one entity together."""
    ordered = iter(sorted(edges, key=lambda edge: edge.source.id))
    return await write_all(writer, chunks(ordered, EDGES), edges_change, advance)


async def settle_scopes(writer: Writer, planned: Sequence[Planned]) -> None:
    """Let facts belong to what they are about, which edges say; and mitigations after the recalls that they stop."""
    for labels in (("Finding", "Recall"), ("Mitigation",)):
        for ids in chunks([each.id for each in planned if each.label in labels], WEIGHT):
            await commit(writer, Change(SETTLE_SCOPES, ACTION, {"ids": list(ids)}))


async def write_all(
    writer: Writer, some: Iterator[Sequence[Item]], change_of: Callable[[Sequence[Item]], Change], advance: Advance
) -> list[Problem]:
    """Write batches, a few at a time: while the database writes one, the next is made ready."""
    problems: list[Problem] = []

    async def work() -> None:
        for batch in some:
            problems.extend(await written(writer, batch, change_of))
            advance(len(batch))

    await asyncio.gather(*(work() for _ in range(AT_A_TIME)))
    return problems
