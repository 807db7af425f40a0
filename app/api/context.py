"""What a resolver may know of its request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import strawberry
from graphql import GraphQLResolveInfo

from app.database.connection import Connection
from app.domain.permission.sight import WHOLE, Sight
from app.domain.principal import Principal, nobody
from app.domain.writing import Writer
from app.planner.binding import Asker, Planner


@dataclass(frozen=True)
class Context:
    """The database, the planner, who asks and what they may see, and what the answer says beside its data."""

    connection: Connection
    planner: Planner
    writer_of: Callable[[str], Awaitable[Writer]]
    request_id: str
    principal: Principal = field(default_factory=nobody)
    sight: Sight = WHOLE
    extensions: dict[str, Any] = field(default_factory=dict)

    @property
    def asker(self) -> Asker:
        return Asker(self.connection, self.principal.actor_id, self.sight)

    async def writer(self) -> Writer:
        """The registry, in the name of who asks."""
        return await self.writer_of(self.request_id)


Info: TypeAlias = strawberry.Info[Context, None]


def hear(info: GraphQLResolveInfo[Context], as_of: datetime) -> None:
    """An instant is settled once every write that took its own before it has ended; until then the answer says so."""
    patience = timedelta(seconds=info.context.connection.write_timeout)
    if as_of > datetime.now(UTC) - patience:
        info.context.extensions["asOfSettled"] = False


def asker_of(info: GraphQLResolveInfo[Context]) -> Asker:
    return info.context.asker
