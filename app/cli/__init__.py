"""The command line: `pedigree COMMAND`. An expected failure is one line on standard error, and the exit code 1."""

import logging
import sys
from collections.abc import Sequence
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from app.cli import audit, configuration, grant, graphql, jars, schema, serve, token, transfer
from app.cli.failures import explain
from app.errors import PedigreeError


class Commands(TyperGroup):
    """The commands, with their expected failures told in one line."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        # What the driver has to say of a failure, the failure says itself.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        try:
            return super().main(args, *rest, **options)
        except (PedigreeError, ValidationError) as error:
            typer.echo(explain(error), err=True)
            sys.exit(1)


app = typer.Typer(
    cls=Commands,
    help="A model registry in which lineage is the data model.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command("import")(transfer.import_file)
app.command("export")(transfer.export_file)
app.command("settings")(configuration.settings)
app.command("graphql")(graphql.graphql)
app.add_typer(audit.app, name="audit")
app.add_typer(schema.app, name="schema")
app.add_typer(token.app, name="token")
app.add_typer(grant.app, name="grant")
app.add_typer(jars.app, name="jars")
