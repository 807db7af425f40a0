"""What somebody may always do: undo what they made themselves, or what was made in their place. Of others it takes the
permission of the command, and so it does to withdraw what somebody else has rejected."""

from dataclasses import replace

from app.database.queries import Query, query
from app.domain.command import Command
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.permission.asking import Need, for_oneself
from app.domain.resolution import Mention
from app.domain.writing import Change, Writer, Written, commit, once

MAKER = query("approval/maker")


async def ended(writer: Writer, command: Command, fact: Mention, statement: Query) -> Written:
    """End a request, a decision or a delegation, for the reason of the command. Returns its id."""

    async def attempt(claim: Claim | None) -> Written:
        known = (await writer.resolve([fact])).require(fact)
        made = await writer.connection.ask(MAKER, given({"id": known.id}))
        is_own = writer.caller.actor_id in made["makers"] and not made["isContested"]
        own = for_oneself(writer.caller.principal, command)
        reason = getattr(command, "reason", None)
        change = Change(
            query=statement,
            action=command.action,
            parameters={"id": known.id, "reason": reason, "isContested": made["isContested"]},
            reason=reason,
            need=own if is_own else Need(command.takes(), (known.id,)),
        )
        return Written((await commit(writer, replace(change, claim=claim)))["id"])

    return await once(writer, command, attempt)
