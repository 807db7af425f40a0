"""Decisions of promotions and the deployments that they let in: each is what the other says."""

from typing import Any

import pytest

from app.database.connection import Connection
from app.database.schema import check
from app.transfer import changes
from tests.fixtures.snapshot import found, snapshot
from tests.transfer.promoted import (
    BLOCKER,
    FRIDAY,
    GROUND,
    HELD,
    MONDAY,
    OTHERS,
    TUESDAY,
    decision,
    placed,
    record,
    without,
)
from tests.transfer.transferred import Line, exported, imported, reasons, ref, told

BLOCKED = record(allowed=False, blockers=[BLOCKER])
ASKED = {
    "policy": "nothing-open",
    "number": 1,
    "mode": "ENFORCE",
    "name": "two",
    "asksFor": "2 approvals",
    "count": 2,
    "missing": 2,
    "denies": True,
    "approvalIds": [],
    "disregarded": [],
}
EMERGENCY = record(isEmergency=True, policies=[HELD], approvals=[ASKED])
URGENT: Line = {"isEmergency": True, "emergencyReason": "Fraud is running.", "emergencyExpiresAt": FRIDAY}
TIES = """MATCH (d:PromotionDecision)-[r]->(x) WITH type(r) AS type ORDER BY type
RETURN collect(type) AS found"""
UNTIL: Line = {"emergencyUntil": FRIDAY}


def deciding(**said: Any) -> dict[str, Any]:
    """A record that names a policy."""
    return record(policies=[{**HELD, **said}])


async def test_a_decision_and_its_deployment_name_each_other(connection: Connection) -> None:
    blocked = decision("p2", 2, BLOCKED)
    done = await imported(connection, placed(), blocked, decision(), *GROUND)
    assert (done.problems, done.entities) == ((), len(GROUND) + 4)
    assert await found(connection, "MATCH (d:PromotionDecision {id: 'p1'}) RETURN d.deploymentId AS found") == "d1"
    assert await found(connection, "MATCH (d:Deployment) RETURN d.decisionId AS found") == "p1"
    assert await found(connection, TIES) == ["FOR", "FOR", "TO", "TO"]
    first, second = await told(connection, "PromotionDecision")
    assert (first["record"], list(first["record"])) == (record(), list(record()))
    assert (second["isAllowed"], second["createdAt"], second["createdBy"]) == (False, TUESDAY, "ada")
    assert await check(connection.driver) == []


async def test_a_second_import_changes_nothing(connection: Connection) -> None:
    lines = [*GROUND, decision(), placed(), decision("p2", 2, BLOCKED)]
    await imported(connection, *lines)
    before = await snapshot(connection)
    done = await imported(connection, *reversed(lines))
    assert (done.entities, done.edges, done.unchanged, done.problems) == (0, 0, len(lines), ())
    assert await snapshot(connection) == before


BAD: list[tuple[list[Line], str]] = [
    (
        [decision(recordDigest="sha256:" + "b" * 64), placed()],
        "recordDigest is not that of the record, which is sha256:",
    ),
    ([decision(kept={"allowed": True}), placed()], "record.isEmergency: Field required"),
    ([decision(kept=record(state="GONE")), placed()], "record.state: "),
    ([decision(isAllowed=False)], "isAllowed says otherwise than the record"),
    ([decision(kept=record(blockers=[BLOCKER])), placed()], "isAllowed says otherwise than the record"),
    ([decision(kept=record(policies=[{**ASKED}])), placed()], "record.policies.0.digest: Field required"),
    ([decision(kept=deciding(policy="unknown")), placed()], "there is no PolicyVersion with policy unknown, number 1"),
    ([decision(kept=deciding(number=2)), placed()], "nothing-open/2 was not published, and decides nothing"),
    ([decision(kept=record(approvals=[ASKED])), placed()], "record: nothing-open/1 is not among its policies"),
    ([decision(kept=deciding(digest="")), placed()], "its record names nothing-open/1 with another digest"),
    ([decision(kept=record(requestId="r1")), placed()], "there is no ApprovalRequest with id r1"),
    ([decision(kept=record(requestId="r2")), placed()], "its record's request is about another version"),
    ([decision(kept=record(allowed=False, rejections=["a1"], blockers=[BLOCKER]))], "there is no Approval with id a1"),
    ([decision()], "it let the version in, and no deployment names it"),
    ([decision(createdBy="nobody"), placed()], "there is no User or Team or ServiceAccount with name nobody"),
    ([decision(version=ref(9)), placed()], "there is no ModelVersion with model churn, number 9"),
    ([decision(isEmergency=True), placed()], "isEmergency says that the record has missing approvals"),
    ([decision(emergencyReason="Now."), placed()], "there is an emergencyReason exactly when the record says"),
    (
        [decision(kept=EMERGENCY, **without(URGENT, "emergencyExpiresAt")), placed()],
        "there is emergencyExpiresAt exactly",
    ),
    (
        [decision(kept=EMERGENCY, **{**URGENT, "emergencyExpiresAt": MONDAY}), placed()],
        "emergencyExpiresAt is not after createdAt",
    ),
    ([without(decision(), "id"), placed()], "it has no natural key: an id is needed, or one of references"),
    ([placed()], "there is no PromotionDecision with id p1"),
    ([decision(kept=BLOCKED), placed()], "its decision did not let it in"),
    ([decision(), placed(number=2)], "its decision is about another version"),
    ([decision(), placed(environment="staging")], "its decision is about another environment"),
    ([decision(), placed(validFrom=MONDAY)], "it was placed before that was decided"),
    ([decision(), placed(emergencyUntil=FRIDAY)], "emergencyUntil is the emergencyExpiresAt of its decision"),
    ([decision(kept=EMERGENCY, **URGENT), placed()], "emergencyUntil is the emergencyExpiresAt of its decision"),
    ([decision(), placed(), placed("d2", role="SHADOW")], "its decision let in another deployment"),
    (
        [
            decision(),
            placed(validTo=FRIDAY),
            without(placed("d2", validFrom=FRIDAY, restores={"id": "d1"}), "decision"),
        ],
        "it names the decision that let in what it has brought back, if there is one",
    ),
]


@pytest.mark.parametrize(("lines", "reason"), BAD, ids=[reason for _, reason in BAD])
async def test_what_does_not_fit_is_refused(connection: Connection, lines: list[Line], reason: str) -> None:
    ground = [*GROUND, *OTHERS]
    done = await imported(connection, *ground, *lines)
    assert any(reason in problem for problem in reasons(done)), reasons(done)
    numbers = {problem.number for problem in done.problems}
    assert numbers <= set(range(len(ground) + 1, len(ground) + len(lines) + 1))
    assert done.entities >= len(ground)
    assert await check(connection.driver) == []
    again = await imported(connection, *ground, *lines)
    assert (again.entities, reasons(again)) == (0, reasons(done))


async def test_what_was_brought_back_names_the_decision_that_let_in_the_earlier_one(connection: Connection) -> None:
    first = placed(validTo=FRIDAY, status="SUPERSEDED", **UNTIL)
    back = placed("d2", validFrom=FRIDAY, restores={"id": "d1"}, **UNTIL)
    lines = [back, first, decision(kept=EMERGENCY, **URGENT), *OTHERS, *GROUND]
    done = await imported(connection, *lines)
    assert done.problems == ()
    assert [line["decision"] for line in await told(connection, "Deployment")] == [{"id": "p1"}] * 2
    assert await found(connection, "MATCH (d:PromotionDecision) RETURN d.deploymentId AS found") == "d1"


async def test_a_file_from_before_decisions_were_told_of_is_imported(connection: Connection) -> None:
    first = without(placed(validTo=FRIDAY, **UNTIL), "decision")
    back = without(placed("d2", validFrom=FRIDAY, restores={"id": "d1"}, **UNTIL), "decision")
    assert (await imported(connection, *GROUND, first, back)).problems == ()


class Killed(Exception):
    """The import is over."""


@pytest.mark.parametrize("has_id", [True, False])
async def test_an_import_that_was_killed_between_both_is_completed(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, has_id: bool
) -> None:
    nameless = {**without(placed(), "id"), "references": [{"system": "ci", "externalId": "1"}]}
    lines = [placed() if has_id else nameless, decision(), *GROUND]
    change_of = changes.entities_change

    def killed(planned: Any, directory: Any) -> Any:
        if any(each.label == "Deployment" for each in planned):
            raise Killed
        return change_of(planned, directory)

    with monkeypatch.context() as patched:
        patched.setattr("app.transfer.batches.entities_change", killed)
        with pytest.raises(Killed):
            await imported(connection, *lines)
    half = "MATCH (d:PromotionDecision) RETURN collect([d.createdById IS NOT NULL, d.deploymentId]) AS found"
    assert await found(connection, half) == [[True, None]]
    assert await found(connection, "MATCH (d:Deployment) RETURN count(d) AS found") == 0
    done = await imported(connection, *lines)
    assert (done.problems, done.entities) == ((), 1)
    pair = "MATCH (d:Deployment), (p:PromotionDecision {id: d.decisionId}) RETURN p.deploymentId = d.id AS found"
    assert await found(connection, pair)
    assert await check(connection.driver) == []
    before = await exported(connection)
    assert (await imported(connection, *lines)).entities == 0
    assert await exported(connection) == before


async def test_the_audit_log_holds_the_digest_and_not_the_record(connection: Connection) -> None:
    await imported(connection, *GROUND, decision(), placed())
    bodies = "MATCH (e:AuditEvent {subjectType: 'PromotionDecision'}) RETURN collect(e.body) AS found"
    made, completed = await found(connection, bodies)
    assert '"recordDigest"' in made
    assert '"record"' not in made
    assert '"deploymentId"' in completed
