"""Who acts and owns."""

from typing import Literal

from pydantic import Field

from app.domain.command import optional
from app.domain.resolution import Key
from app.domain.scalars import Line
from app.transfer.lines.entity import EntityLine


class ActorLine(EntityLine):
    """Who acts or owns."""

    name: Line = Field(description="Unique among users, teams and service accounts.")
    display_name: Line | None = optional("For people.")

    @property
    def key(self) -> Key:
        return Key.of("actors_by_name", name=self.name)


class UserLine(ActorLine):
    """A person."""

    label = "User"

    type: Literal["User"]
    email: Line | None = optional("Where to reach the person.")


class TeamLine(ActorLine):
    """People who own and decide together."""

    label = "Team"

    type: Literal["Team"]


class ServiceAccountLine(ActorLine):
    """A program that acts."""

    label = "ServiceAccount"

    type: Literal["ServiceAccount"]


LINES = (UserLine, TeamLine, ServiceAccountLine)
