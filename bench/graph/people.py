"""Who acts and owns, and where versions run."""

from itertools import pairwise

from bench.graph.words import TRAINER, Line, Lines, edge, entity

TEAMS = tuple(f"team-{number:02}" for number in range(20))
ENVIRONMENTS = ("dev", "staging", "production")


def lines() -> Lines:
    """The lines of teams, the people in them, and environments."""
    yield {**entity("ServiceAccount", 0, name=TRAINER), "createdBy": None}
    for place, team in enumerate(TEAMS):
        yield entity("Team", 0, name=team, displayName=f"Team {place + 1}")
        user = f"user-{place:02}"
        yield entity("User", 0, name=user, email=f"{user}@example.org")
        yield edge("MEMBER_OF", actor(user), actor(team))
    for position, name in enumerate(ENVIRONMENTS, start=1):
        yield entity("Environment", 0, name=name, position=position, isProtected=name == "production")
    for earlier, later in pairwise(ENVIRONMENTS):
        yield edge("PROMOTES_TO", {"environment": earlier}, {"environment": later})


def actor(name: str) -> Line:
    return {"actor": name}
