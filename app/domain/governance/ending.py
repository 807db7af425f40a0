"""The end of a fact of governance: it takes the permission over what the fact is about, as its beginning did."""

from typing import Any

from app.database.queries import query
from app.domain.command import Command
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.permission.asking import Need
from app.domain.resolution import Mention
from app.domain.writing import Change, Writer, Written, commit, once

END_FACT = query("governance/end_fact")
SUBJECTS = query("governance/subjects")


async def ended(writer: Writer, command: Command, fact: Mention, said: dict[str, Any]) -> Written:
    """End a fact, and say why. Returns its id."""

    async def attempt(claim: Claim | None) -> Written:
        known = (await writer.resolve([fact])).require(fact)
        change = Change(
            query=END_FACT,
            action=command.action,
            parameters={"id": known.id, "label": known.label, "said": said},
            reason=next(iter(said.values())),
            claim=claim,
            need=Need(command.takes(), await subjects(writer, known.id)),
        )
        return Written((await commit(writer, change))["id"])

    return await once(writer, command, attempt)


async def subjects(writer: Writer, fact_id: str) -> tuple[str, ...]:
    """The ids of what a fact is about: what was recalled, where a recall stops, what a finding is of."""
    return tuple((await writer.connection.ask(SUBJECTS, given({"id": fact_id})))["subjects"])
