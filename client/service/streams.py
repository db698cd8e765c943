"""Many articles over several streams at once, their answers in the order of the articles."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from time import monotonic as now
from typing import assert_never

import grpc

from client.service.calls import Calls, Wire
from client.service.desk import AskAlone, Desk, Lane, Pause, Probe, Slot, Step
from client.service.errors import CallFailed
from client.service.messages import Answer
from client.service.pool import Line
from client.service.retry import again
from client.service.statuses import EVERYONES, Asked, cut, error_of, late, status_of, too_many
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, TimelineError


class Streams:
    """Reads articles in one thread and asks for their timelines in one thread a lane, for one iteration of the answers."""

    def __init__(self, calls: Calls, in_flight: int, timeout: float) -> None:
        self._calls = calls
        self._timeout = timeout
        self._asked = Asked(calls.connection.address, timeout)
        self._desk = Desk(in_flight, calls.connection.channels, calls.connection.retry)
        self._unread: BaseException | None = None
        self._closed = threading.Event()
        self._streams: dict[Lane, grpc.Call] = {}
        # One lock for the desk, and who waits for what: the reader, the caller, and each lane.
        lock = threading.RLock()
        self._room, self._ready = threading.Condition(lock), threading.Condition(lock)
        self._work = {lane: threading.Condition(lock) for lane in self._desk.lanes}

    def answers(self, articles: Iterable[Article]) -> Iterator[Answer]:
        """Yield what came of each article, in order.

        Raises CallFailed where the server fails all of them, and what the iteration of the articles raises.
        """
        try:
            threading.Thread(target=self._read, args=(articles,), daemon=True).start()
            for lane in self._desk.lanes:
                threading.Thread(target=self._run, args=(lane,), daemon=True).start()
            while (answer := self._next()) is not None:
                yield answer
        finally:
            self._close()

    def _next(self) -> Answer | None:
        with self._ready:
            while (answer := self._desk.take()) is None:
                for lane in self._desk.late(now(), self._timeout):
                    self._streams[lane].cancel()
                if self._desk.fault:
                    raise self._desk.fault
                if self._desk.done:
                    if self._unread:
                        raise self._unread
                    return None
                self._ready.wait(self._desk.patience(now(), self._timeout))
            self._room.notify()
            return answer

    def _close(self) -> None:
        self._closed.set()
        self._end()
        for call in list(self._streams.values()):
            call.cancel()

    def _end(self) -> None:
        """Note that there will be no more articles."""
        with self._ready:
            self._desk.ended = True
            for condition in (self._room, self._ready, *self._work.values()):
                condition.notify_all()

    def _read(self, articles: Iterable[Article]) -> None:
        try:
            iterator = iter(articles)
            while self._may_read():
                article = next(iterator)
                with self._ready:
                    lane = self._desk.add(article)
                    (self._ready if lane is None else self._work[lane]).notify_all()
        except StopIteration:
            pass
        except BaseException as error:  # noqa: BLE001 - the caller's own, raised where the caller iterates
            self._unread = error
        self._end()

    def _may_read(self) -> bool:
        with self._room:
            self._room.wait_for(lambda: self._desk.room or self._closed.is_set())
            return not self._closed.is_set()

    def _run(self, lane: Lane) -> None:
        """Open one stream after the other for a lane as long as it has articles."""
        broken: Line[Wire] | None = None
        try:
            while self._has_work(lane):
                with self._calls.pool.line(avoid=broken) as line:
                    error = self._stream(lane, line.opened)
                broken = line if error else None
                with self._ready:
                    step = self._desk.broke(lane, error or cut(self._asked), late(self._asked))
                    self._work[lane].notify_all()
                    self._ready.notify()
                self._follow(step)
        except BaseException as error:  # noqa: BLE001 - no thread may end and leave the caller waiting
            self._fail(error)

    def _has_work(self, lane: Lane) -> bool:
        with self._work[lane]:
            self._work[lane].wait_for(lambda: lane.waiting or self._desk.ended)
            return bool(lane.waiting) and not self._desk.fault and not self._closed.is_set()

    def _stream(self, lane: Lane, wire: Wire) -> TimelineError | None:
        """Send a lane's articles and note their answers until the stream ends; return the error where it broke."""
        with self._ready:  # so that nothing is sent, and nothing can be late, before the call is known
            call = wire.stub.ExtractTimelines(self._requests(lane, lane.turn), metadata=self._calls.connection.metadata)
            self._streams[lane] = call
        if self._closed.is_set():
            call.cancel()
        try:
            for response in call:
                error = None if response.HasField("result") else error_of(response.error, self._asked)
                with self._ready:
                    if not lane.sent or (error and again(error)):
                        call.cancel()
                        return error or too_many(self._asked)
                    self._desk.answer(lane, None if error else response.result, error, now())
                    self._work[lane].notify_all()
                    self._ready.notify()
        except grpc.RpcError as error:
            return error_of(status_of(error), self._asked)
        return None

    def _requests(self, lane: Lane, turn: int) -> Iterator[pb.ExtractTimelinesRequest]:
        while True:
            with self._work[lane]:
                while not (over := lane.turn != turn or self._desk.over(lane, now())) and not self._desk.sendable(lane):
                    self._work[lane].wait(self._desk.life(lane, now()))
                if over:
                    return
                message = self._desk.send(lane, now())
                self._ready.notify()  # its time begins
            yield self._calls.requests.streamed(message)

    def _follow(self, step: Step) -> None:
        match step:
            case Pause(seconds):
                self._closed.wait(seconds)
            case AskAlone(slot):
                try:
                    response = self._calls.extract(slot.message, self._timeout)
                except EVERYONES as error:
                    self._fail(error)
                except TimelineError as error:
                    self._settle(slot, None, error)
                else:
                    self._settle(slot, response, None)
            case Probe(slot, error):
                try:
                    self._calls.event_kinds(self._timeout)
                except CallFailed:
                    self._fail(error)
                else:
                    self._settle(slot, None, error)
            case _:
                assert_never(step)

    def _settle(self, slot: Slot, response: pb.ExtractTimelineResponse | None, error: TimelineError | None) -> None:
        with self._ready:
            slot.response, slot.error = response, error
            self._ready.notify()

    def _fail(self, error: BaseException) -> None:
        with self._ready:
            self._desk.fault = error
            self._ready.notify()
