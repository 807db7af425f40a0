"""Policies, requests, approvals and delegations of a file: they come in as the API would have let them in."""

from typing import Any

import pytest

from app.database.connection import Connection
from app.database.schema import check
from app.domain.canonical import rfc3339
from app.domain.writing import Writer
from tests.domain.approval.people import kinds, promote
from tests.domain.registered import environment
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot
from tests.transfer.transferred import Line, imported, model, reasons, ref, told, version

DIGEST = "sha256:" + "a" * 64
MONDAY, TUESDAY, FRIDAY = (f"2026-03-0{day}T09:00:00Z" for day in (2, 3, 6))
RULE = {"name": "no recall", "expression": "!isRecalled", "message": "It was recalled."}
PLACES: list[Line] = [
    {"type": "Environment", "name": "staging", "position": 1},
    {"type": "Environment", "name": "production", "position": 2},
]
PEOPLE: list[Line] = [
    *({"type": "User", "name": name} for name in ("ada", "bob")),
    {"type": "Team", "name": "risk"},
]
GROUND = [*PLACES, *PEOPLE, model(), version(1), version(2)]


def request(id: str = "r1", number: int = 1, **said: Any) -> Line:
    about = {"version": ref(number), "environment": "production"}
    return {"type": "ApprovalRequest", "id": id, **about, "validFrom": MONDAY, "createdBy": "bob", **said}


def approval(id: str = "a1", number: int = 1, **said: Any) -> Line:
    about = {"request": {"id": "r1"}, "version": ref(number), "environment": "production"}
    decided = {"decision": "APPROVED", "approver": "ada", "ancestryDigest": DIGEST, "validFrom": TUESDAY}
    return {"type": "Approval", "id": id, **about, **decided, **said}


def delegation(**said: Any) -> Line:
    people = {"delegator": "bob", "delegate": "ada"}
    return {"type": "Delegation", "id": "d1", **people, "validFrom": MONDAY, "validTo": FRIDAY, **said}


def policy(number: int = 1, **said: Any) -> Line:
    own = {"policy": "four-eyes", "number": number, "state": "PUBLISHED", "publishedAt": MONDAY, "rules": [RULE]}
    return {"type": "PolicyVersion", **own, **said}


NAMED: Line = {"type": "Policy", "name": "four-eyes"}


def held(**said: Any) -> dict[str, Any]:
    return {"environment": "production", "validFrom": TUESDAY, **said}


BAD: list[tuple[Line, str]] = [
    ({**approval(), "approver": None}, "approver: Input should be a valid string"),
    ({name: value for name, value in approval().items() if name != "approver"}, "approver: Field required"),
    (approval(approver="nobody"), "there is no User or ServiceAccount with name nobody"),
    (approval(approver="risk"), "name risk is a Team; a User or ServiceAccount is expected here"),
    (approval(validTo=MONDAY), "validTo needs a validFrom before it"),
    (approval(number=2), "its request is about another version"),
    (approval(environment="staging"), "its request is about another environment"),
    (approval(validFrom="2026-03-01T00:00:00Z"), "it was decided before it was asked for"),
    (approval(request={"id": "r9"}), "there is no ApprovalRequest with id r9"),
    (approval(decision="REJECTED"), "a rejection has a comment that says why"),
    (approval(expiresAt=TUESDAY), "expiresAt is not after validFrom"),
    (approval(endReason="again"), "what has an endReason has a validTo"),
    (approval(teams=["nobody"]), "there is no Team with name nobody"),
    (approval(evaluations=[{"id": "e9"}]), "there is no Evaluation with id e9"),
    (approval(approver="bob", onBehalfOf="bob"), "onBehalfOf is somebody else than the approver"),
    (approval(onBehalfOf="bob"), "nobody had delegated that to the approver by then"),
    (approval(ancestryDigest="a"), "ancestryDigest: "),
    ({**approval(), "id": None}, "it has no natural key: an id is needed, or one of references"),
    (approval(isStub=True), "isStub: Input should be False"),
    (request("r2"), "another request of this version and environment is open already"),
    (request("r2", version=ref(9)), "there is no ModelVersion with model churn, number 9"),
    (request("r2", environment="nowhere"), "there is no Environment with name nowhere"),
    (request("r2", number=2, createdBy="nobody"), "there is no User or Team or ServiceAccount with name nobody"),
    (delegation(validTo="2026-03-01T00:00:00Z"), "validTo is not before validFrom"),
    (delegation(delegate="bob"), "the delegate is somebody else than the delegator"),
    (delegation(delegate="risk"), "name risk is a Team; a User or ServiceAccount is expected here"),
    (policy(policy="unknown"), "there is no Policy with name unknown"),
    (policy(rules=[]), "rules: A policy has rules, or asks for approvals, or both."),
    (policy(rules=[RULE, RULE]), "rules.1.name: Another rule has this name already."),
    (policy(rules=[{**RULE, "expression": "nonsense"}]), "rules.0.expression: Line 1, column 1: "),
    (policy(approvals=[{"name": "two", "teams": ["nobody"]}]), "there is no Team with name nobody"),
    (policy(digest=DIGEST), "digest is not that of what it demands, which is sha256:"),
    (policy(publishedAt=None), "a version has publishedAt unless it is a draft"),
    (policy(state="RETIRED"), "a version has retiredAt exactly when it is RETIRED"),
    (policy(state="RETIRED", retiredAt="2026-03-01T00:00:00Z"), "retiredAt is before publishedAt"),
    (policy(attachments=[held(environment="nowhere")]), "there is no Environment with name nowhere"),
    (policy(attachments=[held(validFrom="2026-03-01T00:00:00Z")]), "attached to production before it was published"),
    (policy(attachments=[held(validTo=MONDAY)]), "attachments.0: Value error, validTo needs a validFrom before it"),
    (policy(attachments=[held(), held()]), "attachments says something twice"),
    (policy(state="RETIRED", retiredAt=FRIDAY, attachments=[held()]), "it was retired while it was attached to"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[reason for _, reason in BAD])
async def test_what_the_api_would_have_refused_is_refused(connection: Connection, line: Line, reason: str) -> None:
    lines = [*GROUND, NAMED, request()]
    done = await imported(connection, *lines, line)
    (problem,) = reasons(done)
    assert problem.startswith(f"line {len(lines) + 1}: ")
    assert reason.replace("Value error, ", "") in problem
    assert (done.entities, done.edges) == (len(lines), 0)
    assert await check(connection.driver) == []


async def test_who_may_approve_now_is_no_matter_of_what_was_decided_then(connection: Connection) -> None:
    """Nobody has a grant here, and who asked approves in the place of somebody who is away no longer."""
    lines = [
        *GROUND,
        delegation(),
        request(createdBy="ada"),
        approval(onBehalfOf="bob", teams=["risk"], roles=["APPROVER"]),
    ]
    assert (await imported(connection, *lines)).problems == ()
    (decided,) = await told(connection, "Approval")
    assert (decided["onBehalfOf"], decided["teams"], decided["roles"]) == ("bob", ["risk"], ["APPROVER"])
    assert decided["evaluations"] == []


async def test_what_refers_to_a_bad_line_is_bad_too(connection: Connection) -> None:
    lines = [delegation(validTo=TUESDAY), approval(onBehalfOf="bob"), request(version=ref(9)), *GROUND]
    assert [problem.number for problem in (await imported(connection, *lines)).problems] == [2, 3]


async def test_a_second_import_changes_nothing(connection: Connection) -> None:
    first = policy(state="PUBLISHED", attachments=[held(validTo=FRIDAY), held(validFrom=FRIDAY, holdsBeyond=True)])
    draft = {**policy(2, state="DRAFT"), "publishedAt": None}
    lines = [*GROUND, NAMED, first, draft, request(), approval(), delegation()]
    assert (await imported(connection, *lines)).problems == ()
    assert await check(connection.driver) == []
    before = await snapshot(connection)
    done = await imported(connection, *reversed(lines))
    assert (done.entities, done.edges, done.unchanged, done.problems) == (0, 0, len(lines), ())
    assert await snapshot(connection) == before


async def test_what_is_there_is_never_changed(connection: Connection) -> None:
    lines = [*GROUND, NAMED, policy(attachments=[held()]), request(), approval(), delegation()]
    await imported(connection, *lines)
    before = await snapshot(connection)
    other = [
        policy(attachments=[held(environment="staging")]),
        policy(2, attachments=[held()]),
        request(validTo=FRIDAY),
        approval(conditions="None."),
        approval("a2"),
        delegation(environment="production"),
    ]
    assert reasons(await imported(connection, *other)) == [
        "line 1: policy four-eyes, number 1 is there already, with another attachments",
        "line 2: the policy has another draft, or another version of it holds there, already",
        "line 3: id r1 is there already, with another validTo",
        "line 4: id a1 is there already, with another conditions",
        "line 5: another decision of the same person on this request is open already",
        "line 6: id d1 is there already, with another environmentId",
    ]
    assert await snapshot(connection) == before


async def test_the_next_version_of_a_policy_has_the_next_number(connection: Connection) -> None:
    await imported(connection, *GROUND, NAMED, policy(3), policy(1))
    assert await found(connection, "MATCH (p:Policy) RETURN p.lastNumber AS found") == 3
    await imported(connection, {**NAMED, "name": "old", "lastNumber": 7})
    assert await found(connection, "MATCH (p:Policy {name: 'old'}) RETURN p.lastNumber AS found") == 7


async def test_every_line_has_its_audit_event(connection: Connection) -> None:
    lines = [*GROUND, NAMED, policy(attachments=[held()]), request(), approval(comment="Fine."), delegation()]
    await imported(connection, *lines)
    events = "MATCH (e:AuditEvent {action: 'import'}) RETURN collect([e.subjectType, e.body, e.texts]) AS found"
    told_of = {type: (body, texts) for type, body, texts in await found(connection, events)}
    assert told_of.keys() >= {"Policy", "PolicyVersion", "ApprovalRequest", "Approval", "Delegation"}
    place = await found(connection, "MATCH (e:Environment {name: 'production'}) RETURN e.id AS found")
    assert '"attachments"' in told_of["PolicyVersion"][0]
    assert place in told_of["PolicyVersion"][0]
    assert '"Fine."' in "".join(told_of["Approval"][1])
    assert "Fine." not in told_of["Approval"][0]


async def test_what_is_imported_decides(writer: Writer) -> None:
    """A policy of a file holds, its approvals count, and whoever has begun to decide meanwhile does so anew."""
    await environment(writer)
    churn = (await register(writer, "churn")).id
    epoch = "MATCH (l:Lock {name: 'governance'}) RETURN l.epoch AS found"
    assert kinds(await promote(writer, churn)) == []
    before = await found(writer.connection, epoch)
    asks = policy(rules=[], approvals=[{"name": "one"}], attachments=[held()])
    await imported(writer.connection, NAMED, asks)
    assert await found(writer.connection, epoch) > before
    blocked = await promote(writer, churn)
    assert kinds(blocked) == ["APPROVAL"]
    digest = await found(
        writer.connection,
        "MATCH (d:PromotionDecision) WITH d ORDER BY d.createdAt RETURN last(collect(d.ancestryDigest)) AS found",
    )
    now = rfc3339(await found(writer.connection, "RETURN datetime() - duration('PT1S') AS found"))
    lines = [*PEOPLE, request(validFrom=now), approval(validFrom=now, ancestryDigest=digest)]
    assert (await imported(writer.connection, *lines)).problems == ()
    assert kinds(await promote(writer, churn)) == []


async def test_of_many_policies_only_that_with_a_bad_expression_is_left_out(connection: Connection) -> None:
    lines = [NAMED, *(policy(number) for number in range(1, 5))]
    lines[3] = policy(3, rules=[RULE, {**RULE, "name": "typo", "expression": "isRecaled"}])
    (problem,) = reasons(await imported(connection, *lines))
    assert problem.startswith("line 4: rules.1.expression: Line 1, column 1: ")
    assert [line["number"] for line in await told(connection, "PolicyVersion")] == [1, 2, 4]
