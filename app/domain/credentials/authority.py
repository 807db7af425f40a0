"""How much of what somebody may do a token gives away."""

from collections.abc import Iterable

from app.domain.writing import Caller
from app.errors import Forbidden


def check_may_give(caller: Caller, permissions: Iterable[str] | None) -> None:
    """Raise Forbidden for a token that may do more than the credential that makes it."""
    own = caller.principal.allowed if caller.principal else None
    if own is not None and (permissions is None or not own.issuperset(permissions)):
        message = "A credential that is limited makes no token that may do more: name permissions that it has itself."
        raise Forbidden(message, path=("permissions",))
