"""Policies from their draft to where they hold."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from pydantic import ValidationError

from app.domain.delivery.environments import UpdateEnvironment, update_environment
from app.domain.governance.attachments import AttachPolicy, DetachPolicy, attach_policy, detach_policy
from app.domain.governance.policies import (
    DraftPolicy,
    PublishPolicy,
    RetirePolicy,
    UpdatePolicyDraft,
    draft_policy,
    publish_policy,
    retire_policy,
    update_policy_draft,
)
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.errors import AlreadyExists, Forbidden, InUse, InvalidInput, NotFound, StaleRevision
from tests.domain.permission.people import somebody
from tests.domain.registered import environment, events
from tests.fixtures.snapshot import found, snapshot

VERSION = "MATCH (v:PolicyVersion {id: $id}) RETURN properties(v) AS found"
POLICY = "MATCH (p:Policy {name: 'gate'}) RETURN properties(p) AS found"
EPOCH = "OPTIONAL MATCH (l:Lock {name: 'governance'}) RETURN coalesce(l.epoch, 0) AS found"
ATTACHED = """MATCH (a:PolicyAttachment)
MATCH (v:PolicyVersion {id: a.policyVersionId})
WITH a, v ORDER BY a.validFrom
RETURN collect([v.number, a.holdsBeyond, a.open, a.validTo IS NULL]) AS found"""
RULE = {"name": "known", "expression": "!version.isStub", "message": "Nobody described it."}
GATE = {"policy": {"name": "gate"}}


async def draft(writer: Writer, *rules: dict[str, Any], **said: Any) -> str:
    command = {"name": "gate", "rules": rules or (RULE,), **said}
    return (await draft_policy(writer, DraftPolicy.model_validate(command))).id


async def update(writer: Writer, **said: Any) -> str:
    return (await update_policy_draft(writer, UpdatePolicyDraft.model_validate({**GATE, **said}))).id


async def publish(writer: Writer, **said: Any) -> str:
    return (await publish_policy(writer, PublishPolicy.model_validate({**GATE, **said}))).id


async def retire(writer: Writer, number: int) -> str:
    return (await retire_policy(writer, RetirePolicy.model_validate({**GATE, "number": number}))).id


async def attach(writer: Writer, name: str = "production", **said: Any) -> str:
    command = AttachPolicy.model_validate({**GATE, "environment": {"name": name}, **said})
    return (await attach_policy(writer, command)).id


async def detach(writer: Writer, name: str = "production") -> str:
    return (await detach_policy(writer, DetachPolicy.model_validate({**GATE, "environment": {"name": name}}))).id


async def test_a_policy_is_drafted_changed_and_published(writer: Writer) -> None:
    id = await draft(writer, description="What may be deployed.", mode="WARN")
    kept = await found(writer.connection, VERSION, id=id)
    assert (kept["number"], kept["state"], kept["mode"]) == (1, "DRAFT", "WARN")
    assert kept["rules"] == '[{"name":"known","expression":"!version.isStub","message":"Nobody described it."}]'

    assert await update(writer, mode="ENFORCE", description=None) == id
    changed = await found(writer.connection, VERSION, id=id)
    assert (changed["mode"], changed["rules"], changed["revision"]) == ("ENFORCE", kept["rules"], 2)
    assert changed["digest"] != kept["digest"]
    assert "description" not in await found(writer.connection, POLICY)

    epoch = await found(writer.connection, EPOCH)
    assert await publish(writer) == id
    published = await found(writer.connection, VERSION, id=id)
    assert (published["state"], published["digest"]) == ("PUBLISHED", changed["digest"])
    assert "draftOf" not in published
    assert await found(writer.connection, EPOCH) == epoch + 1
    assert len(await events(writer, "policy.publish")) == 1

    again = await draft(writer)
    assert (await found(writer.connection, VERSION, id=again))["number"] == 2
    assert (await found(writer.connection, POLICY))["lastNumber"] == 2


async def test_what_is_published_never_changes(writer: Writer) -> None:
    await draft(writer)
    await publish(writer)
    before = await snapshot(writer.connection)
    for refused in (publish(writer), update(writer, mode="WARN")):
        with pytest.raises(InvalidInput, match="no draft"):
            await refused
    assert await snapshot(writer.connection) == before


async def test_a_policy_has_one_draft(writer: Writer) -> None:
    id = await draft(writer)
    before = await snapshot(writer.connection)
    with pytest.raises(AlreadyExists, match="has a draft already") as refused:
        await draft(writer)
    assert refused.value.details["id"] == id
    with pytest.raises(StaleRevision):
        await update(writer, mode="WARN", expectedRevision=7)
    assert await update(writer, mode="ENFORCE") == id
    assert await snapshot(writer.connection) == before


async def test_a_wrong_expression_is_refused_with_its_place(writer: Writer) -> None:
    wrong = {"name": "data", "subjects": "datasets.filter(d,\n  d.classification == 'PII')", "message": "m"}
    worse = {"name": "size", "expression": "metrics.size() > 'x'", "message": "m"}
    with pytest.raises(InvalidInput) as refused:
        await draft(writer, RULE, wrong, worse)
    error = refused.value
    problems = cast(list[dict[str, Any]], error.details["problems"])
    assert list(error.path) == ["rules", 1, "subjects"]
    assert (error.details["line"], error.details["column"]) == (2, 4)
    assert "Undefined field 'classification'" in error.message
    assert [each["path"] for each in problems] == [["rules", 1, "subjects"], ["rules", 2, "expression"]]
    assert await found(writer.connection, "MATCH (p:Policy) RETURN count(p) AS found") == 0


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ([RULE, RULE], ["rules", 1, "name"]),
        ([{"name": "nothing", "message": "m"}], ["rules", 0, "expression"]),
    ],
)
async def test_rules_have_names_and_expressions(writer: Writer, rules: list[dict[str, Any]], path: list[Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        await draft(writer, *rules)
    assert list(refused.value.path) == path


def test_the_rules_of_a_policy_are_not_endless() -> None:
    for rules in ([{**RULE, "expression": "true" + " " * 4_000}], [{**RULE, "message": ""}]):
        with pytest.raises(ValidationError):
            DraftPolicy.model_validate({"name": "gate", "rules": rules})


async def test_a_policy_holds_from_when_it_is_attached_until_it_is_detached(writer: Writer) -> None:
    await environment(writer)
    with pytest.raises(NotFound, match="no Policy"):
        await attach(writer)
    await draft(writer)
    with pytest.raises(InvalidInput, match="no published version"):
        await attach(writer)
    with pytest.raises(InvalidInput, match="draft, not published"):
        await attach(writer, number=1)
    await publish(writer)
    with pytest.raises(NotFound, match="no version of this number"):
        await attach(writer, number=2)
    epoch = await found(writer.connection, EPOCH)

    id = await attach(writer, reason="It shall be known what runs.")
    assert await attach(writer) == id
    await draft(writer)
    await publish(writer)
    assert await attach(writer, number=1) == id
    assert await attach(writer) != id
    assert await attach(writer, holdsBeyond=True) != id

    assert await found(writer.connection, ATTACHED) == [
        [1, False, None, False],
        [2, False, None, False],
        [2, True, True, True],
    ]
    await detach(writer)
    assert (await found(writer.connection, ATTACHED))[-1] == [2, True, None, False]
    assert await found(writer.connection, EPOCH) == epoch + 5
    with pytest.raises(NotFound, match="not attached"):
        await detach(writer)
    (first, *_) = await events(writer, "policy.attach")
    assert first["reason"] == "It shall be known what runs."


async def test_what_holds_somewhere_is_not_retired(writer: Writer) -> None:
    await environment(writer)
    await draft(writer)
    with pytest.raises(InvalidInput, match="no published version of this number"):
        await retire(writer, 1)
    id = await publish(writer)
    await attach(writer)
    before = await snapshot(writer.connection)
    with pytest.raises(InUse, match="holds in production"):
        await retire(writer, 1)
    assert await snapshot(writer.connection) == before
    await detach(writer)
    assert await retire(writer, 1) == id
    assert await retire(writer, 1) == id
    with pytest.raises(InvalidInput, match="retired, not published"):
        await attach(writer, number=1)


async def test_what_holds_beyond_takes_the_permission_there(writer: Writer) -> None:
    await environment(writer)
    staging = await environment(writer, "staging", 2)
    chain = {"environment": {"id": staging}, "promotesTo": [{"name": "production"}]}
    await update_environment(writer, UpdateEnvironment.model_validate(chain))
    await draft(writer)
    await publish(writer)
    keeper = await somebody(writer, "keeper", role=Role.MAINTAINER, on={"environment": "staging"})
    await attach(keeper, "staging")
    acts: list[Callable[[], Awaitable[str]]] = [
        lambda: attach(keeper, "staging", holdsBeyond=True),
        lambda: attach(keeper, "production"),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            await act()
    await attach(writer, "staging", holdsBeyond=True)
    acts = [lambda: detach(keeper, "staging"), lambda: attach(keeper, "staging")]
    for act in acts:
        with pytest.raises(Forbidden):
            await act()
    assert (await found(writer.connection, ATTACHED))[-1] == [1, True, True, True]
