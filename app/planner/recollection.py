"""The composed statements of the last run, kept in the cache folder, so that the next start plans them ahead.

They are planned, never run as they are read: a statement that runs is always composed anew, and only compared.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.database.queries import all_queries

KEPT = 100  # statements, those that were used last


@dataclass(frozen=True)
class Recollection:
    """A file of statements. Its name changes with the queries that they are composed of."""

    folder: Path

    @property
    def file(self) -> Path:
        content = "\n".join(query.body for query in all_queries())
        return self.folder / f"composed-{hashlib.sha256(content.encode()).hexdigest()[:16]}.json"

    def read(self) -> list[str]:
        """The statements, the one used last at the start; none where there is no file that can be read."""
        try:
            found = orjson.loads(self.file.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return []
        texts = found if isinstance(found, list) else []
        return [text for text in texts if isinstance(text, str)]

    def write(self, texts: Sequence[str]) -> None:
        """Keep the last of the statements. What cannot be kept is not missed."""
        latest = list(reversed(texts))[:KEPT]
        partial = self.file.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(orjson.dumps(latest))
            partial.replace(self.file)
            remove(old for old in self.folder.glob("composed-*.json") if old != self.file)
        except OSError:
            return


def remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
