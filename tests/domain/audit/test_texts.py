"""What is plain is sealed, what is not is sealed as a digest, and nothing of it is left in a body."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.audit.events import Deed, event
from app.domain.audit.history import changes_of, digests_of, is_text_erased, places_of, text_of
from app.domain.audit.natures import EDGE, LABELS, nature
from app.domain.audit.texts import conceal, digests, is_erased, reveal
from app.domain.canonical import digest_of
from app.domain.vocabulary import AuditOutcome
from app.domain.writing import Writer
from graph_schema.elements import Nature
from graph_schema.model import MODEL
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found

AT = datetime(2026, 3, 3, 14, tzinfo=UTC)
SECRETS = ("Ada Lovelace", "ada@example.org", "s3://bucket/ada", "because of Ada")
JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def told(label: str, after: dict[str, Any], **deed: Any) -> dict[str, Any]:
    made = event(
        Deed("actor", "test", **deed), AT, {"subjectId": "x", "subjectType": label, "before": None, "after": after}
    )
    assert made is not None
    return {**made["properties"], "at": AT}


@given(JSON)
def test_what_is_concealed_is_shown_again_until_it_is_erased(value: Any) -> None:
    texts: dict[str, str] = {}
    sealed = conceal(value, Nature.FREE_TEXT, "/x", texts)
    assert reveal(sealed, "/x", texts) == value
    assert not is_erased(sealed, "/x", texts)
    assert dict(digests(sealed, "/x")) == {place: digest_of(text.encode()) for place, text in texts.items()}
    if value is not None:
        assert reveal(sealed, "/x", {}) is None
        assert is_erased(sealed, "/x", {})


def test_equal_texts_have_different_digests() -> None:
    assert conceal("x", Nature.PERSONAL, "/x", {}) != conceal("x", Nature.PERSONAL, "/x", {})


def test_texts_stand_beside_the_body() -> None:
    made = told(
        "User",
        {"name": "Ada Lovelace", "email": "ada@example.org", "tags": {"home": "s3://bucket/ada"}, "isStub": False},
        reason="because of Ada",
        client="browser",
    )
    assert [secret for secret in (*SECRETS, "browser") if secret in made["body"]] == []
    assert {change["field"]: change["after"] for change in changes_of(made)} == {
        "email": "ada@example.org",
        "isStub": False,
        "name": "Ada Lovelace",
        "tags": {"home": "s3://bucket/ada"},
    }
    assert (text_of(made, "reason"), text_of(made, "client")) == ("because of Ada", "browser")
    assert made["places"] == [
        *("/reason", "/client", "/changes/0/after", "/changes/2/after", "/changes/3/after"),
    ]
    assert orjson.loads(made["body"])["changes"][1] == {"field": "isStub", "before": None, "after": False}


def test_of_nodes_and_edges_only_what_is_text_is_concealed() -> None:
    life = {"state": "RETIRED", "reason": "because of Ada"}
    edge = {"type": "DERIVED_FROM", "id": "e", "detail": '{"by":"Ada Lovelace"}'}
    made = told(
        "ModelVersion", {"lifecycle": life, "edges": [edge], "metrics": {"auc": 0.5}, "unheard": "Ada Lovelace"}
    )
    assert [secret for secret in SECRETS if secret in made["body"]] == []
    assert made["places"] == ["/changes/0/after/0/detail", "/changes/1/after/reason", "/changes/3/after"]
    assert '"state":"RETIRED"' in made["body"]
    assert '"type":"DERIVED_FROM"' in made["body"]
    assert [change["after"] for change in changes_of(made)] == [[edge], life, {"auc": 0.5}, "Ada Lovelace"]


def test_texts_that_are_erased_are_told_of() -> None:
    made = told("RegisteredModel", {"description": "Ada Lovelace", "task": "t"}, reason="because of Ada")
    body = orjson.loads(made["body"])
    assert places_of(body, frozenset({"description"})) == ["/changes/0/after"]
    assert places_of(body, frozenset({"reason", "task"})) == ["/reason"]
    assert set(digests_of(body)) == set(made["places"])
    erased = {**made, "places": [], "texts": []}
    description, task = changes_of(erased)
    assert (description["after"], description["isErased"]) == (None, True)
    assert (task["after"], task["isErased"]) == ("t", False)
    assert (text_of(erased, "reason"), is_text_erased(erased, "reason")) == (None, True)
    assert (text_of(made, "client"), is_text_erased(made, "client")) == (None, False)


def test_events_of_the_first_format_are_read_as_they_are() -> None:
    changes = [{"field": "metadata", "before": None, "after": {"sealed": "not a digest"}}]
    first = {"body": orjson.dumps({"format": 1, "reason": "why", "changes": changes}).decode()}
    assert changes_of(first) == [{**changes[0], "isErased": False}]
    assert (text_of(first, "reason"), text_of(first, "client")) == ("why", None)
    assert digests_of(orjson.loads(first["body"])) == {}


def test_a_denied_attempt_is_an_event_although_nothing_changed() -> None:
    nothing = {"subjectId": "x", "subjectType": "User", "before": None, "after": None}
    assert event(Deed("actor", "test"), AT, nothing) is None
    denied = event(Deed("actor", "test", outcome=AuditOutcome.DENIED), AT, nothing)
    assert denied is not None
    assert denied["properties"]["outcome"] == "DENIED"
    assert '"outcome":"DENIED"' in denied["properties"]["body"]


@pytest.mark.parametrize("label", ["User", "Team", "ServiceAccount"])
def test_what_tells_of_people_is_personal(label: str) -> None:
    assert {name for name, each in LABELS[label].items() if each is Nature.PERSONAL} >= {"name", "displayName"}


def test_json_is_free_text_and_what_nobody_has_declared_is_too() -> None:
    json = [(n.label, p.name) for n in MODEL.nodes for p in n.properties if p.type == "JSON text"]
    assert [place for place in json if LABELS[place[0]][place[1]] is not Nature.FREE_TEXT] == []
    assert nature("User", "no such field") is Nature.FREE_TEXT
    assert EDGE["detail"] is EDGE["retractionReason"] is Nature.FREE_TEXT


async def test_a_registration_leaves_none_of_its_texts_in_a_body(writer: Writer) -> None:
    texts = {"description": "written by Ada Lovelace", "tags": [{"key": "who", "value": "ada@example.org"}]}
    await register(writer, **{**WHOLE, **texts})
    bodies = await found(writer.connection, "MATCH (e:AuditEvent) RETURN collect(e.body) AS found")
    words = ("Ada", "ada@", "s3://models", "example.org/paper", "churn/1", "free", "optimizer.lr", "tester")
    assert [(word, body) for body in bodies for word in words if word in body] == []
    assert any('"action":"modelVersion.register"' in body for body in bodies)
