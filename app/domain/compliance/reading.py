"""Reads a report. It is read with the sight of who asks: what that hides is missing, and makes the report incomplete.

A fixed number of statements for all versions together, and for each version those of a dry run of the policies in each
environment that it is placed in, or was asked to be let into.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.compliance.admitted import Admitted, admitted
from app.domain.compliance.coverage import Coverage, coverage
from app.domain.compliance.happened import changes, proof
from app.domain.compliance.judging import Judged, judged
from app.domain.compliance.report import Changes, Measured, Part, Placement, Question, Report, System
from app.domain.compliance.reproducibility import Making, Parameters, reproducibility, runs_of
from app.domain.given import given
from app.domain.governance.dry_run import named
from app.domain.governance.standing import statuses
from app.domain.licensing.reading import license_obligations
from app.domain.lineage.paths import Found, looked_up
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import MAX_LIMIT, Scope
from app.domain.permission.sight import WHOLE, Sight

VERSIONS = query("compliance/versions")
PARAMETERS = query("compliance/parameters")
FINDINGS = query("compliance/findings")
LABELS = query("lineage/labels")
MOST_EVALUATIONS = 20
# What a document shows of nodes.
SHOWN = (
    *(*NEEDED, "name", "kind", "severity", "title", "dueOn", "reason", "status", "role", "location", "endpointId"),
    *("validFrom", "activeFrom", "validTo", "onId", "slice", "context", "evaluatedAt", "url", "displayName", "modelId"),
    *(
        "description",
        "purpose",
        "riskClass",
        "isUserFacing",
        "createdAt",
        "scope",
        "artifactDigest",
        "framework",
        "format",
    ),
    *("isAllowed", "isEmergency", "emergencyExpiresAt", "recordDigest", "environmentId"),
    *("intendedUse", "outOfScopeUse", "limitations", "riskTier", "task"),
    *("isCommitClean", "runtimeLockDigest", "runtimeImageDigest", "runtimeSeed"),
)

# What is named by nodes that are shown: where a deployment is, what was measured on, whose version it is.
LEADING = ("endpointId", "onId", "modelId")

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Read:
    """What was read of all versions together, by their ids."""

    told: Row
    judged: Judged
    admitted: Admitted
    obligations: Answers
    recalls: Answers
    findings: Mapping[str, Sequence[str]]

    def deployments(self, version: str) -> list[Placement]:
        return [Placement(id, place) for of, id, place in self.told["deployments"] if of == version]

    def evaluations(self, version: str) -> Mapping[str, Any]:
        return next(each for each in self.told["evaluations"] if each["versionId"] == version)

    @property
    def blamed(self) -> set[str]:
        """The ids of what has a license that asks for something, and of what was recalled."""
        owed = (obligation for each in self.obligations.values() for obligation in each["obligations"])
        reaches = (reach for each in self.recalls.values() for reach in each["reaches"])
        sources = (source for obligation in owed for source in obligation["sources"])
        return {source["node"]["id"] for source in sources} | {reach["target"]["id"] for reach in reaches}

    def surroundings(self, version: str) -> set[str]:
        """The ids of a version, its deployments and its ancestors: what findings about it may be about."""
        placed = {each.id for each in self.deployments(version)}
        return placed | self.judged.ancestries[version].by_id.keys()


async def read_report(
    connection: Connection, question: Question, *, properties: Sequence[str] = (), sight: Sight = WHOLE
) -> Report:
    """The report. `properties` are those that are wanted of nodes, beside those that a document shows."""
    scope = Scope(as_of=question.as_of, limit=MAX_LIMIT, properties=sorted({*properties, *SHOWN}), sight=sight)
    covered = await coverage(connection, question, sight)
    read = await read_all(connection, covered, scope)
    parameters = await read_parameters(connection, read.judged)
    placed = [each.id for version in covered.versions for each in read.deployments(version)]
    happened = await changes(connection, {covered.subject_id, *covered.versions, *placed}, question, sight)
    found = await read_nodes(connection, covered, read, happened, scope)
    parts = [part(id, read, found, parameters) for id in covered.versions]
    return Report(
        subject_id=covered.subject_id,
        at=read.told["at"],
        since=question.since,
        parts=parts,
        omitted=covered.omitted,
        is_covered_whole=covered.is_whole,
        is_partial=sight.is_partial,
        system=system(covered, read),
        changes=happened,
        proof=None if sight.is_partial else await proof(connection, happened),
        nodes=found.nodes,
        edges=found.edges,
        labels=await read_labels(connection, found, sight),
    )


async def read_all(connection: Connection, covered: Coverage, scope: Scope) -> Read:
    """What is read of all versions together, and of an application as a whole."""
    about = {"versions": list(covered.versions), "asOf": scope.as_of, "most": MOST_EVALUATIONS}
    told = await connection.ask(VERSIONS, given(about))
    places = {id: list(dict.fromkeys(e for of, _, e in told["deployments"] if of == id)) for id in covered.versions}
    starts = [*covered.versions, *([covered.subject_id] if covered.subject_type == "Application" else [])]
    found, obligations, recalls = await asyncio.gather(
        judged(connection, places, scope.as_of, scope.sight),
        license_obligations(connection, starts, scope) if starts else nothing(),
        statuses(connection, starts, scope) if starts else nothing(),
    )
    known = {} if scope.sight.is_partial else {pair: each.snapshot for pair, each in found.verdicts.items()}
    admissions = await admitted(connection, places, known, scope.as_of)
    ids = {*starts, *(id for _, id, _ in told["deployments"])}
    ids |= {id for ancestry in found.ancestries.values() for id in ancestry.by_id}
    return Read(told, found, admissions, obligations, recalls, await read_findings(connection, ids, scope))


async def nothing() -> dict[str, dict[str, Any]]:
    """What is known of no things."""
    return {}


async def read_findings(connection: Connection, ids: Iterable[str], scope: Scope) -> dict[str, list[str]]:
    """The ids of the findings about each of some things, the latest first."""
    row = await connection.ask(FINDINGS, given({"ids": sorted(ids), "asOf": scope.as_of}))
    found: dict[str, list[str]] = {}
    for each in row["findings"]:
        if not scope.sight.hides(each["scope"]):
            found.setdefault(each["aboutId"], []).append(each["id"])
    return found


async def read_parameters(connection: Connection, found: Judged) -> dict[str, Parameters]:
    """What parameters versions and the runs that made them have."""
    ids = {id for version, ancestry in found.ancestries.items() for id in (version, *runs_of(ancestry))}
    row = await connection.ask(PARAMETERS, given({"ids": sorted(ids)}))
    return {each["id"]: Parameters(each["count"], each["seeds"]) for each in row["found"]}


async def read_nodes(connection: Connection, covered: Coverage, read: Read, happened: Changes, scope: Scope) -> Found:
    """All nodes and edges that the report names."""
    ids = {covered.subject_id, *covered.others, *(event["actorId"] for event in happened.events)} - {None}
    for version in covered.versions:
        ids |= read.surroundings(version)
        ids |= {each.environment_id for each in read.deployments(version)}
        ids |= {each["id"] for each in read.evaluations(version)["latest"]}
    ids |= read.blamed | set(read.admitted.named()) | {id for found in read.findings.values() for id in found}
    verdicts = list(read.judged.verdicts.values())
    own, shown = await asyncio.gather(
        looked_up(connection, ids, (), scope), named(connection, verdicts, scope.properties, scope.sight)
    )
    onward = {node[name] for node in own.nodes.values() for name in LEADING if node.get(name)}
    onward |= set(read.admitted.told())
    further = (await looked_up(connection, onward - own.nodes.keys(), (), scope)).nodes
    seen = {id: node for id, node in further.items() if not scope.sight.hides(node.get("scope"), node["id"])}
    return Found({**shown.nodes, **own.nodes, **seen}, shown.edges)


async def read_labels(connection: Connection, found: Found, sight: Sight) -> dict[str, str]:
    """What to call the nodes of lineage."""
    row = await connection.ask(LABELS, given({"ids": sorted(found.nodes)}))
    return {id: label for id, label, scope in row["found"] if label and not sight.hides(scope)}


def part(id: str, read: Read, found: Found, parameters: Mapping[str, Parameters]) -> Part:
    """What is said of one version."""
    ancestry, evaluations, placements = read.judged.ancestries[id], read.evaluations(id), read.deployments(id)
    return Part(
        id=id,
        ancestry=ancestry,
        placements=placements,
        verdicts={each.environment_id: read.judged.verdicts[id, each.environment_id] for each in placements},
        approvals=read.admitted.approvals[id],
        promotions=read.admitted.promotions[id],
        promotion_count=read.admitted.counts[id],
        measured=[Measured(each["id"], each["figures"]) for each in evaluations["latest"]],
        evaluation_count=evaluations["count"],
        obligations=read.obligations[id],
        recall_status=read.recalls[id],
        findings=list(distinct(read, read.surroundings(id))),
        reproducibility=reproducibility(Making(ancestry, found.nodes, parameters)),
    )


def system(covered: Coverage, read: Read) -> System | None:
    """What is said of an application as a whole."""
    id = covered.subject_id
    if covered.subject_type != "Application":
        return None
    return System(read.obligations[id], read.recalls[id], list(distinct(read, {id})), covered.others)


def distinct(read: Read, ids: Iterable[str]) -> Iterator[str]:
    """The ids of the findings about some things, each once."""
    return iter(dict.fromkeys(finding for id in sorted(ids) for finding in read.findings.get(id, ())))
