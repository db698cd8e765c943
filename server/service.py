"""The methods of the service: a request in, the library's answer out. Knows neither gRPC nor HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from google.rpc.status_pb2 import Status

from eventtimeline import mapping
from eventtimeline.languages import language_of
from eventtimeline.offsets import ENCODINGS
from eventtimeline.parts import fit
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.wire import timeline_to_bytes
from server.calls import Call
from server.config import Options
from server.errors import Undecodable, decoded, status_of
from server.turns import Turns
from timeline import Article, Extractor, InvalidArticle, Timeline

Answer = TypeVar("Answer")

SERVICE = pb.DESCRIPTOR.services_by_name["TimelineService"].full_name

CALLER_TAKES = 4 << 20
"""Bytes of an answer that a gRPC client takes unless it was told otherwise, and that a request which says nothing gets."""
AROUND = 64
"""Bytes that a stream's answer takes around an article's, beside the article's id."""
SURELY_FITS = 1 << 13
"""Characters up to which no text has an answer of half of 4 MiB: that would be 256 bytes a character."""


Form = Callable[[Timeline, Article, int, int], Answer]
"""Makes the answer of a timeline, with its article, the encoding of its offsets and the bytes it may have."""


def as_message(timeline: Timeline, article: Article, encoding: int, limit: int) -> pb.ExtractTimelineResponse:
    """Return an answer as a message."""
    response = mapping.timeline_to_response(timeline, article, encoding)
    if not _surely_fits(article, limit):
        fit(response, limit)
    return response


def as_bytes(timeline: Timeline, article: Article, encoding: int, limit: int) -> bytes:
    """Return an answer as the bytes of its message."""
    if _surely_fits(article, limit):
        return timeline_to_bytes(timeline, article, encoding)
    return as_message(timeline, article, encoding, limit).SerializeToString()


def _surely_fits(article: Article, limit: int) -> bool:
    return limit >= CALLER_TAKES // 2 and len(article.text) <= SURELY_FITS


class TimelineService(Generic[Answer]):
    """Answers calls with one extractor, articles in a form. Methods raise; who calls them turns errors into statuses."""

    def __init__(self, extractor: Extractor, turns: Turns, options: Options, form: Form[Answer]) -> None:
        self._extractor = extractor
        self._turns = turns
        self._form = form
        self._max_text_bytes = options.max_text_bytes
        self._max_response_bytes = options.max_response_bytes

    def extract_timeline(self, request: pb.ExtractTimelineRequest | Undecodable, call: Call) -> Answer:
        """Return the timeline of one article; raises InvalidArticle or a Refusal."""
        return self._extract(decoded(request), call)

    def extract_timelines(
        self, requests: Iterator[pb.ExtractTimelinesRequest | Undecodable], call: Call
    ) -> Iterator[tuple[str, Answer | Status]]:
        """Yield an article's id and its answer, or why it has none, for each in turn: what goes wrong with one is its own."""
        return (self._outcome(request, call) for request in requests)

    def resolve_expressions(
        self, request: pb.ResolveExpressionsRequest | Undecodable, call: Call
    ) -> pb.ResolveExpressionsResponse:
        """Return the time expressions of a short text; raises InvalidArticle or a Refusal."""
        asked = decoded(request)
        self._check("text", asked.text, asked.offset_encoding, call)
        limit = self._limit(asked.max_response_bytes, "")
        language = language_of(asked.language_code)

        def work() -> pb.ExtractTimelineResponse:
            article = Article(asked.text, mapping.publication_from_proto(asked.publication))
            timeline = self._extractor.resolve(article, language)
            call.note(timeline)
            return as_message(timeline, article, asked.offset_encoding, limit)

        try:
            response = self._turns.take(work, call)
        except InvalidArticle as error:
            raise InvalidArticle(error.field.removeprefix("article."), error.reason) from error
        return mapping.expressions_of(response)

    def list_event_kinds(self, request: pb.ListEventKindsRequest | Undecodable, _: Call) -> pb.ListEventKindsResponse:
        """Return every kind of event; raises a Refusal."""
        decoded(request)
        return mapping.kinds_to_response(self._extractor.event_kinds())

    def _extract(self, request: pb.ExtractTimelineRequest | pb.ExtractTimelinesRequest, call: Call) -> Answer:
        text = request.article.text
        self._check("article.text", text, request.offset_encoding, call)
        limit = self._limit(request.max_response_bytes, request.article.id)
        language = language_of(request.language_code)

        def work() -> Answer:
            article = mapping.article_from_proto(request.article)
            timeline = self._extractor.extract(article, language)
            call.note(timeline)
            return self._form(timeline, article, request.offset_encoding, limit)

        return self._turns.take(work, call)

    def _outcome(self, request: pb.ExtractTimelinesRequest | Undecodable, call: Call) -> tuple[str, Answer | Status]:
        article_id = "" if isinstance(request, Undecodable) else request.article.id
        try:
            return article_id, self._extract(decoded(request), call)
        except Exception as error:  # noqa: BLE001 - one article's fault must not end the others' stream
            call.failed += 1
            return article_id, status_of(error, call.request_id)

    def _check(self, field: str, text: str, encoding: int, call: Call) -> None:
        call.articles += 1
        if encoding not in ENCODINGS:
            raise InvalidArticle("offset_encoding", f"there is no encoding {encoding}")
        limit = self._max_text_bytes
        if call.token is not None and call.token.max_text_bytes is not None:
            limit = min(limit, call.token.max_text_bytes)
        size = len(text.encode())
        call.text_bytes += size
        if size > limit:
            raise InvalidArticle(field, f"the text has {size} bytes in UTF-8, the limit is {limit}")

    def _limit(self, asked: int, article_id: str) -> int:
        """Return how many bytes the answer for an article may have."""
        if asked < 0:
            raise InvalidArticle("max_response_bytes", f"{asked} is below 0")
        return min(asked or CALLER_TAKES, self._max_response_bytes) - len(article_id.encode()) - AROUND
