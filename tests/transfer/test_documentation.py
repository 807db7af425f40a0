"""The page about import and export: every line that it shows is a line that is imported."""

import re
from pathlib import Path

from app.database.connection import Connection
from app.database.schema import check
from app.transfer.importing import Options, import_lines
from app.transfer.lines.edge import TYPES
from app.transfer.lines.parsing import ENTITIES
from tests.transfer.transferred import told

PAGE = Path(__file__).parents[2] / "docs" / "import.md"
BLOCKS = re.findall(r"```jsonl\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]


async def test_every_line_of_the_page_is_imported(connection: Connection) -> None:
    done = await import_lines(connection, [line.encode() for line in LINES], Options("tester", strict=True))
    assert done.problems == ()
    assert await check(connection.driver) == []
    used = await told(connection, "USED")
    assert sorted(edge["role"] for edge in used if "via" in edge) == ["code", "train"]


def test_the_page_shows_every_type() -> None:
    text = PAGE.read_text("utf-8")
    assert [type for type in ENTITIES if f'"type": "{type}"' not in text] == []
    assert [type for type in TYPES if f"`{type}`" not in text] == []
