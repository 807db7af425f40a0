"""Loads the demo's registry, through the import that everybody uses. A second time it changes nothing."""

from app.database.connection import Connection
from app.demo.story import text
from app.transfer.importing import Imported, Options, Report, import_lines, silent


async def load(connection: Connection, report: Report = silent) -> Imported:
    """What was loaded. Raises an error when a line of the story is refused: then the story is wrong."""
    options = Options(actor="mei", strict=True, report=report)
    done = await import_lines(connection, text().splitlines(keepends=True), options)
    if done.problems:
        raise ValueError(f"the demo does not fit the registry: {done.problems[0]}")
    return done
