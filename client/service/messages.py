"""What is sent and what comes back, in the library's own types. Knows no grpc."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from client.service.errors import Unsupported
from eventtimeline.mapping import article_to_proto, response_to_kinds, response_to_timeline
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, EventKind, InvalidArticle, Language, Publication, Timeline, TimelineError, civil_zone

LARGEST = (1 << 31) - 1
"""Bytes of an answer that this client takes: whatever the server gives."""


class Outcome(NamedTuple):
    """What came of an article: its timeline, or the error for which it has none."""

    article: Article
    timeline: Timeline | None
    error: TimelineError | None

    def result(self) -> Timeline:
        """Return the timeline; raises the error where there is one."""
        if self.timeline is None:
            raise self.error or AssertionError("neither a timeline nor an error")
        return self.timeline


class Answer(NamedTuple):
    """What came of an article, as the server said it."""

    article: Article
    response: pb.ExtractTimelineResponse | None
    error: TimelineError | None


class Requests:
    """Makes every request: this is the place for what all of them ask for."""

    def __init__(self, language: Language) -> None:
        self._language = language.value

    def alone(self, message: pb.Article) -> pb.ExtractTimelineRequest:
        """Return the request for one article."""
        return pb.ExtractTimelineRequest(article=message, language_code=self._language, max_response_bytes=LARGEST)

    def streamed(self, message: pb.Article) -> pb.ExtractTimelinesRequest:
        """Return the request for one of many articles."""
        return pb.ExtractTimelinesRequest(article=message, language_code=self._language, max_response_bytes=LARGEST)

    def expressions(self, message: pb.Article) -> pb.ResolveExpressionsRequest:
        """Return the request for the time expressions of an article's text."""
        return pb.ResolveExpressionsRequest(
            text=message.text,
            publication=message.publication if message.HasField("publication") else None,
            language_code=self._language,
            max_response_bytes=LARGEST,
        )


def article_message(article: Article) -> pb.Article:
    """Return an article as a message, a civil time of publication as its instant; raises InvalidArticle where it is none."""
    context = article.publication
    if context and isinstance(context.at, dt.datetime) and context.at.tzinfo is None:
        moment = context.at.replace(tzinfo=civil_zone(context))
        article = replace(article, publication=replace(context, at=moment))
    return article_to_proto(article)


def timeline_of(response: pb.ExtractTimelineResponse, publication: Publication | None) -> Timeline:
    """Return the timeline that an answer holds, as an extractor in process gives it.

    Raises Unsupported for an answer of a newer contract, and for one that is not whole.
    """
    if response.truncated:
        raise Unsupported("the answer is larger than the server gives (its option max_response_bytes), so it is not whole")
    zone = _zone(publication.zone, publication.country) if publication else dt.UTC
    try:
        return response_to_timeline(response, zone=zone)
    except ValueError as error:
        raise Unsupported(f"the answer of engine {response.engine_version} is of a newer contract: {error}") from error


def expressions_of(response: pb.ResolveExpressionsResponse, publication: Publication | None) -> Timeline:
    """Return the time expressions that an answer holds, as a timeline without events; raises Unsupported as above."""
    whole = pb.ExtractTimelineResponse(
        timeline=pb.Timeline(times=response.times),
        warnings=response.warnings,
        engine_version=response.engine_version,
        truncated=response.truncated,
    )
    return timeline_of(whole, publication)


def kinds_of(response: pb.ListEventKindsResponse) -> tuple[EventKind, ...]:
    """Return the kinds of events that an answer holds; raises Unsupported as above."""
    try:
        return response_to_kinds(response)
    except ValueError as error:
        raise Unsupported(f"the answer of engine {response.engine_version} is of a newer contract: {error}") from error


def outcome_of(answer: Answer) -> Outcome:
    """Return an answer in the library's own types."""
    article, response, error = answer
    if response is None:
        return Outcome(article, None, error)
    try:
        return Outcome(article, timeline_of(response, article.publication), None)
    except Unsupported as newer:
        return Outcome(article, None, newer)


@lru_cache(maxsize=1024)
def _zone(zone: str, country: str) -> dt.tzinfo:
    try:
        return civil_zone(Publication(zone=zone, country=country))
    except InvalidArticle:  # a zone that the server knows and this machine does not
        return dt.UTC
