"""Approvals: who may give them, which count, and when they lapse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.approval.delegations import DelegateApproval, EndDelegation, delegate_approval, end_delegation
from app.domain.approval.requests import WithdrawApprovalRequest, withdraw_approval_request
from app.domain.evaluation import RecordEvaluation, RetractEvaluation, record_evaluation, retract_evaluation
from app.domain.governance.recalls import LiftRecall, OpenRecall, lift_recall, open_recall
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.ownership import SetOwner, set_owner
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Writer
from app.errors import AlreadyExists, Blocked, Forbidden, InvalidInput, NotFound
from tests.domain.approval.people import approve, ask, demand, disregarded, kinds, person, ready, reject, revoke
from tests.domain.governance.story import data, trained
from tests.domain.registered import environment
from tests.fixtures.snapshot import done, found

ONE: dict[str, Any] = {"name": "one"}
TWO: dict[str, Any] = {"name": "two", "count": 2}
RUN = "MATCH (:ModelVersion {id: $id})-[:GENERATED_BY]->(r:Run) RETURN r.id AS found"
USED = "MATCH (:ModelVersion {id: $id})-[:GENERATED_BY]->(:Run)-[u:USED]->(:Commit) RETURN u.id AS found"
EXPIRE = "MATCH (a:Approval) SET a.expiresAt = a.validFrom RETURN count(*) AS found"
AGE = "MATCH (a:Approval {id: $id}) SET a.validFrom = a.validFrom - duration({days: 31}) RETURN count(*) AS found"
FIRST_MEASURED = "MATCH (e:Evaluation) WITH e ORDER BY e.createdAt LIMIT 1 RETURN e.id AS found"


async def version(writer: Writer, **said: Any) -> str:
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    await environment(writer)
    return await trained(writer, **said)


async def test_approvals_are_counted_once_for_each_person(writer: Writer) -> None:
    churn = await version(writer)
    await demand(writer, TWO)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    assert kinds(await ready(writer, churn)) == ["APPROVAL"]
    request = await ask(writer, churn)
    first = await approve(ada, request)
    assert kinds(await ready(writer, churn)) == ["APPROVAL"]
    await approve(ada, request)
    record = await ready(writer, churn)
    assert record["approvals"][0]["missing"] == 1
    assert first not in record["approvals"][0]["approvalIds"]
    await approve(bob, request)
    assert (await ready(writer, churn))["allowed"]


async def test_a_rejection_stands_until_it_is_taken_back(writer: Writer) -> None:
    churn = await version(writer)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    request = await ask(writer, churn)
    await approve(ada, request)
    rejection = await reject(bob, request)
    assert kinds(await ready(writer, churn)) == ["REJECTION"]
    await revoke(bob, rejection)
    assert (await ready(writer, churn))["allowed"]


async def test_teams_decide_and_membership_counts_as_it_was(writer: Writer) -> None:
    churn = await version(writer)
    ada, bob = await person(writer, "ada", "risk"), await person(writer, "bob", "sales")
    await demand(writer, {**ONE, "teams": ["risk"]})
    request = await ask(writer, churn)
    other = await approve(bob, request)
    record = await ready(writer, churn)
    assert disregarded(record) == {other: "OTHER_TEAM"}
    await approve(ada, request)
    assert (await ready(writer, churn))["allowed"]


async def test_a_policy_names_teams_that_there_are(writer: Writer) -> None:
    await environment(writer)
    with pytest.raises(NotFound) as error:
        await demand(writer, {**ONE, "teams": ["risk"]})
    assert error.value.path == ("approvals", 0, "teams", 0)
    with pytest.raises(InvalidInput) as empty:
        await demand(writer)
    assert empty.value.path == ("rules",)


async def test_who_had_to_do_with_a_version_does_not_count(writer: Writer) -> None:
    """They trained it, wrote its code, own its data as a team of a team, or asked for the approval."""
    await person(writer, "eve")
    ada, dan, bob = await person(writer, "ada"), await person(writer, "dan", "data"), await person(writer, "bob")
    parts = ["TRAINED", "WROTE_CODE", "OWNS_DATA", "REQUESTED"]
    await environment(writer)
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    owner = {"entity": {"dataset": "customers"}, "owner": {"name": "data"}}
    await set_owner(writer, SetOwner.model_validate(owner))
    commit = {"repository": "git@github.com:Org/Churn.git", "sha": "abcdef2", "author": {"name": "eve"}}
    churn = await trained(ada, run={"new": {"job": {"name": "train"}, "commit": commit}})
    await demand(writer, {**ONE, "count": 5, "separateFrom": parts})
    request = await ask(bob, churn)
    eve = await found(writer.connection, "MATCH (u:User {name: 'eve'}) RETURN u.id AS found")
    approvals = {
        await approve(who, request): who.caller.actor_id for who in (ada, as_actor(writer, eve), dan, bob, writer)
    }
    record = await ready(writer, churn)
    reasons = {approvals[each["approvalId"]]: each for each in record["approvals"][0]["disregarded"]}
    assert set(reasons) == {ada.caller.actor_id, eve, dan.caller.actor_id, bob.caller.actor_id}
    assert {each["reason"] for each in reasons.values()} == {"INVOLVED"}
    run = await found(writer.connection, RUN, id=churn)
    assert run in reasons[ada.caller.actor_id]["nodeIds"]
    assert record["approvals"][0]["missing"] == 4


def as_actor(writer: Writer, id: str) -> Writer:
    return replace(writer, caller=replace(writer.caller, actor_id=id))


async def test_an_approval_lapses_with_its_ancestry_and_says_why(writer: Writer) -> None:
    churn = await version(writer)
    await data(writer, "late")
    await demand(writer, ONE)
    ada = await person(writer, "ada")
    request = await ask(writer, churn)
    approval = await approve(ada, request)
    assert (await ready(writer, churn))["allowed"]
    run = await found(writer.connection, RUN, id=churn)
    late = {"datasetVersion": {"version": {"dataset": "late", "version": "1"}}}
    edge = {"kind": "USED", "source": {"run": {"id": run}}, "target": late, "role": "train"}
    await record_lineage(writer, RecordLineage.model_validate(edge))
    record = await ready(writer, churn)
    assert disregarded(record) == {approval: "LAPSED"}
    told = record["approvals"][0]["disregarded"][0]
    assert told["message"] == "The ancestry changed: 1 edge came (USED)."
    (late_id,) = told["nodeIds"]
    assert await found(writer.connection, "MATCH (d {id: $id}) RETURN d.version AS found", id=late_id) == "1"
    await approve(ada, request)
    assert (await ready(writer, churn))["allowed"]
    used = await found(writer.connection, USED, id=churn)
    await retract_lineage(writer, RetractLineage.model_validate({"edgeId": used, "reason": "It was not."}))
    record = await ready(writer, churn)
    assert record["approvals"][0]["disregarded"][0]["message"] == "The ancestry changed: 1 edge went (USED)."


async def test_an_approval_lapses_with_a_recall_and_holds_again_after_it(writer: Writer) -> None:
    churn = await version(writer)
    await demand(writer, ONE)
    ada = await person(writer, "ada")
    request = await ask(writer, churn)
    approval = await approve(ada, request)
    target = {"datasetVersion": {"version": {"dataset": "customers", "version": "1"}}}
    recall = {"targets": [target], "severity": "HIGH", "reason": "No consent."}
    opened = await open_recall(writer, OpenRecall.model_validate(recall))
    record = await ready(writer, churn)
    assert kinds(record) == ["RECALL", "APPROVAL"]
    assert disregarded(record) == {approval: "LAPSED"}
    assert len(record["blockers"][0]["way"]) == 2
    with pytest.raises(Blocked):
        await approve(ada, request)
    await lift_recall(writer, LiftRecall.model_validate({"recall": {"id": opened.id}, "reason": "There was one."}))
    assert (await ready(writer, churn))["allowed"]


async def test_an_approval_expires(writer: Writer) -> None:
    churn = await version(writer)
    await demand(writer, {**ONE, "maxAgeDays": 30})
    ada = await person(writer, "ada")
    request = await ask(writer, churn)
    with pytest.raises(InvalidInput) as past:
        await approve(ada, request, expiresAt=datetime.now(UTC) - timedelta(seconds=1))
    assert past.value.path == ("expiresAt",)
    approval = await approve(ada, request, expiresAt=datetime.now(UTC) + timedelta(days=1))
    await done(writer.connection, EXPIRE)
    assert disregarded(await ready(writer, churn)) == {approval: "LAPSED"}
    approval = await approve(ada, request)
    assert (await ready(writer, churn))["allowed"]
    await done(writer.connection, AGE, id=approval)
    assert disregarded(await ready(writer, churn)) == {approval: "TOO_OLD"}


async def test_somebody_decides_in_the_place_of_another_while_that_was_delegated(writer: Writer) -> None:
    churn = await version(writer)
    ada, bob = await person(writer, "ada", "risk"), await person(writer, "bob")
    await demand(writer, {**TWO, "teams": ["risk"]})
    request = await ask(writer, churn)
    with pytest.raises(Forbidden):
        await approve(bob, request, onBehalfOf={"name": "ada"})
    until = datetime.now(UTC) + timedelta(days=1)
    absence = {"to": {"name": "bob"}, "endsAt": until, "environment": {"name": "production"}}
    delegation = (await delegate_approval(ada, DelegateApproval.model_validate(absence))).id
    behalf = await approve(bob, request, onBehalfOf={"name": "ada"})
    own = await approve(ada, request)
    record = await ready(writer, churn)
    assert record["approvals"][0]["approvalIds"] == [behalf]
    assert disregarded(record) == {own: "COUNTED_ALREADY"}
    await end_delegation(ada, EndDelegation.model_validate({"delegation": {"id": delegation}}))
    with pytest.raises(Forbidden):
        await approve(bob, request, onBehalfOf={"name": "ada"})


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"to": {"name": "ada"}, "endsAt": "2999-01-01T00:00:00Z"}, ("to", "name")),
        ({"to": {"name": "bob"}, "endsAt": "2020-01-01T00:00:00Z"}, ("endsAt",)),
        (
            {"to": {"name": "bob"}, "startsAt": "2999-01-02T00:00:00Z", "endsAt": "2999-01-01T00:00:00Z"},
            ("endsAt",),
        ),
    ],
)
async def test_a_delegation_that_makes_no_sense_is_refused(
    writer: Writer, said: dict[str, Any], path: tuple[str, ...]
) -> None:
    ada = await person(writer, "ada")
    await person(writer, "bob")
    with pytest.raises(InvalidInput) as error:
        await delegate_approval(ada, DelegateApproval.model_validate(said))
    assert error.value.path == path


async def test_one_request_is_open_at_most_and_a_withdrawn_one_admits_nothing(writer: Writer) -> None:
    churn = await version(writer)
    await demand(writer, ONE)
    ada = await person(writer, "ada")
    request = await ask(writer, churn, evidence=[{"kind": "report", "url": "https://example.com/r"}])
    with pytest.raises(AlreadyExists) as twice:
        await ask(writer, churn)
    assert twice.value.details["id"] == request
    await approve(ada, request)
    command = {"request": {"id": request}, "reason": "Not yet."}
    await withdraw_approval_request(writer, WithdrawApprovalRequest.model_validate(command))
    assert kinds(await ready(writer, churn)) == ["APPROVAL"]
    with pytest.raises(InvalidInput):
        await approve(ada, request)
    assert await ask(writer, churn) != request


async def test_an_approval_lapses_when_its_evaluation_is_retracted(writer: Writer) -> None:
    churn = await version(writer)
    await demand(writer, ONE)
    ada = await person(writer, "ada")
    request = await ask(writer, churn)
    approval = await approve(ada, request)
    on = {"version": {"dataset": "churn-ref", "version": "2026-10"}}
    more = {"version": {"id": churn}, "on": on, "metrics": [{"name": "auc", "value": 0.95}]}
    await record_evaluation(writer, RecordEvaluation.model_validate(more))
    assert (await ready(writer, churn))["allowed"]
    ended = await found(writer.connection, FIRST_MEASURED)
    wrong = {"evaluation": {"id": ended}, "reason": "It was measured on other data."}
    await retract_evaluation(writer, RetractEvaluation.model_validate(wrong))
    record = await ready(writer, churn)
    assert disregarded(record) == {approval: "LAPSED"}
    assert record["approvals"][0]["disregarded"][0]["nodeIds"] == [ended]


async def test_a_limited_credential_decides_nothing_that_it_is_not_limited_to(writer: Writer) -> None:
    """Neither in somebody's place, nor by undoing what its actor decided, nor by delegating that."""
    churn = await version(writer)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    request = await ask(writer, churn)
    rejection = await reject(bob, request)
    until = datetime.now(UTC) + timedelta(days=1)
    absence = {"to": {"name": "bob"}, "endsAt": until}
    await delegate_approval(ada, DelegateApproval.model_validate(absence))
    limited = limited_to(bob, "run.log")
    with pytest.raises(Forbidden):
        await approve(limited, request, onBehalfOf={"name": "ada"})
    with pytest.raises(Forbidden):
        await revoke(limited, rejection)
    with pytest.raises(Forbidden):
        await delegate_approval(limited, DelegateApproval.model_validate({**absence, "to": {"name": "ada"}}))
    assert kinds(await ready(writer, churn)) == ["REJECTION"]


def limited_to(writer: Writer, *permissions: str) -> Writer:
    id = writer.caller.actor_id
    principal = Principal(id, "bob", CredentialKind.API_TOKEN, allowed=frozenset(permissions))
    return replace(writer, caller=replace(writer.caller, principal=principal))


async def test_who_asked_cannot_withdraw_what_somebody_else_rejected(writer: Writer) -> None:
    churn = await version(writer)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    request = await ask(ada, churn)
    rejection = await reject(bob, request)
    asker = limited_to(ada, "approval.withdraw")
    command = WithdrawApprovalRequest.model_validate({"request": {"id": request}, "reason": "Never mind."})
    with pytest.raises(Forbidden):
        await withdraw_approval_request(asker, command)
    assert kinds(await ready(writer, churn)) == ["REJECTION"]
    await revoke(bob, rejection)
    await withdraw_approval_request(asker, command)
    standing = "MATCH (a:Approval {open: true}) RETURN count(a) AS found"
    assert await found(writer.connection, standing) == 0


async def test_who_described_a_stub_is_who_trained_it(writer: Writer) -> None:
    await version(writer)
    ada = await person(writer, "ada")
    of = {"source": {"modelVersion": {"number": {"model": "base", "number": 1}}}, "kind": "FINE_TUNE"}
    await trained(writer, "tuned", parents=[of], allowStubs=True)
    base = await trained(ada, "base", auc=None)
    await demand(writer, {**ONE, "separateFrom": ["TRAINED"]})
    request = await ask(writer, base)
    approval = await approve(ada, request)
    assert disregarded(await ready(writer, base)) == {approval: "INVOLVED"}


async def test_what_somebody_decided_in_ones_place_can_be_taken_back(writer: Writer) -> None:
    churn = await version(writer)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    until = datetime.now(UTC) + timedelta(days=1)
    await delegate_approval(ada, DelegateApproval.model_validate({"to": {"name": "bob"}, "endsAt": until}))
    approval = await approve(bob, await ask(writer, churn), onBehalfOf={"name": "ada"})
    await revoke(limited_to(ada, "approval.revoke"), approval)
    assert await found(writer.connection, "MATCH (a:Approval {open: true}) RETURN count(a) AS found") == 0
