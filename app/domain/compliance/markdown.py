"""A document in Markdown, as CommonMark with tables. What texts say is never taken for Markdown, nor for HTML."""

import re
from collections.abc import Iterable, Sequence

from app.domain.compliance.blocks import Block, Heading, Paragraph, Table, Verbatim

# CommonMark lets every character of ASCII that is no letter, digit or space be escaped.
MEANT = re.compile(r"([\\`*_{}\[\]<>()#!|~&])")
LEADING = re.compile(r"^(\d*)([-+.])")  # would begin a list
FENCE = re.compile(r"`{3,}")


def markdown(blocks: Iterable[Block]) -> str:
    """The text of a document."""
    return "\n\n".join(map(written, blocks)) + "\n"


def written(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph(text=text):
            return escaped(text)
        case Table(columns=columns, rows=rows):
            return table(columns, rows)
        case Verbatim(text=text):
            fence = max(["```", *(found + "`" for found in FENCE.findall(text))], key=len)
            return f"{fence}\n{text.rstrip()}\n{fence}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def escaped(text: str) -> str:
    """A text in one line, of which nothing is taken for Markdown."""
    return LEADING.sub(r"\1\\\2", MEANT.sub(r"\\\1", " ".join(text.split())))
