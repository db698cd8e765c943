"""One process of the server: `python -m server.worker`, started by the supervisor."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from server.errors import Faults
from server.options import Address, Options, parse
from server.service import SERVICE, TimelineService
from server.supervisor import STOP_SIGNALS
from timeline import Extractor

THREADS = 32
"""Calls at a time. The interpreter runs one of them; but an open stream holds its thread while its caller thinks."""
CALLS = 2 * THREADS
"""Calls that a worker holds, those that wait for a thread included; one more is answered RESOURCE_EXHAUSTED at once.

Each may hold a request of the largest size, so this bounds the memory of a worker under any load.
"""


class Worker:
    """A gRPC server with the service, health and reflection."""

    def __init__(self, extractor: Extractor, options: Options) -> None:
        self._grace = options.grace
        self._server = grpc.server(
            ThreadPoolExecutor(THREADS, thread_name_prefix="call"),
            handlers=[TimelineService(extractor, options.max_text_bytes).handlers()],
            interceptors=[Faults(SERVICE)],
            maximum_concurrent_rpcs=CALLS,
            options=[
                ("grpc.so_reuseport", 1),
                # A little over the limit of the text, so that its own error answers first and names the field.
                ("grpc.max_receive_message_length", options.max_text_bytes + options.max_text_bytes // 4),
            ],
        )
        self._health = health.HealthServicer(experimental_non_blocking=True)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        reflection.enable_server_reflection((SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME), self._server)

    def start(self, address: Address) -> int:
        """Serve at an address and return its port; raises RuntimeError where it can't be had."""
        port = self._server.add_insecure_port(str(address))
        self._server.start()
        for service in (SERVICE, health.OVERALL_HEALTH):
            self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        return port

    def drain(self) -> None:
        """Say NOT_SERVING, take no new calls, and return when those that have begun are finished or the grace is over."""
        self._health.enter_graceful_shutdown()
        self._server.stop(self._grace).wait()


def main() -> int:
    """Serve until SIGTERM, SIGINT or the end of the supervisor; return 0."""
    options = parse()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(levelname)s %(message)s")
    # Blocked in every thread, so that the main one can wait for them.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    worker = Worker(Extractor(), options)
    worker.start(options.listen)
    threading.Thread(target=_follow_supervisor, daemon=True).start()
    print("ready", flush=True)  # noqa: T201 - the supervisor reads it
    # Nobody reads what comes after that line: whatever is printed from here on belongs with the log.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.sigwait(STOP_SIGNALS)
    worker.drain()
    return 0


def _follow_supervisor() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
