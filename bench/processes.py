"""The servers that are measured, each a process of its own that ends with us."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from app.database.local import LocalNeo4j

PEDIGREE = Path(sys.executable).with_name("pedigree")
# A machine that does other things, too, may need long for the first answer: it is measured, not refused.
PATIENT = {
    "PEDIGREE_AUTH": "false",
    "PEDIGREE_LOG_LEVEL": "warning",
    "PEDIGREE_READ_TIMEOUT": "120",
    "PEDIGREE_WRITE_TIMEOUT": "120",
    "PEDIGREE_EXECUTION_TIMEOUT": "120",
    "PEDIGREE_MAX_WAIT": "120",
}


class DidNotStart(Exception):
    """A server ended, or said nothing, before it was ready."""


@contextmanager
def server(
    command: Sequence[str | Path], ready: str, environment: Mapping[str, str], folder: Path | None = None
) -> Iterator[str]:
    """A server, once it has said `ready`, a pattern whose first group is its URL. It is ended with its children."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        url = ready_url(process.stdout, ready)
        threading.Thread(target=process.stdout.read, daemon=True).start()  # or it would wait for a reader
        yield url
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def ready_url(output: IO[str], ready: str) -> str:
    said = []
    for line in output:
        said.append(line)
        if found := re.search(ready, line):
            return found[1]
    raise DidNotStart("".join(said[-20:]))


@contextmanager
def pedigree(neo4j: LocalNeo4j, more: Mapping[str, str] | None = None) -> Iterator[str]:
    """`pedigree serve` on a Neo4j that runs. Gives the URL of its GraphQL."""
    environment = {**PATIENT, **credentials(neo4j), **(more or {})}
    command = (PEDIGREE, "serve", "--port", "0")
    with server(command, r"Pedigree is ready at (http://\S+)", environment) as url:
        yield f"{url}/graphql"


def credentials(neo4j: LocalNeo4j) -> dict[str, str]:
    """The variables that lead a process to a Neo4j."""
    return {"NEO4J_URI": neo4j.uri, "NEO4J_USERNAME": neo4j.username, "NEO4J_PASSWORD": neo4j.password}
