"""The command line, and the client library of the server: `from client import TimelineClient, AsyncTimelineClient`.

Names are looked up when they are first used, so that `timeline --help` imports no grpc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from client.service.asynchronous import AsyncTimelineClient
    from client.service.blocking import TimelineClient
    from client.service.errors import (
        Busy,
        CallFailed,
        InsecureToken,
        Refused,
        ServerFault,
        TimedOut,
        Unavailable,
        Unsupported,
    )
    from client.service.messages import Outcome
    from client.service.settings import Settings
    from client.service.tls import Tls
else:
    HOMES = {
        "AsyncTimelineClient": "asynchronous",
        "Outcome": "messages",
        "Settings": "settings",
        "TimelineClient": "blocking",
        "Tls": "tls",
    }
    """The modules of names that are no errors."""

    def __getattr__(name: str) -> object:
        """Return a name of the library; raises AttributeError for others."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"client.service.{HOMES.get(name, 'errors')}"), name)


__all__ = [
    "AsyncTimelineClient",
    "Busy",
    "CallFailed",
    "InsecureToken",
    "Outcome",
    "Refused",
    "ServerFault",
    "Settings",
    "TimedOut",
    "TimelineClient",
    "Tls",
    "Unavailable",
    "Unsupported",
]
