"""How everything is written: one transaction of two statements, the change and what is said about it.

The first statement locks, checks, changes and returns one row: `outcome`, `at` (the instant of the change), `id` (of
its subject), `changes` (what each changed entity was before and is after) and how many items of each list it wrote.
Anything but a good outcome and full counts undoes it. The second appends the audit events. No event, no change.

Neo4j shows a commit piece by piece to those who read without a lock. What must change hands at once does so at an
instant that is still to come: such a statement returns that, too, `beginsAt`, and the command is done when it is past.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.database.connection import Connection, Row, Transaction
from app.database.errors import ConstraintViolated
from app.database.queries import Query, query
from app.domain.audit.events import Deed, events
from app.domain.command import Command
from app.domain.given import given
from app.domain.idempotency import Claim, claim, replayed
from app.domain.permission.asking import OPEN, Need, asked, guarded, is_asked
from app.domain.permission.sight import WHOLE, Sight
from app.domain.principal import Principal
from app.domain.resolution import Mention, Resolution, resolve
from app.domain.vocabulary import AuditOutcome
from app.errors import Conflict, Forbidden, PedigreeError
from graph_schema.model import MODEL

APPEND = query("audit/append")
NOTHING = query("permission/nothing")
TRIES = 8
TICK = 0.001  # seconds: the clock of a statement that reads
GOOD = frozenset({"done", "unchanged"})

Result = TypeVar("Result")
Refusals = Mapping[str, Callable[[Row], Exception]]


@dataclass(frozen=True)
class Caller:
    """Who asks, in which request, with which program, and what they may see. Without `principal` it is the registry
    itself, or somebody at its command line."""

    actor_id: str
    request_id: str | None = None
    client: str | None = None
    principal: Principal | None = None
    sight: Sight = WHOLE


@dataclass(frozen=True)
class Writer:
    """Somebody who writes to the registry."""

    connection: Connection
    caller: Caller

    async def resolve(self, mentions: Iterable[Mention]) -> Resolution:
        """What the references of a command stand for. What one may not see is not there."""
        return await resolve(self.connection, mentions, self.caller.sight)


@dataclass(frozen=True)
class Change:
    """One change. `counts` are the sizes of its lists, `facts` what an entity's event says beside its properties.

    `need` is what it takes: its action over the whole registry, unless told.
    """

    query: Query
    action: str
    parameters: Mapping[str, Any]
    counts: Mapping[str, int] = field(default_factory=dict)
    refusals: Refusals = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reason: str | None = None
    claim: Claim | None = None
    need: Need | None = None


@dataclass(frozen=True)
class Written:
    """What a command did: the id of its subject, whether it was made, and what had to be said about it. What was only
    tried has no subject, and an empty id.

    `about` are the ids of what it was about besides. `secret` is shown
    in the answer, once, and kept nowhere.
    """

    id: str
    created: bool = False
    replayed: bool = False
    stubs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)


class Outdated(Exception):
    """What was read before the write does not hold any longer: read again."""


class Claimed(Exception):
    """The same request was done a moment ago by somebody else."""


async def commit(writer: Writer, change: Change) -> Row:
    """Make the change with its audit events, or nothing at all. Raises Forbidden, which leaves an event, too."""
    caller, permission = writer.caller, asking(writer.caller, change)
    deed = Deed(caller.actor_id, change.action, change.reason, caller.request_id, caller.client)
    asks = {"actorId": caller.actor_id, **change.parameters, **({"asked": permission} if permission else {})}
    sent = guarded(change.query) if permission else change.query

    async def work(transaction: Transaction) -> Row:
        row = await transaction.run(sent, given(asks))
        if permission and not row["isPermitted"]:
            await note_denial(transaction, deed, row["denied"])
            return row
        check(change, row)
        changes = [with_facts(each, change.facts) for each in row["changes"]]
        said = events(deed, row["at"], changes, row["id"])
        claims = [as_row(change.claim, row)] if change.claim else []
        if said or claims:
            appended = await transaction.run(APPEND, given({"at": row["at"], "events": said, "claims": claims}))
            if appended["outcome"] != "done":
                raise Claimed
        return row

    row = await writer.connection.write(work, sent.text)
    if permission and not row["isPermitted"]:
        raise forbidden(permission)
    await begun(row, writer.connection.takeover_lead)
    return row


async def begun(row: Row, lead: float) -> None:
    """Return when the instant has come from which a change holds; after the lead, should a clock have been set back."""
    begins = row.get("beginsAt")
    if begins is not None and row["outcome"] == "done":
        ahead = (begins - row["at"]).total_seconds()
        await asyncio.sleep(min(ahead, lead) + TICK)


def asking(caller: Caller, change: Change) -> dict[str, Any] | None:
    """What has to be asked before a change, None when nothing has to be."""
    need = change.need or Need((change.action,))
    return asked(caller.principal, need) if need != OPEN and is_asked(caller.principal) else None


async def note_denial(transaction: Transaction, deed: Deed, denied: Row) -> None:
    """Leave an event of what was attempted and denied."""
    label = MODEL.label_of(denied["labels"])
    attempt = {"subjectId": denied["id"], "subjectType": label, "before": None, "after": None}
    said = events(replace(deed, outcome=AuditOutcome.DENIED), denied["at"], [attempt])
    await transaction.run(APPEND, given({"at": denied["at"], "events": said, "claims": []}))


def forbidden(permission: Mapping[str, Any]) -> Forbidden:
    """The refusal, which names the permissions that it takes."""
    needs = [*permission["needs"], *permission["ifProtected"]]
    names = [need["permission"] for need in needs]
    if any(need["isLimited"] for need in needs):
        return Forbidden(f"Your credential is limited: this takes {' and '.join(names)}.", permissions=names)
    message = f"This takes {' and '.join(names)} over what it is done to. Ask who maintains it for a grant."
    return Forbidden(message, permissions=names)


@asynccontextmanager
async def forbidden_first(writer: Writer, command: Command, need: Need) -> AsyncIterator[None]:
    """Say Forbidden to who may not, before any other refusal: whether a name exists is not for everybody to know."""
    try:
        yield
    except Forbidden:
        raise
    except PedigreeError:
        await permit(writer, command, need)
        raise


async def permit(writer: Writer, command: Command, need: Need) -> None:
    """Say Forbidden to who may not, before anything is done."""
    nothing = Change(NOTHING, command.action, {}, need=need)
    if asking(writer.caller, nothing):
        await commit(writer, nothing)


async def deny(writer: Writer, command: Command) -> None:
    """Leave an event of an attempt that the command itself denies to a credential that is limited."""
    with suppress(Forbidden):
        await commit(writer, Change(NOTHING, command.action, {}, need=Need((command.action,))))


def check(change: Change, row: Row) -> None:
    """Raise what the outcome means. Lists that were written in part are a fault of ours."""
    outcome = row["outcome"]
    if outcome == "outdated":
        raise Outdated
    if outcome not in GOOD:
        refusal = change.refusals.get(outcome)
        raise refusal(row) if refusal else Conflict()
    written = {name: row[name] for name in change.counts}
    if outcome == "done" and written != dict(change.counts):
        raise Outdated


def with_facts(change: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    more = facts.get(change["subjectId"])
    return {**change, "after": {**(change["after"] or {}), **more}} if more else change


def as_row(made: Claim, row: Row) -> dict[str, Any]:
    return {
        "actorId": made.actor_id,
        "operation": made.operation,
        "key": made.key,
        "inputDigest": made.input_digest,
        "resultId": row["id"],
    }


async def insist(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """Try again when somebody else made or removed, in between, what the attempt had read; at last, Conflict."""
    for number in range(TRIES):
        try:
            return await attempt()
        except (ConstraintViolated, Outdated):
            await asyncio.sleep(random.uniform(0, 0.02 * (number + 1)))
    raise Conflict


async def once(writer: Writer, command: Command, attempt: Callable[[Claim | None], Awaitable[Written]]) -> Written:
    """Do what a repeatable command asks, once, however often it is sent."""
    made = claim(writer.caller.actor_id, command)
    first = await replayed(writer.connection, made)
    if first is not None:
        return Written(first, replayed=True)
    try:
        return await insist(lambda: attempt(made))
    except (Claimed, PedigreeError) as error:
        # The same request may have been done in between, and be what stands in the way.
        first = await replayed(writer.connection, made)
        if first is not None:
            return Written(first, replayed=True)
        raise Conflict if isinstance(error, Claimed) else error from None


def refuse(error: type[PedigreeError], message: str, *path: str | int) -> Callable[[Row], Exception]:
    """A refusal that does not depend on the row."""
    return lambda row: error(message, path=path)
