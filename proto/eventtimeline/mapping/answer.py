"""Timelines and kinds of events as the messages that answer for them."""

from __future__ import annotations

import datetime as dt
import enum
from functools import lru_cache
from typing import Any

from google.type.interval_pb2 import Interval as IntervalMessage

from eventtimeline.offsets import Offsets
from eventtimeline.scalars import timestamp_from_instant, well_formed
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import (
    ENGINE_VERSION,
    Article,
    Event,
    EventKind,
    Interval,
    Span,
    TimeExpression,
    Timeline,
)

Fields = dict[str, Any]
"""The fields of a message by name: protobuf gives their values no common type."""


def timeline_to_response(
    timeline: Timeline, article: Article, encoding: int = pb.OFFSET_ENCODING_UTF32
) -> pb.ExtractTimelineResponse:
    """Return the answer for an article, its spans counted in `encoding`; raises ValueError for an unknown encoding."""
    offsets = Offsets(article.text, encoding)
    try:
        return _response(timeline, article.id, offsets)
    except UnicodeEncodeError:
        return _response(_well_formed(timeline), well_formed(article.id), offsets)


def expressions_of(response: pb.ExtractTimelineResponse) -> pb.ResolveExpressionsResponse:
    """Return the time expressions of an answer as an answer of their own."""
    return pb.ResolveExpressionsResponse(
        times=response.timeline.times,
        warnings=response.warnings,
        engine_version=response.engine_version,
        truncated=response.truncated,
    )


def kinds_to_response(kinds: tuple[EventKind, ...]) -> pb.ListEventKindsResponse:
    """Return the kinds of events as an answer."""
    return pb.ListEventKindsResponse(event_kinds=map(_kind_to_proto, kinds), engine_version=ENGINE_VERSION)


def interval_to_proto(interval: Interval) -> IntervalMessage:
    """Return an interval as a message, without a side that is open or outside the years 1 to 9999."""
    fields: Fields = _interval_fields(interval) or {}
    return IntervalMessage(**fields)


def _response(timeline: Timeline, article_id: str, offsets: Offsets) -> pb.ExtractTimelineResponse:
    # Made from plain dictionaries in one go: protobuf turns them into messages at a fifth of what a constructor a message costs.
    message: Fields = {
        "times": [_time_fields(each, offsets) for each in timeline.times],
        "events": [_event_fields(each, offsets) for each in timeline.events],
        "items": [{"interval": _interval_fields(each.interval), "event_ids": each.event_ids} for each in timeline.items],
        "undated_event_ids": timeline.undated_event_ids,
    }
    warnings: list[Fields] = [
        {"code": each.code.value, "message": each.message, "expression_id": each.expression_id, "event_ids": each.event_ids}
        for each in timeline.warnings
    ]
    fields: Fields = {
        "article_id": article_id,
        "timeline": message,
        "engine_version": ENGINE_VERSION,
        "warnings": warnings,
        "lexicon_hash": timeline.lexicon_hash,
        "families": timeline.families,
    }
    return pb.ExtractTimelineResponse(**fields)


def _time_fields(time: TimeExpression, offsets: Offsets) -> Fields:
    return {
        "id": time.id,
        "span": _span_fields(time.span, offsets),
        "text": time.text,
        "type": time.type.value,
        "value": time.value,
        "mod": _number(time.mod),
        "interval": _interval_fields(time.interval),
        "grain": _number(time.grain),
        "calendar": time.calendar.value,
        "basis": time.basis.value,
        "anchor_id": time.anchor_id,
        "confidence": time.confidence,
        "alternatives": [
            {
                "value": each.value,
                "interval": _interval_fields(each.interval),
                "confidence": each.confidence,
                "explanation": each.explanation,
            }
            for each in time.alternatives
        ],
        "rule": time.rule,
        "explanation": time.explanation,
        "quant": time.quant,
        "freq": time.freq,
    }


def _event_fields(event: Event, offsets: Offsets) -> Fields:
    return {
        "id": event.id,
        "trigger": _span_fields(event.trigger, offsets),
        "clause": _span_fields(event.clause, offsets),
        "text": event.text,
        "kind": event.kind,
        "class": event.class_.value,
        "modality": event.modality.value,
        "tense": event.tense.value,
        "interval": _interval_fields(event.interval),
        "grain": _number(event.grain),
        "relation": _number(event.relation),
        "times": event.times,
        "basis": _number(event.basis),
        "confidence": event.confidence,
        "explanation": event.explanation,
        "source_event_id": event.source_event_id,
        "participants": [
            {"role": each.role.value, "span": _span_fields(each.span, offsets), "text": each.text}
            for each in event.participants
        ],
        "same_as": event.same_as,
        "salience": event.salience,
    }


def _kind_to_proto(kind: EventKind) -> pb.EventKind:
    return pb.EventKind(
        name=kind.name,
        group=kind.group,
        definition=kind.definition,
        examples=kind.examples,
        words=kind.words,
        **{"class": kind.class_.value},  # a keyword, so it goes by name
    )


def _span_fields(span: Span, offsets: Offsets) -> Fields:
    start, end = span
    return {"start": start, "end": end} if offsets.points else {"start": offsets.to_units(start), "end": offsets.to_units(end)}


# A timeline names the same few days over and over. Nobody changes the dictionaries.
@lru_cache(maxsize=4096)
def _interval_fields(interval: Interval | None) -> Fields | None:
    return None if interval is None else {"start_time": _instant_fields(interval[0]), "end_time": _instant_fields(interval[1])}


def _instant_fields(instant: dt.datetime | None) -> Fields | None:
    timestamp = instant and timestamp_from_instant(instant)
    return {"seconds": timestamp.seconds, "nanos": timestamp.nanos} if timestamp else None


def _number(member: enum.Enum | None) -> int:
    return 0 if member is None else member.value


def _well_formed(value: Any) -> Any:  # noqa: ANN401 - named tuples of any shape keep theirs
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, tuple):
        parts = map(_well_formed, value)
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    return value
