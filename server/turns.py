"""Reading takes turns: the threads of calls hand it to one thread, which does one piece after the other within its time.

A Python process computes one thing at a time anyway. In turn, pieces do not slow each other down, those whose caller has gone
are left out, and those that take too long can be cut.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from server.alarm import Cut
from server.calls import Call
from server.errors import BudgetSpent, CallerGone, DeadlinePassed, Stopping

Answer = TypeVar("Answer")


class _Piece:
    """Something to do for a call, and what came of it. `done` is locked until then."""

    __slots__ = ("answer", "call", "done", "error", "work")

    def __init__(self, work: Callable[[], Any], call: Call) -> None:
        self.work = work
        self.call = call
        self.answer: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()


class Turns:
    """A queue of work for the thread that runs `serve`.

    `within` runs work and raises Cut after so many seconds; `budget` is how many a piece may take.
    """

    def __init__(self, within: Callable[[Callable[[], Any], float], Any], budget: float) -> None:
        self._within = within
        self._budget = budget
        self._pieces: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._closing = self._ended = False
        self._began: float | None = None

    def take(self, work: Callable[[], Answer], call: Call) -> Answer:
        """Wait for a turn and return what the work returns, or raise what it raises.

        Raises CallerGone or DeadlinePassed where nobody waits for it any more, BudgetSpent where it was cut, Stopping at the end.
        """
        piece = _Piece(work, call)
        self._pieces.put(piece)
        if self._ended:
            # `serve` may not have seen it.
            self._refuse_rest()
        piece.done.acquire()
        if piece.error is not None:
            raise piece.error
        answer: Answer = piece.answer
        return answer

    def serve(self) -> None:
        """Do the work, piece by piece, until `close`."""
        while (piece := self._pieces.get()) is not None:
            if self._closing:
                piece.error = Stopping()
                piece.done.release()
            else:
                self._do(piece)
        self._ended = True
        self._refuse_rest()

    def close(self) -> None:
        """Let `serve` end after what it is doing; what still waits is refused."""
        self._closing = True
        self._pieces.put(None)

    def busy_seconds(self) -> float:
        """Return for how long the present piece has been going on, 0 where there is none."""
        began = self._began
        return 0.0 if began is None else time.monotonic() - began

    def _do(self, piece: _Piece) -> None:
        try:
            piece.answer = self._read(piece)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the call
            piece.error = error
        finally:
            self._began = None
            piece.done.release()

    def _read(self, piece: _Piece) -> Any:  # noqa: ANN401 - whatever the work returns
        call = piece.call
        remaining = call.remaining()
        if not call.active() or remaining <= 0:
            raise DeadlinePassed if remaining <= 0 else CallerGone
        self._began = time.monotonic()
        try:
            return self._within(piece.work, min(self._budget, remaining))
        except Cut:
            if self._closing:
                raise Stopping from None
            call.cut += 1
            raise (BudgetSpent(self._budget) if self._budget <= remaining else DeadlinePassed()) from None

    def _refuse_rest(self) -> None:
        try:
            while True:
                piece = self._pieces.get_nowait()
                if piece is not None:
                    piece.error = Stopping()
                    piece.done.release()
        except queue.Empty:
            return
