"""What tests of the client library need: a real gRPC server that does what a test says, and one face for both clients."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NoReturn, Self, Unpack

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import RetryInfo
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from client import AsyncTimelineClient, Outcome, Settings, TimelineClient
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceServicer, add_TimelineServiceServicer_to_server
from timeline import Article, EventKind, Publication, Timeline

Play = Callable[[str, int, grpc.ServicerContext], Status | None]
"""Told the id of an article, how often it was asked before, and the call: ends it, or returns an error of the article."""


def status(code: grpc.StatusCode, *details: Message) -> Status:
    """Return a status with details."""
    made = Status(code=code.value[0], message="as scripted")
    for detail in details:
        made.details.add().Pack(detail)
    return made


def busy(seconds: float) -> Status:
    """Return the status of a server that asks to be asked again after some time."""
    return status(grpc.StatusCode.RESOURCE_EXHAUSTED, RetryInfo(retry_delay=Duration(nanos=int(seconds * 1e9))))


def end(context: grpc.ServicerContext, with_status: Status) -> NoReturn:
    """End a call with a status."""
    context.abort_with_status(rpc_status.to_status(with_status))
    raise AssertionError


class Scripted(TimelineServiceServicer):
    """Answers with the id of the article, unless the script says otherwise; notes metadata, ids and streams."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self.asked: Counter[str] = Counter()
        self.metadata: list[dict[str, str | bytes]] = []
        self.streams = 0
        self.address = ""

    def ExtractTimeline(  # noqa: N802
        self, request: pb.ExtractTimelineRequest, context: grpc.ServicerContext
    ) -> pb.ExtractTimelineResponse:
        self._note(context)
        if error := self._act(request.article.id, context):
            end(context, error)
        return pb.ExtractTimelineResponse(article_id=request.article.id)

    def ExtractTimelines(  # noqa: N802
        self, requests: Iterable[pb.ExtractTimelinesRequest], context: grpc.ServicerContext
    ) -> Iterator[pb.ExtractTimelinesResponse]:
        self._note(context)
        self.streams += 1
        for request in requests:
            name = request.article.id
            if error := self._act(name, context):
                yield pb.ExtractTimelinesResponse(article_id=name, error=error)
            else:
                yield pb.ExtractTimelinesResponse(article_id=name, result=pb.ExtractTimelineResponse(article_id=name))

    def ResolveExpressions(  # noqa: N802
        self, _: pb.ResolveExpressionsRequest, context: grpc.ServicerContext
    ) -> pb.ResolveExpressionsResponse:
        self._note(context)
        return pb.ResolveExpressionsResponse()

    def ListEventKinds(  # noqa: N802
        self, _: pb.ListEventKindsRequest, context: grpc.ServicerContext
    ) -> pb.ListEventKindsResponse:
        self._note(context)
        return pb.ListEventKindsResponse()

    def _note(self, context: grpc.ServicerContext) -> None:
        self.metadata.append(dict(context.invocation_metadata()))

    def _act(self, name: str, context: grpc.ServicerContext) -> Status | None:
        self.asked[name] += 1
        return self._play(name, self.asked[name] - 1, context)


@contextmanager
def scripted(
    play: Play = lambda *_: None, credentials: grpc.ServerCredentials | None = None, port: int = 0
) -> Iterator[Scripted]:
    """Serve as a script says, on any free port of this machine or on a given one."""
    script = Scripted(play)
    server = grpc.server(ThreadPoolExecutor(16))
    add_TimelineServiceServicer_to_server(script, server)
    address = f"127.0.0.1:{port}"
    bound = server.add_secure_port(address, credentials) if credentials else server.add_insecure_port(address)
    script.address = f"127.0.0.1:{bound}"
    server.start()
    try:
        yield script
    finally:
        server.stop(None).wait()


class Awaited:
    """The asyncio client with the face of the other one, so that one test holds for both."""

    def __init__(self, address: str, **settings: Unpack[Settings]) -> None:
        self._runner = asyncio.Runner()
        self._client = AsyncTimelineClient(address, **settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._runner.close()

    def close(self) -> None:
        self._runner.run(self._client.close())

    def extract(self, article: Article, *, timeout: float | None = None) -> Timeline:
        return self._runner.run(self._client.extract(article, timeout=timeout))

    def extract_many(
        self, articles: Iterable[Article], *, in_flight: int = 64, timeout: float | None = None
    ) -> Generator[Outcome, None, None]:
        async def following(outcomes: AsyncGenerator[Outcome, None]) -> Outcome | None:
            return await anext(outcomes, None)

        outcomes = self._client.extract_many(articles, in_flight=in_flight, timeout=timeout)
        try:
            while (outcome := self._runner.run(following(outcomes))) is not None:
                yield outcome
        finally:
            self._runner.run(outcomes.aclose())

    def resolve(self, text: str, publication: Publication | None = None) -> Timeline:
        return self._runner.run(self._client.resolve(text, publication))

    def event_kinds(self) -> tuple[EventKind, ...]:
        return self._runner.run(self._client.event_kinds())


Client = type[TimelineClient] | type[Awaited]
