"""What a report is about, where it runs, and what it came from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.compliance.blocks import Block, Paragraph, Table
from app.domain.compliance.chapters.writing import instant, listed, tabled, yes
from app.domain.compliance.report import Part, Report
from app.domain.governance.ancestry import type_of

# What is said of the subject, when it is said.
FACTS = (
    ("purpose", "Purpose"),
    ("description", "Description"),
    ("riskClass", "Risk class"),
    ("isUserFacing", "People outside use it"),
    ("framework", "Framework"),
    ("format", "Format"),
    ("artifactDigest", "Digest of the artifact"),
    ("createdAt", "Since"),
)
DATA = ("Version", "Data", "Role", "License", "Classified", "Pinned by")
# What is said of the models of the versions.
MODEL_FACTS = (
    ("task", "Task"),
    ("intendedUse", "Intended use"),
    ("outOfScopeUse", "Not to be used for"),
    ("limitations", "Limitations"),
    ("riskTier", "Risk tier"),
)


def subject(report: Report) -> Iterator[Block]:
    node = report.nodes[report.subject_id]
    own = [(title, said(node[name])) for name, title in FACTS if node.get(name) is not None]
    yield Table(
        ("", ""),
        [
            (type_of(node), report.label(report.subject_id)),
            ("As of", instant(report.at)),
            ("Changes since", instant(report.since) or "the beginning"),
            ("Versions", str(len(report.parts))),
            ("Complete", yes(report.complete)),
            *own,
        ],
    )
    if not report.complete:
        yield Paragraph(incompleteness(report))
    models = {report.nodes[part.id]["modelId"]: None for part in report.parts}
    known = [report.nodes[id] for id in models if id in report.nodes]
    rows = [(model["name"], *(said(model.get(name)) for name, _ in MODEL_FACTS)) for model in known]
    yield from tabled(("Model", *(title for _, title in MODEL_FACTS)), rows, "No version of a model belongs to it.")


def incompleteness(report: Report) -> str:
    omitted = f" {report.omitted} versions were left out." if report.omitted else ""
    return (
        f"Something is missing: too much to be read, or what must not be seen.{omitted} Do not decide by this report."
    )


def said(value: Any) -> str:
    """A property as it is written; nothing when it is absent."""
    if isinstance(value, bool):
        return yes(value)
    if isinstance(value, datetime):
        return instant(value)
    return "" if value is None else str(value)


def deployments(report: Report) -> Iterator[Block]:
    columns = ("Version", "Environment", "Endpoint", "Role", "Since", "In its place since")
    yield from tabled(columns, (row for part in report.parts for row in placed(report, part)), "Nothing is placed.")


def placed(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for placement in part.placements:
        node = report.nodes[placement.id]
        endpoint: Mapping[str, Any] = report.nodes.get(node["endpointId"], {})
        place = " ".join(filter(None, (endpoint.get("name"), endpoint.get("location"))))
        times = instant(node["validFrom"]), instant(active_from(report, node))
        yield report.label(part.id), report.label(placement.environment_id), place, node["role"], *times


def active_from(report: Report, deployment: Mapping[str, Any]) -> Any:
    """When it took its place, if it had by the time of the report."""
    since = deployment["activeFrom"]
    return since if since and since <= report.at else None


def lineage(report: Report) -> Iterator[Block]:
    columns = ("Version", "Ancestors", "Known by name only", "All of them", "Digest of the ancestry")
    rows = [
        (
            report.label(part.id),
            str(len(part.ancestry.nodes)),
            str(sum(bool(node["isStub"]) for node in part.ancestry.nodes)),
            yes(part.ancestry.complete),
            part.ancestry.digest,
        )
        for part in report.parts
    ]
    yield from tabled(columns, rows, "No version, so no ancestry.")
    yield from tabled(DATA, (row for part in report.parts for row in data(report, part)), "It came from no known data.")
    if report.system and report.system.others:
        names = listed(report.label(id) or "something" for id in report.system.others)
        yield Paragraph(f"When it runs, it also needs: {names}.")


def data(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for node in part.ancestry.nodes:
        if type_of(node) == "DatasetVersion":
            arriving = part.ancestry.arriving.get(node["id"], ())
            roles = sorted({edge["role"] for edge in arriving if edge["role"]})
            pin = node["digest"] or node["snapshotRevision"] or "nothing"
            license = node["licenseSpdx"] or node["licenseDeclared"] or "none declared"
            about = listed(roles), license, listed(node["classifications"] or ())
            yield report.label(part.id), report.label(node["id"]), *about, pin
