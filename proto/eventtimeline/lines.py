"""Timelines straight to lines of protobuf JSON, for batches: a fraction of the cost of making messages first.

The bytes are those of `response_to_json(timeline_to_response(...))`; tests compare them over every article that we have, and
over values with each field set and unset. Objects have the contract's fields in the order of their numbers, without those that
hold a default.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any

import orjson
from google.protobuf.descriptor import EnumDescriptor

from eventtimeline.jsonlines import response_to_json
from eventtimeline.mapping import timeline_to_response
from eventtimeline.memo import Memo
from eventtimeline.scalars import FLOAT32, shortest
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import (
    ENGINE_VERSION,
    Alternative,
    Article,
    Basis,
    Calendar,
    Event,
    EventClass,
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

Fields = dict[str, Any]
"""An object of JSON."""


def timeline_to_line(timeline: Timeline, article: Article) -> bytes:
    """Return the answer for an article as a line of protobuf JSON, its end included; spans count code points."""
    times, events, items, undated, warnings, lexicon, families = timeline
    body: Fields = {}
    if times:
        body["times"] = list(map(_time, times))
    if events:
        body["events"] = list(map(_event, events))
    if items:
        body["items"] = list(map(_item, items))
    if undated:
        body["undatedEventIds"] = undated
    answer: Fields = {"articleId": article.id} if article.id else {}
    answer["timeline"] = body
    answer["engineVersion"] = ENGINE_VERSION
    if warnings:
        answer["warnings"] = list(map(_warning, warnings))
    if lexicon:
        answer["lexiconHash"] = lexicon
    if families:
        answer["families"] = families
    try:
        return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # a lone surrogate, which `mapping` knows how to send
        return f"{response_to_json(timeline_to_response(timeline, article))}\n".encode()


def _event(event: Event) -> Fields:
    (
        id_, trigger, clause, text, kind, class_, modality, tense, interval, grain, relation, times, basis, confidence, explanation,
        source, participants, same, salience,
    ) = event  # fmt: skip
    fields: Fields = {"id": id_, "trigger": _span(trigger), "clause": _span(clause)}
    if text:
        fields["text"] = text
    if kind:
        fields["kind"] = kind
    fields["class"] = _CLASS[id(class_)]
    fields["modality"] = _MODALITY[id(modality)]
    fields["tense"] = _TENSE[id(tense)]
    if interval is not None:
        fields["interval"] = _INTERVAL[interval]
    if grain is not None:
        fields["grain"] = _GRAIN[id(grain)]
    if relation is not None:
        fields["relation"] = _RELATION[id(relation)]
    if times:
        fields["times"] = times
    if basis is not None:
        fields["basis"] = _BASIS[id(basis)]
    if confidence:
        fields["confidence"] = _NUMBER[confidence]
    if explanation:
        fields["explanation"] = explanation
    if source:
        fields["sourceEventId"] = source
    if participants:
        fields["participants"] = list(map(_participant, participants))
    if same:
        fields["sameAs"] = same
    if salience:
        fields["salience"] = _NUMBER[salience]
    return fields


def _participant(participant: Participant) -> Fields:
    role, span, text = participant
    fields: Fields = {"role": _ROLE[id(role)], "span": _span(span)}
    if text:
        fields["text"] = text
    return fields


def _time(time: TimeExpression) -> Fields:
    (
        id_, span, text, type_, value, mod, interval, grain, calendar, basis, anchor, confidence, alternatives, rule, explanation,
        quant, freq,
    ) = time  # fmt: skip
    fields: Fields = {"id": id_, "span": _span(span)}
    if text:
        fields["text"] = text
    fields["type"] = _TYPE[id(type_)]
    if value:
        fields["value"] = value
    if mod is not None:
        fields["mod"] = _MOD[id(mod)]
    if interval is not None:
        fields["interval"] = _INTERVAL[interval]
    if grain is not None:
        fields["grain"] = _GRAIN[id(grain)]
    fields["calendar"] = _CALENDAR[id(calendar)]
    fields["basis"] = _BASIS[id(basis)]
    if anchor:
        fields["anchorId"] = anchor
    if confidence:
        fields["confidence"] = _NUMBER[confidence]
    if alternatives:
        fields["alternatives"] = list(map(_alternative, alternatives))
    if rule:
        fields["rule"] = rule
    if explanation:
        fields["explanation"] = explanation
    if quant:
        fields["quant"] = quant
    if freq:
        fields["freq"] = freq
    return fields


def _alternative(alternative: Alternative) -> Fields:
    value, interval, confidence, explanation = alternative
    fields: Fields = {"value": value} if value else {}
    if interval is not None:
        fields["interval"] = _INTERVAL[interval]
    if confidence:
        fields["confidence"] = _NUMBER[confidence]
    if explanation:
        fields["explanation"] = explanation
    return fields


def _item(item: TimelineItem) -> Fields:
    interval, ids = item
    return {"interval": _INTERVAL[interval], "eventIds": ids} if ids else {"interval": _INTERVAL[interval]}


def _warning(warning: TimelineWarning) -> Fields:
    code, message, expression, events = warning
    fields: Fields = {"code": _CODE[id(code)]}
    if message:
        fields["message"] = message
    if expression:
        fields["expressionId"] = expression
    if events:
        fields["eventIds"] = events
    return fields


def _span(span: Span) -> Fields:
    start, end = span
    if start and end:
        return {"start": start, "end": end}
    return {"end": end} if end else {}


def _interval(interval: Interval) -> orjson.Fragment:
    """Return an interval as JSON; a side that lies outside the years 1 to 9999 in UTC is left out."""
    start, end = map(_instant, interval)
    said = (f'"startTime":"{start}"' if start else "") + ("," if start and end else "") + (f'"endTime":"{end}"' if end else "")
    return orjson.Fragment(f"{{{said}}}".encode())  # what orjson.dumps returns keeps 2 KB of memory, however short it is


def _instant(instant: dt.datetime | None) -> str:
    if instant is None:
        return ""
    try:
        at = instant.astimezone(dt.UTC)
    except OverflowError:
        return ""
    if at.microsecond and at.microsecond % 1000 == 0:
        return f"{at.isoformat(timespec='milliseconds')[: -len(_ZERO)]}Z"
    return f"{at.isoformat()[: -len(_ZERO)]}Z"  # nearly all are whole seconds


_ZERO = "+00:00"


def _number(value: float) -> float | orjson.Fragment:
    """Return a float as its field holds it, in 32 bits, and as Python writes it."""
    held = shortest(FLOAT32.unpack(FLOAT32.pack(value))[0])
    return orjson.Fragment(repr(held).encode()) if "e" in repr(held) else held


def _members(kind: type[enum.Enum], contract: EnumDescriptor) -> Mapping[int, str]:
    """Return the contract's name of each member; by identity, since the hash of a member costs more than all the rest."""
    return {id(member): contract.values_by_number[member.value].name for member in kind}


_TYPE = _members(TimeType, pb.Type.DESCRIPTOR)
_MOD = _members(Mod, pb.Mod.DESCRIPTOR)
_GRAIN = _members(Grain, pb.Grain.DESCRIPTOR)
_CALENDAR = _members(Calendar, pb.Calendar.DESCRIPTOR)
_BASIS = _members(Basis, pb.Basis.DESCRIPTOR)
_CLASS = _members(EventClass, pb.Class.DESCRIPTOR)
_MODALITY = _members(Modality, pb.Modality.DESCRIPTOR)
_TENSE = _members(Tense, pb.Tense.DESCRIPTOR)
_RELATION = _members(Relation, pb.Relation.DESCRIPTOR)
_ROLE = _members(Role, pb.Role.DESCRIPTOR)
_CODE = _members(WarningCode, pb.WarningCode.DESCRIPTOR)
_INTERVAL = Memo(_interval)
_NUMBER = Memo(_number)
