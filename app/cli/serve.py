"""`pedigree serve`: a Neo4j, if you have none, and the web server on it. Ctrl-C stops them in the other order."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Annotated

import orjson
import typer

from app.access.oidc.configuration import issuers_of
from app.cli import workers as several
from app.cli.chosen import DataDir, chosen
from app.cli.database import database, registry
from app.cli.invitation import Invitation, invitation
from app.cli.listener import here, listen, url
from app.cli.progress import work_bar
from app.cli.reading import reading
from app.domain.audit.keys import key_of
from app.settings import Settings

HEADLINE = files("app.demo").joinpath("headline.graphql").read_text(encoding="utf-8")
CURL = "curl -s -H 'Content-Type: application/json'"

Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")]
Workers = Annotated[int | None, typer.Option(help="Processes that serve.")]
NoAuth = Annotated[bool, typer.Option("--no-auth", help="Let everybody in as one user; on loopback alone.")]
Demo = Annotated[bool, typer.Option("--demo", help="Load an invented company, in a data folder of its own.")]


def serve(
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    data_dir: DataDir = None,
    no_auth: NoAuth = False,
    demo: Demo = False,
) -> None:
    """Serve the registry until Ctrl-C. Starts a Neo4j of its own unless NEO4J_URI is set."""
    settings = chosen(host=host, port=port, workers=workers, data_dir=data_dir, auth=False if no_auth else None)
    issuers_of(settings.oidc_file)  # what is wrong with it is told before anything is started
    if demo and data_dir is None:
        settings = settings.model_copy(update={"data_dir": settings.data_dir / "demo"})
    with (
        until_interrupted(),
        listen(settings.host, settings.port, auth=settings.auth) as listener,
        database(settings) as complete,
    ):
        invited = asyncio.run(prepare(complete, demo=demo))
        run(complete, listener, invited, demo=demo)


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


async def prepare(settings: Settings, *, demo: bool) -> Invitation:
    """Reach the database, bring it to this version's schema, load the demo into it if wanted, and see to it that
    somebody can sign in."""
    if settings.sequencer:
        key_of(settings.seal_key)
    async with registry(settings) as connection:
        if demo:
            from app.demo.load import load  # noqa: PLC0415  # reads all of the import, for those alone who see the demo

            with work_bar() as report:
                await load(connection, report)
        return await invitation(connection, settings, demo=demo)


def run(settings: Settings, listener: socket.socket, invited: Invitation, *, demo: bool) -> None:
    """Serve on a socket, and say so once that is true."""
    address = url(settings.host, listener)

    def ready() -> None:
        typer.echo(f"Pedigree is ready at {address}")
        if invited.link:
            typer.echo(invited.sentence(settings.public_url or here(address)))
        if demo:
            typer.echo(to_try(address, invited.token))

    if settings.workers == 1:
        with reading():
            from app.cli.server import WebServer  # noqa: PLC0415  # half of the start, which workers do themselves

        WebServer(settings, ready=ready).run(sockets=[listener])
    else:
        several.serve(settings, listener, ready=ready)


def to_try(address: str, token: str) -> str:
    """What somebody who sees the demo for the first time may ask, as a command."""
    bearer = f" -H 'Authorization: Bearer {token}'" if token else ""
    query = " ".join(line.strip() for line in HEADLINE.splitlines() if not line.startswith("#"))
    body = orjson.dumps({"query": query}).decode()
    return f"\n{HEADLINE}\nGraphQL answers at {address}/graphql. Try:\n\n{CURL}{bearer} {address}/graphql -d '{body}'\n"
