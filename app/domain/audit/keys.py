"""The private key that heads are signed with: a file that only its owner may read, made at the first start."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.domain.audit.notes import Signer
from app.errors import PedigreeError

OURS_ALONE = 0o600


class KeyUnusable(PedigreeError):
    """The seal key {file} cannot be used: {reason}."""


def unusable(file: Path, reason: object) -> KeyUnusable:
    return KeyUnusable((KeyUnusable.__doc__ or "").format(file=file, reason=reason))


def key_of(file: Path) -> Ed25519PrivateKey:
    """The key in a file, made when there is none. Of several processes that begin at once all get the same."""
    try:
        if not file.exists():
            make(file)
        return read(file)
    except OSError as error:
        raise unusable(file, error.strerror) from error


def read(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise unusable(file, error) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise unusable(file, "it is no Ed25519 key")
    return key


def make(file: Path) -> None:
    """Put a new key into a file that is not there, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = write(file.with_name(f"{file.name}.{secrets.token_hex(8)}"), Ed25519PrivateKey.generate())
    with suppress(FileExistsError):  # somebody was faster: his is taken
        os.link(beside, file)
    beside.unlink()


def write(file: Path, key: Ed25519PrivateKey) -> Path:
    """Write a key into a new file that only we may read."""
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
    with os.fdopen(descriptor, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    return file


def next_of(file: Path) -> Path:
    """Where the next key waits until the registry knows it."""
    return file.with_name(f"{file.name}.next")


def signer_of(file: Path, verifier: str) -> Signer | None:
    """The signer whose public key the registry has in force, if we have its private one.

    A rotation that was cut off between the registry and the file is brought to its end.
    """
    name = verifier.partition("+")[0]
    signer = Signer(name, key_of(file))
    if str(signer.verifier) == verifier:
        return signer
    waiting = next_of(file)
    if waiting.exists() and str((signer := Signer(name, read(waiting))).verifier) == verifier:
        waiting.replace(file)
        return signer
    return None
