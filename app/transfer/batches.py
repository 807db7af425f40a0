"""Writes what was planned: batch by batch, each in one transaction with its audit events.

Two batches are on their way at a time, and never wait for each other in a circle: what both may lock is locked in the
order of ids. A batch that the database refuses is halved until the line is found that stands in the way.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from app.database.errors import ConstraintViolated
from app.database.queries import query
from app.domain.writing import Change, Outdated, Writer, commit
from app.transfer.directory import Directory, chunks
from app.transfer.edges import Edge
from app.transfer.file import Problem
from app.transfer.lines.delivery import DeploymentLine
from app.transfer.lines.entity import ACTORS
from app.transfer.lines.policies import PolicyLine, PolicyVersionLine
from app.transfer.lines.registry import ModelVersionLine, RegisteredModelLine
from app.transfer.planned import Planned, Row, needed
from app.transfer.rows import rows_of
from app.transfer.standing import NAMES

IMPORT_ENTITIES = query("transfer/import_entities")
IMPORT_EDGES = query("transfer/import_edges")
SETTLE_SCOPES = query("transfer/settle_scopes")
ACTION = "import"
WEIGHT = 1_000
EDGES = 500
AT_A_TIME = 2

# What has to be there before what belongs to it.
TIERS = (
    (
        *ACTORS,
        *(
            "RegisteredModel",
            "Dataset",
            "Job",
            "CodeRepository",
            "Environment",
            "Application",
            "UnknownAsset",
            "Policy",
        ),
    ),
    ("ModelVersion", "DatasetVersion", "Run", "Commit", "Endpoint", "Finding", "PolicyVersion", "Delegation"),
    ("Evaluation", "Recall", "LicenseWaiver", "ApprovalRequest"),
    ("Approval",),
    ("PromotionDecision",),
    ("Deployment",),
    ("Mitigation",),
)
# Whoever decides reads anew when one of these came meanwhile.
GOVERNING = frozenset(
    {
        "PolicyVersion",
        "ApprovalRequest",
        "Approval",
        "PromotionDecision",
        "Finding",
        "Recall",
        "Mitigation",
        "LicenseWaiver",
    }
)

Item = TypeVar("Item", Planned, Edge)
Advance = Callable[[int], None]


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


def entities_change(planned: Sequence[Planned], directory: Directory) -> Change:
    """The change that imports some entities."""
    made = [rows_of(each, directory) for each in planned]
    rows: dict[str, list[Any]] = {
        "nodes": [each.node for each in made],
        "satellites": [row for each in made for row in each.satellites],
        "ties": sorted((row for each in made for row in each.ties), key=lambda tie: tie["belongsTo"]),
        "needed": needed(planned, directory),
        "decided": list(decided(planned, directory)),
        "endpoints": sorted({tie["belongsTo"] for each in made for tie in each.ties if tie["type"] == "AT"}),
    }
    counts = {name: len(some) for name, some in rows.items()}
    # What a new node says is known here: the statement need not bring it back.
    facts = {
        each.id: {**(own.said if each.known is None else {}), **facts_of(each, directory)}
        for each, own in zip(planned, made, strict=True)
    }
    more = {"lastNumbers": last_numbers(planned, rows["nodes"]), "governs": governs(planned)}
    return Change(IMPORT_ENTITIES, ACTION, {**rows, **more}, counts=counts, facts=facts)


def governs(planned: Sequence[Planned]) -> bool:
    """Whether there are some among them that promotions depend on."""
    return any(each.label in GOVERNING or getattr(each.entry.line, "decision", None) for each in planned)


def decided(planned: Sequence[Planned], directory: Directory) -> Iterator[dict[str, str]]:
    """The decisions that let in what is among these entities. What was brought back was let in before."""
    for each in planned:
        line = each.entry.line
        if isinstance(line, DeploymentLine) and line.decision is not None and line.restores is None:
            yield {"id": each.properties(directory)["decisionId"], "deploymentId": each.id}


def facts_of(planned: Planned, directory: Directory) -> dict[str, Any]:
    """What the audit event of an entity says beside its properties: what describes it, by kind."""
    facts: dict[str, Any] = defaultdict(list)
    for label, described in planned.described(directory):
        facts[NAMES[label]].append(described.get("name") if label in ("MetricSeries", "FormerName") else described)
    return dict(facts)


def last_numbers(planned: Sequence[Planned], nodes: Sequence[Row]) -> list[dict[str, Any]]:
    """The highest number that was given to a version of each model and policy, as far as these entities say."""
    highest: dict[str, int] = {}
    for each, node in zip(planned, nodes, strict=True):
        line = each.entry.line
        if isinstance(line, ModelVersionLine) and not line.is_stub:
            owner_id, number = node["properties"]["modelId"], line.number
        elif isinstance(line, PolicyVersionLine):
            owner_id, number = node["properties"]["policyId"], line.number
        elif isinstance(line, RegisteredModelLine | PolicyLine) and line.last_number is not None:
            owner_id, number = each.id, line.last_number
        else:
            continue
        highest[owner_id] = max(highest.get(owner_id, 0), number)
    return [{"id": id, "number": number} for id, number in sorted(highest.items())]


def edges_change(edges: Sequence[Edge]) -> Change:
    """The change that imports some edges. It is told of in the history of what they leave, and of what is owned."""
    facts: dict[str, dict[str, Any]] = {}
    subjects: dict[str, str] = {}
    for edge in edges:
        near, far = (edge.target, edge.source) if edge.type == "OWNS" else (edge.source, edge.target)
        said = {"type": edge.type, "id": far.id, **edge.properties}
        facts.setdefault(near.id, {}).setdefault("edges", []).append(said)
        subjects[near.id] = near.label
    return Change(
        IMPORT_EDGES,
        ACTION,
        {
            "edges": [edge.row for edge in edges],
            "subjects": [{"id": id, "label": label} for id, label in sorted(subjects.items())],
        },
        counts={"edges": len(edges)},
        facts=facts,
    )


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
