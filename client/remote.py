"""Asks a server for the timelines of a command's articles, and says what goes wrong in terms of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from client.exits import Exit, Failure, invalid
from client.inputs import reason
from client.parser import Arguments
from client.service.calls import Calls
from client.service.errors import Busy, InsecureToken, Refused, TimedOut, Unavailable
from client.service.settings import Connection
from client.service.streams import Streams
from client.service.tls import Tls
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, Language, TimelineError

RETRIES = 2
"""A person who waits wants to know soon that there is no server."""
IN_FLIGHT = 64


VARIABLE = "TIMELINE_TOKEN"
"""The variable that holds a bearer token: on a command line it could be read by others."""


def ask(arguments: Arguments, articles: Sequence[Article]) -> Iterator[pb.ExtractTimelineResponse | Failure]:
    """Yield an answer, or what is wrong with the article, for every article in order.

    Raises Failure where the server fails as a whole, and for options that can't be.
    """
    address, timeout = arguments.server or "", arguments.timeout
    calls = Calls(connection(address, arguments, RETRIES))
    try:
        for _, response, error in Streams(calls, IN_FLIGHT, timeout).answers(articles):
            yield failure(error, address) if error else response or pb.ExtractTimelineResponse()
    except TimelineError as error:
        raise failure(error, address) from error
    finally:
        calls.close()


def connection(address: str, arguments: Arguments, retries: int, channels: int = 1) -> Connection:
    """Return the connection that options ask for; raises Failure for options that can't be."""
    try:
        return Connection(
            address,
            token=os.environ.get(VARIABLE, ""),
            tls=_tls(arguments),
            timeout=arguments.timeout,
            channels=channels,
            retries=retries,
            language=Language(arguments.language),
        )
    except InsecureToken as error:
        raise Failure(Exit.USAGE, f"{error}: add --tls or --ca, or unset {VARIABLE}") from error


def _tls(arguments: Arguments) -> Tls | None:
    if not (arguments.tls or arguments.ca or arguments.certificate or arguments.key):
        return None
    try:
        return Tls.from_files(arguments.ca, arguments.certificate, arguments.key)
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{error.filename}: {reason(error)}") from error
    except ValueError as error:
        raise Failure(Exit.USAGE, str(error)) from error


def failure(error: TimelineError, address: str) -> Failure:
    """Return what an error means to a person at the command line."""
    match error:
        case InvalidArticle(field=field, reason=reason):
            return invalid(field, reason)
        case Unavailable():
            return Failure(Exit.UNAVAILABLE, f"{error}. Start one: timeline-server --listen {address}")
        case TimedOut():
            return Failure(Exit.TRY_LATER, f"{error} an article; see --timeout")
        case Busy():
            return Failure(Exit.TRY_LATER, f"{error}. Try again later")
        case Refused():
            return Failure(Exit.REFUSED, str(error))
        case _:
            return Failure(Exit.INTERNAL, str(error))
