"""Random requests to a real server with the demo's registry: none finds a fault, a leak, or an error without a code.

`make fuzz` sends 3,000; FUZZ_CASES and FUZZ_SEED change how many and which.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest
import schemathesis
from graphql import parse, print_ast
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from app.settings import Settings
from fuzz.values import declare_scalars, mended
from tests.fixtures.pedigree_process import PedigreeProcess, served
from tests.web.test_bad_requests import INSIDES

CASES = int(os.environ.get("FUZZ_CASES", "3000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
SCHEMA = Path(__file__).parents[1] / "schema.graphql"
KNOWN = """{
  registeredModels(first: 100) { nodes { id name aliases { name } latestVersion { id } } }
  datasets(first: 100) { nodes { id name latestVersion { id version } } }
  runs(first: 20) { nodes { id } }
  environments { nodes { id name endpoints { nodes { id name } } } }
  deployments { nodes { id } }
  applications { nodes { id name } }
  actors(first: 100) { nodes { id name } }
}"""
DOCUMENTED = (SCHEMA.parent / "docs/graphql.md").read_text()
CODES = frozenset(re.findall(r"^\| `([A-Z_]+)` \|.* \| (?:yes|no) \|$", DOCUMENTED, re.MULTILINE)) - {"INTERNAL"}

declare_scalars()
LOADED = schemathesis.graphql.from_path(str(SCHEMA))
OPERATIONS = {found.ok().label: found.ok() for found in LOADED.get_all_operations() if isinstance(found, Ok)}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# For some fields there are not as many different requests.
EACH = round(1.4 * CASES / (len(OPERATIONS) * len(MODES)))


@dataclass
class Server:
    """The server, what its registry knows, and how much was asked."""

    http: httpx2.Client
    known: dict[str, list[str]]
    asked: int = 0
    answered: int = 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = Settings(data_dir=tmp_path_factory.mktemp("data"), neo4j_uri=None, neo4j_port=0, port=0, auth=False)
    with served(own, "--demo") as process, httpx2.Client(base_url=process.url, timeout=60) as http:
        Thread(target=drain, args=(process,), daemon=True).start()
        data = http.post("/graphql", json={"query": KNOWN}).json()["data"]
        yield Server(http, words(data))


def drain(process: PedigreeProcess) -> None:
    """Pass on what the server says, so that it need not wait for a reader."""
    assert process.process.stdout is not None
    for line in process.process.stdout:
        sys.stdout.write(line)


def words(value: object) -> dict[str, list[str]]:
    """The ids, names and versions in an answer."""
    found: dict[str, set[str]] = {}

    def look(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                look(key, item)
        elif isinstance(value, list):
            for item in value:
                look(name, item)
        elif isinstance(value, str):
            found.setdefault(name, set()).add(value)

    look("", value)
    return {name: sorted(values) for name, values in found.items()}


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_finds_a_fault(server: Server, label: str, mode: GenerationMode) -> None:
    @seed(SEED)
    @settings(
        max_examples=EACH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(OPERATIONS[label].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        text = str(case.body)
        if mode is GenerationMode.POSITIVE:
            text = print_ast(mended(LOADED.client_schema, parse(text), server.known))
        check(server, text)

    ask()


def check(server: Server, text: str) -> None:
    """Send a document, and look at its answer."""
    response = server.http.post("/graphql", json={"query": text})
    answer = response.json()
    server.asked += 1
    server.answered += answer.get("data") is not None
    assert response.status_code == 200, (text, response.text)
    assert INSIDES.findall(response.text) == [], (text, response.text)
    for error in answer.get("errors", ()):
        assert error["extensions"]["code"] in CODES, (text, error)
        assert error["extensions"]["requestId"] == response.headers["x-request-id"]


def test_enough_was_asked_and_much_of_it_was_answered(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{server.asked} requests, {server.answered} of them executed")  # noqa: T201
    assert server.asked >= CASES
    assert server.answered >= CASES / 5
