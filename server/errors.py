"""Errors as callers see them: a status that names the field, or a reference and nothing of the inside."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import BadRequest, RequestInfo
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from timeline import InvalidArticle, TimelineError

LONGEST_REASON = 500
"""Characters of a reason that are sent: a status travels in headers, which hold a few KB, and reasons may quote the caller."""

log = logging.getLogger("server")

Request = TypeVar("Request", bound=Message)
Method = Callable[[Any, grpc.ServicerContext], Any]


class Undecodable(TimelineError):
    """The bytes of a request are no message, or hold text that is not UTF-8."""

    def __init__(self) -> None:
        super().__init__("the request can't be decoded: malformed bytes, or text that is not UTF-8")


def decoder(kind: type[Request]) -> Callable[[bytes], Request | Undecodable]:
    """Return a deserializer that answers with its error, where grpc would end the call with INTERNAL."""

    def decode(data: bytes) -> Request | Undecodable:
        try:
            return kind.FromString(data)
        except DecodeError:
            return Undecodable()

    return decode


def status_of(error: Exception) -> Status:
    """Return what the caller is told of an error; one that is not the caller's fault is logged under a reference."""
    match error:
        case InvalidArticle(field=field, reason=reason):
            reason = reason if len(reason) <= LONGEST_REASON else reason[:LONGEST_REASON] + "..."
            violation = BadRequest.FieldViolation(field=field, description=reason)
            return _status(Code.INVALID_ARGUMENT, f"{field}: {reason}", BadRequest(field_violations=[violation]))
        case Undecodable():
            return _status(Code.INVALID_ARGUMENT, str(error))
        case _:
            reference = secrets.token_hex(8)
            log.error("reference %s", reference, exc_info=error)
            return _status(Code.INTERNAL, f"internal error, reference {reference}", RequestInfo(request_id=reference))


def _status(code: int, message: str, *details: Message) -> Status:
    status = Status(code=code, message=message)
    for detail in details:
        status.details.add().Pack(detail)
    return status


class Faults(grpc.ServerInterceptor):
    """Ends a call of one service with the status of whatever its method raises."""

    def __init__(self, service: str) -> None:
        self._prefix = f"/{service}/"

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Return the method's handler with its errors caught."""
        handler = continuation(handler_call_details)
        if handler is None or not handler_call_details.method.startswith(self._prefix):
            return handler
        serializers = (handler.request_deserializer, handler.response_serializer)
        if handler.unary_unary:
            return grpc.unary_unary_rpc_method_handler(_unary(handler.unary_unary), *serializers)
        if handler.stream_stream:
            return grpc.stream_stream_rpc_method_handler(_stream(handler.stream_stream), *serializers)
        return handler


def _unary(method: Method) -> Method:
    def guarded(request: Message | Undecodable, context: grpc.ServicerContext) -> Message:
        answer: Message
        try:
            answer = method(_decoded(request), context)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets a status
            context.abort_with_status(rpc_status.to_status(status_of(error)))
        return answer

    return guarded


def _decoded(request: Message | Undecodable) -> Message:
    if isinstance(request, Undecodable):
        raise request
    return request


def _stream(method: Method) -> Method:
    def guarded(requests: Iterator[Message | Undecodable], context: grpc.ServicerContext) -> Iterator[Message]:
        try:
            yield from method(requests, context)
        except grpc.RpcError:
            # The caller went away: there is nobody to tell.
            raise
        except Exception as error:  # noqa: BLE001 - as above
            context.abort_with_status(rpc_status.to_status(status_of(error)))

    return guarded
