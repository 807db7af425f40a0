"""What it costs that something is hidden: the same answers for somebody who sees everything and for somebody who does
not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from app.database.connection import Connection, connect
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.identity import CreateServiceAccount, create_service_account, ensure_actor
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.writing import Caller, Writer
from bench.book import Book, Table, milliseconds, rate, ratio
from bench.cases import READS, Case
from bench.contenders import sending
from bench.http import graphql
from bench.processes import pedigree
from bench.rounds import Figures, compare
from bench.stage import Stage

HIDDEN = 100  # models
ALL, PART = "sees everything", "sees a part"
CASES = tuple(case for case in READS if case.name in ("lookup", "page", "lineage_1k", "lineage_10k"))
HEAD = ("case", "who", "p50", "p95", "throughput", "p50 / all")
# Those with few versions: what is asked for stays what it was.
HIDE = "MATCH (m:RegisteredModel) WITH m ORDER BY m.lastNumber, m.name LIMIT $count SET m.isPrivate = true"
SHOW = "MATCH (m:RegisteredModel {isPrivate: true}) REMOVE m.isPrivate"
TEXT = f"""{HIDDEN} models are private. One asks with a grant over the whole registry, the other with none; both sign in
with a token at the same server, which finds out what is hidden from them anew for each request."""


async def measure(stage: Stage, book: Book) -> None:
    """Look-up, page and lineage for both."""
    table = book.table("What is private", TEXT, *HEAD)
    async with hidden(stage):
        tokens = await signed_in(stage)
        with signing_in(stage) as url:
            for case in CASES:
                figures = await side_by_side(stage, case, url, tokens)
                tell(case, figures, table, book)


async def side_by_side(stage: Stage, case: Case, url: str, tokens: dict[str, str]) -> dict[str, Figures]:
    document, variables = case.document("graphql"), case.variables(stage.sizes)
    clients = {
        who: sending(url, [graphql(url, document, some, token=token) for some in variables])
        for who, token in tokens.items()
    }
    return await compare(clients, concurrency=1)


def tell(case: Case, figures: dict[str, Figures], table: Table, book: Book) -> None:
    for who, own in figures.items():
        shown = (milliseconds(own.p50), milliseconds(own.p95), rate(own.throughput, own.refused))
        table.add(case.title, who, *shown, ratio(own.slower(figures[ALL])))
    if case.name == "lineage_10k":
        book.at_most(f"{case.title}, of which a part is hidden", 1.5, figures[PART].slower(figures[ALL]))


@asynccontextmanager
async def hidden(stage: Stage) -> AsyncIterator[None]:
    """Some models are private for as long as the context lasts."""
    await stage.driver.execute_query(HIDE, count=HIDDEN)
    try:
        yield
    finally:
        await stage.driver.execute_query(SHOW)


@contextmanager
def signing_in(stage: Stage) -> Iterator[str]:
    """A server at which everybody signs in, and nobody's points run out."""
    with pedigree(stage.neo4j, {"PEDIGREE_AUTH": "true", "PEDIGREE_RATE": "0"}) as url:
        yield url


async def signed_in(stage: Stage) -> dict[str, str]:
    """The tokens of both."""
    auth = (stage.neo4j.username, stage.neo4j.password)
    async with connect(stage.neo4j.uri, auth) as connection:
        return {
            ALL: await token(connection, "bench-insider", "VIEWER"),
            PART: await token(connection, "bench-outsider", None),
        }


async def token(connection: Connection, name: str, role: str | None) -> str:
    writer = Writer(connection, Caller(await ensure_actor(connection, "bench")))
    await create_service_account(writer, CreateServiceAccount(name=name))
    if role:
        await create_grant(writer, CreateGrant.model_validate({"to": {"name": name}, "role": role}))
    made = await create_api_token(writer, CreateApiToken.model_validate({"name": "bench", "actor": {"name": name}}))
    return str(made.secret)
