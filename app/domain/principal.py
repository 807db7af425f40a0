"""Who asks, as far as it was proved."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.vocabulary import CredentialKind


@dataclass(frozen=True)
class Principal:
    """An actor, and what the credential that proved it is limited to.

    `allowed` are the permissions that the credential is limited to, None when it has all of its actor's. `teams` are
    the ids of teams to which the issuer of the credential says that the actor belongs, beside those of the graph.
    Where nobody signs in, everybody is one actor, whose id is empty until the first change makes it.
    """

    actor_id: str
    name: str
    kind: CredentialKind
    allowed: frozenset[str] | None = None
    credential_id: str | None = None
    teams: tuple[str, ...] = ()
    expires_at: datetime | None = None


def nobody(name: str = "nobody", actor_id: str = "") -> Principal:
    """Whoever asks where nobody signs in."""
    return Principal(actor_id, name, CredentialKind.NOBODY)
