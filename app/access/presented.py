"""What somebody presents to be let in."""

from dataclasses import dataclass, field
from functools import cached_property

from app.domain.canonical import digest_of


@dataclass(frozen=True)
class Presented:
    """The text of a credential, and whether a browser sent it by itself, as a cookie."""

    text: str = field(repr=False)
    is_cookie: bool = False

    @cached_property
    def digest(self) -> str:
        """What it is remembered by."""
        return digest_of(self.text.encode("utf-8", "surrogatepass"))
