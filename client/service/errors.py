"""What can go wrong between a caller and a server. Bad input raises `timeline.InvalidArticle`, as it does in process.

All of them are below `timeline.TimelineError`.
"""

from __future__ import annotations

from timeline import TimelineError


class InsecureToken(TimelineError):
    """A token would travel in the clear to another machine."""


class CallFailed(TimelineError):
    """The root of the errors for which a server, or the want of one, is the cause."""


class Unavailable(CallFailed):
    """No server answers, or one went away each time that it was asked."""


class Busy(CallFailed):
    """The server has no room for this call. `retry_after` is in how many seconds it asks to be asked again, where it says so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Refused(CallFailed):
    """The server knows the caller's token not, or does not allow the call."""


class TimedOut(CallFailed):
    """There was no answer within the time limit of the call."""


class ServerFault(CallFailed):
    """The server failed. `reference` finds the reason in its log; it is empty where the server gave none."""

    def __init__(self, message: str, reference: str = "") -> None:
        super().__init__(message)
        self.reference = reference


class Unsupported(CallFailed):
    """What answers is no timeline server, or one of a version that this client does not understand."""
