"""What a change needs, and the statement that asks for it and makes the change only when it is there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeGuard

from pydantic.alias_generators import to_camel

from app.database.connection import Connection
from app.database.queries import Query, query
from app.domain.command import Command
from app.domain.given import given
from app.domain.permission.needs import Needs
from app.domain.permission.roles import ANYWHERE, SET_PROTECTED_ALIAS, roles_with
from app.domain.principal import Principal
from app.domain.resolution import Mention, Resolution
from app.domain.vocabulary import CredentialKind

ASKED = query("permission/asked")
PERMITTED = query("permission/permitted")
GUARDED = """\
{asked}
OPTIONAL CALL (isPermitted) {{
WITH isPermitted WHERE isPermitted
{body}
}}
RETURN *"""


@dataclass(frozen=True)
class Need:
    """Permissions, all of them to be held over each of the entities `on`, and over each of the teams `within`; over the
    whole registry when there are neither. `is_anywhere`: over anything at all. `aliases` are those that are moved: one
    that its model protects takes a permission more."""

    permissions: tuple[str, ...]
    on: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    is_anywhere: bool = False
    aliases: tuple[str, ...] = ()


OPEN = Need(())  # nobody is asked: the command itself has seen who may


def for_oneself(principal: Principal | None, command: Command) -> Need:
    """What it takes to do what everybody does for themselves: nothing, but that the credential is not limited to other
    things."""
    is_limited = is_asked(principal) and principal.allowed is not None and command.action not in principal.allowed
    return Need((command.action,)) if is_limited else OPEN


def need_of(command: Command, mentions: Iterable[Mention], resolution: Resolution) -> Need:
    """What a command needs."""
    needs = command.needs
    if needs.is_own:
        return OPEN
    fields = {to_camel(field) for field in needs.over}
    known = (resolution.find(each) for each in mentions if each.path and each.path[0] in fields)
    on = tuple(dict.fromkeys(each.id for each in known if each is not None and not each.is_stub))
    return Need(command.takes(), on, namespaces(command, needs, on), needs.is_anywhere, command.moves())


def namespaces(command: Command, needs: Needs, on: tuple[str, ...]) -> tuple[str, ...]:
    """The team that the name of something new begins with. What is there already has its place."""
    if needs.within is None or (on and needs.within in needs.over):
        return ()
    value = getattr(command, needs.within)
    return teams_in([str(getattr(value, "dataset", value))])


def also_within(need: Need, names: Iterable[str]) -> Need:
    """What it takes to make things of these names besides: in a team's namespace it is held over the team, too."""
    return replace(need, within=tuple(dict.fromkeys((*need.within, *teams_in(names))))) if need != OPEN else need


def teams_in(names: Iterable[str]) -> tuple[str, ...]:
    """The teams that names begin with: risk, of risk/churn."""
    return tuple(team for team, slash, _ in (name.partition("/") for name in names) if slash)


def is_asked(principal: Principal | None) -> TypeGuard[Principal]:
    """Whether it is somebody who needs permissions: not the registry itself, nor anybody where nobody signs in."""
    return principal is not None and principal.kind is not CredentialKind.NOBODY


def asked(principal: Principal, need: Need) -> dict[str, Any]:
    """The parameters of `permission/asked`."""
    protected = [SET_PROTECTED_ALIAS] if need.aliases else []
    return {
        "actorId": principal.actor_id,
        "teamIds": list(principal.teams),
        "needs": [wanted(principal, each) for each in need.permissions],
        "ifProtected": [wanted(principal, each) for each in protected],
        "aliases": list(need.aliases),
        "on": list(need.on),
        "within": list(need.within),
        "isAnywhere": need.is_anywhere,
    }


def wanted(principal: Principal, permission: str) -> dict[str, Any]:
    """One permission: who has it, and whether the credential is limited to others."""
    is_limited = principal.allowed is not None and permission not in principal.allowed
    return {"permission": permission, "roles": roles_with(permission), "isLimited": is_limited}


@cache
def guarded(change: Query) -> Query:
    """The query of a change, which does nothing unless it is permitted."""
    return Query(change.name, change.purpose, change.declarations, GUARDED.format(asked=ASKED.body, body=change.body))


async def may(connection: Connection, principal: Principal | None, action: str, on: str | None = None) -> bool:
    """Whether somebody holds a permission over an entity, or over the whole registry."""
    if not is_asked(principal):
        return True
    need = Need((action,), (on,) if on else (), is_anywhere=action in ANYWHERE)
    row = await connection.ask(PERMITTED, given({"asked": asked(principal, need)}))
    return bool(row["isPermitted"])
