"""What operations look at, over plain HTTP from the supervisor: /livez, /readyz, /metrics. No call and no article passes here."""

from __future__ import annotations

import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from server.config import Address

FILES = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which workers learn where their metrics go."""
TIMEOUT = 5.0
"""Seconds that a caller may take to say what it wants."""


class Admin:
    """Serves while its block lasts. `folder` is where the workers' metrics lie; raises OSError where it can't listen."""

    def __init__(self, address: Address, folder: str) -> None:
        self.environment = {FILES: folder}
        self._ready = 0
        self._own = CollectorRegistry()
        self._restarts = Counter("eventtimeline_worker_restarts", "Workers that ended and were replaced", registry=self._own)
        self._workers = Gauge("eventtimeline_workers", "Workers that serve", registry=self._own)
        self._folder = folder

        class Handler(_Handler):
            admin = self

        class Server(ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
            daemon_threads = True

        self._server = Server(address, Handler)
        self.address = Address(str(self._server.server_address[0]), self._server.server_port)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tail: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serving(self, workers: int) -> None:
        """Say how many workers serve; 0 is not ready."""
        self._ready = workers
        self._workers.set(workers)

    def restarted(self) -> None:
        """Count a worker that was replaced."""
        self._restarts.inc()

    def answer(self, path: str) -> tuple[HTTPStatus, str, bytes]:
        """Return status, content type and body for a path."""
        match path.partition("?")[0]:
            case "/livez":
                return HTTPStatus.OK, "text/plain", b"alive\n"
            case "/readyz" if self._ready:
                return HTTPStatus.OK, "text/plain", b"ready\n"
            case "/readyz":
                return HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", b"not ready\n"
            case "/metrics":
                registry = CollectorRegistry()
                MultiProcessCollector(registry, path=self._folder)  # type: ignore[no-untyped-call]
                return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(registry) + generate_latest(self._own)
            case _:
                return HTTPStatus.NOT_FOUND, "text/plain", b"there are /livez, /readyz and /metrics\n"


class _Handler(BaseHTTPRequestHandler):
    admin: Admin
    timeout = TIMEOUT
    wbufsize = -1

    def do_GET(self) -> None:
        status, kind, body = self.admin.answer(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: probes ask every few seconds."""
