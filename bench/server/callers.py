"""Sends bytes as they are to a server, over gRPC and as JSON over HTTP, and brings back what came of them."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import grpc
from google.protobuf import json_format
from google.rpc.code_pb2 import Code

from bench.server.cases import HTTP, RESOLVING, Case
from eventtimeline.v1 import timeline_pb2 as pb
from scripts.local_server import LocalServer

SERVICE = "/" + pb.DESCRIPTOR.services_by_name["TimelineService"].full_name
PATIENCE = 300.0
"""Seconds after which whatever has no answer has failed."""
CHANNELS = 2
"""Connections of a caller; the server spreads them over its workers."""
OPTIONS = (("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", -1), ("grpc.enable_http_proxy", 0))
BY_STATUS = {400: Code.INVALID_ARGUMENT, 413: Code.RESOURCE_EXHAUSTED, 504: Code.DEADLINE_EXCEEDED}


class Outcome(NamedTuple):
    """What came of a request: the number of a code, the answer where that is OK, its bytes, and milliseconds."""

    case: Case
    code: int
    message: str
    answer: pb.ExtractTimelineResponse | None
    data: bytes
    ms: float


class Caller:
    """The connections of one thread."""

    def __init__(self, server: LocalServer) -> None:
        self._channels = [grpc.insecure_channel(server.address, OPTIONS) for _ in range(CHANNELS)]
        self._edge = server.edges["--http"]
        self._http = http.client.HTTPConnection(self._edge, timeout=PATIENCE)
        self._turn = 0

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
        for channel in self._channels:
            channel.close()

    def stream(self, cases: Sequence[Case]) -> Iterator[Outcome]:
        """Yield what came of each request in streams: the next one begins where one broke."""
        while cases:
            done = 0
            method: grpc.StreamStreamMultiCallable[bytes, bytes] = self._channel().stream_stream(f"{SERVICE}/ExtractTimelines")
            answers = method(iter([case.data for case in cases]), timeout=PATIENCE)
            began = time.perf_counter()
            try:
                for case, data in zip(cases, answers, strict=False):
                    ended = time.perf_counter()
                    yield _of_stream(case, data, (ended - began) * 1000)
                    began = ended
                    done += 1
                answers.cancel()
                if done < len(cases):
                    yield Outcome(cases[done], Code.UNKNOWN, "the stream ended before its answers", None, b"", 0.0)
            except grpc.RpcError as error:
                ms = (time.perf_counter() - began) * 1000
                yield Outcome(cases[done], error.code().value[0], f"the stream broke: {error.details()}", None, b"", ms)
            cases = cases[done + 1 :]

    def one(self, case: Case) -> Outcome:
        """Return what came of a request on its own."""
        began = time.perf_counter()
        outcome = self._post(case) if case.way in HTTP else self._unary(case)
        return outcome._replace(ms=(time.perf_counter() - began) * 1000)

    def _channel(self) -> grpc.Channel:
        self._turn += 1
        return self._channels[self._turn % CHANNELS]

    def _unary(self, case: Case) -> Outcome:
        method: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._channel().unary_unary(f"{SERVICE}/{_method(case)}")
        try:
            data = method(case.data, timeout=PATIENCE)
        except grpc.RpcError as error:
            return Outcome(case, error.code().value[0], error.details() or "", None, b"", 0.0)
        if case.way in RESOLVING:
            return Outcome(case, Code.OK, "", _whole(pb.ResolveExpressionsResponse.FromString(data)), data, 0.0)
        return Outcome(case, Code.OK, "", pb.ExtractTimelineResponse.FromString(data), data, 0.0)

    def _post(self, case: Case) -> Outcome:
        try:
            status, data = self._posted(case)
        except (OSError, http.client.HTTPException):
            # The server closes a connection that was silent for long, and one that it refused.
            self._http.close()
            status, data = self._posted(case)
        if status != http.HTTPStatus.OK:
            code = BY_STATUS.get(status, Code.UNKNOWN)
            return Outcome(case, code, f"{status}: {json.loads(data).get('message', '')}", None, data, 0.0)
        if case.way in RESOLVING:
            return Outcome(case, Code.OK, "", _whole(json_format.Parse(data, pb.ResolveExpressionsResponse())), data, 0.0)
        return Outcome(case, Code.OK, "", json_format.Parse(data, pb.ExtractTimelineResponse()), data, 0.0)

    def _posted(self, case: Case) -> tuple[int, bytes]:
        self._http.request("POST", f"{SERVICE}/{_method(case)}", case.data, {"Content-Type": "application/json"})
        answer = self._http.getresponse()
        return answer.status, answer.read()


def _method(case: Case) -> str:
    return "ResolveExpressions" if case.way in RESOLVING else "ExtractTimeline"


def _of_stream(case: Case, data: bytes, ms: float) -> Outcome:
    response = pb.ExtractTimelinesResponse.FromString(data)
    if response.HasField("error"):
        return Outcome(case, response.error.code, response.error.message, None, data, ms)
    return Outcome(case, Code.OK, "", response.result, data, ms)


def _whole(response: pb.ResolveExpressionsResponse) -> pb.ExtractTimelineResponse:
    """Return an answer without events in the form of those with them."""
    return pb.ExtractTimelineResponse(
        timeline=pb.Timeline(times=response.times),
        warnings=response.warnings,
        engine_version=response.engine_version,
        truncated=response.truncated,
    )
