"""How a report is answered: the domain reads it, and it is told here in the shape of its types."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from app.api.approval.showing import shown_lapse
from app.api.arguments import read
from app.api.policies.loaders import told as told_verdict
from app.api.policies.showing import Shelf
from app.api.promotion.showing import shown_approvals
from app.database.connection import Connection
from app.domain.compliance.document import FORMATS, written
from app.domain.compliance.reading import read_report
from app.domain.compliance.report import DISCLAIMER, Approving, Evidence, Part, Question, Report
from app.domain.governance.ancestry import Ancestry, type_of
from app.domain.governance.dry_run import Tried
from app.domain.promotion.record import told_approvals
from app.domain.references import ReportRef
from app.planner.kinds import Asked, Loader
from app.planner.needs import EVERYTHING

ROOT = ""  # the key of Query, which has no id
Answer = dict[str, Any]


async def compliance_report(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    given = asked.arguments
    question = Question(read(ReportRef, given["of"], "of"), given.get("asOf"), given.get("since"))
    report = await read_report(connection, question, properties=asked.properties, sight=asked.sight)
    texts = {name: written(report, name) for name in FORMATS if asked.told & {name, EVERYTHING}}
    return {ROOT: {**told(report), **texts}}


def told(report: Report) -> Answer:
    """A report as it is answered."""
    return {
        "subject": report.nodes[report.subject_id],
        "at": report.at,
        "since": report.since,
        "complete": report.complete,
        "versions": [version(part, report) for part in report.parts],
        "omitted": report.omitted,
        "environments": shown(report, report.environments),
        **whole(report),
        "changes": list(report.changes.events),
        "changesOmitted": report.changes.omitted,
        "proof": proof(report),
        "disclaimer": DISCLAIMER,
    }


def whole(report: Report) -> Answer:
    """What is said of an application as a whole."""
    system = report.system
    return {
        "others": shown(report, system.others if system else ()),
        "licenseObligations": system.obligations if system else None,
        "recallStatus": system.recall_status if system else None,
        "findings": shown(report, system.findings if system else ()),
    }


def proof(report: Report) -> Answer | None:
    found = report.proof
    if found is None:
        return None
    return {"size": found.size, "at": found.at, "checkpoint": found.note, "waiting": found.waiting}


def version(part: Part, report: Report) -> Answer:
    return {
        "version": report.nodes[part.id],
        "deployments": shown(report, (each.id for each in part.placements)),
        "lineage": lineage(part.ancestry, report),
        "verdicts": verdicts(part, report),
        "approvals": [approvals(each, report) for each in part.approvals],
        "promotions": shown(report, (each.id for each in part.promotions)),
        "promotionCount": part.promotion_count,
        "evaluations": shown(report, (each.id for each in part.measured)),
        "evaluationCount": part.evaluation_count,
        "licenseObligations": part.obligations,
        "recallStatus": part.recall_status,
        "findings": shown(report, part.findings),
        "reproducibility": [evidence(each, report) for each in part.reproducibility],
    }


def verdicts(part: Part, report: Report) -> list[Answer]:
    tried = Tried((), (), report.nodes, report.edges, 0)
    return [
        {"environment": report.nodes[place], "verdict": told_verdict(verdict, tried)}
        for place, verdict in part.verdicts.items()
    ]


def approvals(found: Approving, report: Report) -> Answer:
    shelf = Shelf(report.nodes, report.edges, is_partial=report.is_partial)
    return {
        "environment": report.nodes[found.environment_id],
        "request": shelf.node(found.request_id),
        "decisions": [
            {"approval": node, "lapses": [shown_lapse(lapse, shelf) for lapse in each.lapses]}
            for each in found.decisions
            if (node := shelf.node(each.id)) is not None
        ],
        "required": [shown_approvals(told_approvals(each), shelf) for each in found.asked],
    }


def lineage(ancestry: Ancestry, report: Report) -> Answer:
    types = Counter(map(type_of, ancestry.nodes))
    ids = [(node["id"], type_of(node)) for node in ancestry.nodes]
    return {
        "ancestors": len(ancestry.nodes),
        "byType": [{"type": type_, "count": count} for type_, count in sorted(types.items())],
        "data": shown(report, (id for id, type_ in ids if type_ == "DatasetVersion")),
        "stubs": shown(report, (node["id"] for node in ancestry.nodes if node["isStub"])),
        "complete": ancestry.complete,
        "digest": ancestry.digest,
    }


def evidence(found: Evidence, report: Report) -> Answer:
    node = report.nodes[found.node_id]
    return {"need": found.need.value, "state": found.state.value, "node": node, "detail": found.detail}


def shown(report: Report, ids: Iterable[str]) -> list[Mapping[str, Any]]:
    return [report.nodes[id] for id in ids]


LOADERS: Mapping[tuple[str, str], Loader] = {("Query", "complianceReport"): compliance_report}
