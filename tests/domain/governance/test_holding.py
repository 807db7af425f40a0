"""Which policies hold where, and what follows from what comes of their rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from app.domain.delivery.environments import UpdateEnvironment, update_environment
from app.domain.governance.ancestry import Ancestry
from app.domain.governance.expressions.exchange import Judgement
from app.domain.governance.holding import policies_in, policy_version
from app.domain.governance.judgement import Demand, verdict
from app.domain.governance.snapshot import Snapshot
from app.domain.vocabulary import PolicyMode, RuleOutcome
from app.domain.writing import Writer
from tests.domain.governance.test_policies import attach, detach, draft, publish
from tests.domain.registered import environment
from tests.fixtures.snapshot import found

NOW = "RETURN datetime.realtime() AS found"
START = {"id": "v", "labels": ["ModelVersion"], "isStub": False, "modelId": "m", "number": 1}


async def test_what_holds_beyond_holds_wherever_promotion_leads(writer: Writer) -> None:
    ids = {}
    for position, name in enumerate(("dev", "staging", "shadow", "production"), start=1):
        ids[name] = await environment(writer, name, position)
    for name, following in (("dev", ["staging", "shadow"]), ("staging", ["production"]), ("shadow", ["production"])):
        said = {"environment": {"name": name}, "promotesTo": [{"name": each} for each in following]}
        await update_environment(writer, UpdateEnvironment.model_validate(said))
    await draft(writer)
    await publish(writer)

    async def holding(as_of: datetime | None = None) -> dict[str, list[int | None]]:
        return {
            name: [each.number for each in await policies_in(writer.connection, id, as_of)] for name, id in ids.items()
        }

    await attach(writer, "staging")
    assert await holding() == {"dev": [], "staging": [1], "shadow": [], "production": []}
    then = await found(writer.connection, NOW)
    await attach(writer, "dev", holdsBeyond=True)
    assert await holding() == {"dev": [1], "staging": [1], "shadow": [1], "production": [1]}
    await draft(writer)
    await publish(writer)
    await attach(writer, "production")
    assert await holding() == {"dev": [1], "staging": [1], "shadow": [1], "production": [1, 2]}
    await detach(writer, "dev")
    assert await holding() == {"dev": [], "staging": [1], "shadow": [], "production": [2]}
    assert await holding(then) == {"dev": [], "staging": [1], "shadow": [], "production": []}


async def test_a_policy_without_a_number_is_its_draft_or_the_latest_published(writer: Writer) -> None:
    await draft(writer)
    await publish(writer)
    await draft(writer, mode="WARN")
    found_ = await policy_version(writer.connection, "gate", None)
    assert (found_.number, found_.mode, found_.policy) == (2, PolicyMode.WARN, "gate")
    await publish(writer)
    assert (await policy_version(writer.connection, "gate", None)).number == 2
    assert (await policy_version(writer.connection, "gate", 1)).mode is PolicyMode.ENFORCE


modes = some.sampled_from(list(PolicyMode))
outcomes = some.lists(some.sampled_from(list(RuleOutcome)), min_size=1, max_size=4)


@given(some.lists(some.tuples(modes, outcomes), max_size=4), some.booleans())
def test_what_enforces_denies_unless_all_is_met_and_known(
    policies: Sequence[tuple[PolicyMode, list[RuleOutcome]]], complete: bool
) -> None:
    demands = [Demand(mode, [{"name": str(i)} for i, _ in enumerate(found_)]) for mode, found_ in policies]
    judgements = [Judgement(outcome) for _, found_ in policies for outcome in found_]
    values: dict[str, Any] = {"complete": complete}
    snapshot = Snapshot(values, datetime(2026, 3, 3), Ancestry(START, [], [], complete=complete), {})

    judged = verdict(demands, snapshot, judgements)

    denied = [
        mode is PolicyMode.ENFORCE and not (complete and set(found_) <= {RuleOutcome.PASSED})
        for mode, found_ in policies
    ]
    assert [each.denies for each in judged.policies] == denied
    assert judged.allowed is not any(denied)
    assert [rule.judgement for policy in judged.policies for rule in policy.rules] == judgements
