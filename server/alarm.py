"""Cuts what the main thread does when its time is over: no other thread of a Python process can be stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Cut(BaseException):
    """Raised inside work whose time is over. No Exception, so that nothing in the work takes it for its own."""


class Alarm:
    """The interval timer of the process. To be made and used in the main thread, where Python handles signals."""

    def __init__(self) -> None:
        self._armed = False
        signal.signal(signal.SIGALRM, self._ring)

    def run(self, work: Callable[[], Answer], seconds: float) -> Answer:
        """Return what the work returns; raises Cut where it takes longer than so many seconds."""
        try:
            try:
                self._armed = True
                signal.setitimer(signal.ITIMER_REAL, seconds)
                return work()
            finally:
                # From here on the alarm rings unheard. Where it rang just before, Cut passes through here.
                self._armed = False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def cut(self) -> None:
        """Cut what is being done, from another thread."""
        os.kill(os.getpid(), signal.SIGALRM)

    def _ring(self, *_: object) -> None:
        if self._armed:
            self._armed = False
            raise Cut
