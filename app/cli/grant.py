"""`pedigree grant`: who may do what, for those who have access to the database."""

from typing import Annotated

import typer

from app.cli.chosen import DataDir
from app.cli.work import ask, local_writer
from app.database.connection import Connection
from app.domain.permission.grants import CreateGrant, RevokeGrant, create_grant, revoke_grant
from app.domain.references import ActorRef, EntityRef
from app.domain.vocabulary import Role
from app.settings import Settings

To = Annotated[str, typer.Option(help="Name of the user, team or service account.")]
Given = Annotated[Role | None, typer.Option(help="The role.", case_sensitive=False)]
Permissions = Annotated[list[str] | None, typer.Option("--permission", help="A permission instead; may be repeated.")]
Model = Annotated[str | None, typer.Option(help="Over this model.")]
Dataset = Annotated[str | None, typer.Option(help="Over this dataset.")]
Environment = Annotated[str | None, typer.Option(help="Over this environment.")]
Team = Annotated[str | None, typer.Option(help="Over all that this team owns.")]
Id = Annotated[str, typer.Argument(help="Id of the grant.")]

app = typer.Typer(help="Who may do what, for who has access to the database.", no_args_is_help=True)


@app.command()
def create(
    to: To,
    role: Given = None,
    permission: Permissions = None,
    model: Model = None,
    dataset: Dataset = None,
    environment: Environment = None,
    team: Team = None,
    data_dir: DataDir = None,
) -> None:
    """Let somebody do something, over the whole registry unless told, and print the id of the grant."""
    places = {"model": model, "dataset": dataset, "environment": environment, "actor": team}
    place = {name: value for name, value in places.items() if value is not None}

    async def work(connection: Connection, settings: Settings) -> str:
        command = CreateGrant(
            to=ActorRef(name=to),
            role=role,
            permissions=tuple(permission) if permission else None,
            on=EntityRef.model_validate(place) if place else None,
        )
        return (await create_grant(await local_writer(connection, settings), command)).id

    typer.echo(ask(work, data_dir))


@app.command()
def revoke(id: Id, data_dir: DataDir = None) -> None:
    """Take a grant back."""

    async def work(connection: Connection, settings: Settings) -> None:
        await revoke_grant(await local_writer(connection, settings), RevokeGrant(id=id))  # type: ignore[arg-type]

    ask(work, data_dir)
    typer.echo(f"The grant {id} holds no longer.")
