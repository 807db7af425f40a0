"""A registry whose log is sealed as far as it goes, and ways to reach behind its back."""

from pathlib import Path
from typing import Any

from app.database.connection import Connection
from app.domain.audit.checkpoints import Checkpoints
from app.domain.audit.log import read_head, read_log
from app.domain.audit.sequencer import WAITING, Sequencer
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.upkeep import UpdateRegisteredModel, update_registered_model
from app.domain.writing import Writer
from tests.fixtures.snapshot import found

SEQUENCES = "MATCH (e:AuditEvent) WITH e ORDER BY e.sequence RETURN collect(e.sequence) AS found"


def sequencer(connection: Connection, folder: Path, checkpoints: Path | None = None) -> Sequencer:
    """A process that seals, as far as the log can tell."""
    return Sequencer(connection, folder / "seal.key", Checkpoints(checkpoints, 0.0))


async def seal_all(by: Sequencer) -> None:
    """Seal until nothing waits."""
    while (await by.connection.ask(WAITING))["isWaiting"]:
        await by.turn()


async def make(writer: Writer, *names: str, **fields: Any) -> list[str]:
    """Models of these names: an event each. Returns their ids."""
    return [
        (await create_registered_model(writer, CreateRegisteredModel.model_validate({"name": name, **fields}))).id
        for name in names
    ]


async def describe(writer: Writer, name: str, description: str | None) -> None:
    """One more event of a model, with a text."""
    command = {"model": {"name": name}, "description": description}
    await update_registered_model(writer, UpdateRegisteredModel.model_validate(command))


async def tamper(connection: Connection, text: str, **parameters: Any) -> None:
    """Do something to the graph behind the registry's back."""
    await connection.driver.execute_query(text, parameters_=parameters)


async def sequences(connection: Connection) -> list[int]:
    """The places of all events."""
    return list(await found(connection, SEQUENCES))


async def checkpoint(connection: Connection) -> str:
    """The last signed head."""
    head = await read_head(connection, (await read_log(connection)).size)
    assert head is not None
    return head[1]
