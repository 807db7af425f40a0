"""Traces, as a collector gets them: each span under the right one, and nothing secret."""

import subprocess
import sys
from typing import Any

import httpx2
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from app.telemetry.traces import tracing
from tests.fixtures.collector import Collector, attributes, collecting

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TOLD = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
SECRET = "only-for-my-eyes"


async def collected(settings: Settings, *requests: tuple[dict[str, Any], dict[str, str]]) -> Collector:
    """What a server sends to its collector in the course of some requests, each a body and headers."""
    with collecting() as collector:
        app = create_app(settings.model_copy(update={"otlp_endpoint": f"{collector.url}/"}))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http,
        ):
            for body, headers in requests:
                await http.post("/graphql", json=body, headers=headers)
        return collector


def named(collector: Collector, name: str) -> Span:
    (found,) = [span for span in collector.spans if span.name == name]
    return found


async def test_a_request_is_traced_from_its_client_to_its_statements(
    settings: Settings, connection: Connection
) -> None:
    query = 'query Look { registeredModel(name: "x") { id } }'
    collector = await collected(settings, ({"query": query}, TOLD))

    statement = named(collector, "registry/Query.registeredModel")
    operation = named(collector, "query Look")
    request = named(collector, "POST /graphql")
    assert {span.trace_id.hex() for span in collector.spans} == {TRACE}
    assert request.parent_span_id.hex() == PARENT
    assert operation.parent_span_id == request.span_id
    assert statement.parent_span_id == operation.span_id
    assert (request.kind, operation.kind, statement.kind) == (
        Span.SPAN_KIND_SERVER,
        Span.SPAN_KIND_INTERNAL,
        Span.SPAN_KIND_CLIENT,
    )
    assert attributes(request)["http.response.status_code"] == "200"
    assert attributes(operation) == {"graphql.operation.type": "query", "graphql.operation.name": "Look"}
    assert attributes(statement) == {"db.system.name": "neo4j", "db.query.summary": statement.name}
    (resource,) = collector.resources
    assert ("service.name", "pedigree") in {(a.key, a.value.string_value) for a in resource.resource.attributes}


async def test_the_statements_of_a_write_are_under_its_transaction(settings: Settings, connection: Connection) -> None:
    query = 'mutation { createRegisteredModel(input: {name: "x"}) { __typename } }'
    collector = await collected(settings, ({"query": query}, {}))

    *_, transaction = [span for span in collector.spans if span.name == "transaction"]
    assert named(collector, "graph/add").parent_span_id == transaction.span_id
    assert transaction.parent_span_id == named(collector, "mutation").span_id
    assert named(collector, "POST /graphql").parent_span_id == b""


async def test_a_failure_shows_its_code_and_nothing_of_what_was_sent(
    settings: Settings, connection: Connection
) -> None:
    query = "query Look($name: String!) { registeredModel(name: $name) { versions(first: 101) { totalCount } } }"
    create = f'mutation {{ createRegisteredModel(input: {{name: "{SECRET}"}}) {{ __typename }} }}'
    collector = await collected(
        settings, ({"query": create}, {}), ({"query": query, "variables": {"name": SECRET}}, {}), ({"query": "{"}, {})
    )

    failed = named(collector, "query Look")
    assert failed.status.code == Status.STATUS_CODE_ERROR
    assert attributes(failed)["error.type"] == "INVALID_INPUT"
    assert attributes(named(collector, "GraphQL Operation")) == {"error.type": "INVALID_QUERY"}
    assert [body for body in collector.bodies if SECRET.encode() in body] == []


def test_without_a_collector_nothing_is_made_or_imported(settings: Settings) -> None:
    assert tracing(settings).tracer is None
    text = "import sys, app.cli; sys.exit(any(name.startswith('opentelemetry.sdk') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", text], check=False).returncode == 0
