"""Actions for the write files of governance, and what they need."""

from collections.abc import Awaitable, Callable

from app.domain.governance.findings import RecordFinding, record_finding
from app.domain.governance.mitigations import MitigateRecall, mitigate_recall
from app.domain.governance.recalls import LiftRecall, OpenRecall, lift_recall, open_recall
from app.domain.writing import Writer, Written
from tests.fixtures.snapshot import found

RUN = {"run": {"external": {"system": "airflow", "externalId": "1"}}}
FIRST = {"modelVersion": {"number": {"model": "team/churn", "number": 1}}}
FINDING = "MATCH (f:Finding) RETURN f.id AS found"
RECALL = "MATCH (r:Recall) RETURN r.id AS found"
MITIGATION = "MATCH (m:Mitigation) RETURN m.id AS found"
WHY = {"reason": "to see what it does"}


async def prepare(writer: Writer) -> None:
    """A finding of a version, and a recall of a run that made nothing, which stops at that version."""
    await find(writer)
    await recall(writer)
    await mitigate(writer)


async def find(writer: Writer) -> Written:
    said = {"kind": "INCIDENT", "severity": "LOW", "title": "It answers 500", "owner": {"name": "ada"}}
    return await record_finding(writer, RecordFinding.model_validate({**said, "about": [FIRST]}))


async def recall(writer: Writer) -> Written:
    return await open_recall(writer, OpenRecall.model_validate({"targets": [RUN], "severity": "LOW", **WHY}))


async def mitigate(writer: Writer) -> Written:
    of = {"id": await found(writer.connection, RECALL)}
    return await mitigate_recall(writer, MitigateRecall.model_validate({"recall": of, "on": FIRST, **WHY}))


async def lift(writer: Writer) -> Written:
    of = {"id": await found(writer.connection, RECALL)}
    return await lift_recall(writer, LiftRecall.model_validate({"recall": of, **WHY}))


GOVERNANCE_ACTIONS: dict[str, Callable[[Writer], Awaitable[object]]] = {
    "governance/record_finding": find,
    "governance/open_recall": recall,
    "governance/mitigate_recall": mitigate,
    "governance/end_fact": lift,
}
