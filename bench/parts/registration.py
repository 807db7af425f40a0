"""Registering a version with its lineage: a statement written by hand, and the mutation, which answers for more."""

from bench.book import Book
from bench.cases import REGISTER
from bench.contenders import Contender
from bench.parts.reads import CONCURRENCIES, HEAD, check, tell
from bench.rounds import compare
from bench.stage import Stage

TEXT = """Raw writes the same nodes and edges in one statement and reads nothing back. The mutation checks its input and
what it names, numbers under a lock, appends audit events with canonical JSON and digest, and reads the version back."""


async def measure(stage: Stage, book: Book) -> None:
    """Versions of many models."""
    table = book.table("Registration", TEXT, *HEAD)
    contenders: list[Contender] = [stage.raw, stage.pedigree]
    await check(REGISTER, contenders, stage.sizes, without=("id", "number"))
    variables = REGISTER.variables(stage.sizes)
    clients = {contender.name: contender.asked(REGISTER, variables) for contender in contenders}
    for concurrency in CONCURRENCIES:
        tell(REGISTER, concurrency, await compare(clients, concurrency=concurrency), table)
