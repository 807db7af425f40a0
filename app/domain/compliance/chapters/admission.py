"""Who let it in: the approvals that it has, those that are missing, and what was decided when it was to be promoted."""

from collections.abc import Iterator

from app.domain.approval.counting import Decided
from app.domain.approval.requirements import asks_of
from app.domain.compliance.blocks import Block, Paragraph, Table
from app.domain.compliance.chapters.writing import instant, listed, tabled
from app.domain.compliance.report import Approving, Part, Promoted, Report
from app.domain.vocabulary import ApprovalDecision

DECIDED = ("Version", "Environment", "Decided", "Who", "At", "On condition that", "Holds")
MISSING = ("Version", "Environment", "Policy", "Asks for", "Missing")
PROMOTED = ("Version", "Environment", "At", "Who", "Outcome", "Policies", "In the way", "Digest of the record")


def approvals(report: Report) -> Iterator[Block]:
    yield from tabled(DECIDED, (row for part in report.parts for row in decisions(report, part)), "Nobody decided.")
    lacking = [row for part in report.parts for row in missing(report, part)]
    if lacking:
        yield Paragraph("These approvals are asked for, and missing:")
        yield Table(MISSING, lacking)


def decisions(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for approving in part.approvals:
        for each in approving.decisions:
            if each.id in report.nodes:
                where = report.label(part.id), report.label(approving.environment_id)
                said = each.decision, people(report, each), instant(each.at), each.conditions or ""
                yield *where, *said, holding(report, approving, each)


def people(report: Report, each: Decided) -> str:
    """Who decided, and in whose place."""
    return " for ".join(report.label(id) for id in each.people)


def holding(report: Report, approving: Approving, each: Decided) -> str:
    """Whether a decision holds and counts, or why not."""
    if each.lapses:
        return "no: " + " ".join(lapse.plain if report.is_partial else lapse.message for lapse in each.lapses)
    passed = (other for asked in approving.asked for other in asked.counted.disregarded if other.approval == each.id)
    counts = any(each.id in asked.counted.approvals for asked in approving.asked)
    if each.decision is ApprovalDecision.REJECTED or counts or not approving.asked:
        return "yes"
    return "yes, and counts for nothing: " + " ".join(dict.fromkeys(other.message for other in passed))


def missing(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for approving in part.approvals:
        for asked in approving.asked:
            if asked.counted.missing:
                demand, found = asked.demand, asked.counted
                where = report.label(part.id), report.label(approving.environment_id)
                yield *where, f"{demand.policy} {demand.number}", asks_of(found.requirement), str(found.missing)


def promotions(report: Report) -> Iterator[Block]:
    rows = (promotion(report, part, each) for part in report.parts for each in part.promotions)
    yield from tabled(PROMOTED, rows, "No promotion was decided.")
    omitted = sum(part.promotion_count - len(part.promotions) for part in report.parts)
    if omitted:
        yield Paragraph(f"{omitted} earlier decisions are not listed.")


def promotion(report: Report, part: Part, each: Promoted) -> tuple[str, ...]:
    node = report.nodes[each.id]
    where = report.label(part.id), report.label(node["environmentId"])
    who = instant(node["createdAt"]), report.label(each.by)
    policies, blockers = listed(each.policies), " ".join(each.blockers)
    return *where, *who, outcome(report, each), policies, blockers, node["recordDigest"]


def outcome(report: Report, each: Promoted) -> str:
    node = report.nodes[each.id]
    if not node["isAllowed"]:
        return "blocked"
    if not node["isEmergency"]:
        return "let in"
    return f"let in without approvals, which have to be there by {instant(node['emergencyExpiresAt'])}"
