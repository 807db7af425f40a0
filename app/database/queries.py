"""Loads the queries of `cypher/`: one file is one query, its path is its name, its first comment says what it is for.

A query is bound once, at the top of the module that uses it, so that a typo fails at import:

    RENAME_MODEL = query("registry/rename_model")

What several queries share is a file that declares `// part`; a line `// include graph/write_nodes` stands for its body.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = next(
    folder for folder in (Path(__file__).parents[2] / "cypher", Path(__file__).parents[1] / "cypher") if folder.is_dir()
)

PARAMETER = re.compile(r"\$(\w+)")
INCLUDE = re.compile(r"^// include (\S+)$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Query:
    """One query. `declarations` are the lines of its header after the first, as (word, rest)."""

    name: str
    purpose: str
    declarations: tuple[tuple[str, str], ...]
    body: str

    @property
    def text(self) -> str:
        """The statement as it is sent. `CYPHER 5` is what all supported servers speak."""
        return f"CYPHER 5\n{self.body}"

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(PARAMETER.findall(self.body))

    def declared(self, word: str) -> tuple[str, ...]:
        """What the header says after `word`, a line each."""
        return tuple(rest for declared, rest in self.declarations if declared == word)


def parse(name: str, text: str) -> Query:
    """Read a query file: the leading `//` lines are its header, all else is its body."""
    lines = text.splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = [line.removeprefix("//").strip() for line in lines[:size]]
    if not header or not header[0].endswith("."):
        raise ValueError(f"cypher/{name}.cypher: the first line must be a comment that says what the query is for")
    words = (line.partition(" ") for line in header[1:])
    return Query(
        name=name,
        purpose=header[0],
        declarations=tuple((word, rest.strip()) for word, _, rest in words),
        body=INCLUDE.sub(lambda line: query(line[1]).body, "\n".join(lines[size:]).strip()),
    )


@cache
def query(name: str) -> Query:
    """The query of `cypher/<name>.cypher`."""
    return parse(name, (ROOT / f"{name}.cypher").read_text(encoding="utf-8"))


@cache
def all_queries() -> tuple[Query, ...]:
    """Every query there is, by name."""
    return tuple(query(str(file.relative_to(ROOT).with_suffix(""))) for file in sorted(ROOT.rglob("*.cypher")))
