"""A line of a run, and as much of what it says as can be known without parsing it: nearly all lines never are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from client.diff.answers import place
from client.exits import Exit, Failure

VERSION = frozenset({"engineVersion", "lexiconHash", "families"})
"""Fields that say who answered. They stand behind the timeline, so lines of two engines begin alike where they agree."""

_MARK = b',"engineVersion":"'
# A quotation mark inside a string is escaped, so what these find is a name and not a text that looks like one.
_ANSWER = re.compile(rb'\{"articleId":("[^"\\]*(?:\\.[^"\\]*)*"),"(?:timeline|engineVersion)":')
_FAILED = re.compile(rb'\{"line":[0-9]+,"articleId":("[^"\\]*(?:\\.[^"\\]*)*"),"error":\{"code":"')
_NAMED = b'"articleId":'


class Record(NamedTuple):
    """A line: the run that it is of, its place there from 0, and its bytes."""

    run: str
    ordinal: int
    data: bytes


class Label(NamedTuple):
    """The article that a line is about, b"" where it has no id, and whether the engine failed with it."""

    article: bytes
    failed: bool


class Engine(NamedTuple):
    """Who answered."""

    version: str
    lexicon: str


UNKNOWN = Engine("", "")
SHORT = 2048
"""Bytes of the end of a line that are worth remembering."""


def label(record: Record) -> Label:
    """Return what a line is about; raises Failure where it is neither an answer nor an error record."""
    data = record.data
    if data.endswith(b"}"):
        if (found := _ANSWER.match(data)) and data.rfind(_MARK) >= 0:
            return Label(_id(found[1]), failed=False)
        if found := _FAILED.match(data):
            return Label(_id(found[1]), failed=True)
        if data.startswith(b'{"timeline":') and _NAMED not in data and _MARK in data:
            return Label(b"", failed=False)
    fields = parse(record)
    return Label(str(fields.get("articleId", "")).encode(errors="surrogatepass"), "error" in fields)


def _id(quoted: bytes) -> bytes:
    """Return what a JSON string says; its escapes are valid, or else the line is no JSON and whoever parses it will say so."""
    if b"\\" not in quoted:
        return quoted[1:-1]
    try:
        return str(json.loads(quoted)).encode(errors="surrogatepass")
    except ValueError:
        return quoted


def parse(record: Record) -> Mapping[str, object]:
    """Return the fields of a line; raises Failure, which names its file and line, for what is no answer."""
    try:
        fields = json.loads(record.data)
    except RecursionError as error:
        raise not_an_answer(record, "its JSON is nested too deeply") from error
    except ValueError as error:
        raise not_an_answer(record, f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise not_an_answer(record, "not a JSON object")
    if not isinstance(fields.get("articleId", ""), str):
        raise not_an_answer(record, "its articleId is no string")
    if not (isinstance(fields.get("engineVersion"), str) or isinstance(fields.get("error"), dict)):
        raise not_an_answer(record, "it has neither an engineVersion nor an error")
    return fields


def not_an_answer(record: Record, why: str) -> Failure:
    """Return the failure for a line that is no answer of `timeline batch`."""
    return Failure(Exit.INVALID, f"{place(record.run, record.ordinal)}: not an answer of batch: {why}")


def same(old: Record, new: Record) -> bool:
    """Tell whether two lines are plainly the same but for who answered; False leaves it open."""
    if old.data == new.data:
        return True
    head, tail = _halves(old.data)
    other_head, other_tail = _halves(new.data)
    return head == other_head and (rest := _end(tail).rest) is not None and rest == _end(other_tail).rest


def engine(record: Record) -> Engine:
    """Return who answered a line, unknown where it does not end as lines of batch do."""
    return _end(_halves(record.data)[1]).engine


class End(NamedTuple):
    """What the end of a line says: who answered, and the rest as JSON, None where it is no end."""

    engine: Engine
    rest: str | None


def _halves(data: bytes) -> tuple[bytes, bytes]:
    at = data.rfind(_MARK)
    return (data, b"") if at < 0 else (data[:at], data[at + 1 :])


def _end(tail: bytes) -> End:
    """Return what the end of a line says; long ends, which hold warnings, would only fill the memo."""
    return _short_end(tail) if len(tail) <= SHORT else _read_end(tail)


@lru_cache(maxsize=1024)
def _short_end(tail: bytes) -> End:
    return _read_end(tail)


def _read_end(tail: bytes) -> End:
    try:
        fields = json.loads(b"{" + tail)
    except (ValueError, RecursionError):
        return End(UNKNOWN, None)
    version, lexicon = fields.get("engineVersion"), fields.get("lexiconHash")
    told = Engine(version if isinstance(version, str) else "", lexicon if isinstance(lexicon, str) else "")
    return End(told, json.dumps({name: fields[name] for name in sorted(fields.keys() - VERSION)}))
