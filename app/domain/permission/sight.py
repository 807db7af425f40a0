"""What somebody may see. Private models and datasets do not exist for others, nor does anything that belongs to them.

Every node that belongs to a model or a dataset says so in its `scope`. What is private and hidden from somebody is
found once for each request; the statements that read leave out what has such a scope. Where nothing is hidden their
text is as if there were no such thing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

TOKEN = re.compile(r"\b(visible|disclosed)\((\w+|\w+\(\w+\))\)")
HIDES: Mapping[str, str] = {
    "visible": "($given.hidden[coalesce({it}.scope, '')] IS NULL)",
    # An event speaks of several models and datasets, everything else belongs to one at most.
    "disclosed": "($given.hidden[coalesce({it}.scope, '')] IS NULL"
    " AND none(scope IN coalesce({it}.scopes, []) WHERE $given.hidden[scope] IS NOT NULL))",
}


@dataclass(frozen=True)
class Sight:
    """The ids of the models and datasets that are hidden from somebody."""

    hidden: tuple[str, ...] = ()

    @property
    def is_partial(self) -> bool:
        return bool(self.hidden)

    @cached_property
    def parameter(self) -> Mapping[str, bool]:
        """As statements take it: a map, in which to look takes the same time however much is hidden."""
        return dict.fromkeys(self.hidden, True)

    def hides(self, *scopes: str | None) -> bool:
        """Whether something that belongs to these must not be seen."""
        return any(scope in self.parameter for scope in scopes)


WHOLE = Sight()  # of the registry itself: what decides, decides with it


def seen(text: str, *, is_partial: bool) -> str:
    """A statement, its `visible(node)` written out, or `disclosed(node)` where it may be an event."""
    return TOKEN.sub(lambda found: HIDES[found[1]].format(it=found[2]) if is_partial else "true", text)
