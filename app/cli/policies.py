"""`pedigree policies`: policies that are ready to be drafted, and what policies can speak of."""

import orjson
import typer

from app.domain.governance.expressions.schema import Message
from app.domain.governance.library import library
from app.domain.governance.snapshot_schema import SNAPSHOT
from app.errors import NotFound

INTRODUCTION = """# What policies see

<!-- Printed from app/domain/governance/snapshot_schema.py by `pedigree policies snapshot`. -->

The rules of a [policy](policies.md) speak of a snapshot: what is known of a version, of the environment it would go to,
and of all that it came from, at one instant. What is listed here is all that they can name, and expressions are checked
against it. A list may be empty; a value may be null where it says so. Instants are compared with `at`, never with a
clock, so that a snapshot is judged the same whenever that is done.
"""

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def policies() -> None:
    """Policies: those that come with Pedigree, and what their rules can speak of."""


@app.command("list")
def list_() -> None:
    """List the policies that come with Pedigree."""
    for name, document in library().items():
        typer.echo(f"{name:18}{document['description']}")


@app.command()
def show(name: str = typer.Argument(help="Name of the policy.")) -> None:
    """Print one of them, as the input of draftPolicy."""
    document = library().get(name)
    if document is None:
        raise NotFound(f"There is no policy {name}: there are {', '.join(library())}.")
    typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))


@app.command()
def snapshot() -> None:
    """Print what rules can speak of, as Markdown."""
    typer.echo(page(), nl=False)


def page() -> str:
    """The text of `docs/policy-snapshot.md`: every variable of rules, and every field of what these lead to."""
    return "\n".join((INTRODUCTION, *(table(message) for message in SNAPSHOT.messages)))


def table(message: Message) -> str:
    title = "Variables" if message is SNAPSHOT else message.name
    rows = "".join(f"| `{field.name}` | {field.written} | {field.meaning} |\n" for field in message.fields)
    return f"## {title}\n\n{message.meaning}.\n\n| name | type | meaning |\n|---|---|---|\n{rows}"
