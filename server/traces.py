"""OpenTelemetry traces, where they are asked for: a span a call, below the caller's. Set up by the usual OTEL_ variables."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from server.calls import Call

FLUSH_SECONDS = 2.0
"""How long the end may wait for the last spans to be taken: nobody's calls depend on them."""

Tell = Callable[[str], None]
"""What the end of a call is told to: the name of its code."""
Tracer = Callable[[Call], AbstractContextManager[Tell]]


def silent(_: Call) -> AbstractContextManager[Tell]:
    """Trace nothing."""
    return nullcontext(lambda _code: None)


def tracer() -> tuple[Tracer, Callable[[], None]]:
    """Return what traces a call, and what sends the rest at the end; raises ImportError without the extra `otel`."""
    from opentelemetry import propagate, trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    spans = provider.get_tracer("eventtimeline.server")

    @contextmanager
    def traced(call: Call) -> Iterator[Tell]:
        parent = propagate.extract({"traceparent": call.trace_parent} if call.trace_parent else {})
        service, _, method = call.method.rpartition("/")
        attributes = {
            "rpc.system": call.protocol,
            "rpc.service": service,
            "rpc.method": method,
            "eventtimeline.request_id": call.request_id,
        }
        with spans.start_as_current_span(
            call.method,
            context=parent,
            kind=trace.SpanKind.SERVER,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:

            def tell(code: str) -> None:
                span.set_attribute("rpc.response.status_code", code)
                span.set_attribute("eventtimeline.articles", call.articles)
                span.set_attribute("eventtimeline.text_bytes", call.text_bytes)
                if code != "OK":
                    span.set_status(trace.StatusCode.ERROR, code)

            yield tell

    def flush() -> None:
        # The exporter keeps trying beyond any time that it is given.
        sending = threading.Thread(target=provider.force_flush, daemon=True)
        sending.start()
        sending.join(FLUSH_SECONDS)

    return traced, flush
