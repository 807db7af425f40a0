"""What the client costs by itself."""

import sys
import time

from bench.book import Book, milliseconds, rate
from bench.contenders import sending
from bench.http import graphql
from bench.parts.reads import CONCURRENCIES
from bench.processes import server
from bench.rounds import turn

TEXT = """The client against a server that answers every request with `{}`: no figure below can be better than these.
The last column is the processor time of the client for one request."""


async def measure(book: Book) -> None:
    """A small question, answered with nothing."""
    table = book.table("The client itself", TEXT, "clients", "p50", "throughput", "client")
    with server([sys.executable, "-m", "bench.floor"], r"ready at (http://\S+)", {}) as url:
        clients = sending(url, [graphql(url, "{ __typename }", {})])
        for concurrency in CONCURRENCIES:
            await turn(clients, concurrency, 1)
            start = time.process_time()
            sample = await turn(clients, concurrency, 2)
            own = (time.process_time() - start) / len(sample.latencies)
            table.add(str(concurrency), milliseconds(sample.p50), rate(sample.throughput), milliseconds(own))
