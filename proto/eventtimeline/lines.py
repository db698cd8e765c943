"""Timelines straight to lines of protobuf JSON, for batches: a fraction of the cost of making messages first.

The bytes are those of `response_to_json(timeline_to_response(...))`; tests compare them over every article that we have, and
over values with each field set and unset. What is written over and over is kept ready, from its comma on.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring as quoted

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


def timeline_to_line(timeline: Timeline, article: Article) -> bytes:
    """Return the answer for an article as a line of protobuf JSON, its end included; spans count code points."""
    try:
        return _line(timeline, article.id).encode()
    except UnicodeEncodeError:  # a lone surrogate, which `mapping` knows how to send
        return f"{response_to_json(timeline_to_response(timeline, article))}\n".encode()


def _line(timeline: Timeline, article_id: str) -> str:
    times, events, items, undated, warnings, lexicon, families = timeline
    # One list and one join: each further copy of the whole costs as much as writing some events.
    parts = [f'{{"articleId":{quoted(article_id)},"timeline":{{' if article_id else '{"timeline":{']
    for name, written in (("times", map(_time, times)), ("events", map(_event, events)), ("items", map(_item, items))):
        before = len(parts)
        parts.append(f'"{name}":[' if parts[-1][-1] == "{" else f',"{name}":[')
        parts += written
        if len(parts) == before + 1:
            parts.pop()
        else:
            parts[-1] = f"{parts[-1][:-1]}]"
    if undated:
        parts.append(_named("undatedEventIds", undated)[parts[-1][-1] == "{" :])
    cautions = f',"warnings":[{",".join(map(_warning, warnings))}]' if warnings else ""
    parts.append(f'}},"engineVersion":{quoted(ENGINE_VERSION)}{cautions}{_LEXICON[lexicon]}{_FAMILIES[families]}}}\n')
    return "".join(parts)


def _event(event: Event) -> str:
    (
        id_, trigger, clause, text, kind, class_, modality, tense, interval, grain, relation, times, basis, confidence, explanation,
        source, participants, same, salience,
    ) = event  # fmt: skip
    written = f',"text":{quoted(text)}' if text else ""
    said = f',"explanation":{quoted(explanation)}' if explanation else ""
    played = f',"participants":[{",".join(map(_participant, participants))}]' if participants else ""
    return (
        f'{{"id":"{id_}","trigger":{_span(trigger)},"clause":{_span(clause)}{written}{_KIND[kind]}{_CLASS[id(class_)]}'
        f"{_MODALITY[id(modality)]}{_TENSE[id(tense)]}{_INTERVAL[interval]}{_GRAIN[id(grain)]}{_RELATION[id(relation)]}"
        f"{_TIMES[times]}{_BASIS[id(basis)]}{_CONFIDENCE[confidence]}{said}{_SOURCE[source]}{played}"
        f"{_SAME[same]}{_SALIENCE[salience]}}},"
    )


def _participant(participant: Participant) -> str:
    role, span, text = participant
    return f'{{{_ROLE[id(role)][1:]},"span":{_span(span)}{_text("text", text)}}}'


def _time(time: TimeExpression) -> str:
    (
        id_, span, text, type_, value, mod, interval, grain, calendar, basis, anchor, confidence, alternatives, rule, explanation,
        quant, freq,
    ) = time  # fmt: skip
    others = f',"alternatives":[{",".join(map(_alternative, alternatives))}]' if alternatives else ""
    return (
        f'{{"id":"{id_}","span":{_span(span)}{_text("text", text)}{_TYPE[id(type_)]}{_text("value", value)}{_MOD[id(mod)]}'
        f"{_INTERVAL[interval]}{_GRAIN[id(grain)]}{_CALENDAR[id(calendar)]}{_BASIS[id(basis)]}{_text('anchorId', anchor)}"
        f"{_CONFIDENCE[confidence]}{others}{_text('rule', rule)}{_text('explanation', explanation)}{_text('quant', quant)}"
        f"{_text('freq', freq)}}},"
    )


def _alternative(alternative: Alternative) -> str:
    value, interval, confidence, explanation = alternative
    fields = f"{_text('value', value)}{_INTERVAL[interval]}{_CONFIDENCE[confidence]}{_text('explanation', explanation)}"
    return f"{{{fields[1:]}}}"


def _item(item: TimelineItem) -> str:
    interval, ids = item
    return f"{{{_INTERVAL[interval][1:]}{_named('eventIds', ids)}}},"


def _warning(warning: TimelineWarning) -> str:
    code, message, expression, events = warning
    fields = f"{_text('message', message)}{_text('expressionId', expression)}{_named('eventIds', events)}"
    return f"{{{_CODE[id(code)][1:]}{fields}}}"


def _span(span: Span) -> str:
    start, end = span
    if start and end:
        return f'{{"start":{start},"end":{end}}}'
    return f'{{"end":{end}}}' if end else "{}"


def _text(field: str, text: str) -> str:
    return f',"{field}":{quoted(text)}' if text else ""


def _named(field: str, names: Iterable[str]) -> str:
    return f',"{field}":[{",".join(map(quoted, names))}]' if names else ""


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return ""
    start, end = interval
    sides = f"{_instant('startTime', start)}{_instant('endTime', end)}"
    return f',"interval":{{{sides[1:]}}}'


def _instant(field: str, instant: dt.datetime | None) -> str:
    """Write an instant, nothing where it lies outside the years 1 to 9999 in UTC."""
    if instant is None:
        return ""
    try:
        at = instant.astimezone(dt.UTC)
    except OverflowError:
        return ""
    precision = "seconds" if not at.microsecond else "microseconds" if at.microsecond % 1000 else "milliseconds"
    return f',"{field}":"{at.replace(tzinfo=None).isoformat(timespec=precision)}Z"'


def _number(field: str, value: float) -> str:
    """Write a float as its field holds it, in 32 bits."""
    held: float = FLOAT32.unpack(FLOAT32.pack(value))[0]
    return f',"{field}":{shortest(held)!r}' if held else ""


def _members(field: str, kind: type[enum.Enum], contract: EnumDescriptor) -> Mapping[int, str]:
    """Return how a field says each member; by identity, since the hash of a member costs more than all the rest."""
    return {id(member): f',"{field}":"{contract.values_by_number[member.value].name}"' for member in kind} | {id(None): ""}


_TYPE = _members("type", TimeType, pb.Type.DESCRIPTOR)
_MOD = _members("mod", Mod, pb.Mod.DESCRIPTOR)
_GRAIN = _members("grain", Grain, pb.Grain.DESCRIPTOR)
_CALENDAR = _members("calendar", Calendar, pb.Calendar.DESCRIPTOR)
_BASIS = _members("basis", Basis, pb.Basis.DESCRIPTOR)
_CLASS = _members("class", EventClass, pb.Class.DESCRIPTOR)
_MODALITY = _members("modality", Modality, pb.Modality.DESCRIPTOR)
_TENSE = _members("tense", Tense, pb.Tense.DESCRIPTOR)
_RELATION = _members("relation", Relation, pb.Relation.DESCRIPTOR)
_ROLE = _members("role", Role, pb.Role.DESCRIPTOR)
_CODE = _members("code", WarningCode, pb.WarningCode.DESCRIPTOR)
_INTERVAL = Memo(_interval)
_LEXICON = Memo[str, str](lambda name: _text("lexiconHash", name))
_FAMILIES = Memo[tuple[str, ...], str](lambda names: _named("families", names))
_KIND = Memo[str, str](lambda kind: _text("kind", kind))
_TIMES = Memo[tuple[str, ...], str](lambda names: _named("times", names))
_CONFIDENCE = Memo[float, str](lambda value: _number("confidence", value))
_SALIENCE = Memo[float, str](lambda value: _number("salience", value))
_SOURCE = Memo[str, str](lambda name: _text("sourceEventId", name))
_SAME = Memo[str, str](lambda name: _text("sameAs", name))
