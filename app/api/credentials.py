"""Who asks, and the tokens that prove it."""

from datetime import datetime

import strawberry

from app.api.context import Info
from app.api.fields import connection, everybody, node, planned, resolved
from app.api.nodes import Actor
from app.api.permission import Grant
from app.api.relay import Connection
from app.domain.vocabulary import CredentialKind

SHOWN_ONCE = "The token itself. It is shown here and nowhere again: a request that is sent twice gets null."


@node
class ApiToken:
    id: strawberry.ID
    name: str
    prefix: str
    permissions: list[str] | None
    valid_from: datetime
    valid_to: datetime | None
    expires_at: datetime
    last_used_at: datetime | None

    @planned
    def actor(self) -> Actor | None:
        """Whom it stands for."""

    @planned
    def created_by(self) -> Actor | None:
        """Who made it."""


@strawberry.type(description="What proved who asks.")
class Credential:
    kind: CredentialKind = strawberry.field(description="What it is.")
    id: strawberry.ID | None = strawberry.field(description="Id of the token or the session; others have none.")
    expires_at: datetime | None = strawberry.field(description="When it ends.")
    permissions: list[str] | None = strawberry.field(
        description="What it is limited to; null when it may do all that its actor may."
    )


@strawberry.type(description="Who asks.")
class Viewer:
    credential: Credential = strawberry.field(description="What proved it.")

    @planned
    def actor(self) -> Actor | None:
        """The actor; null where nobody signs in, as long as nothing was changed."""

    @connection
    def grants(self) -> Connection[Grant] | None:
        """What was granted to the actor itself, the latest first; its teams have more."""

    @connection
    def tokens(self) -> Connection[ApiToken] | None:
        """The actor's tokens, the latest first, those that were revoked or have expired among them."""


@strawberry.type
class CredentialQuery:
    @everybody
    @resolved
    async def viewer(self, info: Info) -> Viewer | None:
        """Who asks."""
        context, principal = info.context, info.context.principal
        credential = {
            "kind": principal.kind.value,
            "id": principal.credential_id,
            "expiresAt": principal.expires_at,
            "permissions": None if principal.allowed is None else sorted(principal.allowed),
        }
        values = {"actor": principal.actor_id or None, "credential": credential}
        return await context.planner.payload(context.asker, info._raw_info, "Viewer", values)  # type: ignore[return-value]
