"""`pedigree serve`: a Neo4j, if you have none, and the web server on it. Ctrl-C stops them in the other order."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from app.cli import workers as several
from app.cli.database import database, registry
from app.cli.listener import listen, url
from app.cli.progress import work_bar
from app.cli.server import WebServer
from app.demo.load import load
from app.domain.audit.keys import key_of
from app.settings import Settings

HEADLINE = files("app.demo").joinpath("headline.graphql").read_text(encoding="utf-8")
CURL = "curl -s -H 'Content-Type: application/json'"

Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the data.")]
Workers = Annotated[int | None, typer.Option(help="Processes that serve.")]
Demo = Annotated[bool, typer.Option("--demo", help="Load an invented company, in a data folder of its own.")]


def serve(
    host: Host = None, port: Port = None, workers: Workers = None, data_dir: DataDir = None, demo: Demo = False
) -> None:
    """Serve the registry until Ctrl-C. Starts a Neo4j of its own unless NEO4J_URI is set."""
    settings = chosen(host=host, port=port, workers=workers, data_dir=data_dir)
    if demo and data_dir is None:
        settings = settings.model_copy(update={"data_dir": settings.data_dir / "demo"})
    with (
        until_interrupted(),
        listen(settings.host, settings.port, allow_network=settings.allow_network) as listener,
        database(settings) as complete,
    ):
        asyncio.run(prepare(complete, demo=demo))
        run(complete, listener, demo=demo)


def chosen(**options: Any) -> Settings:
    """The settings of the environment, with the options that were given in their place."""
    return Settings(**{name: value for name, value in options.items() if value is not None})


@contextmanager
def until_interrupted() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end what is inside, cleanly and without an error."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


async def prepare(settings: Settings, *, demo: bool) -> None:
    """Reach the database, bring it to this version's schema, and load the demo into it if wanted."""
    if settings.sequencer:
        key_of(settings.seal_key)
    async with registry(settings) as connection:
        if demo:
            with work_bar() as report:
                await load(connection, report)


def run(settings: Settings, listener: socket.socket, *, demo: bool) -> None:
    """Serve on a socket, and say so once that is true."""
    address = url(settings.host, listener)

    def ready() -> None:
        typer.echo(f"Pedigree is ready at {address}")
        if demo:
            typer.echo(to_try(address))

    if settings.workers == 1:
        WebServer(settings, ready=ready).run(sockets=[listener])
    else:
        several.serve(settings, listener, ready=ready)


def to_try(address: str) -> str:
    """What somebody who sees the demo for the first time may ask, as a command."""
    query = " ".join(line.strip() for line in HEADLINE.splitlines() if not line.startswith("#"))
    body = orjson.dumps({"query": query}).decode()
    return f"\n{HEADLINE}\nGraphQL answers at {address}/graphql. Try:\n\n{CURL} {address}/graphql -d '{body}'\n"
