"""Who acts and owns."""

import strawberry

from app.api.fields import connection, node, planned
from app.api.nodes import Actor
from app.api.relay import Connection


@node
class Team(Actor):
    @connection
    def members(self) -> Connection[Actor] | None:
        """Its members, by name."""


@node
class User(Actor):
    email: str | None


@node
class ServiceAccount(Actor):
    pass


@strawberry.type
class IdentityQuery:
    @planned
    def actor(self, name: str) -> Actor | None:
        """The person, team or program of this name."""

    @connection
    def actors(self) -> Connection[Actor] | None:
        """All people, teams and programs, by name."""
