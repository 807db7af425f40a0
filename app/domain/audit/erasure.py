"""What must not be kept is erased from the log, which stays proved: its digests stand, and what they are of goes."""

from dataclasses import replace

from pydantic import Field

from app.database.queries import query
from app.domain.audit.erasures import PERSON, TEXT
from app.domain.audit.history import body_of, digests_of, places_of
from app.domain.changing import changed
from app.domain.command import Command, many
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.permission.asking import Need
from app.domain.permission.needs import REGISTRY
from app.domain.references import ActorRef
from app.domain.resolution import mention
from app.domain.scalars import Id, Line, Reason
from app.domain.writing import Change, Writer, Written, commit, forbidden_first, once
from app.errors import InvalidInput, NotFound

ERASE_PERSON = query("identity/erase_person")
REDACT = query("audit/redact")
EVENT = query("audit/event")


class ErasePerson(Command):
    """Erase what the registry knows of a person. The user stays under its id, with a pseudonym for a name, put away.

    Name, display name, email, metadata, tags, links and names in other systems and at issuers go, and with them all
    texts in the user's history. What others wrote about the person elsewhere stays: redactText takes that.
    """

    action = PERSON
    needs = REGISTRY

    person: ActorRef = Field(description="The user.")
    reason: Reason = Field(description="Why: it is kept, so it should not tell what is erased.")


class RedactText(Command):
    """Erase texts of one event of the audit log. That they were there stays proved.

    What the event told of may still stand in the registry itself: change that first.
    """

    action = TEXT
    needs = REGISTRY

    event: Id = Field(description="Id of the event.")
    fields: tuple[Line, ...] = many(
        "Which: fields that changed, as `changes` names them, `reason` and `client`. All, when left out."
    )
    reason: Reason = Field(description="Why: it is kept, so it should not tell what is erased.")


async def erase_person(writer: Writer, command: ErasePerson) -> Written:
    """Erase what the registry knows of a person. Returns the id of the user."""
    person = replace(mention(command.person, "person"), types=("User",))
    return await changed(
        writer,
        command,
        [person],
        lambda resolution: Change(
            query=ERASE_PERSON,
            action=command.action,
            parameters={"id": resolution.require(person).id},
            reason=command.reason,
        ),
    )


async def places_in(writer: Writer, command: RedactText) -> list[str]:
    """The places of the texts that are meant."""
    found = (await writer.connection.ask(EVENT, given({"id": command.event})))["event"]
    if found is None:
        raise NotFound("There is no such event.", path=("event",))
    body = body_of(found)
    places = places_of(body, frozenset(command.fields)) if command.fields else list(digests_of(body))
    if not places:
        raise InvalidInput("The event has no such texts that could be erased.", path=("fields",))
    return places


async def redact_text(writer: Writer, command: RedactText) -> Written:
    """Erase texts of an event. Returns its id."""
    async with forbidden_first(writer, command, Need((command.action,))):
        places = await places_in(writer, command)

    async def attempt(claim: Claim | None) -> Written:
        parameters = {"id": command.event, "places": places}
        await commit(writer, Change(REDACT, command.action, parameters, reason=command.reason, claim=claim))
        return Written(command.event)

    return await once(writer, command, attempt)
