"""The methods of the service: a request in, the library's answer out."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Semaphore

import grpc

from eventtimeline import mapping
from eventtimeline.languages import language_of
from eventtimeline.offsets import ENCODINGS
from eventtimeline.v1 import timeline_pb2 as pb
from server.errors import Undecodable, decoder, status_of
from timeline import Article, Extractor, InvalidArticle

READERS = 8
"""Articles that are read at a time: more would only share the interpreter."""
LONG = 1 << 16
"""Characters from which on articles are read one at a time: some hundred bytes of memory a character go into reading one."""

SERVICE = pb.DESCRIPTOR.services_by_name["TimelineService"].full_name


class TimelineService:
    """Answers calls with one extractor, for all threads. Methods raise; who calls them turns errors into statuses."""

    def __init__(self, extractor: Extractor, max_text_bytes: int) -> None:
        self._extractor = extractor
        self._max_text_bytes = max_text_bytes
        self._short, self._long = Semaphore(READERS), Semaphore(1)

    def handlers(self) -> grpc.GenericRpcHandler:
        """Return the service for a server. Requests that can't be decoded reach its methods as `Undecodable`."""
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "ExtractTimeline": grpc.unary_unary_rpc_method_handler(
                    self.extract_timeline,
                    decoder(pb.ExtractTimelineRequest),
                    pb.ExtractTimelineResponse.SerializeToString,
                ),
                "ExtractTimelines": grpc.stream_stream_rpc_method_handler(
                    self.extract_timelines,
                    decoder(pb.ExtractTimelinesRequest),
                    pb.ExtractTimelinesResponse.SerializeToString,
                ),
                "ResolveExpressions": grpc.unary_unary_rpc_method_handler(
                    self.resolve_expressions,
                    decoder(pb.ResolveExpressionsRequest),
                    pb.ResolveExpressionsResponse.SerializeToString,
                ),
                "ListEventKinds": grpc.unary_unary_rpc_method_handler(
                    self.list_event_kinds,
                    decoder(pb.ListEventKindsRequest),
                    pb.ListEventKindsResponse.SerializeToString,
                ),
            },
        )

    def extract_timeline(self, request: pb.ExtractTimelineRequest, context: grpc.ServicerContext) -> pb.ExtractTimelineResponse:
        """Return the timeline of one article; raises InvalidArticle."""
        return self._extract(request, context)

    def extract_timelines(
        self, requests: Iterator[pb.ExtractTimelinesRequest | Undecodable], context: grpc.ServicerContext
    ) -> Iterator[pb.ExtractTimelinesResponse]:
        """Yield an answer for each article in turn; what goes wrong with one is its own answer."""
        return (self._outcome(request, context) for request in requests)

    def resolve_expressions(
        self, request: pb.ResolveExpressionsRequest, context: grpc.ServicerContext
    ) -> pb.ResolveExpressionsResponse:
        """Return the time expressions of a short text; raises InvalidArticle."""
        self._check("text", request.text, request.offset_encoding)
        language = language_of(request.language_code)
        try:
            article = Article(request.text, mapping.publication_from_proto(request.publication))
            with self._turn(article):
                if not context.is_active():
                    return pb.ResolveExpressionsResponse()
                timeline = self._extractor.resolve(article, language)
        except InvalidArticle as error:
            raise InvalidArticle(error.field.removeprefix("article."), error.reason) from error
        return mapping.expressions_of(mapping.timeline_to_response(timeline, article, request.offset_encoding))

    def list_event_kinds(self, _: pb.ListEventKindsRequest, __: grpc.ServicerContext) -> pb.ListEventKindsResponse:
        """Return every kind of event."""
        return mapping.kinds_to_response(self._extractor.event_kinds())

    def _extract(
        self, request: pb.ExtractTimelineRequest | pb.ExtractTimelinesRequest, context: grpc.ServicerContext
    ) -> pb.ExtractTimelineResponse:
        """Return the timeline of a request's article, or nothing of it where its caller went away: nobody reads the answer."""
        self._check("article.text", request.article.text, request.offset_encoding)
        language = language_of(request.language_code)
        article = mapping.article_from_proto(request.article)
        with self._turn(article):
            if not context.is_active():
                return pb.ExtractTimelineResponse()
            timeline = self._extractor.extract(article, language)
        return mapping.timeline_to_response(timeline, article, request.offset_encoding)

    def _turn(self, article: Article) -> Semaphore:
        """Return what to wait for before an article is read, so that long ones fill neither the memory nor every turn."""
        return self._long if len(article.text) >= LONG else self._short

    def _outcome(
        self, request: pb.ExtractTimelinesRequest | Undecodable, context: grpc.ServicerContext
    ) -> pb.ExtractTimelinesResponse:
        if isinstance(request, Undecodable):
            return pb.ExtractTimelinesResponse(error=status_of(request))
        article_id = request.article.id
        try:
            return pb.ExtractTimelinesResponse(article_id=article_id, result=self._extract(request, context))
        except Exception as error:  # noqa: BLE001 - one article's fault must not end the others' stream
            return pb.ExtractTimelinesResponse(article_id=article_id, error=status_of(error))

    def _check(self, field: str, text: str, encoding: int) -> None:
        if encoding not in ENCODINGS:
            raise InvalidArticle("offset_encoding", f"there is no encoding {encoding}")
        limit = self._max_text_bytes
        # No character takes more than 4 bytes, so most texts need not be encoded to be measured.
        if len(text) * 4 > limit and (size := len(text.encode())) > limit:
            raise InvalidArticle(field, f"the text has {size} bytes in UTF-8, the limit is {limit}")
