"""Loads the demo's registry, once, through the import that everybody uses. What people change afterwards stays."""

from app.database.connection import Connection
from app.demo.approvals import approval_lines
from app.demo.policies import demand
from app.demo.promotion import promoted
from app.demo.story import text, written
from app.domain.description import ReferenceInput
from app.domain.draft import external_mention
from app.domain.identity import ensure_actor
from app.domain.labelling import AddReference, add_reference
from app.domain.references import EntityRef
from app.domain.resolution import resolve
from app.domain.writing import Caller, Writer
from app.errors import PedigreeError
from app.transfer.importing import Imported, Options, import_lines
from app.transfer.progress import Report, silent

CURATOR = "mei"
# Whoever bears this says that the whole story is there.
LOADED = ReferenceInput(system="pedigree", external_id="demo")


class DoesNotFit(PedigreeError):
    """The demo contradicts what the registry holds."""

    code = "ALREADY_EXISTS"


async def load(connection: Connection, report: Report = silent) -> Imported:
    """What was loaded: nothing, when it was there before. A load that was interrupted is completed."""
    if await is_loaded(connection):
        return Imported()
    done = await told(connection, text(), report)
    await told(connection, written(await approval_lines(connection)), silent)
    writer = Writer(connection, Caller(await ensure_actor(connection, CURATOR)))
    await demand(writer)
    await promoted(connection)
    await add_reference(writer, AddReference(entity=EntityRef(actor=CURATOR), reference=LOADED))
    return done


async def told(connection: Connection, lines: bytes, report: Report) -> Imported:
    """Import a part of the story. Raises DoesNotFit where it contradicts what is there."""
    options = Options(actor=CURATOR, strict=True, report=report)
    done = await import_lines(connection, lines.splitlines(keepends=True), options)
    if done.problems:
        raise DoesNotFit(
            f"The demo does not fit what this registry holds: {done.problems[0]} "
            "Give it a data folder of its own, with --data-dir."
        )
    return done


async def is_loaded(connection: Connection) -> bool:
    mark = external_mention(LOADED)
    return (await resolve(connection, [mark])).find(mark) is not None
