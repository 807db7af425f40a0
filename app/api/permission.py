"""Who may do what."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from app.api.context import Info
from app.api.fields import connection, everybody, node, planned, resolved
from app.api.nodes import Actor, Entity
from app.api.relay import Connection
from app.domain.permission.asking import may
from app.domain.permission.roles import check_known
from app.domain.resolution import is_visible
from app.domain.vocabulary import Role


@node
class Grant:
    id: strawberry.ID
    role: Role | None
    permissions: list[str] | None
    reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def holder(self) -> Actor | None:
        """Who has it: a team's members, and the members of its teams, have it through the team."""

    @planned
    def over(self) -> Entity | None:
        """What it is over: with a team, all that the team owns. Null: the whole registry."""

    @planned
    def granted_by(self) -> Actor | None:
        """Who gave it."""


NOTHING = "nothing has this id"

Action: TypeAlias = Annotated[str, strawberry.argument(description="A permission, such as alias.set.")]
On: TypeAlias = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Id of what it would be done to; the whole registry, when left out."),
]


@strawberry.type
class PermissionQuery:
    @everybody
    @connection
    def grants(self) -> Connection[Grant] | None:
        """All grants that hold, the latest first."""

    @everybody
    @resolved
    async def can(self, info: Info, action: Action, on: On = None) -> bool | None:
        """Whether who asks may do something, so that a page can hide what would be refused."""
        check_known(action, "action")
        context = info.context
        is_there = on is None or await is_visible(context.connection, on, context.sight)
        return await may(context.connection, context.principal, action, on if is_there else NOTHING)
