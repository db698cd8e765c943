"""The books of a stream of articles: which are under way on which lane, and what came of them. Knows no grpc and no clock.

A lane is a stream to the server that is opened anew where it breaks. Whoever uses a desk from several threads locks it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from client.service.errors import Busy, TimedOut
from client.service.messages import Answer, article_message
from client.service.retry import Retry, again
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, TimelineError

LIFE = 5.0
"""Seconds after which a stream gets no more articles and another one is opened: a server that drains waits for streams to end."""


@dataclass(slots=True, eq=False)
class Slot:
    """An article that was read, its message, and what came of it."""

    article: Article
    message: pb.Article
    response: pb.ExtractTimelineResponse | None = None
    error: TimelineError | None = None


@dataclass(slots=True, eq=False)
class Lane:
    """The articles of one lane in order: those that wait and those that were sent, none of them answered.

    `turn` counts the lane's streams, `misses` those in a row that brought no answer; `answered` says that this one did;
    `since` is when its oldest article became that; `overdue` says that the time of that was over; `ends` is when its stream
    takes no more articles.
    """

    waiting: deque[Slot] = field(default_factory=deque)
    sent: deque[Slot] = field(default_factory=deque)
    turn: int = 0
    misses: int = 0
    answered: bool = False
    since: float = 0.0
    overdue: bool = False
    ends: float = 0.0

    @property
    def load(self) -> int:
        """How many articles are without an answer."""
        return len(self.waiting) + len(self.sent)


class Pause(NamedTuple):
    """Open the lane's next stream after so many seconds."""

    seconds: float


class AskAlone(NamedTuple):
    """Ask for this article in a call of its own: it may be what ended the stream, or else the stream had no room."""

    slot: Slot


class Probe(NamedTuple):
    """Find out whether the server answers at all. If so this article has the error, else all of them have."""

    slot: Slot
    error: TimelineError


Step = Pause | AskAlone | Probe


class Desk:
    """Takes articles in, at most `in_flight` of them ahead of the answers that were taken out in the same order.

    Raises ValueError where none would be.
    """

    def __init__(self, in_flight: int, lanes: int, retry: Retry) -> None:
        if in_flight < 1:
            raise ValueError(f"in_flight must be 1 or more, not {in_flight}")
        self.lanes = tuple(Lane() for _ in range(min(lanes, in_flight)))
        self.fault: BaseException | None = None
        """What ended everything."""
        self.ended = False
        """Whether all articles were read, or no more are wanted."""
        self._in_flight = in_flight
        self._retry = retry
        self._window: deque[Slot] = deque()
        self._alive = False

    @property
    def room(self) -> bool:
        """Whether an article may be read."""
        return len(self._window) < self._in_flight

    def add(self, article: Article) -> Lane | None:
        """Take in an article and return the lane that gets it, that with the least to do; None where it can't be sent."""
        try:
            slot = Slot(article, article_message(article))
        except InvalidArticle as error:
            self._window.append(Slot(article, pb.Article(), error=error))
            return None
        lane = min(self.lanes, key=lambda lane: (lane.misses, lane.load))
        lane.waiting.append(slot)
        self._window.append(slot)
        return lane

    def take(self) -> Answer | None:
        """Return the next answer in order, None where it is not there yet."""
        if not self._window or (self._window[0].response is None and self._window[0].error is None):
            return None
        slot = self._window.popleft()
        return Answer(slot.article, slot.response, slot.error)

    @property
    def done(self) -> bool:
        """Whether every article was read and its answer taken."""
        return self.ended and not self._window

    def over(self, lane: Lane, now: float) -> bool:
        """Tell whether a lane's stream has nothing more to send: its time is over, or no article waits and none will come."""
        return (lane.answered and now >= lane.ends) or (self.ended and not lane.waiting)

    def life(self, lane: Lane, now: float) -> float | None:
        """Return the seconds until a lane's stream takes no more articles, None where that is not settled yet."""
        return max(0.0, lane.ends - now) if lane.answered else None

    def sendable(self, lane: Lane) -> bool:
        """Tell whether a lane may send an article: only one until its stream has answered, for it may yet be refused."""
        return bool(lane.waiting) and (lane.answered or not lane.sent)

    def send(self, lane: Lane, now: float) -> pb.Article:
        """Return the message that a lane is to send next."""
        slot = lane.waiting.popleft()
        if not lane.sent:
            lane.since = now
        if not lane.answered:
            lane.ends = now + LIFE
        lane.sent.append(slot)
        return slot.message

    def answer(self, lane: Lane, response: pb.ExtractTimelineResponse | None, error: TimelineError | None, now: float) -> None:
        """Note what a lane's stream said of its oldest article; raises IndexError where none was sent."""
        slot = lane.sent.popleft()
        slot.response, slot.error = response, error
        self._alive = True
        lane.misses, lane.answered, lane.since, lane.overdue = 0, True, now, False

    def late(self, now: float, timeout: float) -> list[Lane]:
        """Return the lanes whose oldest article got no answer for `timeout` seconds; each one once.

        Where a stream does not even end when it is told to, that ends everything: nobody is to wait for ever.
        """
        found = [lane for lane in self.lanes if lane.sent and now >= lane.since + timeout]
        if any(lane.overdue for lane in found):
            self.fault = TimedOut(f"a stream gave no answer within {timeout:g} s and could not be ended")
        for lane in found:
            lane.overdue, lane.since = True, now
        return found

    def patience(self, now: float, timeout: float) -> float | None:
        """Return the seconds until a lane may be late, None where nothing is under way."""
        return min((max(0.0, lane.since + timeout - now) for lane in self.lanes if lane.sent), default=None)

    def broke(self, lane: Lane, error: TimelineError, late: TimelineError) -> Step:
        """Return what to do after a lane's stream ended; `late` is the error of an article whose time was over."""
        complete = lane.answered and not lane.sent
        fruitful, overdue = lane.answered, lane.overdue
        lane.turn, lane.answered, lane.overdue = lane.turn + 1, False, False
        lane.waiting.extendleft(reversed(lane.sent))
        lane.sent.clear()
        if complete or not lane.waiting:
            return Pause(0.0)
        if overdue:
            lane.waiting.popleft().error = late
            return Pause(0.0)
        if isinstance(error, Busy) and error.retry_after is None:
            return AskAlone(lane.waiting.popleft())
        if not again(error):
            self.fault = error
            return Pause(0.0)
        lane.misses = 0 if fruitful else lane.misses + 1
        wait = self._retry.wait(lane.misses, error)
        if wait is not None:
            return Pause(wait)
        if not self._alive:
            self.fault = error
            return Pause(0.0)
        lane.misses = 0
        return Probe(lane.waiting.popleft(), error)
