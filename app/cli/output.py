"""Where a command writes to: a file, or standard output."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from typing import Annotated

import typer

from app.errors import PedigreeError

STANDARD = Path("-")
Write = Callable[[Sequence[bytes]], None]

Target = Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to; standard output, when nothing is said.")]


class Unwritable(PedigreeError):
    """Cannot write {file}: {reason}."""


@contextmanager
def writing(file: Path) -> Iterator[Write]:
    """Writes to standard output, or beside the file, which is there once everything is written. Raises Unwritable."""
    if file == STANDARD:
        yield sys.stdout.buffer.writelines
        return
    partial = file.parent / f"{file.name}.part"
    try:
        if file.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        output = partial.open("wb")
    except OSError as error:
        raise Unwritable((Unwritable.__doc__ or "").format(file=file, reason=error.strerror)) from error
    with output:
        yield output.writelines
    partial.replace(file)
