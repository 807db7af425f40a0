"""What is demanded of it, measured and owed, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.compliance.blocks import Block
from app.domain.compliance.chapters.writing import instant, listed, tabled
from app.domain.compliance.report import Part, Report
from app.domain.governance.judgement import PolicyResult, RuleResult


def policies(report: Report) -> Iterator[Block]:
    columns = ("Version", "Environment", "Policy", "Mode", "Rule", "Outcome", "Means")
    rows = (row for part in report.parts for row in verdicts(report, part))
    yield from tabled(columns, rows, "No policy holds where it is placed.")


def verdicts(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for environment, verdict in part.verdicts.items():
        for policy in verdict.policies:
            for rule in policy.rules:
                yield report.label(part.id), report.label(environment), *ruled(policy, rule)


def ruled(policy: PolicyResult, rule: RuleResult) -> tuple[str, ...]:
    demand, judgement = policy.demand, rule.judgement
    means = "" if rule.passed else judgement.reason or rule.rule["message"]
    return f"{demand.policy} {demand.number}", demand.mode, rule.rule["name"], judgement.outcome, means


def evaluations(report: Report) -> Iterator[Block]:
    columns = ("Version", "On", "Slice", "Context", "At", "Figures")
    rows = (row for part in report.parts for row in measured(report, part))
    yield from tabled(columns, rows, "Nothing was measured.")


def measured(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for each in part.measured:
        node = report.nodes[each.id]
        figures = listed(" ".join(map(str, (f["name"], f["value"], f["unit"] or ""))).strip() for f in each.figures)
        about = report.label(node["onId"]), node["slice"] or "", node["context"], instant(node["evaluatedAt"])
        yield report.label(part.id), *about, figures


def licenses(report: Report) -> Iterator[Block]:
    columns = ("Of", "Asks for", "Because of", "Licenses", "Waived")
    yield from tabled(columns, owed(report), "No license asks for anything that is known.")


def owed(report: Report) -> Iterator[tuple[str, ...]]:
    for id, obligations in of_each(report, "obligations"):
        for each in obligations["obligations"]:
            sources = each["sources"]
            names = listed(dict.fromkeys(report.label(source["node"]["id"]) for source in sources))
            words = listed(dict.fromkeys(source["spdx"] or source["declared"] or "none" for source in sources))
            yield report.label(id), each["kind"], names, words, "yes" if each["isWaived"] else "no"


def recalls(report: Report) -> Iterator[Block]:
    columns = ("Of", "Recalled", "Severity", "Why", "Stopped")
    yield from tabled(columns, reached(report), "No recall reaches it.")


def reached(report: Report) -> Iterator[tuple[str, ...]]:
    for id, status in of_each(report, "recall_status"):
        for each in status["reaches"]:
            recall, stopped = each["recall"], "yes" if each["isMitigated"] else "no"
            yield report.label(id), report.label(each["target"]["id"]), recall["severity"], recall["reason"], stopped
        if status["andHidden"]:
            yield report.label(id), "what you may not see", "", "", "no" if status["isRecalled"] else "yes"


def findings(report: Report) -> Iterator[Block]:
    columns = ("Of", "Kind", "Severity", "Finding", "Since", "Due")
    rows = (row(report, report.label(id), finding) for id, own in of_each(report, "findings") for finding in own)
    yield from tabled(columns, rows, "No finding is open.")


def row(report: Report, about: str, id: str) -> tuple[str, ...]:
    node: Mapping[str, Any] = report.nodes[id]
    return about, node["kind"], node["severity"], node["title"], instant(node["validFrom"]), str(node["dueOn"] or "")


def of_each(report: Report, name: str) -> Iterator[tuple[str, Any]]:
    """What is said of the application as a whole, if it is one, and of each version."""
    if report.system:
        yield report.subject_id, getattr(report.system, name)
    yield from ((part.id, getattr(part, name)) for part in report.parts)
