"""Work at the registry: at the one that the settings name, or at Pedigree's own, started for as long as it takes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from app.cli.chosen import chosen
from app.cli.database import database, registry
from app.database.connection import Connection
from app.domain.identity import ensure_actor
from app.domain.writing import Caller, Writer
from app.settings import Settings

Result = TypeVar("Result")
Work = Callable[[Connection, Settings], Awaitable[Result]]


def ask(work: Work[Result], data_dir: Path | None) -> Result:
    """Do some work."""
    with database(chosen(data_dir=data_dir)) as settings:
        return asyncio.run(at(settings, work))


async def at(settings: Settings, work: Work[Result]) -> Result:
    """Do some work at a registry that can be reached."""
    async with registry(settings) as connection:
        return await work(connection, settings)


async def local_writer(connection: Connection, settings: Settings) -> Writer:
    """Who is at the command line."""
    return Writer(connection, Caller(await ensure_actor(connection, settings.actor)))
