"""`pedigree audit`: proves what happened, or says where the log is not as it was sealed."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer

from app.cli.chosen import DataDir, chosen
from app.cli.database import database
from app.cli.output import STANDARD, Target, Unwritable, Write, writing
from app.cli.progress import work_bar
from app.cli.work import at, local_writer
from app.database.connection import Connection
from app.domain.audit import checkpoints, proofs, rotation, verification
from app.domain.audit.exporting import export_log
from app.domain.audit.findings import Finding
from app.domain.audit.log import read_log
from app.domain.audit.verification import Course, Known, Verified
from app.transfer.progress import Report

Result = TypeVar("Result")

Checkpoint = Annotated[
    typer.FileText | None, typer.Option(help="Checkpoints that were kept elsewhere, one or many; - for standard input.")
]
Keys = Annotated[list[str] | None, typer.Option("--key", help="A public key that you know from elsewhere.")]
Size = Annotated[int | None, typer.Option(help="Size of the head that it is proved against; the last one's if absent.")]
WithoutTexts = Annotated[bool, typer.Option("--without-texts", help="Leave out free and personal text.")]
Lost = Annotated[bool, typer.Option("--lost", help="The former key is gone, and nobody vouches for the new one.")]

app = typer.Typer(help="The audit log, and the proof that nobody rewrote it.", no_args_is_help=True)


@app.command()
def verify(checkpoint: Checkpoint = None, key: Keys = None, data_dir: DataDir = None) -> None:
    """Recompute the whole log. Exit code 1 when it is not as it was sealed; the first event that is not is named."""
    known = Known(checkpoint.read() if checkpoint else "", key or ())

    async def work(connection: Connection, report: Report) -> Verified:
        advance = report("Verifying events", (await read_log(connection)).end)
        return await verification.verify(connection, known, Course(advance=advance))

    found = ask(work, data_dir)
    typer.echo(f"Sealed events verified: {found.size}. Texts erased: {found.erased}. Events waiting: {found.waiting}.")
    if found.finding:
        typer.echo(told(found.finding), err=True)
        raise typer.Exit(1)
    typer.echo("The log is as it was sealed.")


def told(finding: Finding) -> str:
    """A finding in one line."""
    place = "" if finding.sequence is None else f" {finding.sequence}"
    last = "" if finding.last is None else f" to {finding.last}"
    which = f" ({finding.event_id})" if finding.event_id else ""
    return f"{finding.tampering}: event{place}{last}{which}: {finding.message}"


@app.command()
def checkpoint(file: Target = STANDARD, data_dir: DataDir = None) -> None:
    """Append the last signed head to a file, or print it: keep it where nobody can change it together with the log."""

    async def work(connection: Connection, report: Report) -> str:
        _, note = await proofs.head_of(connection, None, "size")
        return note

    note = ask(work, data_dir)
    try:
        checkpoints.write(file, note)
    except OSError as error:
        raise Unwritable((Unwritable.__doc__ or "").format(file=file, reason=error.strerror)) from error


@app.command()
def keys(data_dir: DataDir = None) -> None:
    """Print the public keys that heads are signed with, the first one first."""

    async def work(connection: Connection, report: Report) -> list[str]:
        return [str(key.verifier) for key in (await read_log(connection)).keys]

    for key in ask(work, data_dir):
        typer.echo(key)


@app.command("rotate-key")
def rotate_key(lost: Lost = False, data_dir: DataDir = None) -> None:
    """Put a new key in the place of the one that heads are signed with; the former one signs that."""
    settings = chosen(data_dir=data_dir)

    async def work(connection: Connection, report: Report) -> str:
        writer = await local_writer(connection, settings)
        return str((await rotation.rotate(writer, settings.seal_key, is_lost=lost)).verifier)

    typer.echo(ask(work, data_dir))


@app.command()
def inclusion(event: str, size: Size = None, data_dir: DataDir = None) -> None:
    """Print the proof that an event is in the log that a head was signed for, as JSON (RFC 9162, 2.1.3)."""
    proof = ask(lambda connection, report: proofs.inclusion(connection, event, size), data_dir)
    show(
        {
            "eventId": proof.event_id,
            "body": proof.body,
            "leafIndex": proof.index,
            "leafHash": proofs.text(proof.leaf_hash),
            "path": list(map(proofs.text, proof.path)),
            "checkpoint": proof.checkpoint,
        }
    )


@app.command()
def consistency(former: int, size: Size = None, data_dir: DataDir = None) -> None:
    """Print the proof that one head follows that of a FORMER size, as JSON (RFC 9162, 2.1.4)."""
    proof = ask(lambda connection, report: proofs.consistency(connection, former, size), data_dir)
    show({"former": proof.former, "checkpoint": proof.checkpoint, "path": list(map(proofs.text, proof.path))})


@app.command()
def export(file: Target = STANDARD, without_texts: WithoutTexts = False, data_dir: DataDir = None) -> None:
    """Export the sealed log as lines of JSON, which docs/verify_audit.py verifies on its own."""
    with writing(file) as write:
        ask(lambda connection, report: exported(connection, write, report, with_texts=not without_texts), data_dir)


async def exported(connection: Connection, write: Write, report: Report, *, with_texts: bool) -> None:
    advance = report("Exporting lines")
    async for page in export_log(connection, with_texts=with_texts):
        write(page)
        advance(len(page))


def show(proof: dict[str, Any]) -> None:
    typer.echo(orjson.dumps(proof, option=orjson.OPT_INDENT_2))


def ask(work: Callable[[Connection, Report], Awaitable[Result]], data_dir: Path | None) -> Result:
    """Do some work, and show how far it has come."""
    with database(chosen(data_dir=data_dir)) as settings, work_bar() as report:
        return asyncio.run(at(settings, lambda connection, _: work(connection, report)))
