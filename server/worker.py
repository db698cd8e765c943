"""One process of the server: `python -m server.worker NUMBER`, started by the supervisor, its options on standard input.

gRPC's threads send and receive; the main thread reads the articles, one at a time (see turns.py), until SIGTERM, SIGINT or the
end of the supervisor.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import grpc
from grpc_reflection.v1alpha import reflection

from server import logs, tls, tokens, traces
from server.alarm import Alarm
from server.config import Address, Options, from_line
from server.desk import Desk
from server.files import Reloaded
from server.health import MOST_WATCHERS, Health
from server.health import NAME as HEALTH
from server.lanes import FAST, Arrivals, Lanes, Streams
from server.limits import Limits
from server.metrics import FILES, Metrics
from server.rpc import Door, handlers
from server.service import SERVICE, TimelineService, as_bytes, as_message
from server.supervisor import BEAT_SECONDS, STOP_SIGNALS
from server.turns import Turns
from server.web import Web
from timeline import Article, Extractor

SPARE_THREADS = 16
"""Threads beyond the limit of calls, where the few that answer are held up: for reflection, say."""
HANDSHAKE_SECONDS = 5
AGE_GRACE = 30
"""Seconds that calls have when their connection has reached its age; longer than the longest deadline that makes sense."""
SWITCH_SECONDS = 0.02
"""How long the reading thread keeps the interpreter while others want it. At Python's own 5 ms it is taken away several times an
article, and a seventh of the throughput with it; at 100 ms, callers and health would wait while a long article is read."""
FIRST = "5 March 2024"
"""Read before anybody asks: a date in another script loads a large package, for which the first caller would wait."""
OVERDUE = 5.0
"""Seconds beyond its budget after which an article has not been cut, and the worker is as good as dead."""

Within = Callable[[Callable[[], Any], float], Any]


class Worker:
    """A gRPC server with the service and health, perhaps reflection; `within` cuts what takes too long (see Turns)."""

    def __init__(self, extractor: Extractor, options: Options, within: Within, metrics: Metrics | None = None) -> None:
        self._options = options
        self._metrics = metrics
        self._limits = Limits(options.max_calls)
        trace, self._flush = traces.tracer() if options.traces else (traces.silent, lambda: None)
        desk = Desk(metrics, trace)
        self.turns = Turns(within, options.article_seconds)
        reloaded = (lambda _: None) if metrics is None else metrics.reloaded
        known = Reloaded([options.tokens], lambda: tokens.load(options.tokens), reloaded) if options.tokens else None
        self._certificates = Reloaded(tls.paths(options), lambda: tls.load(options), reloaded) if options.tls else None
        service = TimelineService(extractor, self.turns, options, as_bytes)
        self._health = Health()
        context = Reloaded(tls.paths(options), lambda: tls.context(options)).get if options.tls else None
        self._web = Web(
            TimelineService(extractor, self.turns, options, as_message), desk, self._limits, options, known, context
        )
        arrivals = Arrivals(self._limits)
        lanes = Lanes(FAST, options.max_calls + SPARE_THREADS, arrivals)
        streams = Streams(options.max_calls, arrivals)
        threads: Any = lanes  # gRPC asks for a ThreadPoolExecutor, and submits to it
        self._server = grpc.server(
            threads,
            handlers=[handlers(service, desk, streams), self._health.handlers()],
            interceptors=[Door(desk, known, self._limits, arrivals)],
            # Beyond the limit, where refusals say more, and beyond what watches of the health take.
            maximum_concurrent_rpcs=options.max_calls + SPARE_THREADS + MOST_WATCHERS,
            options=[
                ("grpc.so_reuseport", 1),
                ("grpc.max_concurrent_streams", options.max_calls + SPARE_THREADS),
                # A little over the limit of the text, so that its own error answers first and names the field.
                ("grpc.max_receive_message_length", options.max_text_bytes + options.max_text_bytes // 4 + 1024),
                ("grpc.max_send_message_length", -1),
                ("grpc.server_handshake_timeout_ms", HANDSHAKE_SECONDS * 1000),
                ("grpc.max_connection_age_ms", round(options.connection_age * 1000)),
                ("grpc.max_connection_age_grace_ms", AGE_GRACE * 1000),
            ],
        )
        if options.reflects:
            reflection.enable_server_reflection((SERVICE, HEALTH, reflection.SERVICE_NAME), self._server)

    def start(self, address: Address) -> int:
        """Serve at an address and return its port; raises RuntimeError where it can't be had."""
        port = self._listen(str(address))
        self._server.start()
        if self._options.http:
            self._web.start(self._options.http)
        self._health.serve()
        return port

    def _listen(self, address: str) -> int:
        if self._certificates is None:
            return self._server.add_insecure_port(address)
        certificates = self._certificates
        sent = certificates.get()

        def newest() -> Any:  # noqa: ANN401 - None where nothing has changed, which the stubs do not know
            nonlocal sent
            found = certificates.get()
            if found is sent:
                return None
            sent = found
            return _configuration(found)

        credentials = grpc.dynamic_ssl_server_credentials(
            _configuration(sent), newest, require_client_authentication=bool(sent.client_ca)
        )
        return self._server.add_secure_port(address, credentials)

    def drain(self) -> None:
        """Say NOT_SERVING, take no new calls, and return when those that have begun are finished or the grace is over."""
        self._health.drain()
        stopped = self._server.stop(self._options.grace)
        self._web.drain(self._options.grace)
        stopped.wait()
        self._flush()
        self.turns.close()

    def beat(self) -> bool:
        """Bring the metrics up to date, and return whether reading goes on."""
        if self._metrics is not None:
            self._metrics.beat(self._limits.calls)
        return self.turns.busy_seconds() < self._options.article_seconds + OVERDUE


def _configuration(certificates: tls.Certificates) -> grpc.ServerCertificateConfiguration:
    pair = (certificates.key, certificates.chain)
    return grpc.ssl_server_certificate_configuration([pair], root_certificates=certificates.client_ca or None)


def main() -> int:
    """Serve until told to stop; return 0."""
    # Blocked in every thread, so that one of them can wait for them.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    number = int(sys.argv[1])
    options = from_line(sys.stdin.readline())
    logs.set_up(options, f"worker-{number}")
    alarm = Alarm()
    extractor = Extractor()
    extractor.extract(Article(FIRST))
    worker = Worker(extractor, options, alarm.run, Metrics(number) if FILES in os.environ else None)
    # What was loaded stays: the collector of cycles need not look at it again.
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
    worker.start(options.listen)
    threading.Thread(target=_follow_supervisor, daemon=True).start()
    threading.Thread(target=_beat, args=(worker, _said_to_supervisor()), daemon=True).start()
    threading.Thread(target=_wait_for_signal, args=(worker, alarm), daemon=True).start()
    worker.turns.serve()
    return 0


def _said_to_supervisor() -> int:
    """Return where the supervisor listens; whatever else is printed from here on belongs with the log."""
    sys.stdout.flush()
    pipe = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def _beat(worker: Worker, pipe: int) -> None:
    """Tell the supervisor, from the moment of serving on, that this worker is alive; silence is how one that hangs is found."""
    stopped = threading.Event()
    os.write(pipe, b"serving\n")
    while not stopped.wait(BEAT_SECONDS):
        if worker.beat():
            os.write(pipe, b"beat\n")


def _follow_supervisor() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _wait_for_signal(worker: Worker, alarm: Alarm) -> None:
    signal.sigwait(STOP_SIGNALS)
    try:
        worker.drain()
    finally:
        # What is still being read is read for nobody: the grace is over.
        worker.turns.close()
        alarm.cut()


if __name__ == "__main__":
    sys.exit(main())
