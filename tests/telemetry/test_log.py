"""Logs of a real server: one line per operation, the libraries' in the same form, and nothing secret."""

import os
import socket
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
import structlog

from app.settings import Settings
from app.telemetry.log import rendering
from tests.fixtures.pedigree_process import PedigreeProcess, served

SECRET = "only-for-my-eyes"
CREATE = "mutation Create($input: CreateRegisteredModelInput!) { createRegisteredModel(input: $input) { __typename } }"


@pytest.fixture(scope="module")
def logged(settings: Settings, neo4j: object) -> Iterator[list[dict[str, Any]]]:
    """What a server logs in the course of a few requests."""
    with served(settings.model_copy(update={"port": 0})) as server:
        ask(server)
        server.process.terminate()
        assert server.process.wait() == 0
        yield [orjson.loads(line) for line in server.output().splitlines()]


def ask(server: PedigreeProcess) -> None:
    """A few requests, and bytes that are none."""
    with server.client() as http:
        for id, body in {
            "good": {"query": "query Page($first: Int) { registeredModels(first: $first) { totalCount } }"},
            "nameless": {"query": "{ registeredModels { totalCount } }"},
            "wrong": {"query": "query Wrong { nope }"},
            "refused": {"query": CREATE, "variables": {"input": {"name": SECRET, "description": SECRET * 1000}}},
        }.items():
            http.post("/graphql", json=body, headers={"X-Request-ID": id})
        http.post("/graphql", content=b"{", headers={"Content-Type": "application/json", "X-Request-ID": "broken"})
        http.get("/readyz")
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(b"what?\r\n\r\n")
        connection.recv(1024)


def test_every_operation_is_one_line(logged: list[dict[str, Any]]) -> None:
    told = {line["request_id"]: line for line in logged if line["event"] == "operation"}
    assert {id: (line["operation"], line["code"], line["status"]) for id, line in told.items()} == {
        "good": ("Page", "OK", 200),
        "nameless": (None, "OK", 200),
        "wrong": (None, "INVALID_QUERY", 200),
        "refused": ("Create", "INVALID_INPUT", 200),
        "broken": (None, "INVALID_REQUEST", 400),
    }
    assert all(line["level"] == "info" and line["seconds"] > 0 for line in told.values())


def test_what_is_no_operation_is_no_line(logged: list[dict[str, Any]]) -> None:
    assert [line for line in logged if "readyz" in str(line)] == []


def test_the_variables_are_secret(logged: list[dict[str, Any]], settings: Settings) -> None:
    assert settings.neo4j_password is not None
    text = str(logged)
    assert SECRET not in text
    assert settings.neo4j_password.get_secret_value() not in text


def test_the_libraries_say_it_in_the_same_form(logged: list[dict[str, Any]]) -> None:
    [warning] = [line for line in logged if line["event"] != "operation"]
    assert (warning["event"], warning["level"]) == ("Invalid HTTP request received.", "warning")
    assert warning["logger"] == "uvicorn.error"
    assert "timestamp" in warning


def test_a_terminal_shows_lines_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    manager, terminal = os.openpty()
    with os.fdopen(manager, "rb"), os.fdopen(terminal, "w") as shown:
        monkeypatch.setattr(sys, "stderr", shown)
        assert isinstance(rendering("auto")[-1], structlog.dev.ConsoleRenderer)
        assert isinstance(rendering("json")[-1], structlog.processors.JSONRenderer)
