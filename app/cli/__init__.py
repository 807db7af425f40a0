"""The command line: `pedigree COMMAND`. An expected failure is one line on standard error, and the exit code 1."""

import logging
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup
from typer.main import get_command

from app.cli.failures import explain
from app.cli.reading import reading
from app.errors import PedigreeError

# Each command, the module of this package that has it, and its name there: a function, or further commands.
PLACES = {
    "serve": ("serve", "serve"),
    "import": ("transfer", "import_file"),
    "export": ("transfer", "export_file"),
    "settings": ("configuration", "settings"),
    "graphql": ("graphql", "graphql"),
    "audit": ("audit", "app"),
    "schema": ("schema", "app"),
    "token": ("token", "app"),
    "grant": ("grant", "app"),
    "policies": ("policies", "app"),
    "report": ("report", "report"),
    "jars": ("jars", "app"),
}


class Commands(TyperGroup):
    """The commands, each read when it is asked for: who makes a token need not wait for a web server. Expected failures
    are told in one line."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in PLACES:
            near = get_close_matches(cmd_name, PLACES, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"There is no command {cmd_name}.{hint}")
        module, name = PLACES[cmd_name]
        with reading():
            found = getattr(import_module(f"{__name__}.{module}"), name)
        return get_command(found if isinstance(found, typer.Typer) else alone(found, cmd_name))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        # What the driver has to say of a failure, the failure says itself.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        try:
            return super().main(args, *rest, **options)
        except (PedigreeError, ValidationError) as error:
            typer.echo(explain(error), err=True)
            sys.exit(1)


def alone(function: Any, name: str) -> typer.Typer:
    """A command that has no further ones."""
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name)(function)
    return single


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def pedigree() -> None:
    """A model registry in which lineage is the data model."""
