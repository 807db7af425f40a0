"""Grants: a role or single permissions, for somebody, over something, from when to when."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints

from app.database.queries import query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.permission.roles import GIVE, PERMISSIONS, REVOKE, check_all_known
from app.domain.references import ActorRef, EntityRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Id, Reason
from app.domain.vocabulary import Role
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import InvalidInput, NotFound

CREATE_GRANT = query("permission/create_grant")
REVOKE_GRANT = query("permission/revoke_grant")
GRANT = query("permission/grant")
SCOPES = ("RegisteredModel", "Dataset", "Environment", "Team")
MOST_PERMISSIONS = 100

Permission = Annotated[str, StringConstraints(pattern=r"^\w+\.\w+$", max_length=100)]


class CreateGrant(Command):
    """Let somebody do something from now on. Nobody gives more than they hold there themselves."""

    action = GIVE
    needs = over("on")

    to: ActorRef = Field(description="A user, a service account, or a team: then all of its members.")
    role: Role | None = optional("A role; or else `permissions`.")
    permissions: tuple[Permission, ...] | None = optional(
        "Single permissions, such as modelVersion.register; or else `role`.", max_length=MOST_PERMISSIONS
    )
    on: EntityRef | None = optional(
        "A model, a dataset, an environment, or a team: then all that it owns. The whole registry, when left out."
    )
    reason: Reason | None = optional("Why.")


class RevokeGrant(Command):
    """Take a grant back. Nothing is done when that was done already."""

    action = REVOKE
    needs = over("id")

    id: Id = Field(description="Id of the grant.")
    reason: Reason | None = optional("Why.")


async def create_grant(writer: Writer, command: CreateGrant) -> Written:
    """Give a grant. Returns its id, or that of the one that says the same."""
    permissions = given_permissions(command)
    holder = mention(command.to, "to")
    scope = replace(mention(command.on, "on"), types=SCOPES) if command.on else None
    id = new_id()

    def compose(resolution: Resolution) -> Change:
        over = resolution.require(scope).id if scope else None
        grant = {
            "id": id,
            "holderId": resolution.require(holder).id,
            "scopeId": over,
            "role": command.role.value if command.role else None,
            "permissions": sorted(set(command.permissions)) if command.permissions else None,
            "reason": command.reason,
        }
        return Change(
            query=CREATE_GRANT,
            action=command.action,
            parameters={"grant": grant},
            refusals={"archived": refuse(InvalidInput, "Who was put away is granted nothing.", "to")},
            reason=command.reason,
            need=Need((command.action, *permissions), (over,) if over else ()),
        )

    return await changed(writer, command, [holder, *([scope] if scope else [])], compose)


def given_permissions(command: CreateGrant) -> list[str]:
    """All that a grant gives. Raises InvalidInput."""
    if (command.role is None) == (not command.permissions):
        raise InvalidInput("Either a role or permissions are granted.", path=("role",))
    check_all_known(command.permissions or ())
    return given_by(command.role, command.permissions)


def given_by(role: Role | None, permissions: Iterable[str] | None) -> list[str]:
    """The permissions of a role, or the single ones."""
    return sorted(PERMISSIONS[role] if role else set(permissions or ()))


async def revoke_grant(writer: Writer, command: RevokeGrant) -> Written:
    """Take a grant back. Returns its id."""
    grant = (await writer.connection.ask(GRANT, given({"id": command.id})))["grant"]
    if grant is None or writer.caller.sight.hides(grant["scopeId"]):
        raise NotFound("There is no grant with this id.", path=("id",))
    permissions = given_by(Role(grant["role"]) if grant["role"] else None, grant["permissions"])
    change = Change(
        query=REVOKE_GRANT,
        action=command.action,
        parameters={"id": command.id},
        reason=command.reason,
        need=Need((command.action, *permissions), (grant["scopeId"],) if grant["scopeId"] else ()),
    )
    return await changed(writer, command, [], lambda _: change)
