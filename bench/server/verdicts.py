"""Judges what came of a request: whether its status was right, its answer sound, and its text read in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from google.protobuf.message import DecodeError
from google.rpc.code_pb2 import Code

from bench.server import answers
from bench.server.callers import Outcome
from bench.server.cases import HTTP, Case, Request, kind_of
from bench.server.texts import KB, LARGEST
from eventtimeline import mapping
from eventtimeline.jsonlines import request_from_json
from eventtimeline.offsets import ENCODINGS
from eventtimeline.parts import fit
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, Extractor, InvalidArticle

TRANSPORT = LARGEST + LARGEST // 4 + KB
"""Bytes of the largest message that the transport takes."""
MS_A_PART, PART = 500.0, 10 * KB
"""Milliseconds that reading may take for each started part of a text, and its bytes."""
CERTAIN_LANGUAGES = ("", "en", "ar")


def request_of(case: Case) -> Request | None:
    """Return the request that the bytes hold, None where they hold none."""
    try:
        if case.way in HTTP:
            return request_from_json(case.data.decode(), kind_of(case.way))
        return kind_of(case.way).FromString(case.data)
    except (DecodeError, InvalidArticle, UnicodeDecodeError):
        return None


def text_of(request: Request) -> str:
    """Return the text that is to be read."""
    return request.text if isinstance(request, pb.ResolveExpressionsRequest) else request.article.text


def faults(outcome: Outcome) -> Iterator[str]:
    """Yield what is wrong with an outcome, a few words each."""
    case, code = outcome.case, outcome.code
    over = len(case.data) > TRANSPORT
    if code not in (Code.OK, Code.INVALID_ARGUMENT, Code.DEADLINE_EXCEEDED) and not (over and code == Code.RESOURCE_EXHAUSTED):
        yield f"the status is {code}: {outcome.message}"
    request = request_of(case)
    if request is None:
        if code != Code.INVALID_ARGUMENT and not over:
            yield f"what can't be decoded has the status {code}"
    elif outcome.answer is not None:
        article_id = "" if isinstance(request, pb.ResolveExpressionsRequest) else request.article.id
        if outcome.answer.article_id != article_id:
            yield "the answer is for another article"
        yield from answers.faults(text_of(request), request.offset_encoding, outcome.answer, request.max_response_bytes)
    elif code == Code.INVALID_ARGUMENT and _good(request):
        yield f"a good request is refused: {outcome.message}"


def allowed_ms(case: Case) -> float:
    """Return the milliseconds that reading the text of a request may take."""
    return MS_A_PART * max(1, -(-len(case.data) // PART))


def reading_ms(extractor: Extractor, case: Case) -> float:
    """Return the milliseconds that an extractor in process takes to read the text of a request and write the answer."""
    request = request_of(case)
    began = time.perf_counter()
    try:
        if isinstance(request, pb.ResolveExpressionsRequest):
            article = Article(request.text, mapping.publication_from_proto(request.publication))
            timeline = extractor.resolve(article)
        elif request is not None:
            article = mapping.article_from_proto(request.article)
            timeline = extractor.extract(article)
        else:
            return 0.0
        fit(mapping.timeline_to_response(timeline, article, request.offset_encoding), request.max_response_bytes or 4 << 20)
    except (InvalidArticle, ValueError):  # the second for an encoding that there is not
        pass
    return (time.perf_counter() - began) * 1000


def _good(request: Request) -> bool:
    text = text_of(request)
    holder = request if isinstance(request, pb.ResolveExpressionsRequest) else request.article
    return (
        bool(text.strip())
        and len(text.encode()) <= LARGEST
        and request.offset_encoding in ENCODINGS
        and request.language_code in CERTAIN_LANGUAGES
        and request.max_response_bytes >= 0
        and not holder.HasField("publication")
    )
