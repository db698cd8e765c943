"""The library's values as protobuf messages, and back: the only place that knows both.

The enums of `timeline` carry the numbers of the contract's enums (a test compares them), so a member crosses by number.
Messages can't hold lone surrogates; each goes out as U+FFFD, which leaves every position where it was.
"""

from __future__ import annotations

from eventtimeline.mapping.answer import expressions_of, interval_to_proto, kinds_to_response, timeline_to_response
from eventtimeline.mapping.article import article_from_proto, article_to_proto, publication_from_proto
from eventtimeline.mapping.timeline import response_to_kinds, response_to_timeline

__all__ = [
    "article_from_proto",
    "article_to_proto",
    "expressions_of",
    "interval_to_proto",
    "kinds_to_response",
    "publication_from_proto",
    "response_to_kinds",
    "response_to_timeline",
    "timeline_to_response",
]
