"""The gRPC edge: the service's methods for a server, who calls, and how errors end a call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.wire import LENGTH, tag, varint
from server.calls import Call, request_id
from server.desk import Desk
from server.errors import CallerGone, Failed, Refusal, Unauthenticated, decoder
from server.files import Reloaded
from server.health import NAME as HEALTH
from server.lanes import Arrivals, Streams
from server.limits import Limits
from server.service import SERVICE, TimelineService
from server.tokens import Token, Tokens, find

PROTOCOL = "grpc"
METHODS = frozenset(f"{SERVICE}/{method.name}" for method in pb.DESCRIPTOR.services_by_name["TimelineService"].methods)
"""What callers may name in the books: a metric keeps every name for ever."""
ARRIVAL: ContextVar[Arrival] = ContextVar("ARRIVAL")
"""How the present call came: gRPC asks about it and runs it in one context."""
REFUSING = 2
"""Threads that refuse."""
RESULT = tag(pb.ExtractTimelinesResponse.DESCRIPTOR.fields_by_name["result"], LENGTH)
"""What stands before an article's answer in a stream's."""
REQUEST_ID = "x-request-id"
"""Metadata by which a caller names a call, and in which the answer carries its name."""


class Arrival(NamedTuple):
    """When a call came, by `time.perf_counter`, and with which token."""

    at: float
    token: Token | None


def handlers(service: TimelineService[bytes], desk: Desk, threads: Streams) -> grpc.GenericRpcHandler:
    """Return the service for a server. Requests that can't be decoded reach its methods as `Undecodable`."""

    def unary(name: str, method: Callable[[Any, Call], Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
        def answer(request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401 - as grpc calls it
            call = _call(f"{SERVICE}/{name}", context)
            context.set_trailing_metadata(((REQUEST_ID, call.request_id),))
            try:
                return desk.one(call, lambda: _encoded(method(request, call), call))
            except Failed as failed:
                context.abort_with_status(rpc_status.to_status(failed.status))

        return answer

    def stream(name: str, method: Callable[[Any, Call], Any]) -> Callable[[Any, grpc.ServicerContext], Iterator[Any]]:
        def answers(requests: Any, context: grpc.ServicerContext) -> Iterator[Any]:  # noqa: ANN401 - as above
            call = _call(f"{SERVICE}/{name}", context)
            context.set_trailing_metadata(((REQUEST_ID, call.request_id),))
            try:
                yield from desk.many(call, lambda: (_encoded(_outcome(*each), call) for each in method(_asked(requests), call)))
            except Failed as failed:
                if context.is_active():
                    context.abort_with_status(rpc_status.to_status(failed.status))

        # A stream holds its thread while its caller thinks, so streams have threads of their own (see health.py).
        vars(answers).update(experimental_thread_pool=threads)
        return answers

    return grpc.method_handlers_generic_handler(
        SERVICE,
        {
            "ExtractTimeline": grpc.unary_unary_rpc_method_handler(
                unary("ExtractTimeline", service.extract_timeline),
                decoder(pb.ExtractTimelineRequest),
            ),
            "ExtractTimelines": grpc.stream_stream_rpc_method_handler(
                stream("ExtractTimelines", service.extract_timelines),
                decoder(pb.ExtractTimelinesRequest),
            ),
            "ResolveExpressions": grpc.unary_unary_rpc_method_handler(
                unary("ResolveExpressions", service.resolve_expressions),
                decoder(pb.ResolveExpressionsRequest),
            ),
            "ListEventKinds": grpc.unary_unary_rpc_method_handler(
                unary("ListEventKinds", service.list_event_kinds),
                decoder(pb.ListEventKindsRequest),
            ),
        },
    )


class Door(grpc.ServerInterceptor):
    """Turns away, before its request is read, whoever has no token that holds, and whoever comes when there are too many.

    The health service is open to all, always.
    """

    def __init__(self, desk: Desk, tokens: Reloaded[Tokens] | None, limits: Limits, arrivals: Arrivals) -> None:
        self._desk = desk
        self._tokens = tokens
        self._limits = limits
        self._arrivals = arrivals
        self._threads = ThreadPoolExecutor(REFUSING, thread_name_prefix="refusal")

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Return the method's handler, or one that refuses."""
        method = handler_call_details.method.removeprefix("/")
        if method.startswith(f"{HEALTH}/"):
            return continuation(handler_call_details)
        error = self._refusal(handler_call_details)
        if error is None:
            return continuation(handler_call_details)

        def refuse(_: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:
            call = _call(method if method in METHODS else "other", context)
            context.abort_with_status(rpc_status.to_status(self._desk.refuse(call, error).status))
            yield b""

        # A stream's handler runs without waiting for a request, and a caller that waits for one answer can't tell.
        vars(refuse).update(experimental_thread_pool=self._threads)
        return grpc.stream_stream_rpc_method_handler(refuse)

    def _refusal(self, details: grpc.HandlerCallDetails) -> Refusal | None:
        token, said = None, _metadata(details.invocation_metadata)
        if self._tokens is not None:
            token = find(self._tokens.get(), said.get("authorization", ""))
        ARRIVAL.set(Arrival(time.perf_counter(), token))
        if self._tokens is not None and token is None:
            return Unauthenticated(given="authorization" in said)
        refusal = self._limits.refusal(token)
        if refusal is None:
            self._arrivals.coming = token
        return refusal


def _asked(requests: Iterator[Any]) -> Iterator[Any]:
    """Yield the requests of a stream; raises CallerGone where it breaks off."""
    try:
        yield from requests
    except grpc.RpcError:
        raise CallerGone from None


def _encoded(answer: Message | bytes, call: Call) -> bytes:
    """Return an answer's bytes, and book their number; here, so that they are made once."""
    data = answer if isinstance(answer, bytes) else answer.SerializeToString()
    call.response_bytes += len(data)
    return data


def _outcome(article_id: str, outcome: bytes | Status) -> bytes:
    """Return the bytes of a stream's answer for one article."""
    if isinstance(outcome, Status):
        return pb.ExtractTimelinesResponse(article_id=article_id, error=outcome).SerializeToString()
    # A message's bytes are those of its fields, one after the other.
    head = pb.ExtractTimelinesResponse(article_id=article_id).SerializeToString()
    return b"".join((head, RESULT, varint(len(outcome)), outcome))


def _call(method: str, context: grpc.ServicerContext) -> Call:
    arrival, said = ARRIVAL.get(), _metadata(context.invocation_metadata())
    return Call(
        method=method,
        protocol=PROTOCOL,
        request_id=request_id(said.get(REQUEST_ID, "")),
        peer=context.peer(),
        token=arrival.token,
        trace_parent=said.get("traceparent", ""),
        active=context.is_active,
        remaining=context.time_remaining,
        began=arrival.at,
    )


def _metadata(pairs: Any) -> dict[str, str]:  # noqa: ANN401 - as grpc gives them
    return {key: value for key, value in pairs or () if isinstance(value, str)}
