"""Secrets that the registry makes: `pdg_`, a letter that tells what it opens, 256 random bits, and a checksum.

They are recognized at sight, by scanners for secrets too, and a typo is told from a stranger without the database.
"""

import hmac
import re
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase, digits
from zlib import crc32

from app.domain.canonical import digest_of

ALPHABET = digits + ascii_uppercase + ascii_lowercase
RANDOM_BITS = 256
RANDOM_LENGTH = 43  # digits to the base of 62 for as many bits
CHECK_LENGTH = 6
SHOWN_LENGTH = 12  # by these a secret can be told from others, and nobody guesses the rest
FORM = re.compile(r"(?P<body>pdg_(?P<kind>[tsl])[0-9A-Za-z]{43})(?P<check>[0-9A-Za-z]{6})", re.ASCII)


class SecretKind(StrEnum):
    """What a secret opens."""

    TOKEN = "t"
    SESSION = "s"
    LINK = "l"


@dataclass(frozen=True)
class Secret:
    """A secret of the registry's own form."""

    kind: SecretKind
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What the graph keeps of it. So many random bits need neither salt nor many rounds."""
        return digest_of(self.text.encode())

    @property
    def prefix(self) -> str:
        """What may be shown of it."""
        return self.text[:SHOWN_LENGTH]

    def is_of(self, digest: str) -> bool:
        """Whether a digest is that of this secret. Takes as long for a wrong one as for the right one."""
        return hmac.compare_digest(self.digest, digest)


def new_secret(kind: SecretKind) -> Secret:
    """A secret that nobody has seen."""
    body = f"pdg_{kind.value}{to_base_62(secrets.randbits(RANDOM_BITS), RANDOM_LENGTH)}"
    return Secret(kind, body + checksum(body))


def read_secret(text: str) -> Secret | None:
    """The secret that a text is; None when it is none of ours."""
    found = FORM.fullmatch(text)
    if found is None or checksum(found["body"]) != found["check"]:
        return None
    return Secret(SecretKind(found["kind"]), text)


def checksum(body: str) -> str:
    return to_base_62(crc32(body.encode()), CHECK_LENGTH)


def to_base_62(number: int, length: int) -> str:
    """The number in so many digits, leading zeros included."""
    figures = []
    for _ in range(length):
        number, figure = divmod(number, len(ALPHABET))
        figures.append(ALPHABET[figure])
    return "".join(reversed(figures))
