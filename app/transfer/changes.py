"""The changes that an import makes: some entities with all that describes them, or some edges."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from app.database.queries import query
from app.domain.writing import Change
from app.transfer.directory import Directory
from app.transfer.edges import Edge
from app.transfer.lines.delivery import DeploymentLine
from app.transfer.lines.policies import PolicyLine, PolicyVersionLine
from app.transfer.lines.registry import ModelVersionLine, RegisteredModelLine
from app.transfer.planned import Planned, Row, needed
from app.transfer.rows import rows_of
from app.transfer.standing import NAMES

IMPORT_ENTITIES = query("transfer/import_entities")
IMPORT_EDGES = query("transfer/import_edges")
ACTION = "import"

# Whoever decides reads anew when one of these came meanwhile.
GOVERNING = frozenset(
    {
        *("PolicyVersion", "ApprovalRequest", "Approval", "PromotionDecision"),
        *("Finding", "Recall", "Mitigation", "LicenseWaiver"),
    }
)


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
