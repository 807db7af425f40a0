"""A document as a page of HTML that is whole by itself: nothing is fetched, nothing runs, and it can be printed."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from app.domain.compliance.blocks import Block, Heading, Paragraph, Table, Verbatim

BLANK = re.compile(r"(\s+)")
LONG = re.compile(r"\S{33}")  # a digest, an address: what would make a column wider than the page
PIECE = re.compile(r"\S{1,16}")
PAGE = Path(__file__).with_name("page.html")


@cache
def page() -> Template:
    return Template(PAGE.read_text(encoding="utf-8"))


def html(title: str, blocks: Iterable[Block]) -> str:
    """The page of a document."""
    return page().substitute(title=escape(title), body="\n".join(map(written, blocks)))


def written(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text=text):
            return f"<p>{escape(text)}</p>"
        case Table(columns=columns, rows=rows):
            head = f"<thead>\n{row('th', columns)}\n</thead>\n" if any(columns) else ""
            body = "\n".join(row("td", each) for each in rows)
            return f"<table>\n{head}<tbody>\n{body}\n</tbody>\n</table>"
        case Verbatim(text=text):
            return f"<pre>{escape(text.rstrip())}</pre>"


def row(cell: str, texts: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{breakable(text)}</{cell}>' for text in texts)}</tr>"


def breakable(text: str) -> str:
    """A text in which long words may be broken, and no others."""
    return "".join(map(word, BLANK.split(text)))


def word(text: str) -> str:
    return "<wbr>".join(map(escape, PIECE.findall(text))) if LONG.match(text) else escape(text)
