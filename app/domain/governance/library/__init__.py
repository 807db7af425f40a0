"""Policies that are ready to be drafted, each a file with the input of `draftPolicy`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

Document = Mapping[str, Any]


def library() -> Mapping[str, Document]:
    """The policies by name."""
    files = sorted(Path(__file__).parent.glob("*.json"))
    return {file.stem: orjson.loads(file.read_bytes()) for file in files}
