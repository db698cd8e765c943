"""What operations see: health, metrics over all workers and their restarts, the log, traces, the version."""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import grpc
import psutil
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from server.logs import Lines
from tests.server.processes import PATIENCE, LogOf, Serve
from timeline import ENGINE_VERSION

METHOD = "eventtimeline.v1.TimelineService/ExtractTimeline"
PRIVATE = "زار الوزير القاهرة أمس، وسيلتقي نظيره يوم الجمعة المقبل."
REQUEST = pb.ExtractTimelineRequest(article=pb.Article(id="7", text=PRIVATE, publication=pb.Publication(country="EG")))
REQUEST.article.publication.publish_time.FromJsonString("2024-03-27T18:00:00Z")


class Admin:
    """The admin address of a server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        said = process.stdout.readline()
        assert said.startswith("admin on "), said
        self.address = said.split()[-1]

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.address, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def metric(self, name: str, **labels: str) -> float:
        """Return the sum of a sample over what its other labels say."""
        _, text = self.get("/metrics")
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        return sum(sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items())


def ask(
    address: str, request: pb.ExtractTimelineRequest = REQUEST, metadata: tuple[tuple[str, str], ...] = ()
) -> grpc.StatusCode:
    # Each on a connection of its own, so that the kernel picks a worker anew.
    with grpc.insecure_channel(address, [("grpc.use_local_subchannel_pool", 1)]) as channel:
        call = TimelineServiceStub(channel).ExtractTimeline.future(
            request, wait_for_ready=True, timeout=PATIENCE, metadata=metadata
        )
        call.exception()
        return call.code()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_metrics_add_up_over_workers_and_their_restarts(serve: Serve) -> None:
    process, address = serve("--workers", "2", "--admin", "127.0.0.1:0")
    admin = Admin(process)
    bad = pb.ExtractTimelineRequest(article=pb.Article(text=" "))
    for _ in range(10):
        assert ask(address) is grpc.StatusCode.OK
    for _ in range(3):
        assert ask(address, bad) is grpc.StatusCode.INVALID_ARGUMENT

    def counted(code: str) -> float:
        return admin.metric("eventtimeline_requests_total", method=METHOD, code=code, protocol="grpc")

    # A call is booked when it ends, which its caller may see a moment earlier.
    until(lambda: (counted("OK"), counted("INVALID_ARGUMENT")) == (10, 3))
    before = admin.metric("eventtimeline_expressions_total", basis="relative_to_publication")
    assert before == 20
    assert admin.metric("eventtimeline_events_total") == 20
    assert admin.metric("eventtimeline_articles_total", outcome="read") == 10
    assert admin.metric("eventtimeline_articles_total", outcome="failed") == 3
    assert admin.metric("eventtimeline_request_text_bytes_sum") == 10 * len(PRIVATE.encode()) + 3
    assert admin.metric("eventtimeline_request_seconds_count") == 13
    assert admin.metric("eventtimeline_build_info", version=ENGINE_VERSION, build="source") == 1
    assert admin.metric("eventtimeline_workers") == 2
    assert admin.metric("eventtimeline_worker_restarts_total") == 0
    for worker in ("0", "1"):
        assert 20e6 < admin.metric("eventtimeline_worker_resident_bytes", worker=worker) < 150e6
    for child in psutil.Process(process.pid).children():
        child.kill()
    until(lambda: admin.metric("eventtimeline_worker_restarts_total") == 2 and admin.metric("eventtimeline_workers") == 2)
    assert counted("OK") == 10
    assert ask(address) is grpc.StatusCode.OK
    until(lambda: counted("OK") == 11)


def test_ready_follows_the_workers_and_alive_does_not(serve: Serve) -> None:
    process, _ = serve("--workers", "1", "--admin", "127.0.0.1:0")
    admin = Admin(process)
    assert admin.get("/livez")[0] == admin.get("/readyz")[0] == 200
    assert admin.get("/")[0] == 404
    (child,) = psutil.Process(process.pid).children()
    child.send_signal(signal.SIGKILL)
    until(lambda: admin.get("/readyz")[0] == 503)
    assert admin.get("/livez")[0] == 200
    until(lambda: admin.get("/readyz")[0] == 200)


def test_health_answers_by_name(address: str) -> None:
    with grpc.insecure_channel(address) as channel:
        check: grpc.UnaryUnaryMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_unary(
            "/grpc.health.v1.Health/Check", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
        )
        for name in ("", "eventtimeline.v1.TimelineService", "liveness"):
            assert check(HealthCheckRequest(service=name)).status == HealthCheckResponse.SERVING
        watch: grpc.UnaryStreamMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_stream(
            "/grpc.health.v1.Health/Watch", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
        )
        statuses = watch(HealthCheckRequest(service="weather"))
        assert next(statuses).status == HealthCheckResponse.SERVICE_UNKNOWN
        statuses.cancel()


def test_health_answers_while_every_call_that_may_be_held_is(serve: Serve) -> None:
    _, address = serve("--workers", "1", "--max-calls", "2")
    done = threading.Event()

    def waiting() -> Iterator[pb.ExtractTimelinesRequest]:
        yield pb.ExtractTimelinesRequest(article=REQUEST.article)
        done.wait(PATIENCE)

    with grpc.insecure_channel(address) as channel:
        streams = [TimelineServiceStub(channel).ExtractTimelines(waiting()) for _ in range(2)]
        assert [next(stream).article_id for stream in streams] == ["7", "7"]
        assert ask(address) is grpc.StatusCode.RESOURCE_EXHAUSTED
        check: grpc.UnaryUnaryMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_unary(
            "/grpc.health.v1.Health/Check", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
        )
        assert check(HealthCheckRequest(), timeout=5).status == HealthCheckResponse.SERVING
        done.set()


def test_a_call_is_one_line_of_json_without_its_text(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "1")
    assert ask(address, metadata=(("x-request-id", "desk-7"),)) is grpc.StatusCode.OK
    assert (
        ask(address, pb.ExtractTimelineRequest(), metadata=(("x-request-id", 'no"good'),)) is grpc.StatusCode.INVALID_ARGUMENT
    )
    until(lambda: log(process).count("\n") == 2)
    good, bad = map(json.loads, log(process).splitlines())
    assert (good["request_id"], good["method"], good["code"], good["level"]) == ("desk-7", METHOD, "OK", "info")
    assert (good["articles"], good["times"], good["events"], good["text_bytes"]) == (1, 2, 2, len(PRIVATE.encode()))
    assert good["ms"] > 0
    assert good["process"] == "worker-0"
    assert bad["code"] == "INVALID_ARGUMENT"
    assert bad["request_id"] not in ("", 'no"good')
    assert "الوزير" not in log(process)


def test_the_caller_gets_the_name_of_its_call(address: str) -> None:
    with grpc.insecure_channel(address) as channel:
        stub = TimelineServiceStub(channel)
        _, call = stub.ExtractTimeline.with_call(REQUEST, metadata=(("x-request-id", "desk-7"),))
        assert dict(call.trailing_metadata() or ())["x-request-id"] == "desk-7"
        _, call = stub.ExtractTimeline.with_call(REQUEST)
        assert len(str(dict(call.trailing_metadata() or ())["x-request-id"])) == 16


@pytest.mark.parametrize("level", ["warning", "error"])
def test_a_higher_level_leaves_calls_out(serve: Serve, log: LogOf, level: str) -> None:
    process, address = serve("--workers", "1", "--log-level", level, "--log-format", "text")
    assert ask(address) is grpc.StatusCode.OK
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert log(process) == ""


@pytest.mark.parametrize("as_json", [True, False])
def test_an_error_is_logged_by_type_and_place_and_never_by_its_message(as_json: bool) -> None:  # noqa: FBT001 - a parameter
    def read(text: str) -> None:
        raise RuntimeError(f"no rule for {text}")

    with pytest.raises(RuntimeError) as caught:
        read(PRIVATE)
    info = (caught.type, caught.value, caught.tb)
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, "reference %s", ("r1",), info)
    line = Lines("worker-0", as_json=as_json).format(record)
    assert "reference r1" in line
    assert "RuntimeError" in line
    assert "test_watching.py" in line
    assert "الوزير" not in line
    assert "\n" not in line
    if as_json:
        assert json.loads(line)["error"] == "RuntimeError"


def test_a_call_is_a_span_below_its_caller_s(serve: Serve) -> None:
    sent: list[ExportTraceServiceRequest] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, args=(0.1,), daemon=True).start()
        endpoint = f"http://127.0.0.1:{collector.server_port}/v1/traces"
        environment = os.environ | {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": endpoint, "OTEL_SERVICE_NAME": "timelines"}
        process, address = serve("--workers", "1", "--traces", environment=environment)
        trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
        assert ask(address, metadata=(("traceparent", f"00-{trace}-{parent}-01"),)) is grpc.StatusCode.OK
        assert ask(address, pb.ExtractTimelineRequest()) is grpc.StatusCode.INVALID_ARGUMENT
        process.terminate()
        assert process.wait(PATIENCE) == 0
        collector.shutdown()
    spans = [
        span for each in sent for resource in each.resource_spans for scope in resource.scope_spans for span in scope.spans
    ]
    assert [span.name for span in spans] == [METHOD, METHOD]
    assert spans[0].trace_id.hex() == trace
    assert spans[0].parent_span_id.hex() == parent
    assert spans[1].status.message == "INVALID_ARGUMENT"
    assert "الوزير" not in str(spans)
