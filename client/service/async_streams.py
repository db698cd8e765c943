"""Many articles over several streams at once, their answers in the order of the articles: `streams`, for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable
from contextlib import aclosing, suppress
from time import monotonic as now
from typing import assert_never

import grpc
from grpc import aio

from client.service.async_calls import AsyncCalls, AsyncWire, stopping
from client.service.desk import AskAlone, Desk, Lane, Pause, Probe, Slot, Step
from client.service.errors import CallFailed
from client.service.messages import Answer
from client.service.pool import Line
from client.service.retry import again
from client.service.statuses import EVERYONES, Asked, cut, error_of, late, status_of, too_many
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, TimelineError

Stream = aio.StreamStreamCall[pb.ExtractTimelinesRequest, pb.ExtractTimelinesResponse]
Articles = Iterable[Article] | AsyncIterable[Article]


class AsyncStreams:
    """Reads articles in one task and asks for their timelines in one task a lane, for one iteration of the answers.

    Between two awaits nothing else runs, so the desk needs no lock.
    """

    def __init__(self, calls: AsyncCalls, in_flight: int, timeout: float) -> None:
        self._calls = calls
        self._timeout = timeout
        self._asked = Asked(calls.connection.address, timeout)
        self._desk = Desk(in_flight, calls.connection.channels, calls.connection.retry)
        self._unread: BaseException | None = None
        self._streams: dict[Lane, Stream] = {}
        # What is set when it is worth another look: by the reader, by the caller, and by each lane.
        self._room, self._ready = asyncio.Event(), asyncio.Event()
        self._work = {lane: asyncio.Event() for lane in self._desk.lanes}

    async def answers(self, articles: Articles) -> AsyncGenerator[Answer, None]:
        """Yield what came of each article, in order.

        Raises CallFailed where the server fails all of them, and what the iteration of the articles raises.
        """
        tasks = [asyncio.create_task(work) for work in (self._read(articles), *map(self._run, self._desk.lanes))]
        try:
            while (answer := await self._next()) is not None:
                yield answer
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _next(self) -> Answer | None:
        while (answer := self._desk.take()) is None:
            for lane in self._desk.late(now(), self._timeout):
                self._streams[lane].cancel()
            if self._desk.fault:
                raise self._desk.fault
            if self._desk.done:
                if self._unread:
                    raise self._unread
                return None
            await _signal(self._ready, self._desk.patience(now(), self._timeout))
        self._room.set()
        return answer

    async def _read(self, articles: Articles) -> None:
        try:
            async with aclosing(_asynchronous(articles)) as iterator:
                while True:
                    await _until(self._room, lambda: self._desk.room)
                    lane = self._desk.add(await anext(iterator))
                    (self._ready if lane is None else self._work[lane]).set()
        except StopAsyncIteration:
            pass
        except Exception as error:  # noqa: BLE001 - the caller's own, raised where the caller iterates
            self._unread = error
        self._desk.ended = True
        for event in (self._ready, *self._work.values()):
            event.set()

    async def _run(self, lane: Lane) -> None:
        """Open one stream after the other for a lane as long as it has articles."""
        broken: Line[AsyncWire] | None = None
        try:
            while await self._has_work(lane):
                with self._calls.pool.line(avoid=broken) as line:
                    error = await self._stream(lane, line.opened)
                broken = line if error else None
                step = self._desk.broke(lane, error or cut(self._asked), late(self._asked))
                self._ready.set()
                await self._follow(step)
        except Exception as error:  # noqa: BLE001 - no task may end and leave the caller waiting
            self._fail(error)

    async def _has_work(self, lane: Lane) -> bool:
        await _until(self._work[lane], lambda: bool(lane.waiting) or self._desk.ended)
        return bool(lane.waiting) and not self._desk.fault

    async def _stream(self, lane: Lane, wire: AsyncWire) -> TimelineError | None:
        """Send a lane's articles and note their answers until the stream ends; return the error where it broke."""
        call = self._streams[lane] = wire.stub.ExtractTimelines(metadata=self._calls.connection.metadata)
        writer = asyncio.create_task(self._write(lane, call))
        try:
            async for response in call:
                error = None if response.HasField("result") else error_of(response.error, self._asked)
                if not lane.sent or (error and again(error)):
                    return error or too_many(self._asked)
                self._desk.answer(lane, None if error else response.result, error, now())
                self._work[lane].set()
                self._ready.set()
        except grpc.RpcError as error:
            return error_of(status_of(error), self._asked)
        except asyncio.CancelledError:
            # Either this task is to end, or the stream took too long or lost its channel.
            if stopping():
                raise
            return cut(self._asked)
        finally:
            call.cancel()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return None

    async def _write(self, lane: Lane, call: Stream) -> None:
        while True:
            while not (over := self._desk.over(lane, now())) and not self._desk.sendable(lane):
                await _signal(self._work[lane], self._desk.life(lane, now()))
            if over:
                break
            message = self._desk.send(lane, now())
            self._ready.set()  # its time begins
            await call.write(self._calls.requests.streamed(message))
        await call.done_writing()

    async def _follow(self, step: Step) -> None:
        match step:
            case Pause(seconds):
                await asyncio.sleep(seconds)
            case AskAlone(slot):
                try:
                    response = await self._calls.extract(slot.message, self._timeout)
                except EVERYONES as error:
                    self._fail(error)
                except TimelineError as error:
                    self._settle(slot, None, error)
                else:
                    self._settle(slot, response, None)
            case Probe(slot, error):
                try:
                    await self._calls.event_kinds(self._timeout)
                except CallFailed:
                    self._fail(error)
                else:
                    self._settle(slot, None, error)
            case _:
                assert_never(step)

    def _settle(self, slot: Slot, response: pb.ExtractTimelineResponse | None, error: TimelineError | None) -> None:
        slot.response, slot.error = response, error
        self._ready.set()

    def _fail(self, error: BaseException) -> None:
        self._desk.fault = error
        self._ready.set()


async def _until(event: asyncio.Event, happened: Callable[[], bool]) -> None:
    while not happened():
        await _signal(event, None)


async def _signal(event: asyncio.Event, patience: float | None) -> None:
    """Wait for the next time that an event is set, at most so many seconds."""
    event.clear()
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            await event.wait()


async def _asynchronous(articles: Articles) -> AsyncGenerator[Article, None]:
    if isinstance(articles, AsyncIterable):
        async for article in articles:
            yield article
    else:
        for article in articles:
            yield article
