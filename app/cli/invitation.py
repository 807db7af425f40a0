"""What the start prints so that somebody can sign in: as in notebooks, a link that works once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.database.connection import Connection
from app.domain.credentials import ADMIN
from app.domain.credentials.sessions import has_way_in, make_link
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.permission.administrator import ensure_administrator
from app.domain.writing import Caller, Writer
from app.settings import Settings

LINK_SECONDS = 3600
DEMO_TOKEN = timedelta(days=1)


@dataclass(frozen=True)
class Invitation:
    """The secret of a link, and a token for whom the demo is shown to; empty, when nobody is invited."""

    link: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def sentence(self, address: str) -> str:
        """What to do with the link."""
        return f"Sign in as {ADMIN}, once and within the hour: {address}/signin?token={self.link}"


async def invitation(connection: Connection, settings: Settings, *, demo: bool) -> Invitation:
    """An invitation for the administrator, if there is no other way in; the demo always has one."""
    if not settings.auth:
        return Invitation()
    if demo:
        admin = await ensure_administrator(connection)
        link = await make_link(connection, admin, LINK_SECONDS)
        return Invitation(link.text, await demo_token(connection, admin))
    if not settings.sign_in_link or await has_way_in(connection, ADMIN):
        return Invitation()
    link = await make_link(connection, await ensure_administrator(connection), LINK_SECONDS)
    return Invitation(link.text)


async def demo_token(connection: Connection, admin: str) -> str:
    """A token for the command that the demo prints."""
    command = CreateApiToken(name="demo", expires_at=datetime.now(UTC) + DEMO_TOKEN)
    made = await create_api_token(Writer(connection, Caller(admin)), command)
    assert made.secret is not None, "it was made now"
    return made.secret
