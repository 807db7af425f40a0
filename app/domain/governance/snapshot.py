"""What a policy sees of a version in an environment: composed of what was read, frozen, with a digest of its own.

Pure. `app/domain/governance/snapshot_schema.py` declares what is in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.domain.approval.counting import Decided
from app.domain.approval.standing import NOBODY, Standing
from app.domain.canonical import canonical, digest_of, plain
from app.domain.governance.ancestry import Ancestry, Node, type_of
from app.domain.licensing.inheritance import Obligation
from app.domain.permission.sight import WHOLE, Sight

SECTIONS = {
    "ModelVersion": "models",
    "DatasetVersion": "datasets",
    "Run": "runs",
    "Commit": "commits",
    "Application": "applications",
    "UnknownAsset": "unknowns",
}
Values = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What was read beside the ancestry: of the version and its environment, and of ancestors by their ids."""

    subject: Mapping[str, Any]
    labels: Mapping[str, str]
    homes: Mapping[str, str]
    states: Mapping[str, str]
    places: Mapping[str, Sequence[str]]
    findings: Sequence[Mapping[str, Any]]
    recalls: Mapping[str, Any]
    admissions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    obligations: Sequence[Obligation] = ()
    standing: Standing = NOBODY
    sight: Sight = WHOLE


@dataclass(frozen=True)
class Snapshot:
    """What a policy sees, in the words of JSON. `epochs` are those of the locks when reading began."""

    values: Mapping[str, Any]
    at: datetime
    ancestry: Ancestry
    epochs: Mapping[str, int]
    standing: Standing = NOBODY

    @cached_property
    def digest(self) -> str:
        """The digest of all that a policy sees."""
        return digest_of(canonical(self.values))

    @property
    def complete(self) -> bool:
        return self.ancestry.complete


def composed(ancestry: Ancestry, reading: Reading) -> Snapshot:
    """The snapshot of a version."""
    subject = reading.subject
    sections: Values = {name: [] for name in SECTIONS.values()}
    ancestors = []
    for node in ancestry.nodes:
        kind, shared = type_of(node), common(node, ancestry, reading)
        ancestors.append({"type": kind, **shared})
        sections[SECTIONS[kind]].append({**shared, **OWN[kind](node, ancestry, reading)})
    values = {
        "version": version(ancestry.start, reading),
        "environment": dict(subject["environment"]),
        "at": subject["at"],
        "metrics": [measured(figure, ancestry) for figure in figures(reading, ancestry.start["id"])],
        "champions": [champion(each, reading) for each in sorted(subject["champions"], key=lambda c: c["number"])],
        "findings": [finding(each) for each in reading.findings if not reading.sight.hides(each["scope"])],
        "recalls": [recall(each) for each in reading.recalls["reaches"]],
        "isRecalled": reading.recalls["isRecalled"],
        "obligations": [each for obligation in reading.obligations for each in owed(obligation)],
        "approvals": [decision(each) for each in reading.standing.decisions],
        "ancestors": ancestors,
        **sections,
        "complete": ancestry.complete,
        "ancestryDigest": ancestry.digest,
    }
    return Snapshot(plain(values), subject["at"], ancestry, subject["epochs"], reading.standing)


def finding(read: Mapping[str, Any]) -> Values:
    return {name: read[name] for name in ("id", "kind", "severity", "title", "aboutId", "since")}


def recall(reach: Mapping[str, Any]) -> Values:
    told, target = reach["recall"], reach["target"]
    return {
        "id": told["id"],
        "severity": told["severity"],
        "targetId": target["id"],
        "isMitigated": reach["isMitigated"],
    }


def owed(obligation: Obligation) -> Iterator[Values]:
    for source in obligation.sources:
        yield {
            "id": source.asset.id,
            "kind": obligation.kind,
            "license": source.asset.expression,
            "isWaived": source.waiver is not None,
        }


def decision(decided: Decided) -> Values:
    return {
        "id": decided.id,
        "decision": decided.decision,
        "approver": decided.who,
        "onBehalfOf": decided.on_behalf,
        "teams": sorted(decided.teams),
        "roles": sorted(decided.roles),
        "conditions": decided.conditions,
        "at": decided.at,
        "holds": not decided.lapses,
    }


def version(node: Node, reading: Reading) -> Values:
    model = reading.subject["model"]
    return {
        "id": node["id"],
        "label": reading.labels[node["id"]],
        "model": model["name"],
        "task": model["task"],
        "riskTier": model["riskTier"],
        "number": node["number"],
        "license": node["licenseSpdx"],
        "declaredLicense": node["licenseDeclared"],
        "framework": node["framework"],
        "format": node["format"],
        "artifactDigest": node["artifactDigest"],
        "isArtifactVerified": bool(node["artifactIsVerified"]),
        "state": reading.states.get(node["id"], "ACTIVE"),
        "createdAt": node["createdAt"],
        "isStub": node["isStub"],
        "aliases": sorted(reading.subject["aliases"]),
        "deployedIn": sorted(reading.places.get(node["id"], ())),
        "admittedTo": sorted(reading.admissions.get(node["id"], ())),
    }


def common(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    """What all ancestors have."""
    arriving = ancestry.arriving.get(node["id"], ())
    return {
        "id": node["id"],
        "label": reading.labels[node["id"]],
        "license": node["licenseSpdx"],
        "declaredLicense": node["licenseDeclared"],
        "classifications": node["classifications"] or [],
        "createdAt": node["createdAt"],
        "isStub": node["isStub"],
        "depth": node["depth"],
        "roles": sorted({edge["role"] for edge in arriving if edge["kind"] == "USED"}),
    }


def model(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    direct = [e for e in ancestry.arriving.get(node["id"], ()) if e["sourceId"] == ancestry.start["id"]]
    return {
        "model": reading.homes[node["id"]],
        "number": node["number"],
        "state": reading.states.get(node["id"], "ACTIVE"),
        "deployedIn": sorted(reading.places.get(node["id"], ())),
        "admittedTo": sorted(reading.admissions.get(node["id"], ())),
        "derivations": sorted({edge["derivation"] for edge in direct if edge["derivation"]}),
        "dependencies": sorted({edge["dependency"] for edge in direct if edge["dependency"]}),
    }


def dataset(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    return {
        "dataset": reading.homes[node["id"]],
        "version": node["version"],
        "isPinned": bool(node["snapshotRevision"] or node["digest"]),
        "isErased": node["erasedAt"] is not None,
    }


def run(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    used = (ancestry.by_id[edge["targetId"]] for edge in ancestry.leaving.get(node["id"], ()))
    arriving = ancestry.arriving.get(node["id"], ())
    return {
        "status": node["status"],
        "isCommitClean": node["isCommitClean"],
        "commits": sorted({each["id"] for each in used if type_of(each) == "Commit"}),
        "isOwn": any(edge["sourceId"] == ancestry.start["id"] for edge in arriving),
    }


def commit(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    runs = (ancestry.by_id[edge["sourceId"]] for edge in ancestry.arriving.get(node["id"], ()))
    said = {each.get("isCommitClean") for each in runs}
    is_clean = False if False in said else None if None in said or not said else True
    return {"repository": reading.homes[node["id"]], "sha": node["sha"], "isClean": is_clean}


def named(node: Node, ancestry: Ancestry, reading: Reading) -> Values:
    return {"name": node["name"]}


OWN = {
    "ModelVersion": model,
    "DatasetVersion": dataset,
    "Run": run,
    "Commit": commit,
    "Application": named,
    "UnknownAsset": named,
}


def champion(other: Mapping[str, Any], reading: Reading) -> Values:
    label = f"{reading.subject['model']['name']}/{other['number']}"
    shown = [figure for figure, _ in figures(reading, other["id"])]
    return {"id": other["id"], "label": label, "number": other["number"], "metrics": shown}


def figures(reading: Reading, version_id: str) -> Iterator[tuple[Values, str | None]]:
    """The figures of a version, in a lasting order, each with the id of what it was measured on."""
    own = [each for each in reading.subject["figures"] if each["versionId"] == version_id]
    own = [{**each, **UNSEEN} if reading.sight.hides(each["scope"]) else each for each in own]
    newest: dict[tuple[Any, ...], Any] = {}
    for each in own:
        key = likeness(each)
        newest[key] = max(newest.get(key, each["evaluatedAt"]), each["evaluatedAt"])
    for each in sorted(own, key=lambda f: (*map(str, likeness(f)), str(f["on"]), f["subjectId"])):
        yield figure(each, is_latest=each["evaluatedAt"] == newest[likeness(each)]), each.get("onId")


UNSEEN = {"onId": None, "on": None, "dataset": None}


def likeness(figure: Mapping[str, Any]) -> tuple[Any, ...]:
    return figure["name"], figure["dataset"], figure.get("slice"), figure["context"]


def figure(read: Mapping[str, Any], *, is_latest: bool) -> Values:
    optional = {name: read.get(name) for name in ("low", "high", "sampleSize", "slice")}
    always = {name: read[name] for name in ("name", "value", "dataset", "on", "context", "evaluatedAt")}
    return {"id": read["subjectId"], **always, **optional, "isLatest": is_latest}


def measured(found: tuple[Values, str | None], ancestry: Ancestry) -> Values:
    """A figure of the version itself, with whether it was measured on what the version learned from."""
    shown, on_id = found
    is_known = on_id is not None and (ancestry.complete or on_id in ancestry.learned_from)
    return {**shown, "isOnTrainingData": on_id in ancestry.learned_from if is_known else None}
