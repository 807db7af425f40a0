"""Goes over the log from one place on, event by event, and recomputes everything: each event's hash from its body, the
root at each head from these hashes, and whether the event's properties and texts are those that its body tells of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.audit.erasures import Erasures
from app.domain.audit.findings import Finding, Tampered, edited, rehashed, slipped_in
from app.domain.audit.history import CONCEALING, body_of, digests_of
from app.domain.audit.log import Event, Log, Stretch, leaf_of
from app.domain.audit.notes import Head, NotSigned
from app.domain.audit.texts import texts_of
from app.domain.audit.tree import Frontier
from app.domain.canonical import digest_of, rfc3339
from app.domain.vocabulary import Tampering

# Properties of an event that repeat what its body says.
REPEATED = ("id", "actorId", "action", "subjectId", "subjectType", "requestId")


class Mismatch(Exception):
    """The event at a place is not the one that was sealed there: there is none, or several, or another."""

    def __init__(self, sequence: int, events: Sequence[Event], leaf: bytes | None) -> None:
        self.sequence = sequence
        self.events = events
        self.leaf = leaf
        super().__init__(sequence)


@dataclass
class Inspection:
    """How far the log has been gone over: `proven` is the size of the last head that was right, `erased` how many texts
    have been erased. `saved` are roots that are known from elsewhere, by their sizes; `sealed` what no head stands for
    yet."""

    log: Log
    erasures: Erasures
    saved: Mapping[int, bytes] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    previous: str | None = None
    proven: int = 0
    erased: int = 0
    sealed: list[tuple[int, Event, int]] = field(default_factory=list)

    def go_over(self, stretch: Stretch) -> None:
        """Go over a stretch. Raises Tampered, or Mismatch when it takes a look elsewhere to say what was done."""
        for sequence in range(stretch.after + 1, stretch.up_to + 1):
            events, leaf = stretch.by_sequence.get(sequence, []), stretch.leaf(sequence)
            found = leaf_of(events[0]) if len(events) == 1 else None
            if found is None or found != leaf:
                raise Mismatch(sequence, events, leaf)
            self.event(sequence, events[0])
            self.frontier.append(found)
            if note := stretch.heads.get(sequence):
                self.head(sequence, note)
            if sequence in self.saved and self.saved[sequence] != self.frontier.root:
                self.contradicted(sequence)

    def event(self, sequence: int, event: Event) -> None:
        """Look at an event whose body is the one that was sealed. Raises Tampered."""
        for what in differing(event):
            raise edited(sequence, event["id"], what)
        digests, texts = digests_of(body_of(event)), texts_of(event)
        for place, text in texts.items():
            if digests.get(place) != digest_of(text.encode()):
                raise edited(sequence, event["id"], f"The text at {place}")
        gone = digests.keys() - texts.keys()
        if not self.erasures.cover(event, gone):
            raise edited(sequence, event["id"], f"The text at {min(gone)} is gone, and no erasure tells of it: that")
        self.sealed.append((sequence, event, len(gone)))

    def head(self, size: int, note: str) -> None:
        """Look at the head at this place, and at what it stands for. Raises Tampered."""
        head = self.signed(size, note)
        if head.previous != self.previous:
            raise rehashed(self.proven + 1, size, f"The head of {size} events does not follow the one before it.")
        for sequence, event, gone in self.sealed:
            if instant(event.get("sealedAt")) != head.at:
                raise edited(sequence, event["id"], "Its property sealedAt")
            self.erased += gone
        self.sealed.clear()
        self.previous, self.proven = digest_of(note.encode()), size

    def resume(self, note: str, frontier: Frontier) -> None:
        """Begin after a head: all before it is taken for what it was signed for. Raises Tampered."""
        self.frontier = frontier
        self.signed(frontier.size, note)
        self.previous, self.proven = digest_of(note.encode()), frontier.size

    def signed(self, size: int, note: str) -> Head:
        """The head that a note tells, signed by the key of its time for what has been gone over. Raises Tampered."""
        first, key = self.proven + 1, self.log.key(size)
        try:
            head = Head.of(key.verifier.opened(note) if key else "")
        except (NotSigned, ValueError):
            raise rehashed(first, size, f"The head of {size} events is not signed by the key of its time.") from None
        if (head.size, head.root) != (size, self.frontier.root):
            raise rehashed(first, size, f"The head of {size} events was signed for others.")
        return head

    def contradicted(self, size: int) -> None:
        """Raise what follows from a root that is known from elsewhere and is another."""
        first = max((known for known in self.saved if known < size), default=0) + 1
        raise rehashed(
            first, size, f"The checkpoint of {size} events, which was kept elsewhere, was signed for others."
        )

    def end(self) -> None:
        """Look at what lies after the last head. Raises Tampered."""
        for sequence, event, _ in self.sealed:
            raise slipped_in(sequence, event["id"], "No signed head stands for it.")
        size = self.frontier.size
        if any(known > size for known in self.saved):
            message = "A checkpoint that was kept elsewhere was signed for more events than there are."
            raise Tampered(Finding(Tampering.TRUNCATED, message, size + 1, max(self.saved)))


def differing(event: Event) -> Iterable[str]:
    """What an event's node says otherwise than its body."""
    body = body_of(event)
    said = {name: body.get(name) for name in REPEATED}
    said |= {"digest": digest_of(event["body"].encode()), "pending": None}
    said["outcome"] = None if body.get("outcome", "DONE") == "DONE" else body["outcome"]
    said["reason"] = body["reason"] if body["format"] < CONCEALING else None
    yield from (f"Its property {name}" for name, value in said.items() if event.get(name) != value)
    if instant(event.get("at")) != body["at"]:
        yield "Its property at"


def instant(value: object) -> str | None:
    return rfc3339(value) if isinstance(value, datetime) else None
