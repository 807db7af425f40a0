"""The password of the local Neo4j: made once, kept in a file that only its owner reads."""

import hashlib
import os
import secrets
from pathlib import Path

from app.database.local.errors import PasswordMissing

USERNAME = "neo4j"
ITERATIONS = 1024


def ensure_password(home: Path) -> str:
    """The password of the Neo4j in `home`, made on first use. Raises PasswordMissing when its data has outlived it."""
    file = home / "password"
    has_data = (home / "data" / "databases" / "system").is_dir()
    if not file.exists():
        if has_data:
            raise PasswordMissing(folder=home, file=file)
        write_secret(file, secrets.token_urlsafe(24))
    password = file.read_text().strip()
    if not has_data:
        write_secret(home / "data" / "dbms" / "auth.ini", initial_credential(password, secrets.token_bytes(32)))
    return password


def initial_credential(password: str, salt: bytes) -> str:
    """The line of `auth.ini` that Neo4j takes its first user from, as `neo4j-admin` writes it."""
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ITERATIONS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"{USERNAME}:SHA-256,{digest.hex()},{salt.hex()},{ITERATIONS}:\n"


def write_secret(file: Path, content: str) -> None:
    """Write a file that was never, not for an instant, readable by others or half written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(content)
    draft.rename(file)
