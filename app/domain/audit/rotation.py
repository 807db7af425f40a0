"""Another key takes the place of the one that heads are signed with. The former key signs that it does."""

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.database.queries import query
from app.domain.audit.keys import next_of, signer_of, write
from app.domain.audit.log import Key, Log, read_head, read_log
from app.domain.audit.notes import NotSigned, Signer
from app.domain.audit.sealing import LogBroken
from app.domain.writing import Change, Writer, commit, insist
from app.errors import Conflict, NotFound, PedigreeError

ROTATE = query("audit/rotate_key")
ACTION = "sealKey.rotate"


class KeyLost(PedigreeError):
    """This is not the key that the registry is sealed with. Rotate where that key is, or say --lost if it is gone."""


def introduction(key: Key) -> str:
    """What the key before it signs about a key."""
    return f"{key.verifier.name}\nseal key {key.number} from size {key.from_size}\n{key.verifier}\n"


async def rotate(writer: Writer, file: Path, *, is_lost: bool = False) -> Key:
    """Put a new key in the place of the one in a file, in the registry and then in the file. Returns it.

    Should this be cut off in between, the new key lies beside the file, where servers find it.
    """
    with alone(file):
        log = await read_log(writer.connection)
        if not log.keys:
            raise NotFound("Nothing has been sealed yet, so there is no key to rotate.")
        former = await asyncio.to_thread(signer_of, file, str(log.keys[-1].verifier))
        if former is None and not is_lost:
            raise KeyLost
        private = Ed25519PrivateKey.generate()
        await asyncio.to_thread(put, next_of(file), private)
        key = await insist(lambda: attempt(writer, private, former))
        with suppress(FileNotFoundError):  # a server was faster
            await asyncio.to_thread(next_of(file).replace, file)
        return key


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Nobody else rotates the key in this file. Raises Conflict when somebody does."""
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("This key is being rotated.") from None
        yield


def put(file: Path, private: Ed25519PrivateKey) -> None:
    """Write a key into a file. One that the registry has never known goes."""
    file.unlink(missing_ok=True)
    write(file, private)


async def attempt(writer: Writer, private: Ed25519PrivateKey, former: Signer | None) -> Key:
    """Let the registry know the key, from the next head on."""
    log = await read_log(writer.connection)
    if former is not None:
        await check_head(writer, log, former)
    key = introduced(log, private, former)
    await commit(writer, Change(ROTATE, ACTION, parameters(key)))
    return key


async def check_head(writer: Writer, log: Log, former: Signer) -> None:
    """Nothing follows a head that the former key has not signed. Raises LogBroken."""
    found = await read_head(writer.connection, log.size)
    if found is None or log.size == log.keys[-1].from_size:
        return
    try:
        former.verifier.opened(found[1])
    except NotSigned as error:
        raise LogBroken from error


def introduced(log: Log, private: Ed25519PrivateKey, former: Signer | None) -> Key:
    """The next key of the log, introduced by the former one, if we have that."""
    last = log.keys[-1]
    key = Key(last.number + 1, Signer(last.verifier.name, private).verifier, log.size)
    return replace(key, introduction=former.signed(introduction(key))) if former else key


def parameters(key: Key) -> dict[str, Any]:
    return {
        "number": key.number,
        "verifier": str(key.verifier),
        "fromSize": key.from_size,
        "introduction": key.introduction,
    }
