"""Signed notes (https://c2sp.org/signed-note) with Ed25519, and heads of the tree as such notes, which others call
checkpoints (https://c2sp.org/tlog-checkpoint).

    pedigree/0199b0c2-6a30-7c05-8a6f-0f6f5a6d9b11
    57
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    at 2026-03-03T14:00:00.000000Z
    previous sha256:2f6a...

    — pedigree/0199b0c2-6a30-7c05-8a6f-0f6f5a6d9b11 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJ...
"""

import re
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\N{EM DASH} "
NOTE = re.compile(rf"(?P<text>(?:(?!{DASH})[^\n]+\n)+)\n(?P<signatures>(?:{DASH}\S+ \S+\n)+)")
HEAD = re.compile(
    r"(?P<origin>\S+)\n(?P<size>0|[1-9]\d{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n(?:at (?P<at>\S+)\n)?"
    r"(?:previous (?P<previous>sha256:[0-9a-f]{64})\n)?(?:[^\n]+\n)*"
)


class NotSigned(Exception):
    """A note is not signed by the key that it should be signed by."""


@dataclass(frozen=True)
class Verifier:
    """A public key with the name of who signs with it."""

    name: str
    key: Ed25519PublicKey

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """The verifier that a text stands for, or ValueError."""
        name, _, rest = text.partition("+")
        _, _, encoded = rest.partition("+")
        try:
            data = b64decode(encoded, validate=True)
            verifier = cls(name, Ed25519PublicKey.from_public_bytes(data[1:]))
        except (Error, ValueError) as error:
            raise ValueError(f"this is no public key: {error}") from None
        if str(verifier) != text:
            raise ValueError("this is no Ed25519 key, or its id is wrong")
        return verifier

    @property
    def id(self) -> bytes:
        """The four bytes that signatures name the key by."""
        return sha256(f"{self.name}\n".encode() + ED25519 + self.key.public_bytes_raw()).digest()[:4]

    def __str__(self) -> str:
        encoded = b64encode(ED25519 + self.key.public_bytes_raw()).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def opened(self, note: str) -> str:
        """The text of a note that is signed with this key. Raises NotSigned."""
        found = NOTE.fullmatch(note)
        if found is None:
            raise NotSigned
        named = [line.removeprefix(DASH).partition(" ") for line in found["signatures"].splitlines()]
        ours = [decoded(encoded) for name, _, encoded in named if name == self.name]
        for signature in ours:
            if signature[:4] == self.id:
                return self.checked(signature[4:], found["text"])
        raise NotSigned

    def checked(self, signature: bytes, text: str) -> str:
        try:
            self.key.verify(signature, text.encode())
        except InvalidSignature:
            raise NotSigned from None
        return text


@dataclass(frozen=True)
class Signer:
    """A private key with the name of who signs with it."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key())

    def signed(self, text: str) -> str:
        """The note of a text."""
        signature = b64encode(self.verifier.id + self.key.sign(text.encode())).decode()
        return f"{text}\n{DASH}{self.name} {signature}\n"


@dataclass(frozen=True)
class Head:
    """The head of a tree: of how many events, their root, when it was signed, and the digest of the head before."""

    origin: str
    size: int
    root: bytes
    at: str | None = None
    previous: str | None = None

    @classmethod
    def of(cls, text: str) -> "Head":
        """The head that a text tells, or ValueError."""
        found = HEAD.fullmatch(text)
        if found is None:
            raise ValueError("this is no checkpoint")
        return cls(found["origin"], int(found["size"]), b64decode(found["root"]), found["at"], found["previous"])

    @property
    def text(self) -> str:
        """What is signed of it."""
        at = f"at {self.at}\n" if self.at else ""
        previous = f"previous {self.previous}\n" if self.previous else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{at}{previous}"


def text_of(note: str) -> str:
    """The text of a note, whoever has signed it."""
    return note.partition("\n\n")[0] + "\n"


def decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except Error:
        return b""


def notes_in(text: str) -> list[str]:
    """The notes of a text that holds nothing else, one after the other; ValueError otherwise."""
    notes = [found[0] for found in NOTE.finditer(text)]
    if not notes or NOTE.sub("", text).strip():
        raise ValueError("this is not made of signed notes")
    return notes
