"""Answers read back: their messages as timelines and kinds of events."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TypeVar

from google.type.interval_pb2 import Interval as IntervalMessage

from eventtimeline.offsets import Offsets
from eventtimeline.scalars import instant_from_timestamp, shortest
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import (
    Alternative,
    Basis,
    Calendar,
    Event,
    EventClass,
    EventKind,
    Grain,
    Interval,
    Mod,
    Modality,
    Participant,
    Relation,
    Role,
    Span,
    Tense,
    TimeExpression,
    Timeline,
    TimelineItem,
    TimelineWarning,
    TimeType,
    WarningCode,
)

Member = TypeVar("Member", bound=enum.Enum)


def response_to_timeline(
    response: pb.ExtractTimelineResponse,
    text: str = "",
    encoding: int = pb.OFFSET_ENCODING_UTF32,
    zone: dt.tzinfo = dt.UTC,
) -> Timeline:
    """Return the timeline that an answer holds, its instants in `zone`.

    `text` is the article's, needed where `encoding` is not that of code points. Raises ValueError for an enum value that
    this version does not know.
    """
    offsets = Offsets(text, encoding)
    message = response.timeline
    return Timeline(
        times=tuple(_time_from_proto(each, offsets, zone) for each in message.times),
        events=tuple(_event_from_proto(each, offsets, zone) for each in message.events),
        items=tuple(TimelineItem(_interval_from_proto(each.interval, zone), tuple(each.event_ids)) for each in message.items),
        undated_event_ids=tuple(message.undated_event_ids),
        warnings=tuple(
            TimelineWarning(WarningCode(w.code), w.message, w.expression_id, tuple(w.event_ids)) for w in response.warnings
        ),
        lexicon_hash=response.lexicon_hash,
        families=tuple(response.families),
    )


def response_to_kinds(response: pb.ListEventKindsResponse) -> tuple[EventKind, ...]:
    """Return the kinds of events that an answer holds; raises ValueError for a class that this version does not know."""
    return tuple(
        EventKind(each.name, each.group, each.definition, EventClass(_class_of(each)), tuple(each.examples), tuple(each.words))
        for each in response.event_kinds
    )


def _time_from_proto(message: pb.TimeExpression, offsets: Offsets, zone: dt.tzinfo) -> TimeExpression:
    return TimeExpression(
        id=message.id,
        span=_span_from_proto(message.span, offsets),
        text=message.text,
        type=TimeType(message.type),
        value=message.value,
        mod=_member(Mod, message.mod),
        interval=_interval_of(message, zone),
        grain=_member(Grain, message.grain),
        calendar=Calendar(message.calendar),
        basis=Basis(message.basis),
        anchor_id=message.anchor_id,
        confidence=shortest(message.confidence),
        alternatives=tuple(
            Alternative(each.value, _interval_of(each, zone), shortest(each.confidence), each.explanation)
            for each in message.alternatives
        ),
        rule=message.rule,
        explanation=message.explanation,
        quant=message.quant,
        freq=message.freq,
    )


def _event_from_proto(message: pb.Event, offsets: Offsets, zone: dt.tzinfo) -> Event:
    return Event(
        id=message.id,
        trigger=_span_from_proto(message.trigger, offsets),
        clause=_span_from_proto(message.clause, offsets),
        text=message.text,
        kind=message.kind,
        class_=EventClass(_class_of(message)),
        modality=Modality(message.modality),
        tense=Tense(message.tense),
        interval=_interval_of(message, zone),
        grain=_member(Grain, message.grain),
        relation=_member(Relation, message.relation),
        times=tuple(message.times),
        basis=_member(Basis, message.basis),
        confidence=shortest(message.confidence),
        explanation=message.explanation,
        source_event_id=message.source_event_id,
        participants=tuple(
            Participant(Role(each.role), _span_from_proto(each.span, offsets), each.text) for each in message.participants
        ),
        same_as=message.same_as,
        salience=shortest(message.salience),
    )


def _span_from_proto(message: pb.Span, offsets: Offsets) -> Span:
    return Span(offsets.to_points(message.start), offsets.to_points(message.end))


def _interval_from_proto(message: IntervalMessage, zone: dt.tzinfo) -> Interval:
    start = instant_from_timestamp(message.start_time, zone) if message.HasField("start_time") else None
    end = instant_from_timestamp(message.end_time, zone) if message.HasField("end_time") else None
    return Interval(start, end)


def _interval_of(message: pb.TimeExpression | pb.Alternative | pb.Event, zone: dt.tzinfo) -> Interval | None:
    return _interval_from_proto(message.interval, zone) if message.HasField("interval") else None


def _member(kind: type[Member], number: int) -> Member | None:
    return kind(number) if number else None


def _class_of(message: pb.Event | pb.EventKind) -> int:
    number: int = getattr(message, "class")
    return number
