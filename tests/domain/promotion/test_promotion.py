"""Promotions: decided and done in one transaction, and kept either way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.delivery.rollback import RollBackDeployment, roll_back_deployment
from app.domain.governance import ancestry_reading
from app.domain.governance.recalls import OpenRecall, open_recall
from app.domain.registry.life import RetireModelVersion, retire_model_version
from app.domain.writing import Writer
from app.errors import Blocked, InvalidInput
from tests.domain.approval.people import approve, ask, demand, kinds, person, promote, ready, reject
from tests.domain.governance.story import data, place, trained
from tests.domain.registered import environment, events
from tests.fixtures.halting import overtaken
from tests.fixtures.snapshot import found

PII = {
    "name": "no personal data",
    "subjects": "datasets.filter(d, 'PII' in d.classifications)",
    "message": "It came from data of persons.",
    "fix": "Train it without that data.",
}
LIVE = "MATCH (d:Deployment {open: true}) RETURN collect(properties(d)) AS found"
DECISIONS = "MATCH (d:PromotionDecision) WITH d ORDER BY d.createdAt RETURN collect(properties(d)) AS found"
SOON = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
async def churn(writer: Writer) -> str:
    """A version that came from personal data, and an environment for it."""
    await data(writer, "customers", classifications=["PII"])
    await data(writer, "churn-ref", "2026-10")
    await environment(writer)
    return await trained(writer)


async def live(writer: Writer) -> list[dict[str, Any]]:
    deployments: list[dict[str, Any]] = await found(writer.connection, LIVE)
    return deployments


async def test_what_nothing_stands_against_is_placed_with_its_decision(writer: Writer, churn: str) -> None:
    record = await promote(writer, churn)
    assert (record["allowed"], record["blockers"], record["complete"]) == (True, [], True)
    (deployment,) = await live(writer)
    (decision,) = await found(writer.connection, DECISIONS)
    assert deployment["decisionId"] == decision["id"]
    assert decision["deploymentId"] == deployment["id"]
    assert decision["isAllowed"]
    assert decision["snapshotDigest"].startswith("sha256:")
    told = await events(writer, "modelVersion.promote")
    assert {event["subjectType"] for event in told} == {"PromotionDecision", "Deployment", "Endpoint"}


async def test_a_rule_denies_with_the_way_and_the_decision_is_kept(writer: Writer, churn: str) -> None:
    await demand(writer, name="personal-data", rules=[PII])
    record = await promote(writer, churn)
    (blocker,) = record["blockers"]
    assert (blocker["kind"], blocker["message"], blocker["fix"]) == ("RULE", PII["message"], PII["fix"])
    assert len(blocker["way"]) == 2
    assert blocker["way"][0][1] == churn
    assert blocker["way"][-1][2] == blocker["subjectIds"][0]
    assert await live(writer) == []
    (decision,) = await found(writer.connection, DECISIONS)
    assert not decision["isAllowed"]
    assert "deploymentId" not in decision
    (event,) = await events(writer, "modelVersion.promote")
    assert event["subjectId"] == decision["id"]


async def test_a_script_is_told_by_an_error_and_the_decision_is_kept(writer: Writer, churn: str) -> None:
    await demand(writer, name="personal-data", rules=[PII])
    with pytest.raises(Blocked) as error:
        await promote(writer, churn, failWhenBlocked=True, idempotencyKey="ci-1")
    told: dict[str, Any] = dict(error.value.details)
    (decision,) = await found(writer.connection, DECISIONS)
    assert (told["decisionId"], told["committed"]) == (decision["id"], True)
    assert told["blockers"][0]["rule"] == "no personal data"
    assert told["blockers"][0]["path"][0] == churn
    with pytest.raises(Blocked) as again:
        await promote(writer, churn, failWhenBlocked=True, idempotencyKey="ci-1")
    assert again.value.details["decisionId"] == decision["id"]


async def test_what_only_warns_lets_in(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "one"}, name="personal-data", rules=[PII], mode="WARN")
    record = await promote(writer, churn)
    assert record["allowed"]
    assert record["rules"][0]["outcome"] == "FAILED"
    assert record["approvals"][0]["missing"] == 1
    assert len(await live(writer)) == 1


async def test_where_policies_decide_nothing_is_placed_without_them(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "one"})
    with pytest.raises(Blocked) as error:
        await place(writer, churn)
    assert error.value.path == ("environment",)
    assert error.value.details["policies"] == [{"policy": "four-eyes", "number": 1}]


async def test_what_is_not_known_whole_is_denied(writer: Writer, churn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ancestry of which only the nearest fits: the rule is met, and yet nobody knows."""
    monkeypatch.setattr(ancestry_reading, "MAX_LIMIT", 1)
    await demand(writer, name="any", rules=[{"name": "any", "expression": "true", "message": "m"}])
    record = await promote(writer, churn)
    assert (record["complete"], record["allowed"], kinds(record)) == (False, False, ["INCOMPLETE_LINEAGE"])
    assert record["rules"][0]["outcome"] == "PASSED"


async def test_an_emergency_passes_over_approvals_and_shows(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "two", "count": 2})
    assert kinds(await promote(writer, churn)) == ["APPROVAL"]
    record = await promote(writer, churn, emergency={"reason": "Fraud is running.", "expiresAt": SOON})
    assert record["allowed"]
    assert record["approvals"][0]["missing"] == 2
    (deployment,) = await live(writer)
    assert deployment["emergencyUntil"] == SOON
    *_, decision = await found(writer.connection, DECISIONS)
    assert (decision["isEmergency"], decision["emergencyReason"]) == (True, "Fraud is running.")
    request = await found(writer.connection, "MATCH (r:ApprovalRequest {open: true}) RETURN r.id AS found")
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    await approve(ada, request)
    await approve(bob, request)
    assert (await ready(writer, churn))["allowed"]


async def test_no_emergency_passes_over_a_recall_a_rejection_or_a_rule(writer: Writer, churn: str) -> None:
    emergency: dict[str, Any] = {"emergency": {"reason": "Fraud is running.", "expiresAt": SOON}}
    request = await ask(writer, churn)
    rejection = await reject(await person(writer, "ada"), request)
    assert kinds(await promote(writer, churn, **emergency)) == ["REJECTION"]
    await demand(writer, name="personal-data", rules=[PII])
    assert kinds(await promote(writer, churn, **emergency)) == ["REJECTION", "RULE"]
    target = {"modelVersion": {"id": churn}}
    recall = {"targets": [target], "severity": "HIGH", "reason": "It is unfair."}
    await open_recall(writer, OpenRecall.model_validate(recall))
    record = await promote(writer, churn, **emergency)
    assert kinds(record) == ["RECALL", "REJECTION", "RULE"]
    assert record["blockers"][1]["approvalId"] == rejection
    assert await live(writer) == []


async def test_what_was_decided_stays_as_it_was(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "one"})
    request = await ask(writer, churn)
    await approve(await person(writer, "ada"), request)
    await promote(writer, churn)
    at = datetime.now(UTC)
    recall = {"targets": [{"modelVersion": {"id": churn}}], "severity": "HIGH", "reason": "It is unfair."}
    await open_recall(writer, OpenRecall.model_validate(recall))
    (decision,) = await found(writer.connection, DECISIONS)
    assert decision["isAllowed"]
    assert (await ready(writer, churn, as_of=at))["allowed"]
    assert kinds(await ready(writer, churn)) == ["RECALL", "APPROVAL"]


async def test_two_promotions_at_one_endpoint_leave_one_champion(writer: Writer, churn: str) -> None:
    second = await trained(writer)
    await promote(writer, churn)
    await promote(replace(writer, caller=replace(writer.caller, request_id="other")), second)
    (deployment,) = await live(writer)
    assert deployment["versionId"] == second


async def test_an_emergency_ends_in_the_future(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "one"})
    emergency: dict[str, Any] = {"emergency": {"reason": "Now.", "expiresAt": datetime.now(UTC) - timedelta(days=1)}}
    with pytest.raises(InvalidInput) as past:
        await promote(writer, churn, **emergency)
    assert past.value.path == ("emergency", "expiresAt")
    assert await live(writer) == []


async def test_what_is_brought_back_keeps_what_let_it_in(writer: Writer, churn: str) -> None:
    await demand(writer, {"name": "one"})
    second = await trained(writer)
    await promote(writer, churn, emergency={"reason": "Fraud is running.", "expiresAt": SOON})
    (first,) = await live(writer)
    await approve(await person(writer, "ada"), await ask(writer, second))
    await promote(writer, second)
    back = {"endpoint": {"endpoint": {"environment": "production", "name": "api"}}, "reason": "It is worse."}
    await roll_back_deployment(writer, RollBackDeployment.model_validate(back))
    (restored,) = await live(writer)
    assert (restored["versionId"], restored["emergencyUntil"]) == (churn, SOON)
    assert restored["decisionId"] == first["decisionId"]


async def test_a_version_that_is_retired_meanwhile_is_not_placed(writer: Writer, churn: str) -> None:
    command = {"version": {"id": churn}, "reason": "It is old."}

    async def retiring() -> None:
        await retire_model_version(writer, RetireModelVersion.model_validate(command))

    record = await overtaken(lambda w: promote(w, churn), writer, retiring)
    assert kinds(record) == ["LIFECYCLE"]
    assert await live(writer) == []


async def test_a_champion_that_came_meanwhile_is_what_is_compared_with(writer: Writer, churn: str) -> None:
    """Both are better than what is live; the second is worse than the first, which overtakes it."""
    better = "metrics.exists(m, m.name == 'auc' && champions.all(c, c.metrics.all(f, f.value <= m.value)))"
    await demand(writer, name="champion", rules=[{"name": "no worse", "expression": better, "message": "It is worse."}])
    best = await trained(writer, auc=0.97)
    good = await trained(writer, auc=0.95)
    await promote(writer, churn)
    record = await overtaken(lambda w: promote(w, good), writer, lambda: promote(writer, best))
    assert kinds(record) == ["RULE"]
    assert [each["versionId"] for each in await live(writer)] == [best]
