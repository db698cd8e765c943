"""Single calls to a server, asked again where that may help."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import grpc

from client.service.messages import Requests
from client.service.pool import Line, Pool
from client.service.retry import Attempts
from client.service.settings import Connection
from client.service.statuses import Asked, error_of, status_of
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub

Sent = TypeVar("Sent")
Got = TypeVar("Got")


class Wire(NamedTuple):
    """An open channel and its methods."""

    channel: grpc.Channel
    stub: TimelineServiceStub


class Calls:
    """Makes calls on the channels of one server; serves all threads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.requests = Requests(connection.language)
        self.pool = Pool(self._connect, connection.channels)

    def extract(self, message: pb.Article, timeout: float) -> pb.ExtractTimelineResponse:
        """Return the answer for an article; raises InvalidArticle or CallFailed."""
        asked = Asked(self.connection.address, timeout, message.text)
        return self._call(lambda stub: stub.ExtractTimeline, self.requests.alone(message), asked)

    def resolve(self, message: pb.Article, timeout: float) -> pb.ResolveExpressionsResponse:
        """Return the time expressions of an article's text; raises InvalidArticle or CallFailed."""
        asked = Asked(self.connection.address, timeout, message.text, prefix="article.")
        return self._call(lambda stub: stub.ResolveExpressions, self.requests.expressions(message), asked)

    def event_kinds(self, timeout: float) -> pb.ListEventKindsResponse:
        """Return every kind of event; raises CallFailed."""
        asked = Asked(self.connection.address, timeout)
        return self._call(lambda stub: stub.ListEventKinds, pb.ListEventKindsRequest(), asked)

    def close(self) -> None:
        """Close the channels; calls under way fail."""
        for wire in self.pool.close():
            wire.channel.close()

    def _call(
        self, method: Callable[[TimelineServiceStub], grpc.UnaryUnaryMultiCallable[Sent, Got]], request: Sent, asked: Asked
    ) -> Got:
        attempts = Attempts(self.connection.retry, asked.timeout, time.monotonic())
        line: Line[Wire] | None = None
        while True:
            with self.pool.line(avoid=line) as line:
                try:
                    left = attempts.left(time.monotonic())
                    return method(line.opened.stub)(request, timeout=left, metadata=self.connection.metadata)
                except grpc.RpcError as error:
                    failure = error_of(status_of(error), asked)
            time.sleep(attempts.wait(failure, time.monotonic()))

    def _connect(self) -> Wire:
        address, options, credentials = self.connection.target
        channel = grpc.secure_channel(address, credentials, options) if credentials else grpc.insecure_channel(address, options)
        return Wire(channel, TimelineServiceStub(channel))
