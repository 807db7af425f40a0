"""Requests that are sent again because their answer was lost: done once, answered twice."""

import asyncio
from dataclasses import dataclass

from app.database.connection import Connection
from app.database.queries import query
from app.domain.canonical import canonical, digest_of
from app.domain.command import Command
from app.domain.given import given
from app.errors import InvalidInput

RECALL_CLAIM = query("audit/recall_claim")


@dataclass(frozen=True)
class Claim:
    """That an actor used a key for an operation with an input."""

    actor_id: str
    operation: str
    key: str
    input_digest: str


def claim(actor_id: str, command: Command) -> Claim | None:
    """The claim that the command makes, None without a key."""
    if command.idempotency_key is None:
        return None
    content = command.model_dump(by_alias=True, exclude_unset=True, exclude={"idempotency_key"})
    return Claim(actor_id, command.action, command.idempotency_key, digest_of(canonical(content)))


async def replayed(connection: Connection, made: Claim | None) -> str | None:
    """The id that the first such request answered with, None when this is the first. What it changed holds by now."""
    if made is None:
        return None
    row = await connection.ask(
        RECALL_CLAIM, given({"actorId": made.actor_id, "operation": made.operation, "key": made.key})
    )
    if row["resultId"] is None:
        return None
    if row["inputDigest"] != made.input_digest:
        raise InvalidInput("This key was used for another input before.", path=("idempotencyKey",))
    age = max(0, row["age"]) / 1000  # a clock may have been set back
    await asyncio.sleep(max(0.0, connection.takeover_lead - age))
    return str(row["resultId"])
