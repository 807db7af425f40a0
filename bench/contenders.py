"""Who is measured: everybody answers the same question, with as many clients as are wanted."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncSession

from app.domain.identifiers import new_id
from bench.cases import Case
from bench.http import Exchange, Failed, data_of, exchanges, graphql
from bench.load import Ask
from bench.rounds import Clients
from bench.workload import Variables


class Contender(Protocol):
    """Somebody who can answer cases."""

    @property
    def name(self) -> str: ...

    def asked(self, case: Case, variables: Sequence[Variables]) -> Clients:
        """Clients that ask the case's question, with one set of variables after the other."""
        ...

    async def answer(self, case: Case, variables: Variables) -> Any:
        """What is answered, to be compared."""
        ...


@dataclass(frozen=True)
class Raw:
    """The statement written by hand, sent by the driver: nothing can be faster with it."""

    driver: AsyncDriver
    name: str = "raw"

    def asked(self, case: Case, variables: Sequence[Variables]) -> Clients:
        return partial(self.clients, case, variables)

    @asynccontextmanager
    async def clients(self, case: Case, variables: Sequence[Variables], count: int) -> AsyncIterator[list[Ask]]:
        async def ask(number: int) -> object:
            return await self.answer(case, variables[number % len(variables)])

        yield [ask] * count

    async def answer(self, case: Case, variables: Variables) -> Any:
        async with self.session(case) as session:
            record = await (await session.run(case.statement, completed(case, variables))).single(strict=True)
            return record["data"]

    async def time_of(self, case: Case, variables: Variables) -> float:
        """Seconds that Neo4j says it needed."""
        async with self.session(case) as session:
            result = await session.run(case.statement, completed(case, variables))
            await result.single(strict=True)
            summary = await result.consume()
            return ((summary.result_available_after or 0) + (summary.result_consumed_after or 0)) / 1000

    def session(self, case: Case) -> AsyncSession:
        mode = WRITE_ACCESS if case.fresh else READ_ACCESS
        return self.driver.session(database="neo4j", default_access_mode=mode)


def completed(case: Case, variables: Variables) -> Variables:
    """The parameters of the statement: the variables, and new ids."""
    return {**variables, **{name: new_id() for name in case.fresh}}


@dataclass(frozen=True)
class GraphQLServer:
    """A GraphQL server at a URL. `suffix` is that of the files with its documents.

    `said` puts what another server answers into our words, by the name of the case.
    """

    url: str
    name: str = "pedigree"
    suffix: str = "graphql"
    said: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def asked(self, case: Case, variables: Sequence[Variables]) -> Clients:
        document = case.document(self.suffix)
        return sending(self.url, [graphql(self.url, document, some) for some in variables])

    async def answer(self, case: Case, variables: Variables) -> Any:
        async with exchanges(self.url, 1) as (exchange,):
            data = data_of(await exchange.ask(graphql(self.url, case.document(self.suffix), variables)))
            return self.said[case.name](data) if self.said else data


def sending(url: str, requests: Sequence[bytes]) -> Clients:
    """Clients that send one request after the other, each on a connection of its own."""
    return partial(connected, url, lambda number: requests[number % len(requests)])


@asynccontextmanager
async def connected(url: str, request: Callable[[int], bytes], count: int) -> AsyncIterator[list[Ask]]:
    """So many clients, each on a connection of its own; `request` makes the n-th request."""
    async with exchanges(url, count) as opened:
        yield [asking(exchange, request) for exchange in opened]


def asking(exchange: Exchange, request: Callable[[int], bytes]) -> Ask:
    async def ask(number: int) -> object:
        body = await exchange.ask(request(number))
        if b'"errors":[' in body[:200] or b'"errors":[' in body[-2000:]:
            raise Failed(body[:2000].decode())
        return body

    return ask
