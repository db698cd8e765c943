"""Timelines straight to the bytes of their answers, for the server: two thirds of the cost of making messages first.

The bytes are those to which the message of the same answer serialises; tests compare them over every article that we have. What
to write is read off the contract's descriptors: the library's values have the fields of their messages, in the same order.
https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import enum
import struct
from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from eventtimeline.mapping import interval_to_proto, timeline_to_response
from eventtimeline.memo import Memo
from eventtimeline.offsets import Offsets
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

Encode = Callable[[Any], bytes]
"""Writes a value with the tag of its field, or nothing for a default."""

FLOAT = struct.Struct("<f")
VARINT, LENGTH, FIXED32 = 0, 2, 5
"""Wire types."""


def varint(number: int) -> bytes:
    """Return a number from 0 on as a varint."""
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)


_LENGTHS = Memo(varint)


def tag(field: FieldDescriptor, wire_type: int) -> bytes:
    """Return what stands before a field's value."""
    return varint(field.number << 3 | wire_type)


def _text(field: FieldDescriptor) -> Encode:
    mark = tag(field, LENGTH)

    def encode(text: str) -> bytes:
        data = text.encode()
        return mark + _LENGTHS[len(data)] + data if data else b""

    return encode


def _name(field: FieldDescriptor) -> Encode:
    """Encode texts of which there are few: ids, values, names of kinds and rules."""
    one = Memo(_text(field)).__getitem__
    return (lambda names: b"".join(map(one, names)) if names else b"") if field.is_repeated else one


def _float(field: FieldDescriptor) -> Encode:
    mark = tag(field, FIXED32)
    memo: Memo[float, bytes] = Memo(lambda number: mark + FLOAT.pack(number) if number else b"")
    return memo.__getitem__


def _enum(field: FieldDescriptor, kind: type[enum.Enum]) -> Encode:
    mark = tag(field, VARINT)
    # By identity: the hash of a member costs more than all the rest.
    table = {id(member): mark + varint(member.value) for member in kind} | {id(None): b""}
    return lambda member: table[id(member)]


def _span(field: FieldDescriptor) -> Encode:
    mark = tag(field, LENGTH)

    def encode(span: Span) -> bytes:
        data = pb.Span(start=span.start, end=span.end).SerializeToString()
        return mark + varint(len(data)) + data

    return Memo(encode).__getitem__


def _interval(field: FieldDescriptor) -> Encode:
    mark = tag(field, LENGTH)

    def encode(interval: Interval | None) -> bytes:
        if interval is None:
            return b""
        data = interval_to_proto(interval).SerializeToString()
        return mark + varint(len(data)) + data

    return Memo(encode).__getitem__


def _messages(field: FieldDescriptor, encode: Encode) -> Encode:
    mark = tag(field, LENGTH)

    def encode_all(values: tuple[Any, ...]) -> bytes:
        if not values:
            return b""
        parts: list[bytes] = []
        for value in values:
            data = encode(value)
            parts += (mark, _LENGTHS[len(data)], data)
        return b"".join(parts)

    return encode_all


def _encoder(kind: type[tuple[Any, ...]], descriptor: Descriptor) -> Encode:
    """Return what writes a named tuple as a message; raises TypeError where their fields are not the same."""
    names = [name.removesuffix("_") for name in getattr(kind, "_fields", ())]
    if names != [field.name for field in descriptor.fields]:
        raise TypeError(f"{kind.__name__} has not the fields of {descriptor.full_name}")
    encoders = [_field(field) for field in descriptor.fields]

    def encode(value: tuple[Any, ...]) -> bytes:
        return b"".join([each(part) for each, part in zip(encoders, value)])  # noqa: B905 - as many, as was checked

    return encode


def _field(field: FieldDescriptor) -> Encode:
    # Both are None where the field is of another type, whatever the stubs say.
    message_type: Descriptor | None = field.message_type
    enum_type: EnumDescriptor | None = field.enum_type
    if message_type is not None:
        match message_type.name:
            case "Span":
                return _span(field)
            case "Interval":
                return _interval(field)
            case name:
                return _messages(field, _encoder(KINDS[name], message_type))
    if enum_type is not None:
        return _enum(field, ENUMS[enum_type.name])
    if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        return _float(field)
    return _text(field) if field.name in LONG else _name(field)


KINDS: Mapping[str, type[tuple[Any, ...]]] = {
    kind.__name__: kind for kind in (Alternative, Event, Participant, TimeExpression, TimelineItem)
} | {"Warning": TimelineWarning}
"""The library's values by the name of their messages."""
ENUMS: Mapping[str, type[enum.Enum]] = {
    kind.__name__: kind for kind in (Basis, Calendar, Grain, Mod, Modality, Relation, Role, Tense, WarningCode)
} | {"Class": EventClass, "Type": TimeType}
"""The library's enums by the names of the contract's."""
LONG = frozenset({"explanation", "message", "text"})
"""Fields whose texts are seldom the same."""

_TIMELINE = [_field(field) for field in pb.Timeline.DESCRIPTOR.fields]
_ANSWER = {field.name: field for field in pb.ExtractTimelineResponse.DESCRIPTOR.fields}
_ID = _text(_ANSWER["article_id"])
_BODY = tag(_ANSWER["timeline"], LENGTH)
_VERSION = _text(_ANSWER["engine_version"])(ENGINE_VERSION)
_WARNINGS, _LEXICON, _FAMILIES = (_field(_ANSWER[name]) for name in ("warnings", "lexicon_hash", "families"))


def timeline_to_bytes(timeline: Timeline, article: Article, encoding: int = pb.OFFSET_ENCODING_UTF32) -> bytes:
    """Return `timeline_to_response(...).SerializeToString()`; raises ValueError for an unknown encoding."""
    offsets = Offsets(article.text, encoding)
    told = timeline if offsets.points else _in_units(timeline, offsets)
    try:
        body = b"".join([encode(values) for encode, values in zip(_TIMELINE, told[:4], strict=True)])
        rest = (_WARNINGS(told.warnings), _LEXICON(told.lexicon_hash), _FAMILIES(told.families))
        return b"".join((_ID(article.id), _BODY, varint(len(body)), body, _VERSION, *rest))
    except UnicodeEncodeError:  # a lone surrogate, which `mapping` knows how to send
        return timeline_to_response(timeline, article, encoding).SerializeToString()


def _in_units(timeline: Timeline, offsets: Offsets) -> Timeline:
    """Return the timeline with its spans counted in units."""

    def span(points: Span) -> Span:
        return Span(offsets.to_units(points.start), offsets.to_units(points.end))

    return timeline._replace(
        times=tuple(time._replace(span=span(time.span)) for time in timeline.times),
        events=tuple(
            event._replace(
                trigger=span(event.trigger),
                clause=span(event.clause),
                participants=tuple(each._replace(span=span(each.span)) for each in event.participants),
            )
            for event in timeline.events
        ),
    )
