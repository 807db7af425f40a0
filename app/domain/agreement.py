"""Whether what is said of something agrees with what is there: the same does, and less; else it is contradicted."""

from collections.abc import Mapping
from typing import Any

from app.domain.audit.events import spoken
from app.domain.bundle import stored
from app.domain.canonical import plain

Properties = Mapping[str, Any]
# What the registry concludes from something else that was said, with time better.
CONCLUDED = frozenset({"licenseSpdx"})


def contradictions(label: str, said: Properties, held: Properties) -> list[str]:
    """The names of the properties that are said otherwise than they are. What is not said contradicts nothing."""
    ours, theirs = plain(spoken(label, stored(label, said))), plain(spoken(label, held))
    return sorted(name for name, value in ours.items() if name not in CONCLUDED and theirs.get(name) != value)
