"""Whoever decides reads first and acts then. Whatever others do in between, what is found afterwards is consistent."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.domain.approval.requests import WithdrawApprovalRequest, withdraw_approval_request
from app.domain.governance.recalls import LiftRecall, OpenRecall, lift_recall, open_recall
from app.domain.writing import Writer
from app.errors import InvalidInput
from tests.domain.approval.people import approve, ask, demand, kinds, person, promote, ready, revoke
from tests.domain.governance.story import data, trained
from tests.domain.registered import environment
from tests.fixtures.halting import overtaken
from tests.fixtures.snapshot import found

ROUNDS = 20  # of each of ten orders: 200
TWO: dict[str, Any] = {"name": "two", "count": 2}
STANDING = "MATCH (a:Approval {open: true}) WITH a ORDER BY a.id RETURN collect(a.approverId) AS found"
INVERTED = "MATCH (a:Approval) WHERE a.validTo <= a.validFrom RETURN count(a) AS found"
OVERLAPPING = """MATCH (a:Approval), (b:Approval {requestId: a.requestId, approverId: a.approverId})
WHERE a.id < b.id AND a.validFrom < coalesce(b.validTo, datetime('9999-01-01T00:00:00Z'))
  AND b.validFrom < coalesce(a.validTo, datetime('9999-01-01T00:00:00Z'))
RETURN count(*) AS found"""
LIVE = "MATCH (d:Deployment {open: true, role: 'PRIMARY'}) RETURN collect(d.versionId) AS found"
LATE = """MATCH (d:Deployment), (r:Recall)
WHERE d.validFrom > r.createdAt AND (r.validTo IS NULL OR d.validFrom < r.validTo)
RETURN count(*) AS found"""
UNDECIDED = """MATCH (d:Deployment)
OPTIONAL MATCH (p:PromotionDecision {id: d.decisionId, isAllowed: true})
WITH d, p WHERE p IS NULL
RETURN count(d) AS found"""

Act = Callable[[Writer], Awaitable[Any]]


class Scene:
    """A version with its request, two who may approve it, and a policy that asks for both."""

    def __init__(self, writer: Writer, churn: str, request: str, ada: Writer, bob: Writer) -> None:
        self.writer, self.churn, self.request, self.ada, self.bob = writer, churn, request, ada, bob

    async def approved(self) -> tuple[str, str]:
        return await approve(self.ada, self.request), await approve(self.bob, self.request)

    async def recall(self, writer: Writer) -> str:
        said = {"targets": [{"modelVersion": {"id": self.churn}}], "severity": "HIGH", "reason": "It is unfair."}
        return (await open_recall(writer, OpenRecall.model_validate(said))).id

    async def lift(self, recall: str) -> None:
        await lift_recall(self.writer, LiftRecall.model_validate({"recall": {"id": recall}, "reason": "It is not."}))

    def promoting(self) -> Act:
        return lambda writer: promote(writer, self.churn)

    async def holds(self) -> None:
        """What is so whatever happened."""
        for problem in (INVERTED, OVERLAPPING, LATE, UNDECIDED):
            assert await found(self.writer.connection, problem) == 0, problem
        assert len(await found(self.writer.connection, LIVE)) <= 1


@pytest.fixture
async def scene(writer: Writer) -> Scene:
    await environment(writer)
    await data(writer, "customers")
    churn = await trained(writer, auc=None)
    await demand(writer, TWO)
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    return Scene(writer, churn, await ask(writer, churn), ada, bob)


async def test_two_approve_at_the_same_instant(scene: Scene) -> None:
    for _ in range(ROUNDS):
        await overtaken(lambda ada: approve(ada, scene.request), scene.ada, lambda: approve(scene.bob, scene.request))
        people = await found(scene.writer.connection, STANDING)
        assert sorted(people) == sorted([scene.ada.caller.actor_id, scene.bob.caller.actor_id])
        assert (await ready(scene.writer, scene.churn))["allowed"]
        await scene.holds()


@pytest.mark.parametrize("is_revoked_first", [True, False])
async def test_somebody_approves_anew_while_what_they_approved_is_taken_back(
    scene: Scene, is_revoked_first: bool
) -> None:
    """Whoever is first: the new approval stands, and the former does not."""
    for _ in range(ROUNDS):
        former = await approve(scene.ada, scene.request)
        if is_revoked_first:
            new = await overtaken(
                lambda ada: approve(ada, scene.request),
                scene.ada,
                lambda: revoke(scene.ada, former),  # noqa: B023
            )
        else:
            made: list[str] = []

            async def anew() -> None:
                made.append(await approve(scene.ada, scene.request))  # noqa: B023

            await overtaken(lambda ada: revoke(ada, former), scene.ada, anew)  # noqa: B023
            (new,) = made
        standing = "MATCH (a:Approval {open: true}) RETURN collect(a.id) AS found"
        assert await found(scene.writer.connection, standing) == [new]
        await scene.holds()


@pytest.mark.parametrize("is_recalled_first", [True, False])
async def test_a_promotion_against_a_recall(scene: Scene, is_recalled_first: bool) -> None:
    """What was recalled before is not placed; what was placed before shows the recall."""
    await scene.approved()
    for _ in range(ROUNDS):
        recalls: list[str] = []
        if is_recalled_first:

            async def recalling() -> None:
                recalls.append(await scene.recall(scene.writer))  # noqa: B023

            record = await overtaken(scene.promoting(), scene.writer, recalling)
            assert kinds(record) == ["RECALL", "APPROVAL"]
        else:
            records: list[Any] = []

            async def promoting() -> None:
                records.append(await promote(scene.writer, scene.churn))  # noqa: B023

            recalls.append(await overtaken(scene.recall, scene.writer, promoting))
            assert records[0]["allowed"]
        assert kinds(await ready(scene.writer, scene.churn)) == ["RECALL", "APPROVAL"]
        await scene.lift(recalls[0])
        await scene.holds()


@pytest.mark.parametrize("is_revoked_first", [True, False])
async def test_a_promotion_against_a_revocation(scene: Scene, is_revoked_first: bool) -> None:
    for _ in range(ROUNDS):
        _, second = await scene.approved()
        if is_revoked_first:
            record = await overtaken(scene.promoting(), scene.writer, lambda: revoke(scene.bob, second))  # noqa: B023
            assert kinds(record) == ["APPROVAL"]
        else:
            await overtaken(
                lambda bob: revoke(bob, second),  # noqa: B023
                scene.bob,
                lambda: promote(scene.writer, scene.churn),
            )
            assert await found(scene.writer.connection, LIVE) == [scene.churn]
        await scene.holds()


async def test_two_promotions_to_one_endpoint(scene: Scene) -> None:
    """The later one takes the place, and there is never more than one that has it."""
    await scene.approved()
    other = await trained(scene.writer, auc=None)
    request = await ask(scene.writer, other)
    await approve(scene.ada, request)
    await approve(scene.bob, request)
    for number in range(2 * ROUNDS):
        late, early = (scene.churn, other) if number % 2 else (other, scene.churn)
        records: list[Any] = []

        async def overtaking() -> None:
            records.append(await promote(scene.writer, early))  # noqa: B023

        record = await overtaken(lambda w: promote(w, late), scene.writer, overtaking)  # noqa: B023
        assert record["allowed"]
        assert records[0]["allowed"]
        assert await found(scene.writer.connection, LIVE) == [late]
        await scene.holds()


async def test_a_request_is_withdrawn_while_somebody_approves(scene: Scene) -> None:
    """Nothing is decided on what was withdrawn."""
    for _ in range(ROUNDS):
        command = {"request": {"id": scene.request}, "reason": "Not yet."}
        with pytest.raises(InvalidInput):
            await overtaken(
                lambda ada: approve(ada, scene.request),
                scene.ada,
                lambda: withdraw_approval_request(
                    scene.writer,
                    WithdrawApprovalRequest.model_validate(command),  # noqa: B023
                ),
            )
        scene.request = await ask(scene.writer, scene.churn)
        await scene.holds()
