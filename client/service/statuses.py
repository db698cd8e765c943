"""Statuses of gRPC as errors."""

from __future__ import annotations

from typing import NamedTuple, TypeVar, cast

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.error_details_pb2 import BadRequest, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from client.service.errors import Busy, Refused, ServerFault, TimedOut, Unavailable, Unsupported
from client.service.settings import LONGEST
from timeline import InvalidArticle, TimelineError

Detail = TypeVar("Detail", bound=Message)

TOO_LARGE = "message larger than max"
"""What grpc says of a request over the limit of the server, under the code of a server that is busy."""
RACE = "Internal error from Core"
"""What grpc for asyncio says of a call that was cut while a message was being sent."""
LIMIT = "1 MiB of text, unless the server was started with another --max-text-bytes"
EVERYONES = (Refused, Unavailable, Unsupported)
"""Errors of one article that all others would have too."""
BY_NUMBER = {code.value[0]: code for code in grpc.StatusCode}


class Asked(NamedTuple):
    """Who was asked what: the address, the time limit in seconds, and the text, None where there is no one text.

    `prefix` goes before the fields that the server names, so that they are called what they are called in process.
    """

    address: str
    timeout: float
    text: str | None = None
    prefix: str = ""


def status_of(error: grpc.RpcError) -> Status:
    """Return a call's error, of either API of gRPC, as the status message that a stream would carry for one article."""
    try:
        # Errors of both APIs have what is read of a call, whatever their types say.
        rich: Status | None = rpc_status.from_call(cast("grpc.Call", error))
    except (ValueError, DecodeError):  # details that contradict the call, or are none
        rich = None
    return rich or Status(code=error.code().value[0], message=error.details() or "")


def error_of(status: Status, asked: Asked) -> TimelineError:
    """Return what a status means to the caller."""
    address, said = asked.address, status.message
    code = BY_NUMBER.get(status.code, grpc.StatusCode.UNKNOWN)
    if (bad := _detail(status, BadRequest())) and bad.field_violations:
        return InvalidArticle(asked.prefix + bad.field_violations[0].field, bad.field_violations[0].description)
    match code:
        case grpc.StatusCode.UNAVAILABLE | grpc.StatusCode.CANCELLED:  # cancelled by a server that ends
            return Unavailable(f"no server answers at {address}: {said}")
        case grpc.StatusCode.INTERNAL if said == RACE:
            return cut(asked)
        case grpc.StatusCode.RESOURCE_EXHAUSTED if TOO_LARGE in said and asked.text is not None:
            size = len(asked.text.encode(errors="replace"))
            return InvalidArticle("article.text", f"{size:,} bytes in UTF-8 are too many: the limit is {LIMIT}")
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return Busy(f"the server at {address} is busy: {said}", _retry_after(status))
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return late(asked)
        case grpc.StatusCode.UNAUTHENTICATED | grpc.StatusCode.PERMISSION_DENIED:
            return Refused(f"{address}: {code.name}: {said}")
        case grpc.StatusCode.UNIMPLEMENTED:
            return Unsupported(f"{address} is no timeline server, or one of another version: {said}")
        case _:
            info = _detail(status, RequestInfo())
            return ServerFault(f"{address}: {code.name}: {said}", info.request_id if info else "")


def late(asked: Asked) -> TimedOut:
    """Return the error for an answer that did not come in time."""
    return TimedOut(f"{asked.address} did not answer within {asked.timeout:g} s")


def cut(asked: Asked) -> Unavailable:
    """Return the error for a call that ended before its answers, without saying why."""
    return Unavailable(f"no server answers at {asked.address}: the connection was cut")


def too_many(asked: Asked) -> ServerFault:
    """Return the error for answers that nobody asked for."""
    return ServerFault(f"{asked.address} gave more answers than it got articles")


def _retry_after(status: Status) -> float | None:
    info = _detail(status, RetryInfo())
    return min(max(0.0, info.retry_delay.seconds + info.retry_delay.nanos / 1e9), LONGEST) if info else None


def _detail(status: Status, detail: Detail) -> Detail | None:
    """Return the first detail of a kind, read into an empty message of it; None where there is none that can be read."""
    try:
        return next((detail for each in status.details if each.Unpack(detail)), None)
    except DecodeError:
        return None
