"""Texts can be erased, and the log is still as it was sealed, and says so."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.audit.erasure import ErasePerson, RedactText, erase_person, redact_text
from app.domain.audit.history import changes_of, text_of
from app.domain.audit.sequencer import Sequencer
from app.domain.audit.verification import verify
from app.domain.credentials.people import Person, known_person
from app.domain.identity import CreateTeam, CreateUser, UpdateActor, create_team, create_user, update_actor
from app.domain.labelling import SetTags, set_tags
from app.domain.registry.life import RetireModelVersion, retire_model_version
from app.domain.vocabulary import Tampering
from app.domain.writing import Writer
from app.errors import InvalidInput, NotFound
from tests.domain.audit.sealed import describe, make, seal_all, sequencer, tamper
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

ADA = {
    "name": "ada",
    "displayName": "Ada Lovelace",
    "email": "ada@example.org",
    "metadata": {"born": "Marylebone"},
    "tags": [{"key": "floor", "value": "the second"}],
    "links": [{"kind": "page", "url": "https://example.org/ada", "title": "Countess"}],
    "references": [{"system": "ldap", "externalId": "alovelace"}],
}
TRACES = ("ada@", "Lovelace", "Marylebone", "the second", "Countess", "alovelace", "example.org/ada", "countess-7")
EVENTS = "MATCH (e:AuditEvent {subjectId: $id}) WITH e ORDER BY e.at, e.id RETURN collect(properties(e)) AS found"


@pytest.fixture
def by(writer: Writer, tmp_path: Path) -> Sequencer:
    return sequencer(writer.connection, tmp_path)


async def events(writer: Writer, id: str) -> list[dict[str, Any]]:
    return list(await found(writer.connection, EVENTS, id=id))


async def ada(writer: Writer) -> str:
    """A person with a history."""
    id = (await create_user(writer, CreateUser.model_validate(ADA))).id
    await update_actor(writer, UpdateActor.model_validate({"actor": {"id": id}, "displayName": "Lady Lovelace"}))
    tag = {"entity": {"actor": "ada"}, "tags": [{"key": "since", "value": "Lovelace 1815"}]}
    await set_tags(writer, SetTags.model_validate(tag))
    signed_in = Person("https://login.example", "countess-7", "ada", adopts=True)
    assert (await known_person(writer.connection, signed_in)).id == id
    return id


async def test_nothing_tells_of_a_person_that_was_erased(writer: Writer, by: Sequencer) -> None:
    id = await ada(writer)
    await seal_all(by)
    command = {"person": {"name": "ada"}, "reason": "was asked for"}
    assert (await erase_person(writer, ErasePerson.model_validate(command))).id == id
    await seal_all(by)

    everything = await snapshot(writer.connection)
    assert [trace for trace in TRACES if trace in everything] == []
    person = await found(writer.connection, "MATCH (x:User {id: $id}) RETURN properties(x) AS found", id=id)
    assert person["name"] == f"erased-{id}"
    assert {"email", "displayName", "metadata"} & person.keys() == set()
    assert person["archivedAt"] is not None


async def test_the_erasure_of_a_person_is_an_event_and_leaves_the_log_proved(writer: Writer, by: Sequencer) -> None:
    id = await ada(writer)
    await seal_all(by)
    before = await events(writer, id)
    texts = sum(len(event["places"]) for event in before)
    await erase_person(writer, ErasePerson.model_validate({"person": {"id": id}, "reason": "was asked for"}))
    await seal_all(by)

    *former, last = await events(writer, id)
    assert [event["body"] for event in former] == [event["body"] for event in before]
    assert [change["isErased"] for event in former for change in changes_of(event)].count(True) > 0
    assert (last["action"], text_of(last, "reason")) == ("person.erase", "was asked for")
    assert {each["field"]: each["after"] for each in changes_of(last)} == {
        "erased": {"events": len(former)},
        "name": f"erased-{id}",
    }
    verified = await verify(writer.connection)
    assert (verified.finding, verified.is_complete, verified.erased) == (None, True, texts)


async def test_events_can_be_erased_before_they_are_sealed(writer: Writer, by: Sequencer) -> None:
    id = await ada(writer)
    await erase_person(writer, ErasePerson.model_validate({"person": {"id": id}, "reason": "was asked for"}))
    await seal_all(by)
    assert (await verify(writer.connection)).finding is None


async def test_a_person_is_erased_once(writer: Writer) -> None:
    id = await ada(writer)
    command = ErasePerson.model_validate({"person": {"id": id}, "reason": "was asked for"})
    await erase_person(writer, command)
    before = await snapshot(writer.connection)
    await erase_person(writer, command)
    assert await snapshot(writer.connection) == before
    again = CreateUser.model_validate(ADA)
    assert (await create_user(writer, again)).id != id


async def test_only_people_are_erased(writer: Writer) -> None:
    await create_team(writer, CreateTeam(name="risk"))
    before = await snapshot(writer.connection)
    for name in ("risk", "nobody"):
        with pytest.raises((NotFound, InvalidInput)):
            await erase_person(writer, ErasePerson.model_validate({"person": {"name": name}, "reason": "x"}))
    assert await snapshot(writer.connection) == before


async def test_single_texts_of_an_event_are_redacted(writer: Writer, by: Sequencer) -> None:
    (id,) = await make(writer, "a", description="about Ada", intendedUse="hers")
    await seal_all(by)
    (event,) = await events(writer, id)
    command = {"event": event["id"], "fields": ["description"], "reason": "names somebody"}
    assert (await redact_text(writer, RedactText.model_validate(command))).id == event["id"]
    await seal_all(by)

    redacted, told = await events(writer, id)
    shown = {each["field"]: (each["after"], each["isErased"]) for each in changes_of(redacted)}
    assert (shown["description"], shown["intendedUse"]) == ((None, True), ("hers", False))
    assert redacted["body"] == event["body"]
    (change,) = changes_of(told)
    places = [place for place in event["places"] if place not in redacted["places"]]
    assert (told["action"], change["after"]) == ("text.redact", {"event": event["id"], "places": places})
    verified = await verify(writer.connection)
    assert (verified.finding, verified.erased) == (None, 1)


async def test_a_reason_is_redacted_and_all_texts_at_once(writer: Writer, by: Sequencer) -> None:
    id = (await register(writer)).id
    retired = {"version": {"id": id}, "reason": "because of Ada"}
    await retire_model_version(writer, RetireModelVersion.model_validate(retired))
    await seal_all(by)
    event = (await events(writer, id))[-1]
    assert text_of(event, "reason") == "because of Ada"
    await redact_text(writer, RedactText.model_validate({"event": event["id"], "reason": "names somebody"}))
    await seal_all(by)
    assert "because of Ada" not in str(await events(writer, id))
    assert (await verify(writer.connection)).finding is None


@pytest.mark.parametrize(
    "command", [{"event": "none"}, {"fields": ["task"]}, {"fields": ["none"]}, {"fields": ["reason"]}]
)
async def test_what_is_not_there_cannot_be_redacted(writer: Writer, command: dict[str, Any]) -> None:
    (id,) = await make(writer, "a", description="d", task="t")
    (event,) = await events(writer, id)
    before = await snapshot(writer.connection)
    with pytest.raises((NotFound, InvalidInput)):
        await redact_text(writer, RedactText.model_validate({"event": event["id"], "reason": "x", **command}))
    assert await snapshot(writer.connection) == before


async def test_what_is_redacted_already_stays_so_without_an_event(writer: Writer) -> None:
    (id,) = await make(writer, "a", description="d")
    (event,) = await events(writer, id)
    command = RedactText.model_validate({"event": event["id"], "reason": "x"})
    await redact_text(writer, command)
    before = await snapshot(writer.connection)
    await redact_text(writer, command)
    assert await snapshot(writer.connection) == before


@pytest.mark.parametrize("gone", ["e.places = [], e.texts = []", "e.places = null, e.texts = null"])
async def test_a_text_that_is_gone_without_an_erasure_is_found(writer: Writer, by: Sequencer, gone: str) -> None:
    await make(writer, "a")
    await describe(writer, "a", "about Ada")
    await make(writer, "b", description="about Bob")
    await seal_all(by)
    await tamper(writer.connection, f"MATCH (e:AuditEvent {{sequence: 3}}) SET {gone}")
    verified = await verify(writer.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.EDITED, 3)


async def test_an_erasure_of_one_text_does_not_excuse_another(writer: Writer, by: Sequencer) -> None:
    (id,) = await make(writer, "a", description="d", intendedUse="u")
    (event,) = await events(writer, id)
    await redact_text(
        writer, RedactText.model_validate({"event": event["id"], "fields": ["description"], "reason": "x"})
    )
    await seal_all(by)
    await tamper(writer.connection, "MATCH (e:AuditEvent {id: $id}) SET e.places = [], e.texts = []", id=event["id"])
    verified = await verify(writer.connection)
    assert verified.finding is not None
    assert verified.finding.tampering is Tampering.EDITED
