"""What Prometheus is told, summed over the workers: each writes files of its own, whoever serves them adds up.

A worker is known by its number, which its successor inherits: counters go on after a restart, and files do not pile up.
"""

from __future__ import annotations

import os
from pathlib import Path

import grpc
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

from eventtimeline.v1 import timeline_pb2 as pb
from server.build import build
from server.calls import Call
from timeline import ENGINE_VERSION

FILES = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder of the files."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
BYTES = tuple(float(1 << power) for power in range(9, 24, 2))
STATM = Path("/proc/self/statm")


class Metrics:
    """The metrics of one worker."""

    def __init__(self, worker: int) -> None:
        values.ValueClass = values.MultiProcessValue(lambda: worker)  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        self._registry = registry
        self._requests = Counter(
            "eventtimeline_requests", "Calls that have ended", ["method", "protocol", "code"], registry=registry
        )
        self._seconds = Histogram(
            "eventtimeline_request_seconds", "How long calls took", ["method"], buckets=SECONDS, registry=registry
        )
        self._sizes = Histogram(
            "eventtimeline_request_text_bytes",
            "Text of a call, in bytes of UTF-8",
            ["method"],
            buckets=BYTES,
            registry=registry,
        )
        self._answers = Histogram(
            "eventtimeline_response_bytes", "Answers of a call, in bytes", ["method"], buckets=BYTES, registry=registry
        )
        self._articles = Counter("eventtimeline_articles", "Texts that were read, or refused", ["outcome"], registry=registry)
        self._cut = Counter("eventtimeline_articles_cut", "Texts whose reading took too long", registry=registry)
        self._times = Counter("eventtimeline_expressions", "Time expressions found", ["basis"], registry=registry)
        self._events = Counter("eventtimeline_events", "Events found", ["basis"], registry=registry)
        self._reloads = Counter("eventtimeline_reloads", "Changed files that were read anew", ["outcome"], registry=registry)
        labels = ["version", "build", "grpc"]
        self._build = Gauge("eventtimeline_build_info", "What runs", labels, multiprocess_mode="max", registry=registry)
        self._build.labels(ENGINE_VERSION, build(), grpc.__version__).set(1)
        self._calls = Gauge("eventtimeline_calls", "Calls being answered", multiprocess_mode="sum", registry=registry)
        self._memory = Gauge(
            "eventtimeline_worker_resident_bytes", "Resident memory", ["worker"], multiprocess_mode="max", registry=registry
        ).labels(str(worker))
        self._bases = {int(number): _name(number) for number in pb.Basis.values()}
        self.beat(0)

    def ended(self, call: Call, code: str, seconds: float) -> None:
        """Count a call that has ended."""
        self._requests.labels(call.method, call.protocol, code).inc()
        self._seconds.labels(call.method).observe(seconds)
        if not call.articles:
            return
        self._sizes.labels(call.method).observe(call.text_bytes)
        self._answers.labels(call.method).observe(call.response_bytes)
        failed = call.articles if code != "OK" and not call.failed else call.failed
        if failed:
            self._articles.labels("failed").inc(failed)
        if call.articles > failed:
            self._articles.labels("read").inc(call.articles - failed)
        if call.cut:
            self._cut.inc(call.cut)
        for metric, counted in ((self._times, call.times), (self._events, call.events)):
            for basis, count in counted.items():
                metric.labels(self._bases[basis]).inc(count)

    def beat(self, calls: int) -> None:
        """Say how many calls are being answered, and how much memory this process holds."""
        self._calls.set(calls)
        self._memory.set(resident_bytes())

    def reloaded(self, good: bool) -> None:  # noqa: FBT001 - what happened
        """Count a changed file that was, or could not be, read anew."""
        self._reloads.labels("good" if good else "bad").inc()


def _name(basis: int) -> str:
    return "none" if not basis else pb.Basis.Name(pb.Basis.ValueType(basis)).removeprefix("BASIS_").lower()


def resident_bytes() -> int:
    """Return the resident memory of this process, 0 where the system does not tell."""
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
