"""Who belongs to which team, from when to when."""

from dataclasses import replace

from pydantic import Field

from app.database.connection import Row
from app.database.queries import Query, query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.permission.needs import over
from app.domain.references import ActorRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Reason
from app.domain.writing import Change, Writer, Written
from app.errors import Cycle

ADD_MEMBER = query("identity/add_member")
REMOVE_MEMBER = query("identity/remove_member")


class AddTeamMember(Command):
    """Make somebody a member of a team. Who is one already stays one."""

    action = "team.addMember"
    needs = over("team")

    team: ActorRef = Field(description="The team.")
    member: ActorRef = Field(description="A user, a service account or another team.")
    reason: Reason | None = optional("Why.")


class RemoveTeamMember(Command):
    """End a membership. Nothing is done when there is none."""

    action = "team.removeMember"
    needs = over("team")

    team: ActorRef = Field(description="The team.")
    member: ActorRef = Field(description="A user, a service account or another team.")
    reason: Reason | None = optional("Why.")


async def add_team_member(writer: Writer, command: AddTeamMember) -> Written:
    """Make somebody a member of a team, from now on. Returns the id of the team."""
    return await moved(writer, command, ADD_MEMBER)


async def remove_team_member(writer: Writer, command: RemoveTeamMember) -> Written:
    """End a membership now. Returns the id of the team."""
    return await moved(writer, command, REMOVE_MEMBER)


async def moved(writer: Writer, command: AddTeamMember | RemoveTeamMember, statement: Query) -> Written:
    team = replace(mention(command.team, "team"), types=("Team",))
    member = mention(command.member, "member")

    def compose(resolution: Resolution) -> Change:
        return Change(
            query=statement,
            action=command.action,
            parameters={"id": resolution.require(team).id, "memberId": resolution.require(member).id},
            refusals={"cycle": cycle},
            reason=command.reason,
        )

    return await changed(writer, command, [team, member], compose)


def cycle(row: Row) -> Exception:
    return Cycle("A team cannot be a member of itself, on whatever way.", path=("member",), nodes=row["cycle"])
