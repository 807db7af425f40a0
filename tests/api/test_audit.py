"""The audit log over GraphQL: what happened, its proof, and what is erased from it."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.audit.notes import Head, Verifier
from app.domain.audit.sequencer import Sequencer
from app.domain.audit.tree import leaf_hash
from tests.api.conftest import Client
from tests.domain.audit import rfc9162
from tests.domain.audit.sealed import seal_all, sequencer, tamper

CREATE = """mutation ($name: String!, $description: String) {
  createRegisteredModel(input: {name: $name, description: $description}) { registeredModel { id } } }"""
EVENTS = """query ($where: AuditEventFilter, $order: AuditEventOrder, $first: Int, $after: String) {
  auditEvents(where: $where, orderBy: $order, first: $first, after: $after) {
    nodes { id sequence sealedAt outcome action } pageInfo { endCursor } totalCount } }"""
BY_SEQUENCE = {"by": "SEQUENCE", "direction": "ASC"}
VERIFY = """query ($after: Long, $limit: Int, $checkpoint: String, $keys: [String!]) {
  auditVerification(after: $after, limit: $limit, checkpoint: $checkpoint, keys: $keys) {
    isIntact isComplete size erased waiting finding { tampering message sequence last eventId } } }"""
HISTORY = """query ($name: String!) { registeredModel(name: $name) {
  history { nodes { id reason isReasonErased changes { field before after isErased } } } } }"""


@pytest.fixture
async def by(connection: Connection, client: Client, tmp_path: Path) -> Sequencer:
    """A log of four events in two batches."""
    by = sequencer(connection, tmp_path)
    for names in ("ab", "c"):
        for name in names:
            await client.data(CREATE, name=name, description=f"{name} in words")
        await seal_all(by)
    return by


async def test_events_are_listed_by_their_places(client: Client, by: Sequencer) -> None:
    await client.data(CREATE, name="waiting")
    seen: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await client.data(EVENTS, order=BY_SEQUENCE, first=3, after=after))["auditEvents"]
        assert page["totalCount"] == 4
        seen += page["nodes"]
        if not page["nodes"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert [event["sequence"] for event in seen] == [1, 2, 3, 4]
    assert all(event["sealedAt"] and event["outcome"] == "DONE" for event in seen)


async def test_who_reads_by_places_finds_what_comes_later(client: Client, by: Sequencer) -> None:
    """As subscriptions and webhooks will."""
    where = {"sequence": {"gt": 4}}
    assert (await client.data(EVENTS, where=where, order=BY_SEQUENCE))["auditEvents"]["nodes"] == []
    await client.data(CREATE, name="later")
    await seal_all(by)
    (event,) = (await client.data(EVENTS, where=where, order=BY_SEQUENCE))["auditEvents"]["nodes"]
    assert (event["sequence"], event["action"]) == (5, "registeredModel.create")


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"sequence": {"gte": 2, "lt": 4}}, 2),
        ({"sequence": {"eq": 4}}, 1),
        ({"sequence": {"isNull": True}}, 1),
        ({"outcome": ["DONE"]}, 5),
        ({"outcome": ["DENIED"]}, 0),
    ],
)
async def test_events_are_found_by_place_and_outcome(
    client: Client, by: Sequencer, where: dict[str, Any], count: int
) -> None:
    await client.data(CREATE, name="waiting")
    assert (await client.data(EVENTS, where=where))["auditEvents"]["totalCount"] == count


async def test_the_log_is_verified_whole_and_in_parts(client: Client, by: Sequencer) -> None:
    whole = (await client.data(VERIFY))["auditVerification"]
    intact = {"isIntact": True, "isComplete": True, "size": 4, "erased": 0, "waiting": 0, "finding": None}
    assert whole == intact
    assert (await client.data(VERIFY, after=3))["auditVerification"] == intact
    head = await client.data("{ auditHead { size at note } sealKeys { number verifier fromSize validTo } }")
    (key,) = head["sealKeys"]
    assert (key["number"], key["fromSize"], key["validTo"]) == (1, 0, None)
    known = {"checkpoint": head["auditHead"]["note"], "keys": [key["verifier"]]}
    assert (await client.data(VERIFY, **known))["auditVerification"] == intact


async def test_what_was_done_to_the_log_is_told(client: Client, by: Sequencer, connection: Connection) -> None:
    await tamper(connection, "MATCH (e:AuditEvent {sequence: 3}) SET e.action = 'something.else'")
    told = (await client.data(VERIFY))["auditVerification"]
    assert (told["isIntact"], told["isComplete"], told["size"]) == (False, False, 0)
    finding = told["finding"]
    assert (finding["tampering"], finding["sequence"], finding["last"]) == ("EDITED", 3, None)
    assert finding["message"] == "Its property action is not what was sealed."


@pytest.mark.parametrize(
    ("variables", "path"),
    [({"limit": 0}, ["limit"]), ({"limit": 10_001}, ["limit"]), ({"after": 1}, ["after"]), ({"keys": ["x"]}, ["keys"])],
)
async def test_what_cannot_be_verified_is_refused(
    client: Client, by: Sequencer, variables: dict[str, Any], path: list[str]
) -> None:
    error = await client.error(VERIFY, **variables)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", path)


async def test_an_event_and_two_heads_are_proved(client: Client, by: Sequencer) -> None:
    keys = (await client.data("{ sealKeys { verifier } }"))["sealKeys"]
    key = Verifier.read(keys[0]["verifier"])
    events = (await client.data(EVENTS, order=BY_SEQUENCE))["auditEvents"]["nodes"]
    query = """query ($event: ID!, $size: Long) { auditInclusion(event: $event, size: $size) {
      eventId body leafIndex leafHash path checkpoint } }"""
    for event, size in ((events[1], 3), (events[3], None)):
        proof = (await client.data(query, event=event["id"], size=size))["auditInclusion"]
        head = Head.of(key.opened(proof["checkpoint"]))
        leaf = leaf_hash(proof["body"].encode())
        assert (proof["eventId"], proof["leafIndex"]) == (event["id"], event["sequence"] - 1)
        assert b64decode(proof["leafHash"]) == leaf
        assert rfc9162.includes(leaf, proof["leafIndex"], head.size, list(map(b64decode, proof["path"])), head.root)
    query = "{ auditConsistency(from: 3, to: 4) { former checkpoint path } }"
    proof = (await client.data(query))["auditConsistency"]
    former, head = (Head.of(key.opened(proof[name])) for name in ("former", "checkpoint"))
    assert rfc9162.is_consistent(3, 4, former.root, head.root, list(map(b64decode, proof["path"])))


async def test_a_head_is_found_by_its_size(client: Client, by: Sequencer) -> None:
    query = "query ($size: Long) { auditHead(size: $size) { size } }"
    assert (await client.data(query))["auditHead"] == {"size": 4}
    assert (await client.data(query, size=3))["auditHead"] == {"size": 3}
    assert (await client.data(query, size=2))["auditHead"] is None


async def test_texts_are_shown_until_they_are_redacted(client: Client, by: Sequencer) -> None:
    (event,) = (await client.data(HISTORY, name="a"))["registeredModel"]["history"]["nodes"]
    shown = {change["field"]: change for change in event["changes"]}
    assert shown["description"] == {"field": "description", "before": None, "after": "a in words", "isErased": False}
    redact = """mutation ($event: ID!) { redactText(input: {event: $event, fields: ["description"], reason: "asked"}) {
      auditEvent { id changes { field after isErased } } replayed } }"""
    answer = (await client.data(redact, event=event["id"]))["redactText"]
    assert answer["auditEvent"]["id"] == event["id"]
    assert {"field": "description", "after": None, "isErased": True} in answer["auditEvent"]["changes"]
    told, _ = (await client.data(HISTORY, name="a"))["registeredModel"]["history"]["nodes"]
    assert (told["reason"], told["isReasonErased"]) == ("asked", False)
    await seal_all(by)
    verified = (await client.data(VERIFY))["auditVerification"]
    assert (verified["isIntact"], verified["erased"]) == (True, 1)


async def test_an_event_says_which_program_asked(client: Client, by: Sequencer) -> None:
    client.http.headers["User-Agent"] = "training-job/7"
    await client.data(CREATE, name="asked for")
    query = '{ registeredModel(name: "asked for") { history { nodes { client body } } } }'
    (event,) = (await client.data(query))["registeredModel"]["history"]["nodes"]
    assert event["client"] == "training-job/7"
    assert "training-job" not in event["body"]


async def test_a_person_is_erased(client: Client, by: Sequencer) -> None:
    await client.data('mutation { createUser(input: {name: "ada", email: "a@b.example"}) { user { id } } }')
    erase = """mutation { erasePerson(input: {person: {name: "ada"}, reason: "asked"}) {
      actor { id name ... on User { email } } } }"""
    actor = (await client.data(erase))["erasePerson"]["actor"]
    assert (actor["name"], actor["email"]) == (f"erased-{actor['id']}", None)
    assert (await client.data('{ actor(name: "ada") { id } }'))["actor"] is None
