"""Connections of the HTTP edge: a thread each, bounded in number and in the time they may take to ask."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from socketserver import BaseRequestHandler
from typing import Any

from server.config import Address

REQUEST_SECONDS = 20.0
"""How long a caller may take to send a request, or to stay silent between two; then the connection is closed."""


class Connections(ThreadingHTTPServer):
    """A listening socket, and a thread for each connection, up to so many.

    `context` gives the newest certificates; where it is None, nothing is encrypted. Raises OSError where it can't listen.
    """

    allow_reuse_port = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        address: Address,
        handler: type[BaseRequestHandler],
        connections: int,
        context: Callable[[], ssl.SSLContext] | None,
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        self.draining = False
        self._free = threading.BoundedSemaphore(connections)
        self._context = context
        self._lock = threading.Lock()
        self._waiting: dict[socket.socket, float] = {}
        self._answering: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as socketserver calls it
        """Give a connection its thread, or close it where there are too many."""
        if self._free.acquire(blocking=False):
            self.wait_for(request)
            try:
                super().process_request(request, client_address)
            except RuntimeError:  # no more threads can be had
                self.forget(request)
                self._free.release()
                self.shutdown_request(request)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as above
        """Serve a connection; the handshake is here, so that a silent caller holds its own thread only."""
        try:
            request.settimeout(REQUEST_SECONDS)
            if self._context is not None:
                request = self._encrypted(request, self._context())
            super().process_request_thread(request, client_address)
        except (OSError, ValueError):  # no handshake, or the caller went away
            self.shutdown_request(request)
        finally:
            self.forget(request)
            self._free.release()

    def _encrypted(self, request: socket.socket, context: ssl.SSLContext) -> socket.socket:
        encrypted = context.wrap_socket(request, server_side=True)
        self.forget(request)
        self.wait_for(encrypted)
        return encrypted

    def wait_for(self, connection: socket.socket) -> None:
        """Note that a connection is to send a request from now on."""
        with self._lock:
            self._answering.discard(connection)
            self._waiting[connection] = time.monotonic() + REQUEST_SECONDS

    def answering(self, connection: socket.socket) -> None:
        """Note that a connection has sent a request, and now waits for us."""
        with self._lock:
            self._waiting.pop(connection, None)
            self._answering.add(connection)

    def forget(self, connection: socket.socket) -> None:
        """Note that a connection is closed."""
        with self._lock:
            self._waiting.pop(connection, None)
            self._answering.discard(connection)

    def sweep(self) -> None:
        """Close connections that take too long to send a request, bit by bit or not at all."""
        while not self.draining:
            time.sleep(1)
            with self._lock:
                late = [each for each, until in self._waiting.items() if time.monotonic() > until]
            self._cut(late)

    def drain(self, grace: float) -> None:
        """See Web.drain."""
        until = time.monotonic() + grace
        self.draining = True
        self.shutdown()
        self.server_close()
        with self._lock:
            idle = list(self._waiting)
        # Nothing more is read: what has come is answered, and who is silent sees the end.
        self._cut(idle, socket.SHUT_RD)
        while (self._waiting or self._answering) and time.monotonic() < until:
            time.sleep(0.02)

    @staticmethod
    def _cut(connections: list[socket.socket], how: int = socket.SHUT_RDWR) -> None:
        for connection in connections:
            try:
                # Of the socket itself: that of an encrypted one drops the encryption, under a thread that may be writing.
                socket.socket.shutdown(connection, how)
            except OSError:  # closed meanwhile
                continue

    def handle_error(self, *_: object) -> None:
        """Say nothing: what goes wrong with an answer is booked with its call, what goes wrong with a line is its caller's."""
