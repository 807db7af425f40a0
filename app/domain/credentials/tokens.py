"""API tokens: made for a user or a service account, shown once, limited, and revoked."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.credentials.authority import check_may_give
from app.domain.credentials.secret import Secret, SecretKind, new_secret
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.permission.asking import OPEN, Need, may
from app.domain.permission.needs import OWN
from app.domain.permission.roles import TOKENS_OF_OTHERS, check_all_known
from app.domain.references import ActorRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Id, Instant, Line
from app.domain.writing import Change, Writer, Written, deny, refuse
from app.errors import Forbidden, InvalidInput, NotFound

MAKE_TOKEN = query("credentials/make_token")
REVOKE_TOKEN = query("credentials/revoke_token")
TOKENS = query("credentials/tokens")
DAYS = 90  # that a token holds when nobody says how long
LONGEST_DAYS = 366
MOST_PERMISSIONS = 50

PermissionName = Annotated[str, StringConstraints(pattern=r"^[\w.:*/@-]+$", max_length=100)]


class CreateApiToken(Command):
    """Make a token by which a program, or a person at a terminal, proves who it is. It is shown in the answer, once."""

    action = "token.create"
    needs = OWN

    name: Line = Field(description="What it is for.")
    actor: ActorRef | None = optional("The user or service account that it stands for; you, when left out.")
    permissions: tuple[PermissionName, ...] | None = optional(
        "What it is limited to; all that its actor may do, when left out.", max_length=MOST_PERMISSIONS
    )
    expires_at: Instant | None = optional("When it ends: within 366 days; after 90 days, when left out.")


class RevokeApiToken(Command):
    """Revoke a token, for good. Within seconds nobody is let in with it, nor by a session that was begun with it."""

    action = "token.revoke"
    needs = OWN

    id: Id = Field(description="Id of the token; it is not the token itself.")


async def create_api_token(writer: Writer, command: CreateApiToken) -> Written:
    """Make a token. Returns its id and, unless it was made before, the token: nobody can be told again."""
    owner = mention(command.actor, "actor") if command.actor else None
    secret, id = new_secret(SecretKind.TOKEN), new_id()
    check_all_known(command.permissions or ())
    try:
        check_may_give(writer.caller, command.permissions)
    except Forbidden:
        await deny(writer, command)
        raise

    def compose(resolution: Resolution) -> Change:
        owner_id = resolution.require(owner).id if owner else writer.caller.actor_id
        return Change(
            query=MAKE_TOKEN,
            action=command.action,
            parameters={
                "id": id,
                "ownerId": owner_id,
                "token": properties(command, secret),
                "expiresAt": command.expires_at,
                "days": DAYS,
                "longest": LONGEST_DAYS,
            },
            refusals={
                "team": refuse(InvalidInput, "A team has no tokens: make one for each member.", "actor"),
                "archived": refuse(InvalidInput, "Who was put away has no tokens.", "actor"),
                "past": refuse(InvalidInput, "This is in the past.", "expiresAt"),
                "late": refuse(InvalidInput, f"A token ends within {LONGEST_DAYS} days.", "expiresAt"),
            },
            need=OPEN if owner_id == writer.caller.actor_id else Need((TOKENS_OF_OTHERS,)),
        )

    written = await changed(writer, command, [owner] if owner else [], compose)
    return written if written.replayed else replace(written, secret=secret.text)


def properties(command: CreateApiToken, secret: Secret) -> dict[str, object]:
    """What the graph keeps of a token."""
    permissions = None if command.permissions is None else sorted(set(command.permissions))
    return {"name": command.name, "prefix": secret.prefix, "digest": secret.digest, "permissions": permissions}


async def revoke_api_token(writer: Writer, command: RevokeApiToken) -> Written:
    """Revoke a token, one's own unless one administers all. Nothing is done when it is revoked already."""
    is_any = await may(writer.connection, writer.caller.principal, TOKENS_OF_OTHERS)
    change = Change(
        query=REVOKE_TOKEN,
        action=command.action,
        parameters={"id": command.id, "isAny": is_any},
        refusals={"unknown": refuse(NotFound, "You have no token with this id.", "id")},
    )
    return await changed(writer, command, [], lambda _: change)


async def tokens_of(connection: Connection, name: str) -> list[Row]:
    """The tokens of an actor, the latest first."""
    row = await connection.ask(TOKENS, given({"name": name}))
    found: list[Row] = row["tokens"]
    return found
