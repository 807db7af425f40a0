"""`pedigree token`: API tokens, for those who have access to the database."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.cli.chosen import DataDir
from app.cli.work import ask, local_writer
from app.database.connection import Connection
from app.domain.credentials.people import known_program
from app.domain.credentials.tokens import (
    DAYS,
    LONGEST_DAYS,
    CreateApiToken,
    RevokeApiToken,
    create_api_token,
    revoke_api_token,
    tokens_of,
)
from app.domain.identity import ensure_actor
from app.domain.references import ActorRef
from app.domain.resolution import mention, resolve
from app.domain.writing import Caller, Writer
from app.settings import Settings


class Make(StrEnum):
    """What is made when there is nobody of that name."""

    USER = "user"
    SERVICE_ACCOUNT = "service-account"


Actor = Annotated[str, typer.Option(help="Name of the user or service account that the token stands for.")]
Name = Annotated[str, typer.Option(help="What the token is for.")]
Permissions = Annotated[list[str] | None, typer.Option("--permission", help="What it is limited to; may be repeated.")]
Days = Annotated[int, typer.Option(min=1, max=LONGEST_DAYS, help="After how many days it ends.")]
Making = Annotated[Make | None, typer.Option("--make", help="Make the actor, if there is none of that name.")]
Id = Annotated[str, typer.Argument(help="Id of the token: not the token itself.")]

app = typer.Typer(help="API tokens, for who has access to the database.", no_args_is_help=True)


@app.command()
def create(
    actor: Actor,
    name: Name = "command line",
    permission: Permissions = None,
    days: Days = DAYS,
    make: Making = None,
    data_dir: DataDir = None,
) -> None:
    """Make a token and print it. It is kept nowhere, and cannot be printed again."""

    async def work(connection: Connection, settings: Settings) -> str:
        command = CreateApiToken(
            name=name,
            permissions=None if permission is None else tuple(permission),
            expires_at=datetime.now(UTC) + timedelta(days=days),
        )
        owner = await owner_id(connection, actor, make)
        made = await create_api_token(Writer(connection, Caller(owner)), command)
        return str(made.secret)

    typer.echo(ask(work, data_dir))


@app.command("list")
def listed(actor: Actor, data_dir: DataDir = None) -> None:
    """List the tokens of somebody, the latest first."""

    async def work(connection: Connection, settings: Settings) -> list[str]:
        return [line(token) for token in await tokens_of(connection, actor)]

    for each in ask(work, data_dir):
        typer.echo(each)


@app.command()
def revoke(id: Id, data_dir: DataDir = None) -> None:
    """Revoke a token, for good."""

    async def work(connection: Connection, settings: Settings) -> None:
        await revoke_api_token(await local_writer(connection, settings), RevokeApiToken(id=id))  # type: ignore[arg-type]

    ask(work, data_dir)
    typer.echo(f"Nobody is let in by the token {id} any longer.")


async def owner_id(connection: Connection, name: str, make: Make | None) -> str:
    """The id of whom a token stands for. Raises NotFound unless the actor may be made."""
    if make is Make.USER:
        return await ensure_actor(connection, name)
    if make is Make.SERVICE_ACCOUNT:
        return (await known_program(connection, name)).id
    asked = mention(ActorRef(name=name), "actor")
    return (await resolve(connection, [asked])).require(asked).id


def line(token: Mapping[str, Any]) -> str:
    """A token in one line."""
    state = f"revoked {day(token['validTo'])}" if token["validTo"] else f"until {day(token['expiresAt'])}"
    used = f"used {day(token['lastUsedAt'])}" if token["lastUsedAt"] else "never used"
    return "  ".join((token["id"], f"{token['prefix']}...", state, used, token["name"]))


def day(at: datetime) -> str:
    return at.date().isoformat()
