"""A call as the service sees it, whichever protocol brought it: who asks, until when, and what came of it."""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from server.tokens import Token
from timeline import Timeline

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")


def request_id(said: str) -> str:
    """Return the caller's own name for a call, or a new one where it gives none that can stand in a log."""
    return said if _REQUEST_ID.fullmatch(said) else secrets.token_hex(8)


@dataclass(slots=True)
class Call:
    """One call.

    `active` tells whether somebody still waits for the answer, `remaining` how many seconds until the caller's deadline
    (infinite where there is none). What follows them is counted while the call goes on.
    """

    method: str
    protocol: str
    request_id: str
    peer: str
    token: Token | None
    trace_parent: str
    active: Callable[[], bool]
    remaining: Callable[[], float]
    began: float = field(default_factory=time.perf_counter)
    articles: int = 0
    failed: int = 0
    cut: int = 0
    text_bytes: int = 0
    response_bytes: int = 0
    events: Counter[int] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)

    def note(self, timeline: Timeline) -> None:
        """Count what was found in an article, by the number of its basis, 0 where it has none."""
        self.events.update([0 if event.basis is None else event.basis.value for event in timeline.events])
        self.times.update([time.basis.value for time in timeline.times])
