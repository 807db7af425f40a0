"""The whole story, as lines of the import format."""

from collections.abc import Iterable

import orjson

from app.demo import data, delivery, documents, governance, language, people, tabular
from app.demo.words import Line, Lines


def lines() -> Lines:
    """Every line of the demo's registry."""
    for chapter in (people, data, tabular, language, documents, delivery, governance):
        yield from chapter.lines()


def text() -> bytes:
    """The story as a file to import."""
    return written(lines())


def written(lines: Iterable[Line]) -> bytes:
    """Lines as they stand in a file."""
    return b"".join(orjson.dumps(line) + b"\n" for line in lines)
