"""Rows: the stable schema of Parquet and of exploded output. Names are those of the wire contract, in snake_case.

A row is an article, with lists of its times, events and items, or an event, flat, for analysts. Columns are added at the end and
never change their type or meaning. Instants are in UTC; what is not there is null, or an empty list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from client.batch.job import EVENTS
from client.batch.places import pyarrow
from eventtimeline.scalars import shortest

Json = Mapping[str, Any]
Row = dict[str, Any]
Reader = Callable[[Any], Any]

STRING, INT, FLOAT, BOOL, INSTANT = "string", "int32", "float32", "bool", "instant"
SPAN = {"start": INT, "end": INT}
INTERVAL = {"start_time": INSTANT, "end_time": INSTANT}
ALTERNATIVE = {"value": STRING, "interval": INTERVAL, "confidence": FLOAT, "explanation": STRING}
TIME = {
    "id": STRING, "span": SPAN, "text": STRING, "type": STRING, "value": STRING, "mod": STRING, "interval": INTERVAL, "grain": STRING,
    "calendar": STRING, "basis": STRING, "anchor_id": STRING, "confidence": FLOAT, "alternatives": [ALTERNATIVE], "rule": STRING,
    "explanation": STRING, "quant": STRING, "freq": STRING,
}  # fmt: skip
PARTICIPANT = {"role": STRING, "span": SPAN, "text": STRING}
EVENT = {
    "id": STRING, "trigger": SPAN, "clause": SPAN, "text": STRING, "kind": STRING, "class": STRING, "modality": STRING,
    "tense": STRING, "interval": INTERVAL, "grain": STRING, "relation": STRING, "times": [STRING], "basis": STRING,
    "confidence": FLOAT, "explanation": STRING, "source_event_id": STRING, "participants": [PARTICIPANT], "same_as": STRING,
    "salience": FLOAT,
}  # fmt: skip
ITEM = {"interval": INTERVAL, "event_ids": [STRING]}
WARNING = {"code": STRING, "message": STRING, "expression_id": STRING, "event_ids": [STRING]}
ENGINE = {"engine_version": STRING, "lexicon_hash": STRING, "families": [STRING]}
ARTICLE_ROW: Json = {
    "article_id": STRING, "times": [TIME], "events": [EVENT], "items": [ITEM], "undated_event_ids": [STRING],
    "warnings": [WARNING], "truncated": BOOL, **ENGINE,
}  # fmt: skip
EVENT_ROW: Json = {
    "article_id": STRING, "event_id": STRING, "kind": STRING, "class": STRING, "modality": STRING, "tense": STRING,
    "start_time": INSTANT, "end_time": INSTANT, "grain": STRING, "relation": STRING, "item": INT, "basis": STRING,
    "confidence": FLOAT, "salience": FLOAT, "text": STRING, "trigger_start": INT, "trigger_end": INT, "clause_start": INT,
    "clause_end": INT, "time_texts": [STRING], "time_values": [STRING], "rules": [STRING], "explanation": STRING, "agent": STRING,
    "patient": STRING, "place": STRING, "counterpart": STRING, "source_event_id": STRING, "same_as": STRING, **ENGINE,
}  # fmt: skip
"""`item` counts the items of the timeline from 0 in chronological order: events of one item can't be told apart in time."""


def schema(rows: str) -> Any:  # noqa: ANN401 - pyarrow is not typed
    """Return the schema of Parquet for rows of articles or of events."""
    arrow = pyarrow()
    plain = {
        STRING: arrow.string(), INT: arrow.int32(), FLOAT: arrow.float32(), BOOL: arrow.bool_(),
        INSTANT: arrow.timestamp("us", tz="UTC"),
    }  # fmt: skip

    def typed(kind: Any) -> Any:  # noqa: ANN401
        if isinstance(kind, str):
            return plain[kind]
        if isinstance(kind, list):
            return arrow.list_(typed(kind[0]))
        return arrow.struct([(name, typed(inner)) for name, inner in kind.items()])

    return arrow.schema([(name, typed(kind)) for name, kind in (EVENT_ROW if rows == EVENTS else ARTICLE_ROW).items()])


def rows_of(line: bytes, rows: str) -> Iterator[Row]:
    """Yield the rows of an answer, a line of protobuf JSON: one of its article, or one of each of its events."""
    answer = orjson.loads(line)
    if rows == EVENTS:
        yield from map(_EVENT, _events(answer))
    else:
        yield _ARTICLE(answer | answer.get("timeline", {}))


def answer_of(row: Json) -> Row:
    """Return the answer of which a row of an article was made, as protobuf JSON has it."""
    timeline = {name: row[name] for name in ("times", "events", "items", "undated_event_ids")}
    fields = {
        "article_id": row["article_id"], "timeline": timeline, "engine_version": row["engine_version"], "warnings": row["warnings"],
        "truncated": row["truncated"], "lexicon_hash": row["lexicon_hash"], "families": row["families"],
    }  # fmt: skip
    answer = _printed(fields)
    return answer if "timeline" in answer else {**answer, "timeline": {}}


def _printed(value: Any) -> Any:  # noqa: ANN401
    """Return a value as protobuf JSON: without what is not there, and numbers as short as they are."""
    match value:
        case dict():
            inner = {_camel(name): _printed(each) for name, each in value.items()}
            return {
                name: each for name, each in inner.items() if each is not None and each is not False and each not in ("", [], 0)
            }
        case list():
            return [_printed(each) for each in value]
        case dt.datetime():
            return value.isoformat(timespec="microseconds" if value.microsecond else "seconds").replace("+00:00", "Z")
        case float():
            return shortest(value)
    return value


def _events(answer: Json) -> Iterator[Json]:
    """Yield the events of an answer with what their rows take from its other parts."""
    timeline = answer.get("timeline", {})
    times = {time["id"]: time for time in timeline.get("times", ())}
    items = {id_: number for number, item in enumerate(timeline.get("items", ())) for id_ in item.get("eventIds", ())}
    for event in timeline.get("events", ()):
        dating = [times[id_] for id_ in event.get("times", ()) if id_ in times]
        roles = {each.get("role", "").removeprefix("ROLE_").lower(): each.get("text") for each in event.get("participants", ())}
        flat = {
            "articleId": answer.get("articleId"),
            "eventId": event["id"],
            "item": items.get(event["id"]),
            "timeTexts": [time.get("text") for time in dating],
            "timeValues": [time.get("value") for time in dating],
            "rules": [time.get("rule") for time in dating],
            **{
                f"{part}{side.capitalize()}": event[part].get(side, 0)
                for part in ("trigger", "clause")
                for side in ("start", "end")
            },
            **event.get("interval", {}),
            **{name: answer[name] for name in ("engineVersion", "lexiconHash", "families") if name in answer},
        }
        yield {**event, **roles, **flat}


def _object(kinds: Json) -> Reader:
    """Return what makes an object of protobuf JSON one with every column of its kinds, in order."""
    columns = [(name, _camel(name), _column(kind)) for name, kind in kinds.items()]

    def read(value: Any) -> Any:  # noqa: ANN401
        if value is None:
            return None
        get = value.get
        return {name: read(get(there)) if read else get(there) for name, there, read in columns}

    return read


def _column(kind: Any) -> Reader | None:  # noqa: ANN401
    """Return what reads a value of a kind, None where it is read as it stands."""
    if isinstance(kind, list):
        inner = _column(kind[0])
        return (lambda values: list(map(inner, values or ()))) if inner else (lambda values: values or [])
    if kind is SPAN:  # protobuf leaves out a 0
        return lambda span: None if span is None else {"start": span.get("start", 0), "end": span.get("end", 0)}
    if isinstance(kind, dict):
        return _object(kind)
    return {BOOL: bool, INSTANT: lambda text: text and dt.datetime.fromisoformat(text)}.get(kind)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


_ARTICLE, _EVENT = _object(ARTICLE_ROW), _object(EVENT_ROW)
