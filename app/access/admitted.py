"""Who was let in a moment ago. It is kept for seconds, so that what was revoked lets nobody in for longer."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from app.access.presented import Presented
from app.domain.principal import Principal

MOST = 10_000
Key = tuple[str, bool]


@dataclass
class Admitted:
    """Principals by what they presented, for so many seconds, and never longer than the credential itself lasts."""

    seconds: float
    clock: Callable[[], float] = monotonic
    kept: OrderedDict[Key, tuple[Principal, float]] = field(default_factory=OrderedDict)

    def find(self, presented: Presented) -> Principal | None:
        """Who presented this a moment ago; None when that must be asked again."""
        known = self.kept.get(key(presented))
        return known[0] if known and self.clock() < known[1] else None

    def keep(self, presented: Presented, principal: Principal) -> None:
        self.kept[key(presented)] = (principal, self.clock() + min(self.seconds, left(principal)))
        self.kept.move_to_end(key(presented))
        if len(self.kept) > MOST:
            self.kept.popitem(last=False)

    def forget(self, presented: Presented) -> None:
        self.kept.pop(key(presented), None)


def key(presented: Presented) -> Key:
    return presented.digest, presented.is_cookie


def left(principal: Principal) -> float:
    """Seconds until the credential ends."""
    if principal.expires_at is None:
        return float("inf")
    return max(0.0, (principal.expires_at - datetime.now(UTC)).total_seconds())
