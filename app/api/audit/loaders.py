"""How the fields about the proof of the log are answered: the domain is asked."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.database.connection import Connection
from app.domain.audit import proofs
from app.domain.audit.verification import Course, Known, verify
from app.errors import InvalidInput
from app.planner.kinds import Asked, Loader

Answers = Mapping[str, Any]

ROOT = ""  # the key of Query, which has no id
DEFAULT_LIMIT = MOST = 10_000


async def verification(connection: Connection, asked: Asked) -> Answers:
    given = asked.arguments
    if not 1 <= given["limit"] <= MOST:
        raise InvalidInput(f"Between 1 and {MOST} events at a time.", path=("limit",))
    known = Known(given.get("checkpoint") or "", given.get("keys") or ())
    found = await verify(connection, known, Course(given["after"], given["limit"]))
    return {
        ROOT: {
            "isIntact": found.finding is None,
            "isComplete": found.is_complete,
            "size": found.size,
            "erased": found.erased,
            "waiting": found.waiting,
            "finding": named(asdict(found.finding)) if found.finding else None,
        }
    }


def named(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {**finding, "eventId": finding["event_id"]}


async def inclusion(connection: Connection, asked: Asked) -> Answers:
    proof = await proofs.inclusion(connection, asked.arguments["event"], asked.arguments.get("size"))
    return {
        ROOT: {
            "eventId": proof.event_id,
            "body": proof.body,
            "leafIndex": proof.index,
            "leafHash": proofs.text(proof.leaf_hash),
            "path": list(map(proofs.text, proof.path)),
            "checkpoint": proof.checkpoint,
        }
    }


async def consistency(connection: Connection, asked: Asked) -> Answers:
    proof = await proofs.consistency(connection, asked.arguments["from"], asked.arguments.get("to"))
    return {ROOT: {"former": proof.former, "checkpoint": proof.checkpoint, "path": list(map(proofs.text, proof.path))}}


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("Query", "auditVerification"): verification,
    ("Query", "auditInclusion"): inclusion,
    ("Query", "auditConsistency"): consistency,
}
