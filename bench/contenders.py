"""Who is measured: everybody answers the same question, with as many clients as are wanted."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from neo4j import READ_ACCESS, AsyncDriver

from bench.cases import Case
from bench.graph.sizes import Sizes
from bench.http import Exchange, Failed, data_of, exchanges, graphql
from bench.load import Ask
from bench.workload import Variables


class Contender(Protocol):
    """Somebody who can answer cases."""

    @property
    def name(self) -> str: ...

    def clients(self, case: Case, sizes: Sizes, count: int) -> Any:
        """So many clients, each of which asks the case's question; an asynchronous context."""
        ...

    async def answer(self, case: Case, variables: Variables) -> Any:
        """What is answered, to be compared."""
        ...


@dataclass(frozen=True)
class Raw:
    """The statement written by hand, sent by the driver: nothing can be faster with it."""

    driver: AsyncDriver
    name: str = "raw"

    @asynccontextmanager
    async def clients(self, case: Case, sizes: Sizes, count: int) -> AsyncIterator[list[Ask]]:
        text, variables = statement(case), case.variables(sizes)

        async def ask(number: int) -> object:
            return await self.send(text, variables[number % len(variables)])

        yield [ask] * count

    async def answer(self, case: Case, variables: Variables) -> Any:
        return await self.send(statement(case), variables)

    async def send(self, text: str, variables: Variables) -> Any:
        async with self.driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
            record = await (await session.run(text, variables)).single(strict=True)
            return record["data"]


def statement(case: Case) -> str:
    text = case.text("cypher")
    assert text is not None
    return f"CYPHER 5\n{text}"


@dataclass(frozen=True)
class GraphQLServer:
    """A GraphQL server at a URL. `suffix` is that of the files with its documents.

    `said` puts what another server answers into our words, by the name of the case.
    """

    url: str
    name: str = "pedigree"
    suffix: str = "graphql"
    said: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @asynccontextmanager
    async def clients(self, case: Case, sizes: Sizes, count: int) -> AsyncIterator[list[Ask]]:
        requests = [graphql(self.url, self.document(case), variables) for variables in case.variables(sizes)]
        async with exchanges(self.url, count) as opened:
            yield [asking(exchange, requests) for exchange in opened]

    async def answer(self, case: Case, variables: Variables) -> Any:
        async with exchanges(self.url, 1) as (exchange,):
            data = data_of(await exchange.ask(graphql(self.url, self.document(case), variables)))
            return self.said[case.name](data) if self.said else data

    def document(self, case: Case) -> str:
        text = case.text(self.suffix)
        assert text is not None
        return text


def asking(exchange: Exchange, requests: list[bytes]) -> Ask:
    """Asks one request after the other on one connection, from the first again after the last."""

    async def ask(number: int) -> object:
        body = await exchange.ask(requests[number % len(requests)])
        if b'"errors":[' in body[:200] or b'"errors":[' in body[-2000:]:
            raise Failed(body[:2000].decode())
        return body

    return ask
