"""Messages as protobuf JSON on one line, as files and pipes carry them.

Printing agrees with `google.protobuf.json_format` (a test compares them) at a third of its cost, which counts where millions
of answers are printed. Equal messages give equal bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import orjson
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from eventtimeline.mapping import article_from_proto
from eventtimeline.scalars import is_well_formed, shortest, well_formed
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, Publication

WANTED = {
    "id": "a string",
    "text": "a string",
    "publication": 'an object such as {"country": "EG"}',
    "publish_time": 'an instant in the years 1 to 9999, such as "2024-03-27T00:00:00Z"',
    "publish_date": 'an object such as {"year": 2024, "month": 3, "day": 27}',
    "time_zone": 'a string such as "Africa/Cairo"',
    "country": 'a string such as "EG"',
    "week_start": 'a day such as "SUNDAY"',
}
"""What a field of an article must be, by its name."""

UNREAD = (json_format.ParseError, OverflowError)
"""What `json_format` raises for JSON that is no such message; the second for an infinite number in an enum."""

_PLAIN = {"publishTime", "timeZone", "country"}
_IN_UTC = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.](?:[0-9]{3}){1,2})?Z")
"""What most publications hold, and how their times are written; Python reads these as protobuf does."""

Request = TypeVar("Request", bound=Message)
Json = Any
"""What `json` prints and reads: protobuf gives its values no common type."""


def article_from_json(line: str | bytes) -> Article:
    """Return the article that a line of JSON holds; a lone surrogate in its text becomes U+FFFD.

    Raises UnicodeDecodeError for bytes that are not UTF-8, and InvalidArticle: field `article` where the line is no Article in
    protobuf JSON (an unknown field included), the field's own path where its publication is no point in time.
    """
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        fields = None
    if not isinstance(fields, dict):
        # Read again to mend it, as half a surrogate pair in a text, or to say what is wrong.
        fields = _parsed(line if isinstance(line, str) else line.decode(), "article")
    text, name = fields.get("text", ""), fields.get("id", "")
    if type(text) is not str or type(name) is not str:
        return article_from_proto(_message(fields))
    # The long strings need not go through a message, which costs ten times as much as reading them; nor need most publications.
    rest = {key: fields[key] for key in fields if key not in ("text", "id")}
    return Article(text, _plain(rest) or _publication(json.dumps(rest)), name)


def _plain(rest: dict[str, Json]) -> Publication | None:
    """Return a publication in plain strings, its time in UTC; None where only a message can say what there is, or what is wrong."""
    fields = rest.get("publication")
    if len(rest) != 1 or type(fields) is not dict or not fields.keys() <= _PLAIN:
        return None
    time, zone, country = fields.get("publishTime"), fields.get("timeZone", ""), fields.get("country", "")
    if not (type(time) is type(zone) is type(country) is str and _IN_UTC.fullmatch(time)):
        return None
    try:
        return Publication(at=dt.datetime.fromisoformat(time), zone=zone, country=country)
    except ValueError:
        return None


# The articles of a day have their publication in common.
@lru_cache(maxsize=1024)
def _publication(line: str) -> Publication | None:
    return article_from_proto(_message(json.loads(line))).publication


def _message(fields: Json) -> pb.Article:
    try:
        return json_format.ParseDict(fields, pb.Article())
    except UNREAD as error:
        reason = _wrong(fields, pb.Article, "") or f"not an Article in protobuf JSON: {error}"
        raise InvalidArticle("article", reason) from error


def request_from_json(text: str, kind: type[Request]) -> Request:
    """Return the request that a text holds as protobuf JSON; raises InvalidArticle with field `request` where it holds none."""
    fields = _parsed(text, "request")
    try:
        return json_format.ParseDict(fields, kind())
    except UNREAD as error:
        raise InvalidArticle("request", f"not an {kind.DESCRIPTOR.name} in protobuf JSON: {error}") from error


def _parsed(line: str, what: str) -> Json:
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            raise InvalidArticle(what, "not a JSON object")
        if not _torn(_well_formed(fields)):
            return fields
        raise InvalidArticle(what, f"not an {what}: a name, or a value other than id and text, holds half a surrogate pair")
    except json.JSONDecodeError as error:
        raise InvalidArticle(what, f"not JSON: {error}") from error
    except RecursionError as error:
        raise InvalidArticle(what, f"not an {what}: its JSON is nested too deeply") from error
    except ValueError as error:  # Python limits the digits of an integer
        raise InvalidArticle(what, f"not an {what}: its JSON holds a number with too many digits") from error


def _well_formed(fields: dict[str, Json]) -> dict[str, Json]:
    """Return the fields with U+FFFD for each lone surrogate in the texts that callers write freely."""
    for name, value in fields.items():
        if isinstance(value, str) and name in ("id", "text"):
            fields[name] = well_formed(value)
        elif isinstance(value, dict) and name == "article":
            _well_formed(value)
    return fields


def _torn(value: Json) -> bool:
    """Tell whether a name or a value holds a lone surrogate; protobuf fails over one in a name as if it were broken itself."""
    match value:
        case str():
            return not is_well_formed(value)
        case dict():
            return any(_torn(name) or _torn(inner) for name, inner in value.items())
        case list():
            return any(map(_torn, value))
    return False


def _wrong(fields: Json, kind: type[Message], path: str) -> str:
    """Return what is to be written instead of the first field that can't be read, "" where each alone can be."""
    known = {name: field for field in kind.DESCRIPTOR.fields for name in (field.name, field.json_name)}
    for name, value in fields.items():
        if name not in known:
            return f"{path}{name} is no field; there are {', '.join(field.json_name for field in kind.DESCRIPTOR.fields)}"
        try:
            json_format.ParseDict({name: value}, kind())
        except UNREAD:
            if name == "publication" and isinstance(value, dict):
                # What its fields alone can't explain is that two of them exclude each other.
                return _wrong(value, pb.Publication, "publication.") or "publication holds both publishTime and publishDate"
            return f"{path}{name} must be {WANTED[known[name].name]}" if known[name].name in WANTED else ""
    return ""


def response_to_json(
    response: pb.ExtractTimelineResponse
    | pb.ExtractTimelinesResponse
    | pb.ResolveExpressionsResponse
    | pb.ListEventKindsResponse,
) -> str:
    """Return an answer as protobuf JSON on one line, without the line's end."""
    return json.dumps(PRINT[response.DESCRIPTOR.full_name](response), ensure_ascii=False, separators=(",", ":"))


def _printer(descriptor: Descriptor) -> Callable[[Json], Json]:
    """Return a function that turns messages of one type into what `json` prints, fields by number as protobuf orders them."""
    if descriptor.full_name == Timestamp.DESCRIPTOR.full_name:
        return _timestamp
    if descriptor.full_name == "google.rpc.Status":
        return json_format.MessageToDict
    fields = {field.number: (field.json_name, _value_printer(field)) for field in descriptor.fields}

    def fields_of(message: Message) -> Json:
        printed = {}
        for field, value in message.ListFields():
            name, convert = fields[field.number]
            printed[name] = convert(value) if convert else value
        return printed

    return fields_of


def _value_printer(field: FieldDescriptor) -> Callable[[Json], Json] | None:
    """Return what turns a field's value into what `json` prints, None where it is printed as it stands."""
    one: Callable[[Json], Json] | None = None
    if field.message_type:
        one = _printer(field.message_type)
    elif field.enum_type:
        names: Mapping[int, str] = {value.number: value.name for value in field.enum_type.values}
        one = lambda number: names.get(number, number)  # noqa: E731
    elif field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        one = shortest
    if not field.is_repeated:
        return one
    if one is None:
        return list
    each = one
    return lambda values: [each(value) for value in values]


def _timestamp(timestamp: Timestamp) -> str:
    if timestamp.nanos:
        return timestamp.ToJsonString()
    return _whole_second(timestamp.seconds)


# A timeline names the same few midnights over and over.
@lru_cache(maxsize=4096)
def _whole_second(seconds: int) -> str:
    return Timestamp(seconds=seconds).ToJsonString()


PRINT: Mapping[str, Callable[[Json], Json]] = {
    kind.DESCRIPTOR.full_name: _printer(kind.DESCRIPTOR)
    for kind in (
        pb.ExtractTimelineResponse,
        pb.ExtractTimelinesResponse,
        pb.ResolveExpressionsResponse,
        pb.ListEventKindsResponse,
    )
}
"""The printer of each kind of answer, by the full name of its message."""
