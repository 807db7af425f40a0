"""What a verification finds: the first event that is not as it was sealed, and what was done to it."""

from dataclasses import dataclass

from app.domain.vocabulary import Tampering


@dataclass(frozen=True)
class Finding:
    """What was done, to the event at which place, as far as it had one. `last` is the end of the stretch, when all that
    is known is that one of these events is not what it was."""

    tampering: Tampering
    message: str
    sequence: int | None = None
    last: int | None = None
    event_id: str | None = None


class Tampered(Exception):
    """The log is not as it was sealed."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message)


def edited(sequence: int | None, event_id: str, what: str) -> Tampered:
    return Tampered(Finding(Tampering.EDITED, f"{what} is not what was sealed.", sequence, event_id=event_id))


def rehashed(first: int, last: int, what: str) -> Tampered:
    """Somebody wrote hashes or heads anew. Which of the events it was for, nothing tells."""
    return Tampered(Finding(Tampering.REHASHED, what, first, last if last > first else None))


def slipped_in(sequence: int | None, event_id: str | None, what: str) -> Tampered:
    return Tampered(Finding(Tampering.SLIPPED_IN, what, sequence, event_id=event_id))
