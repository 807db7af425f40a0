"""Where somebody has to hold the permission of a command. Its name is the command's action."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """`over` are the fields that name what the command is done to: the permission has to be held over each. `within` is
    the field with the name of what it makes: then it is to be held over the team that the name begins with.

    With neither it is to be held over the whole registry. `is_anywhere`: over anything at all. `is_own`: the command
    itself says who may.
    """

    over: tuple[str, ...] = ()
    within: str | None = None
    is_anywhere: bool = False
    is_own: bool = False


REGISTRY = Needs()
ANYWHERE = Needs(is_anywhere=True)
OWN = Needs(is_own=True)


def over(*fields: str) -> Needs:
    """Over what these fields name."""
    return Needs(fields)


def within(field: str) -> Needs:
    """Over the team that this name begins with."""
    return Needs(within=field)
