"""Requests to break a server with, each known by its number: the same seed and number give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from random import Random
from typing import Any, NamedTuple

from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from bench.server.texts import KB, LARGEST, any_letter, large, piece, small
from eventtimeline.v1 import timeline_pb2 as pb

MOST_CHANGED = 64
"""Bytes, at most, that one accident adds to a message, so that a stream's never outgrow the limit of the transport."""


Request = pb.ExtractTimelineRequest | pb.ExtractTimelinesRequest | pb.ResolveExpressionsRequest


class Way(Enum):
    """How a request is sent."""

    STREAM = "stream"
    EXTRACT = "unary"
    RESOLVE = "resolve"
    HTTP_EXTRACT = "http"
    HTTP_RESOLVE = "http resolve"


WAYS = (*(Way.STREAM,) * 88, *(Way.EXTRACT,) * 5, *(Way.RESOLVE,) * 3, *(Way.HTTP_EXTRACT,) * 3, Way.HTTP_RESOLVE)
HTTP = (Way.HTTP_EXTRACT, Way.HTTP_RESOLVE)
RESOLVING = (Way.RESOLVE, Way.HTTP_RESOLVE)

SECONDS = (-62_135_596_801, -62_135_596_800, 253_402_300_799, 253_402_300_800, -(2**63), 2**63 - 1, 0, 951_782_400)
NANOS = (0, 0, 1, 999_999_999, 1_000_000_000, -1, 2**31 - 1)
YEARS, MONTHS, DAYS = (-(2**31), -1, 0, 1, 1343, 2024, 9999, 10_000, 2**31 - 1), (0, 1, 2, 12, 13), (0, 1, 28, 29, 31, 32)
ZONES = ("", "", "UTC", "Africa/Cairo", "Asia/Riyadh", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Apia", "Etc/GMT+12")
COUNTRIES = ("", "", "EG", "SA", "TN", "AE", "MA", "DZ", "IR", "US")
LANGUAGES = (*("", "en", "ar") * 12, "ar-EG", "en-US", "AR", "xx", "\x00")
ENCODINGS = (*(0, 1, 2, 3) * 15, 4, -1, 2**31 - 1)
LIMITS = (*(0,) * 60, 1, 63, 64, 65, 66, 200, 1000, 4000, 64 * KB, 2**31 - 1, -1, -(2**31))
UNKNOWN = (b"\x80\x06\x01", b"\x82\x06\x03abc", b"\x85\x06abcd", b"\x81\x06abcdefgh", b"\xfa\xff\xff\xff\x0f\x00")
"""Well-formed fields that the contract does not have, a wire type each, and the highest number."""
WRONG = (
    *(b"\x08\x01", b"\x12\x01x", b"\x18\x01", b"\x22\x02\x08\x01", b"\x0d1234"),  # wire types of other fields
    *(b"\x0a\xff\xff\xff\xff\x0f", b"\x10" + b"\xff" * 10, b"\x10" + b"\x80" * 9 + b"\x01"),  # lengths and numbers too long
    *(b"\x00", b"\x07", b"\x0b", b"\x0c", b"\x0b" * 30 + b"\x0c" * 30, b"\x0a\x00"),  # no field, no type, groups
)
STAMPS = (
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "2024-02-30T00:00:00Z",
    "2024-03-27T20:00:00+99:99",
    "9" * 30,
    "T",
    "",
)
TORN = (
    "\\ud800",
    "\\udfff\\ud800",
    "\\u0000",
    "NaN",
    "1e999",
    "9" * 60,
    "[" * 60,
    '{"a":' * 12,
    "null",
    "\ufeff",
    "\\x",
    ",",
    '"',
)


class Case(NamedTuple):
    """A request: its number, how it is sent, its bytes."""

    number: int
    way: Way
    data: bytes


def case(seed: int, number: int) -> Case:
    """Return the request of a number."""
    random = Random(f"{seed} {number}")  # noqa: S311 - nothing secret
    way = random.choice(WAYS)
    request = _request(random, way)
    if way in HTTP:
        return Case(number, way, _json(random, request).encode(errors="surrogatepass"))
    data = request.SerializeToString()
    if random.random() < 0.2:
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            data = random.choice(ACCIDENTS)(random, data)
    return Case(number, way, data)


def kind_of(way: Way) -> type[Request]:
    """Return the type of the requests that are sent in a way."""
    if way in RESOLVING:
        return pb.ResolveExpressionsRequest
    return pb.ExtractTimelinesRequest if way is Way.STREAM else pb.ExtractTimelineRequest


def _request(random: Random, way: Way) -> Request:
    asked: Any = kind_of(way)()
    asked.offset_encoding = random.choice(ENCODINGS)
    asked.language_code = random.choice(LANGUAGES)
    asked.max_response_bytes = random.choice(LIMITS)
    holder = asked if way in RESOLVING else asked.article
    holder.text = _text(random, streamed=way is Way.STREAM)
    if random.random() < 0.75:
        holder.publication.CopyFrom(_publication(random))
    if way not in RESOLVING:
        asked.article.id = _id(random)
    request: Request = asked
    return request


def _text(random: Random, *, streamed: bool) -> str:
    share = random.random()
    if share < 0.0012:
        return large(random, min(LARGEST, int(100 * KB * 11 ** random.random())))
    if share < 0.012:
        return large(random, int(10 * KB * 10 ** random.random()))
    if share < 0.013 and not streamed:
        return random.choice("1ش (") * int(LARGEST * 1.5 * random.random())
    return random.choice(("", " \n\u2003", "\x00")) if share > 0.995 else small(random)


def _id(random: Random) -> str:
    share = random.random()
    if share < 0.001:
        return any_letter(random) * 20_000
    return "" if share < 0.2 else f"{random.randrange(10**6)}" if share < 0.8 else any_letter(random) * random.randrange(200)


def _publication(random: Random) -> pb.Publication:
    publication = pb.Publication()
    odd = random.random() < 0.2
    if random.random() < 0.5:
        seconds = random.choice(SECONDS) if odd else random.randrange(-(10**9), 3 * 10**9)
        publication.publish_time.CopyFrom(Timestamp(seconds=seconds, nanos=random.choice(NANOS) if odd else 0))
    elif odd:
        day = Date(year=random.choice(YEARS), month=random.choice(MONTHS), day=random.choice(DAYS))
        publication.publish_date.CopyFrom(day)
    else:
        day = Date(year=random.randrange(1, 10_000), month=random.randrange(1, 13), day=random.randrange(1, 29))
        publication.publish_date.CopyFrom(day)
    publication.time_zone = piece(random) if odd and random.random() < 0.3 else random.choice(ZONES)
    publication.country = piece(random) if odd and random.random() < 0.3 else random.choice(COUNTRIES)
    week: Any = random.randrange(-1, 10) if odd else random.randrange(8)
    publication.week_start = week
    return publication


def _flipped(random: Random, data: bytes) -> bytes:
    at = random.randrange(max(1, len(data)))
    return data[:at] + bytes(each ^ (1 << random.randrange(8)) for each in data[at : at + 1]) + data[at + 1 :]


def _inserted(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(random.choice((1, 2, MOST_CHANGED))) + data[at:]


def _deleted(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.choice((1, 2, 100)) :]


def _truncated(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _doubled(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    end = at + random.randrange(MOST_CHANGED)
    return data[:end] + data[at:end] + data[end:]


def _half_letter(random: Random, data: bytes) -> bytes:
    """Overwrite the second byte of a letter, so that lengths hold and UTF-8 does not."""
    starts = [at for at, byte in enumerate(data[:2000]) if byte >= 0xC2]
    at = random.choice(starts) + 1 if starts else 0
    return data[:at] + random.choice((b"a", b"\xff", b"\xc0", b"\xed", b"\x00")) + data[at + 1 :]


def _foreign(random: Random, data: bytes) -> bytes:
    extra = random.choice(UNKNOWN) * random.choice((1, 5)) if random.random() < 0.5 else random.choice(WRONG)
    return extra + data if random.random() < 0.5 else data + extra


ACCIDENTS: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(_flipped, _inserted, _deleted, _truncated, _doubled, _half_letter),
    *(_foreign,) * 4,
)


def _json(random: Random, request: Request) -> str:
    try:
        fields = json_format.MessageToDict(request)
    except json_format.SerializeToJsonError:  # an instant that JSON can't hold
        fields = {"article": {"text": random.choice(STAMPS), "publication": {"publishTime": random.choice(STAMPS)}}}
    written = json.dumps(fields, ensure_ascii=random.random() < 0.5)
    share = random.random()
    if share < 0.02:
        return random.choice("[{") * 100_000
    if share < 0.4:
        for _ in range(random.choice((1, 1, 3))):
            at = random.randrange(len(written) + 1)
            torn = random.choice((*TORN, piece(random), "\ud800"))
            written = written[:at] + torn + written[at + random.choice((0, 0, 1, 9)) :]
    return written
