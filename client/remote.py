"""Asks a server for the timelines of a command's articles, and says what goes wrong in terms of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from client.exits import Exit, Failure, invalid
from client.service.calls import Calls
from client.service.errors import Busy, Refused, TimedOut, Unavailable
from client.service.settings import Connection
from client.service.streams import Streams
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, Language, TimelineError

RETRIES = 2
"""A person who waits wants to know soon that there is no server."""
IN_FLIGHT = 64


def ask(
    address: str, articles: Sequence[Article], timeout: float, language: Language
) -> Iterator[pb.ExtractTimelineResponse | Failure]:
    """Yield an answer, or what is wrong with the article, for every article in order; `timeout` is seconds an article.

    Raises Failure where the server fails as a whole.
    """
    calls = Calls(Connection(address, timeout=timeout, channels=1, retries=RETRIES, language=language))
    try:
        for _, response, error in Streams(calls, IN_FLIGHT, timeout).answers(articles):
            yield _failure(error, address) if error else response or pb.ExtractTimelineResponse()
    except TimelineError as error:
        raise _failure(error, address) from error
    finally:
        calls.close()


def _failure(error: TimelineError, address: str) -> Failure:
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
