"""`pedigree graphql`: the schema of the API, as the file `schema.graphql` holds it."""

import typer

from app.api.schema import build


def graphql() -> None:
    """Print schema.graphql."""
    schema, _ = build()
    typer.echo(schema.as_str())
