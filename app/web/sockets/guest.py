"""Who is at the other end of a WebSocket."""

from app.access.presented import Presented
from app.domain.principal import Principal
from app.web.entrance import Entrance, bearer


class Guest:
    """Presents the same credential for each operation: one that was revoked meanwhile is refused."""

    def __init__(self, entrance: Entrance, presented: Presented | None) -> None:
        self.entrance = entrance
        self.presented = presented

    async def introduce(self, authorization: str | None) -> None:
        """Take what the first message presents, rather than what the head of the request did. Raises Refused."""
        if authorization is not None:
            self.presented = bearer(authorization)
        await self.principal()

    async def principal(self) -> Principal:
        """Who asks now. Raises Refused."""
        return await self.entrance.let_in(self.presented)
