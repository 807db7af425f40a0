"""The registry as the text of a file."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

import orjson

from bench.graph import data, landmarks, models, people
from bench.graph.sizes import Sizes

HERE = Path(__file__).parent


def text(sizes: Sizes) -> Iterator[bytes]:
    """The lines of the file, always the same for the same sizes."""
    told = chain(people.lines(), data.lines(sizes), landmarks.lines(sizes), models.lines(sizes))
    return (orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z) for line in told)


def fingerprint(sizes: Sizes) -> str:
    """Stands for the text without making it: of the sizes and of the code that makes it."""
    code = [file.read_bytes() for file in sorted(HERE.glob("*.py"))]
    return sha256(b"\n".join((repr(sizes).encode(), *code))).hexdigest()[:12]
