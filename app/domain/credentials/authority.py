"""Whose tokens somebody may make and revoke, and how much they may give away."""

from collections.abc import Iterable

from app.domain.credentials import ADMIN
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Caller
from app.errors import Forbidden


def is_administrator(caller: Caller) -> bool:
    """Whether somebody may make and revoke tokens of others: the first administrator, who is at the command line, and
    everybody where nobody signs in."""
    principal = caller.principal
    if principal is None or principal.kind is CredentialKind.NOBODY:
        return True
    return principal.name == ADMIN and principal.allowed is None


def check_may_stand_for(caller: Caller, actor_id: str) -> None:
    """Raise Forbidden for a token in the name of somebody else."""
    if actor_id != caller.actor_id and not is_administrator(caller):
        raise Forbidden("A token in the name of somebody else is made by an administrator.", path=("actor",))


def check_may_give(caller: Caller, permissions: Iterable[str] | None) -> None:
    """Raise Forbidden for a token that may do more than the credential that makes it."""
    own = caller.principal.allowed if caller.principal else None
    if own is not None and (permissions is None or not own.issuperset(permissions)):
        message = "A credential that is limited makes no token that may do more: name permissions that it has itself."
        raise Forbidden(message, path=("permissions",))
