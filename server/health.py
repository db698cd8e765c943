"""The gRPC health service: readiness of the server and of the service, liveness of the process.

It has threads of its own, and watching holds none of them, so it answers however busy the calls are. When the server drains,
watchers are told NOT_SERVING and their streams end: an open one would hold the drain for the whole grace.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import grpc
from grpc_health.v1 import health_pb2 as pb

from server.service import SERVICE

NAME = pb.DESCRIPTOR.services_by_name["Health"].full_name
LIVENESS = "liveness"
"""Serves until the process ends; the others (the server as a whole, "", and the service) until it drains."""
READINESS = ("", SERVICE)
THREADS = 64
"""Made as they are needed. A caller that sends no request holds one until its connection reaches its age."""
MOST_WATCHERS = 1000
"""Open watches a worker; one more is RESOURCE_EXHAUSTED."""

Serving = pb.HealthCheckResponse
Send = Callable[[Serving | None], None]


class Health:
    """Answers whether the server serves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready = False
        self._drained = False
        self._watchers: dict[int, tuple[str, Send]] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="health")

    def handlers(self) -> grpc.GenericRpcHandler:
        """Return the service for a server."""
        request, response = pb.HealthCheckRequest.FromString, pb.HealthCheckResponse.SerializeToString
        return grpc.method_handlers_generic_handler(
            NAME,
            {
                "Check": grpc.unary_unary_rpc_method_handler(self._on_own_threads(self._check), request, response),
                "Watch": grpc.unary_stream_rpc_method_handler(
                    self._on_own_threads(self._watch, experimental_non_blocking=True), request, response
                ),
            },
        )

    def serve(self) -> None:
        """Say SERVING from now on."""
        self._tell(ready=True, drained=False)

    def drain(self) -> None:
        """Say NOT_SERVING from now on, but for the liveness, and end every watch."""
        self._tell(ready=False, drained=True)

    def _tell(self, *, ready: bool, drained: bool) -> None:
        with self._lock:
            self._ready, self._drained = ready, drained
            watchers = list(self._watchers.values())
            if drained:
                self._watchers.clear()
        for service, send in watchers:
            # A send waits for its caller to read, which one that wants to hold us up does not do.
            threading.Thread(target=self._send, args=(service, send, drained), daemon=True).start()

    def _send(self, service: str, send: Send, last: bool) -> None:  # noqa: FBT001 - as a thread is given it
        with suppress(Exception):  # the caller went away, or its first status is still on its way
            send(Serving(status=self._status(service)))
        if last:
            with suppress(Exception):
                send(None)

    def _status(self, service: str) -> Any:  # noqa: ANN401 - an enum of protobuf
        if service == LIVENESS:
            return Serving.SERVING
        if service in READINESS:
            return Serving.SERVING if self._ready else Serving.NOT_SERVING
        return Serving.SERVICE_UNKNOWN

    def _check(self, request: pb.HealthCheckRequest, context: grpc.ServicerContext) -> Serving:
        status = self._status(request.service)
        if status == Serving.SERVICE_UNKNOWN:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no such service")
        return Serving(status=status)

    def _watch(self, request: pb.HealthCheckRequest, context: grpc.ServicerContext, send: Send) -> None:
        with self._lock:
            drained = self._drained
            full = len(self._watchers) >= MOST_WATCHERS
            if not drained and not full:
                self._watchers[id(context)] = (request.service, send)
        if full:
            context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, f"{MOST_WATCHERS} watches are open")
        if not context.add_callback(lambda: self._forget(context)):
            self._forget(context)
        send(Serving(status=self._status(request.service)))
        if drained:
            send(None)

    def _forget(self, context: grpc.ServicerContext) -> None:
        with self._lock:
            self._watchers.pop(id(context), None)

    def _on_own_threads(self, method: Callable[..., Any], **marks: object) -> Callable[..., Any]:
        def answer(*arguments: Any) -> Any:  # noqa: ANN401 - as grpc calls it
            return method(*arguments)

        # How grpc lets a handler say where it runs; the official health service does the same.
        vars(answer).update(marks, experimental_thread_pool=self._threads)
        return answer
