"""Answers from a server: articles go out on streams, a bounded number ahead, and the bytes are those of an engine in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from client.batch.answering import Answer, Fault, article_of, name_of, refused
from client.batch.job import Job
from client.batch.plan import engine_change
from client.batch.records import Record
from client.exits import Exit, Failure
from client.remote import failure
from client.service.calls import Calls
from client.service.errors import Busy, Refused, TimedOut, Unavailable
from client.service.settings import Connection
from client.service.streams import Streams
from eventtimeline.jsonlines import response_to_json
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, TimelineError, written_words

IN_FLIGHT = 64
"""Articles that are read ahead of the answers."""
CODES = {TimedOut: "DEADLINE_EXCEEDED", Busy: "RESOURCE_EXHAUSTED", Refused: "PERMISSION_DENIED", Unavailable: "UNAVAILABLE"}
"""The gRPC status that a fault has the name of; of others it is INTERNAL."""


class Remote:
    """Answers with a server's engine, which must be that of the job; serves one shard after the other."""

    def __init__(self, job: Job, connection: Connection) -> None:
        self._job = job
        self._calls = Calls(connection)

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer; raises Failure where the server fails as a whole, or has another engine."""
        # Those that were read and not answered yet, with the answer of those that hold no article to ask about.
        waiting = deque[tuple[Record, Answer | None]]()

        def articles() -> Iterator[Article]:
            for record in records:
                try:
                    article = article_of(record, self._job)
                except InvalidArticle as error:
                    waiting.append((record, refused(record, self._job, error)))
                    continue
                waiting.append((record, None))
                yield article

        try:
            streams = Streams(self._calls, IN_FLIGHT, self._calls.connection.timeout)
            for article, response, error in streams.answers(articles()):
                yield from _refused_before(waiting)
                record = waiting.popleft()[0]
                yield record, self._answer(record, article, response, error)
        except TimelineError as error:
            raise failure(error, self._calls.connection.address) from error
        yield from _refused_before(waiting)

    def _answer(
        self, record: Record, article: Article, response: pb.ExtractTimelineResponse | None, error: TimelineError | None
    ) -> Answer:
        if response is None:
            return self._fault(record, error)
        engine = {"version": response.engine_version, "lexicon": response.lexicon_hash}
        if said := engine_change(self._job.engine, engine):
            raise Failure(Exit.TRY_LATER, f"{said} on the server while the job ran: run it again")
        timeline = response.timeline
        events = len(timeline.events)
        dated = events - len(timeline.undated_event_ids)
        line = f"{response_to_json(response)}\n".encode()
        return Answer(article.id, line, None, len(timeline.times), events, dated, written_words(article.text))

    def _fault(self, record: Record, error: TimelineError | None) -> Answer:
        if isinstance(error, InvalidArticle):
            return refused(record, self._job, error)
        return Answer(name_of(record, self._job), b"", Fault(CODES.get(type(error), "INTERNAL"), str(error), ""))


def engine_of(connection: Connection) -> dict[str, Any]:
    """Return what a server tells of its engine: its version and its lexicon; raises Failure where it does not answer."""
    calls = Calls(connection)
    try:
        response = calls.extract(pb.Article(text="."), connection.timeout)
    except TimelineError as error:
        raise failure(error, connection.address) from error
    finally:
        calls.close()
    return {"version": response.engine_version, "lexicon": response.lexicon_hash, "hash": ""}


def _refused_before(waiting: deque[tuple[Record, Answer | None]]) -> Iterator[tuple[Record, Answer]]:
    """Yield, and take away, what stands before the first record that a server is to answer."""
    while waiting:
        record, answer = waiting[0]
        if answer is None:
            return
        waiting.popleft()
        yield record, answer
