"""Errors as callers see them: a status with details that a program can act on, and nothing of the inside."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import TypeVar

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import DecodeError, Message
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status

from timeline import InvalidArticle, TimelineError

DOMAIN = "eventtimeline.v1"
"""The `domain` of every ErrorInfo, in which its `reason` is unique."""
LONGEST_REASON = 200
"""Characters of a reason that are sent: a status travels in headers, which hold a few KB, and reasons may quote the caller."""

log = logging.getLogger("server")

Request = TypeVar("Request", bound=Message)


class Refusal(TimelineError):
    """A call that is not answered, for no fault of the server: `code` and `reason` say why, `retry` after how many seconds."""

    code = Code.UNKNOWN
    reason = ""
    retry: float | None = None


class Undecodable(Refusal):
    """The bytes of a request are no message, or hold text that is not UTF-8."""

    code = Code.INVALID_ARGUMENT
    reason = "UNDECODABLE"

    def __init__(self) -> None:
        super().__init__("the request can't be decoded: malformed bytes, or text that is not UTF-8")


class CallerGone(Refusal):
    """Nobody waits for the answer any more."""

    code = Code.CANCELLED
    reason = "CALLER_GONE"

    def __init__(self) -> None:
        super().__init__("the caller has gone")


class DeadlinePassed(Refusal):
    """The caller's deadline is over."""

    code = Code.DEADLINE_EXCEEDED
    reason = "DEADLINE_PASSED"

    def __init__(self) -> None:
        super().__init__("the deadline of the call has passed")


class BudgetSpent(Refusal):
    """The article took longer than the server lets one take."""

    code = Code.DEADLINE_EXCEEDED
    reason = "ARTICLE_BUDGET_SPENT"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the article took longer than the {seconds:g} s that one may take; try it in parts")


class TooManyCalls(Refusal):
    """The server, or what the caller's token allows, is full."""

    code = Code.RESOURCE_EXHAUSTED
    retry = 0.1

    def __init__(self, most: int, *, of_token: bool) -> None:
        self.reason = "TOKEN_TOO_MANY_CALLS" if of_token else "TOO_MANY_CALLS"
        whose = "the token's" if of_token else "this worker's"
        super().__init__(f"{whose} limit of {most} calls at a time is reached; try again in a moment")


class Unauthenticated(Refusal):
    """There is no bearer token, or none that holds."""

    code = Code.UNAUTHENTICATED

    def __init__(self, *, given: bool) -> None:
        self.reason = "TOKEN_UNKNOWN" if given else "TOKEN_MISSING"
        super().__init__("the bearer token is unknown or has expired" if given else "authorization: Bearer TOKEN is missing")


class Stopping(Refusal):
    """The server is about to end."""

    code = Code.UNAVAILABLE
    reason = "STOPPING"
    retry = 0.0

    def __init__(self) -> None:
        super().__init__("the server is stopping; ask again, another will answer")


class Failed(Exception):
    """Ends a call with a status, in the words of whichever protocol brought it."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.message)
        self.status = status


def decoder(kind: type[Request]) -> Callable[[bytes], Request | Undecodable]:
    """Return a deserializer that answers with its error, where grpc would end the call with INTERNAL."""

    def decode(data: bytes) -> Request | Undecodable:
        try:
            return kind.FromString(data)
        except DecodeError:
            return Undecodable()

    return decode


def decoded(request: Request | Undecodable) -> Request:
    """Return a request; raises what a decoder returned in its place."""
    if isinstance(request, Undecodable):
        raise request
    return request


def status_of(error: Exception, request_id: str) -> Status:
    """Return what the caller is told of an error; one that is not the caller's fault is logged under a reference."""
    match error:
        case InvalidArticle(field=field, reason=reason):
            reason = reason if len(reason) <= LONGEST_REASON else reason[:LONGEST_REASON] + "..."
            violation = BadRequest.FieldViolation(field=field, description=reason)
            details = (BadRequest(field_violations=[violation]), ErrorInfo(reason="INVALID_ARTICLE", domain=DOMAIN))
            return _status(Code.INVALID_ARGUMENT, f"{field}: {reason}", *details)
        case Refusal(code=code, reason=reason, retry=retry):
            info = ErrorInfo(reason=reason, domain=DOMAIN)
            if retry is None:
                return _status(code, str(error), info)
            return _status(code, str(error), info, RetryInfo(retry_delay=Duration(nanos=round(retry * 1e9))))
        case _:
            reference = secrets.token_hex(8)
            # Neither the article nor a message that may quote it belongs in a log: where it happened is enough to find it.
            log.error("reference %s", reference, exc_info=error, extra={"request_id": request_id, "reference": reference})
            info = ErrorInfo(reason="INTERNAL", domain=DOMAIN)
            return _status(Code.INTERNAL, f"internal error, reference {reference}", RequestInfo(request_id=reference), info)


def _status(code: int, message: str, *details: Message) -> Status:
    status = Status(code=code, message=message)
    for detail in details:
        status.details.add().Pack(detail)
    return status
