"""Asks a server over gRPC: one article by a plain call, many over the bidirectional stream.

Extraction changes nothing, so whatever did not get an answer may be asked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import grpc
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from client.exits import Exit, Failure, invalid
from eventtimeline.mapping import article_to_proto
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from timeline import Article

SERVICE_CONFIG = {
    "methodConfig": [
        {
            "name": [{"service": "eventtimeline.v1.TimelineService"}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.05s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}
CHANNEL_OPTIONS = (
    ("grpc.service_config", json.dumps(SERVICE_CONFIG)),
    ("grpc.max_receive_message_length", -1),  # an answer can be larger than its article; the server bounds the article
)
CODES = {
    grpc.StatusCode.INVALID_ARGUMENT: Exit.INVALID,
    grpc.StatusCode.UNAVAILABLE: Exit.UNAVAILABLE,
    grpc.StatusCode.RESOURCE_EXHAUSTED: Exit.TRY_LATER,
    grpc.StatusCode.DEADLINE_EXCEEDED: Exit.TRY_LATER,
    grpc.StatusCode.UNAUTHENTICATED: Exit.REFUSED,
    grpc.StatusCode.PERMISSION_DENIED: Exit.REFUSED,
}
WHOLE = {Exit.UNAVAILABLE, Exit.REFUSED}
"""Codes that speak of the server and not of an article."""
TOO_LARGE = "message larger than max"
"""What grpc says of a request over the limit of the server, under the code of a server that is busy."""
LIMIT = "1 MiB of text, unless the server was started with another --max-text-bytes"
BY_NUMBER = {code.value[0]: code for code in grpc.StatusCode}


def ask(
    address: str, articles: Sequence[Article], timeout: float, language: str = ""
) -> Iterator[pb.ExtractTimelineResponse | Failure]:
    """Yield an answer, or what is wrong with the article, for every article in order; `timeout` is seconds an article.

    Raises Failure where the server fails as a whole.
    """
    with grpc.insecure_channel(address, CHANNEL_OPTIONS) as channel:
        server = _Server(TimelineServiceStub(channel), address, timeout, language)
        if len(articles) == 1:
            yield server.one(articles[0])
        else:
            yield from server.many(articles)


class _Server:
    """A server at the other end of a channel."""

    def __init__(self, stub: TimelineServiceStub, address: str, timeout: float, language: str) -> None:
        self._stub = stub
        self._address = address
        self._timeout = timeout
        self._language = language

    def one(self, article: Article) -> pb.ExtractTimelineResponse | Failure:
        request = pb.ExtractTimelineRequest(article=article_to_proto(article), language_code=self._language)
        try:
            return self._stub.ExtractTimeline(request, timeout=self._timeout)
        except grpc.RpcError as error:
            status = _status(error)
            if TOO_LARGE in status.message:
                size = len(article.text.encode())
                return invalid("article.text", f"{size:,} bytes in UTF-8 are too many: the limit is {LIMIT}")
            failure = self._failure(status)
            if failure.code in WHOLE:
                raise failure from error
            return failure

    def many(self, articles: Sequence[Article]) -> Iterator[pb.ExtractTimelineResponse | Failure]:
        """Yield the outcomes from one stream, or from a further one where a stream breaks after some answers."""
        done = 0
        while done < len(articles):
            before = done
            try:
                for response in self._stream(articles[done:]):
                    done += 1
                    yield response.result if response.HasField("result") else self._failure(response.error)
            except grpc.RpcError as error:
                status = _status(error)
                if status.code == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]:
                    # Perhaps one of the articles is too large for a message. It ends the stream, not the others' chances.
                    yield self.one(articles[done])
                    done += 1
                elif status.code != grpc.StatusCode.UNAVAILABLE.value[0] or done == before:
                    raise self._failure(status) from error
            else:
                if done < len(articles):
                    raise Failure(Exit.INTERNAL, f"{self._address} answered {done} of {len(articles)} articles and no more")

    def _stream(self, articles: Sequence[Article]) -> Iterator[pb.ExtractTimelinesResponse]:
        requests = (
            pb.ExtractTimelinesRequest(article=article_to_proto(article), language_code=self._language) for article in articles
        )
        return iter(self._stub.ExtractTimelines(requests, timeout=self._timeout * len(articles)))

    def _failure(self, status: status_pb2.Status) -> Failure:
        code = BY_NUMBER.get(status.code, grpc.StatusCode.UNKNOWN)
        field = _field(status)
        if field is not None:
            return invalid(field.field, field.description)
        return Failure(CODES.get(code, Exit.INTERNAL), self._advice(code, status.message))

    def _advice(self, code: grpc.StatusCode, message: str) -> str:
        match code:
            case grpc.StatusCode.UNAVAILABLE:
                return f"no server answers at {self._address}: {message}. Start one: timeline-server --listen {self._address}"
            case grpc.StatusCode.DEADLINE_EXCEEDED:
                return f"{self._address} did not answer within {self._timeout:g} s an article; see --timeout"
            case grpc.StatusCode.UNIMPLEMENTED:
                return f"{self._address} is no timeline server, or one of another version: {message}"
            case grpc.StatusCode.RESOURCE_EXHAUSTED:
                return f"the server at {self._address} is busy: {message}. Try again later"
            case _:
                return f"{self._address}: {code.name}: {message}"


def _status(error: grpc.RpcError) -> status_pb2.Status:
    """Return a call's error as the status message that a stream would carry for one article."""
    if not isinstance(error, grpc.Call):
        return status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error))
    try:
        rich = rpc_status.from_call(error)
    except ValueError:  # details that contradict the call
        rich = None
    return rich or status_pb2.Status(code=error.code().value[0], message=error.details() or "")


def _field(status: status_pb2.Status) -> error_details_pb2.BadRequest.FieldViolation | None:
    for detail in status.details:
        request = error_details_pb2.BadRequest()
        if detail.Unpack(request) and request.field_violations:
            return request.field_violations[0]
    return None
