import re
from pathlib import Path

import pytest

from graph_schema.migrations import MIGRATIONS, LedgerBroken, Migration, pending, read

FIRST = Migration(1, "first", ("RETURN 1",))
SECOND = Migration(2, "second", ("RETURN 2", "RETURN 3"))
REPEATABLE = re.compile(
    r"(CREATE (CONSTRAINT|INDEX) \w+ IF NOT EXISTS|DROP (CONSTRAINT|INDEX) \S+ IF EXISTS|MATCH|MERGE)"
)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_every_statement_is_safe_to_repeat() -> None:
    assert [s for migration in MIGRATIONS for s in migration.statements if not REPEATABLE.match(s)] == []


def test_only_the_first_migration_defines_the_lock_that_migrations_hold() -> None:
    statements = [s for migration in MIGRATIONS for s in migration.statements if ":Lock)" in s]
    assert statements == ["CREATE CONSTRAINT lock_name IF NOT EXISTS FOR (x:Lock) REQUIRE (x.name) IS UNIQUE"]


def test_a_file_is_read_without_its_comments(tmp_path: Path) -> None:
    file = tmp_path / "0002_second.cypher"
    file.write_text("// What it is for.\nRETURN 2;\n  // And then:\n\nRETURN 3;\n")
    assert read(file) == SECOND
    assert str(SECOND) == "0002 second"


def test_a_file_needs_a_number_and_a_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"two\.cypher: a migration is called 0001_what_it_does\.cypher"):
        read(tmp_path / "two.cypher")


def test_a_digest_is_of_the_statements() -> None:
    assert FIRST.digest == "sha256:ecdae70c546cff60ef87fccdf82acc30bdbc351ec4b7c60e0c9e8105f9c6df37"
    assert FIRST.digest == Migration(7, "another name", ("RETURN 1",)).digest
    assert FIRST.digest != SECOND.digest


def test_what_the_ledger_lacks_is_pending() -> None:
    assert pending((FIRST, SECOND), {}) == (FIRST, SECOND)
    assert pending((FIRST, SECOND), {1: FIRST.digest}) == (SECOND,)
    assert pending((FIRST, SECOND), {1: FIRST.digest, 2: SECOND.digest}) == ()


def test_a_ledger_may_go_on_with_what_a_newer_version_applied() -> None:
    assert pending((FIRST,), {1: FIRST.digest, 2: SECOND.digest}) == ()


def test_a_changed_migration_is_refused() -> None:
    changed = Migration(1, "first", ("RETURN 4",))
    message = "migration 0001 first was changed after it had been applied: put it back, and write a new one"
    with pytest.raises(LedgerBroken, match=message):
        pending((changed, SECOND), {1: FIRST.digest})


def test_a_gap_in_the_ledger_is_refused() -> None:
    with pytest.raises(LedgerBroken, match="migration 0001 first was never applied, but a later one was"):
        pending((FIRST, SECOND), {2: SECOND.digest})
