"""Traces: what a request did, as spans, for a collector that the settings name. Without one nothing is done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, StatusCode, Tracer, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from app.settings import Settings
from app.telemetry.codes import OK

SERVER, CLIENT, INTERNAL = SpanKind.SERVER, SpanKind.CLIENT, SpanKind.INTERNAL
INCOMING = TraceContextTextMapPropagator()

# Of the request that is under way.
_tracer: ContextVar[Tracer | None] = ContextVar("tracer", default=None)


@dataclass(frozen=True)
class Tracing:
    """What makes spans, if anything does. `close` sends those that wait."""

    tracer: Tracer | None = None
    close: Callable[[], None] = lambda: None


def tracing(settings: Settings) -> Tracing:
    """Traces for the collector that the settings name."""
    endpoint = settings.otlp_traces_endpoint
    if endpoint is None and settings.otlp_endpoint:
        endpoint = f"{settings.otlp_endpoint.rstrip('/')}/v1/traces"
    if endpoint is None:
        return Tracing()
    from app.telemetry.export import exporting  # noqa: PLC0415  # a sixth of the start, for those alone who trace

    return Tracing(*exporting(endpoint))


@contextmanager
def traced_by(tracer: Tracer | None) -> Iterator[None]:
    """Trace what happens inside, if there is something that does."""
    token = _tracer.set(tracer)
    try:
        yield
    finally:
        _tracer.reset(token)


@contextmanager
def span(
    name: str,
    kind: SpanKind = INTERNAL,
    attributes: Mapping[str, AttributeValue] | None = None,
    *,
    parent: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """A span below the one that is under way, or below the one that the headers `parent` tell of."""
    tracer = _tracer.get()
    if tracer is None:
        yield INVALID_SPAN
        return
    with tracer.start_as_current_span(
        name,
        None if parent is None else INCOMING.extract(parent),
        kind,
        attributes,
        record_exception=False,  # a message may hold what nobody should read there
        set_status_on_exception=False,
    ) as traced:
        yield traced


def ids(traced: Span) -> dict[str, str]:
    """What a log says of a span, to be found by it."""
    context = traced.get_span_context()
    return {"trace_id": format_trace_id(context.trace_id)} if context.is_valid else {}


def end(traced: Span, code: str) -> None:
    """Say how what a span stands for has ended."""
    if code != OK:
        traced.set_status(StatusCode.ERROR)
        traced.set_attribute("error.type", code)
