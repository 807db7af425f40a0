"""`pedigree report`: what is known of a version, an application or an environment, as a document."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.chosen import DataDir
from app.cli.output import STANDARD, writing
from app.cli.work import ask
from app.database.connection import Connection
from app.domain.compliance.document import written
from app.domain.compliance.reading import read_report
from app.domain.compliance.report import Question
from app.domain.references import ReportRef
from app.errors import InvalidInput
from app.settings import Settings


class Format(StrEnum):
    """What the document is written in."""

    MARKDOWN = "markdown"
    HTML = "html"


Version = Annotated[str | None, typer.Option(help="A version: MODEL/NUMBER.")]
Application = Annotated[str | None, typer.Option(help="An application, with all versions that it stands on.")]
Environment = Annotated[str | None, typer.Option(help="An environment, with all versions that are active in it.")]
AsOf = Annotated[str | None, typer.Option(help="As it was at this instant, 2026-03-03T14:00:00Z; now when left out.")]
Since = Annotated[str | None, typer.Option(help="List the changes after this instant; all when left out.")]
Written = Annotated[Format, typer.Option("--format", help="What it is written in.")]
Output = Annotated[Path, typer.Option(help="The file that it is written to; standard output, when nothing is said.")]


def report(
    version: Version = None,
    application: Application = None,
    environment: Environment = None,
    as_of: AsOf = None,
    since: Since = None,
    format: Written = Format.MARKDOWN,
    output: Output = STANDARD,
    data_dir: DataDir = None,
) -> None:
    """Report what is known of a version, an application or an environment: what runs, what it came from, policies,
    evaluations, licenses, recalls, findings, changes, and what proves them."""
    question = Question(subject(version, application, environment), instant(as_of, "as-of"), instant(since, "since"))

    async def work(connection: Connection, settings: Settings) -> str:
        return written(await read_report(connection, question), format)

    with writing(output) as write:
        write([ask(work, data_dir).encode()])


def subject(version: str | None, application: str | None, environment: str | None) -> ReportRef:
    """What the report is about. Raises InvalidInput unless that is one thing."""
    named = {"application": application, "environment": environment}
    given = {name: {"name": value} for name, value in named.items() if value is not None}
    if version is not None:
        given["version"] = {"number": numbered(version)}  # type: ignore[dict-item]  # a number has a model
    if len(given) != 1:
        raise InvalidInput("Name one of --version, --application and --environment.")
    return ReportRef.model_validate(given)


def numbered(version: str) -> dict[str, str | int]:
    """The model and the number of `model/3`."""
    model, _, number = version.rpartition("/")
    if not model or not number.isdecimal():
        raise InvalidInput(f"{version} is no version: name it as MODEL/NUMBER.")
    return {"model": model, "number": int(number)}


def instant(text: str | None, option: str) -> datetime | None:
    """An instant with its offset. Raises InvalidInput."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InvalidInput(f"--{option}: {text} is no instant with an offset, like 2026-03-03T14:00:00Z.")
    return found
