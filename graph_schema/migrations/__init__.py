"""The schema's history: numbered files of Cypher statements, each applied once, in order, and never changed afterwards.

A migration is one transaction. Neo4j does not let statements of schema and of data share one, so it holds either the
one or the other. One of data may be batched instead: each of its statements ends `IN TRANSACTIONS`, so that a graph of
any size fits. Its entry in the ledger follows in a second transaction: a process may die in between, so each
statement has to be safe to repeat (`IF NOT EXISTS`, `MERGE`). Only the first migration may define a constraint or an
index on `Lock`: whoever migrates holds a lock there, and would wait for itself.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>[a-z0-9_]+)\.cypher")
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


@dataclass(frozen=True)
class Migration:
    """One step of the schema's history."""

    number: int
    name: str
    statements: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Digest of the statements: comments and the space around a statement do not count."""
        return f"sha256:{hashlib.sha256(';'.join(self.statements).encode()).hexdigest()}"

    @property
    def is_batched(self) -> bool:
        """Whether its statements make transactions of their own."""
        return any("IN TRANSACTIONS" in statement for statement in self.statements)

    def __str__(self) -> str:
        return f"{self.number:04} {self.name}"


class LedgerBroken(Exception):
    """The ledger of migrations in the database contradicts the migrations of this version."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("; ".join(problems))


def read(file: Path) -> Migration:
    """The migration that a file holds: `0001_initial.cypher`, its statements each ended by a semicolon."""
    found = FILE_NAME.fullmatch(file.name)
    if found is None:
        raise ValueError(f"{file.name}: a migration is called 0001_what_it_does.cypher")
    pieces = COMMENT.sub("", file.read_text(encoding="utf-8")).split(";")
    statements = tuple(piece.strip() for piece in pieces if piece.strip())
    return Migration(int(found["number"]), found["name"], statements)


def pending(migrations: Iterable[Migration], ledger: Mapping[int, str]) -> tuple[Migration, ...]:
    """What is still to be applied, by a ledger of number -> digest. Raises LedgerBroken when history was rewritten."""
    migrations = tuple(migrations)
    problems = tuple(contradictions(migrations, ledger))
    if problems:
        raise LedgerBroken(problems)
    return tuple(migration for migration in migrations if migration.number not in ledger)


def contradictions(migrations: Iterable[Migration], ledger: Mapping[int, str]) -> Iterator[str]:
    """Where the ledger contradicts the migrations. A ledger that goes on is well: a newer version was here."""
    last = max(ledger, default=0)
    for migration in migrations:
        if migration.number not in ledger and migration.number < last:
            yield f"migration {migration} was never applied, but a later one was"
        elif ledger.get(migration.number, migration.digest) != migration.digest:
            yield f"migration {migration} was changed after it had been applied: put it back, and write a new one"


MIGRATIONS = tuple(read(file) for file in sorted(Path(__file__).parent.glob("*.cypher")))
