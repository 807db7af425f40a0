"""Delegations: somebody decides on requests in somebody's place, from one instant to another."""

from pydantic import Field

from app.database.queries import query
from app.domain.approval.own import ended
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.identifiers import new_id
from app.domain.permission.asking import for_oneself, is_asked, may
from app.domain.permission.needs import OWN, over
from app.domain.principal import Principal
from app.domain.references import ActorRef, DelegationRef, EnvironmentRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Instant, Reason
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import Forbidden, InvalidInput

DELEGATE = query("approval/delegate")
END = query("approval/end_delegation")


class DelegateApproval(Command):
    """Let somebody decide on requests in your place, while you are away. What you may decide they may then, and nothing
    else; what they decide is told as theirs, in your place."""

    action = "approval.delegate"
    needs = OWN

    to: ActorRef = Field(description="Who decides in your place.")
    environment: EnvironmentRef | None = optional("For which environment; for all, when nothing is said.")
    starts_at: Instant | None = optional("Since when; now, when nothing is said.")
    ends_at: Instant = Field(description="Until when.")
    reason: Reason | None = optional("Why.")


class EndDelegation(Command):
    """End a delegation before its time. Who gave it may always; others take the permission approval.endDelegation.
    Nothing is done when it has ended already."""

    action = "approval.endDelegation"
    needs = over("delegation")

    delegation: DelegationRef = Field(description="The delegation.")
    reason: Reason | None = optional("Why.")


async def delegate_approval(writer: Writer, command: DelegateApproval) -> Written:
    """Delegate. Returns the id of the delegation."""
    delegate = mention(command.to, "to")
    environment = [mention(command.environment, "environment")] if command.environment else []
    id = new_id()

    def compose(resolution: Resolution) -> Change:
        to = resolution.require(delegate)
        if to.label == "Team":
            raise InvalidInput("A team decides nothing: name one of its people.", path=delegate.path)
        if to.id == writer.caller.actor_id:
            raise InvalidInput("This is yourself.", path=delegate.path)
        delegation = {
            "id": id,
            "delegatorId": writer.caller.actor_id,
            "delegateId": to.id,
            "environmentId": resolution.require(environment[0]).id if environment else None,
            "reason": command.reason,
            "validFrom": command.starts_at,
            "validTo": command.ends_at,
        }
        return Change(
            query=DELEGATE,
            action=command.action,
            parameters={"delegation": delegation},
            refusals={"past": past, "inverted": inverted},
            reason=command.reason,
            need=for_oneself(writer.caller.principal, command),
        )

    written = await changed(writer, command, [delegate, *environment], compose)
    return Written(written.id, created=True, replayed=written.replayed)


async def end_delegation(writer: Writer, command: EndDelegation) -> Written:
    """End a delegation. Returns its id."""
    return await ended(writer, command, mention(command.delegation, "delegation"), END)


async def check_may(writer: Writer, action: str, principal_id: str, environment_id: str) -> None:
    """Raise Forbidden when somebody may not decide themselves: then nobody may in their place."""
    if not is_asked(writer.caller.principal):
        return
    principal = Principal(principal_id, "", CredentialKind.API_TOKEN)
    if not await may(writer.connection, principal, action, environment_id):
        raise Forbidden("They may not decide there themselves.", path=("onBehalfOf",), permissions=[action])


past = refuse(InvalidInput, "This is in the past.", "endsAt")
inverted = refuse(InvalidInput, "It ends before it starts.", "endsAt")
