"""Lines of promotions: decisions with their records, and the deployments that they let in."""

from typing import Any

import orjson

from app.domain.canonical import digest_of
from app.domain.governance.rules import digest
from app.domain.vocabulary import PolicyMode
from tests.transfer.transferred import Line, model, ref, version

DIGEST = "sha256:" + "a" * 64
MONDAY, TUESDAY, FRIDAY = (f"2026-03-0{day}T09:00:00.000000Z" for day in (2, 3, 6))
RULE = {"name": "no recall", "expression": "!isRecalled", "message": "It was recalled."}
PUBLISHED = {"policy": "nothing-open", "number": 1, "state": "PUBLISHED", "publishedAt": MONDAY, "rules": [RULE]}
HELD = {"policy": "nothing-open", "number": 1, "mode": "ENFORCE"}
HELD |= {"digest": digest("nothing-open", PolicyMode.ENFORCE, [RULE])}
OTHERS: list[Line] = [
    {"type": "Policy", "name": "nothing-open"},
    {"type": "PolicyVersion", **PUBLISHED},
    {"type": "PolicyVersion", **PUBLISHED, "number": 2, "state": "DRAFT", "publishedAt": None},
    {"type": "ApprovalRequest", "id": "r2", "version": ref(2), "environment": "production", "validFrom": MONDAY},
]
GROUND: list[Line] = [
    *({"type": "Environment", "name": name, "position": at} for at, name in enumerate(("staging", "production"), 1)),
    *({"type": "User", "name": name} for name in ("ada", "bob")),
    model(),
    version(1),
    version(2),
]
BLOCKER = {"kind": "RULE", "message": "It was recalled.", "fix": None}


def record(**said: Any) -> dict[str, Any]:
    """What a decision was made by."""
    usual = {"isEmergency": False, "allowed": True, "complete": True, "ancestors": 0, "state": "ACTIVE"}
    lists = ("policies", "rules", "incomplete", "approvals", "rejections", "recalls", "blockers")
    return {**usual, "isRecalled": False, "requestId": None, **{name: [] for name in lists}, **said}


def decision(id: str = "p1", number: int = 1, kept: dict[str, Any] | None = None, **said: Any) -> Line:
    """A decision that let a version in on Tuesday, unless told."""
    made_by = kept or record()
    about = {"version": ref(number), "environment": "production", "isAllowed": made_by["allowed"]}
    digests = {"snapshotDigest": DIGEST, "ancestryDigest": DIGEST, "recordDigest": digest_of(orjson.dumps(made_by))}
    at = {"createdAt": TUESDAY, "createdBy": "ada"}
    return {"type": "PromotionDecision", "id": id, **at, **about, **digests, "record": made_by, **said}


def placed(id: str = "d1", number: int = 1, **said: Any) -> Line:
    """The deployment that it let in."""
    at = {"version": ref(number), "environment": "production", "endpoint": "api", "validFrom": TUESDAY}
    return {"type": "Deployment", "id": id, **at, "decision": {"id": "p1"}, **said}


def without(line: Line, *names: str) -> Line:
    return {name: value for name, value in line.items() if name not in names}
