"""Who acts and owns."""

from datetime import datetime

import strawberry

from app.api.fields import connection, everybody, node, planned
from app.api.filters import ActorFilter
from app.api.nodes import Actor
from app.api.relay import Connection


@node
class Team(Actor):
    @connection
    def members(self, as_of: datetime | None = None) -> Connection[Actor] | None:
        """Its members, now or at an instant, by name."""


@node
class User(Actor):
    email: str | None


@node
class ServiceAccount(Actor):
    pass


@strawberry.type
class IdentityQuery:
    @everybody
    @planned
    def actor(self, name: str) -> Actor | None:
        """The person, team or program of this name."""

    @everybody
    @connection
    def actors(self, where: ActorFilter | None = None) -> Connection[Actor] | None:
        """All people, teams and programs, by name."""
