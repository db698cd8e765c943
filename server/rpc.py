"""The gRPC edge: the service's methods for a server, who calls, and how errors end a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.wire import LENGTH, tag, varint
from server.calls import Call, request_id
from server.desk import Desk
from server.errors import CallerGone, Failed, Refusal, TooManyCalls, Unauthenticated, decoder
from server.files import Reloaded
from server.health import NAME as HEALTH
from server.lanes import Lanes
from server.service import SERVICE, TimelineService
from server.tokens import Token, Tokens, find

PROTOCOL = "grpc"
REFUSING = 2
"""Threads that refuse."""
RESULT = tag(pb.ExtractTimelinesResponse.DESCRIPTOR.fields_by_name["result"], LENGTH)
"""What stands before an article's answer in a stream's."""
REQUEST_ID = "x-request-id"
"""Metadata by which a caller names a call, and in which the answer carries its name."""


def handlers(
    service: TimelineService[bytes], desk: Desk, tokens: Reloaded[Tokens] | None, most_streams: int
) -> grpc.GenericRpcHandler:
    """Return the service for a server. Requests that can't be decoded reach its methods as `Undecodable`."""

    def unary(name: str, method: Callable[[Any, Call], Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
        def answer(request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ANN401 - as grpc calls it
            call = _call(f"{SERVICE}/{name}", context, tokens)
            context.set_trailing_metadata(((REQUEST_ID, call.request_id),))
            try:
                return desk.one(call, lambda: _encoded(method(request, call), call))
            except Failed as failed:
                context.abort_with_status(rpc_status.to_status(failed.status))

        return answer

    threads = ThreadPoolExecutor(most_streams, thread_name_prefix="stream")

    def stream(name: str, method: Callable[[Any, Call], Any]) -> Callable[[Any, grpc.ServicerContext], Iterator[Any]]:
        def answers(requests: Any, context: grpc.ServicerContext) -> Iterator[Any]:  # noqa: ANN401 - as above
            call = _call(f"{SERVICE}/{name}", context, tokens)
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

    def __init__(self, desk: Desk, tokens: Reloaded[Tokens] | None, lanes: Lanes, max_calls: int) -> None:
        self._desk = desk
        self._tokens = tokens
        self._lanes = lanes
        self._max_calls = max_calls
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
            call = _call(method if method.startswith(f"{SERVICE}/") else "other", context, None)
            context.abort_with_status(rpc_status.to_status(self._desk.refuse(call, error).status))
            yield b""

        # A stream's handler runs without waiting for a request, and a caller that waits for one answer can't tell.
        vars(refuse).update(experimental_thread_pool=self._threads)
        return grpc.stream_stream_rpc_method_handler(refuse)

    def _refusal(self, details: grpc.HandlerCallDetails) -> Refusal | None:
        if self._lanes.calls >= self._max_calls:
            return TooManyCalls(self._max_calls, of_token=False)
        if self._tokens is None:
            return None
        said = _metadata(details.invocation_metadata)
        return None if _token(said, self._tokens) is not None else Unauthenticated(given="authorization" in said)


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


def _call(method: str, context: grpc.ServicerContext, tokens: Reloaded[Tokens] | None) -> Call:
    said = _metadata(context.invocation_metadata())
    return Call(
        method=method,
        protocol=PROTOCOL,
        request_id=request_id(said.get(REQUEST_ID, "")),
        peer=context.peer(),
        token=None if tokens is None else _token(said, tokens),
        trace_parent=said.get("traceparent", ""),
        active=context.is_active,
        remaining=context.time_remaining,
    )


def _token(said: Mapping[str, str], tokens: Reloaded[Tokens]) -> Token | None:
    return find(tokens.get(), said.get("authorization", ""))


def _metadata(pairs: Any) -> dict[str, str]:  # noqa: ANN401 - as grpc gives them
    return {key: value for key, value in pairs or () if isinstance(value, str)}
