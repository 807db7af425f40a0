"""Sends spans to a collector, as OTLP over HTTP. Imported by those alone who trace: OpenTelemetry's SDK takes its time.

What is not said here, the standard variables `OTEL_...` say: sampling, headers, the service's name, time-outs.
"""

from collections.abc import Callable
from threading import Thread

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer

PATIENCE = 3.0  # seconds that the last spans have to get away


def exporting(endpoint: str) -> tuple[Tracer, Callable[[], None]]:
    """What makes spans for the collector at this address, and what ends that."""
    resource = Resource.create({SERVICE_NAME: "pedigree"}).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint)))

    def close() -> None:
        ending = Thread(target=provider.shutdown, daemon=True)  # insists for half a minute when nobody is there
        ending.start()
        ending.join(PATIENCE)

    return provider.get_tracer("pedigree"), close
