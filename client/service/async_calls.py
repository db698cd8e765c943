"""Single calls to a server, asked again where that may help: `calls`, for asyncio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import grpc
from grpc import aio

from client.service.messages import Requests
from client.service.pool import Line, Pool
from client.service.retry import Attempts
from client.service.settings import Connection
from client.service.statuses import Asked, cut, error_of, status_of
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub

if TYPE_CHECKING:
    from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceAsyncStub

Sent = TypeVar("Sent")
Got = TypeVar("Got")


class AsyncWire(NamedTuple):
    """An open channel and its methods."""

    channel: aio.Channel
    stub: TimelineServiceAsyncStub


class AsyncCalls:
    """Makes calls on the channels of one server, in one event loop."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.requests = Requests(connection.language)
        self.pool = Pool(self._connect, connection.channels)

    async def extract(self, message: pb.Article, timeout: float) -> pb.ExtractTimelineResponse:
        """Return the answer for an article; raises InvalidArticle or CallFailed."""
        asked = Asked(self.connection.address, timeout, message.text)
        return await self._call(lambda stub: stub.ExtractTimeline, self.requests.alone(message), asked)

    async def resolve(self, message: pb.Article, timeout: float) -> pb.ResolveExpressionsResponse:
        """Return the time expressions of an article's text; raises InvalidArticle or CallFailed."""
        asked = Asked(self.connection.address, timeout, message.text, prefix="article.")
        return await self._call(lambda stub: stub.ResolveExpressions, self.requests.expressions(message), asked)

    async def event_kinds(self, timeout: float) -> pb.ListEventKindsResponse:
        """Return every kind of event; raises CallFailed."""
        asked = Asked(self.connection.address, timeout)
        return await self._call(lambda stub: stub.ListEventKinds, pb.ListEventKindsRequest(), asked)

    async def close(self) -> None:
        """Close the channels; calls under way fail."""
        for wire in self.pool.close():
            await wire.channel.close()

    async def _call(
        self, method: Callable[[TimelineServiceAsyncStub], aio.UnaryUnaryMultiCallable[Sent, Got]], request: Sent, asked: Asked
    ) -> Got:
        attempts = Attempts(self.connection.retry, asked.timeout, time.monotonic())
        line: Line[AsyncWire] | None = None
        while True:
            with self.pool.line(avoid=line) as line:
                try:
                    left = attempts.left(time.monotonic())
                    return await method(line.opened.stub)(request, timeout=left, metadata=self.connection.metadata)
                except grpc.RpcError as error:
                    failure = error_of(status_of(error), asked)
                except asyncio.CancelledError:
                    if stopping():
                        raise
                    failure = cut(asked)  # its channel was closed
            await asyncio.sleep(attempts.wait(failure, time.monotonic()))

    def _connect(self) -> AsyncWire:
        address, options, credentials = self.connection.target
        channel = aio.secure_channel(address, credentials, options) if credentials else aio.insecure_channel(address, options)
        return AsyncWire(channel, TimelineServiceStub(channel))


def stopping() -> bool:
    """Tell whether the running task was told to end, so that a CancelledError is not only a call's."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
