"""Single values of the wire in Python: instants, floats, text. Knows protobuf, but nothing of timelines."""

from __future__ import annotations

import datetime as dt
import re
import struct
from functools import lru_cache

from google.protobuf.timestamp_pb2 import Timestamp

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
EARLIEST = int((dt.datetime.min.replace(tzinfo=dt.UTC) - EPOCH).total_seconds())
LATEST = int((dt.datetime.max.replace(tzinfo=dt.UTC) - EPOCH).total_seconds())
"""The seconds that a Timestamp may hold: the years 1 to 9999 in UTC."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
FLOAT32 = struct.Struct("f")


def timestamp_from_instant(instant: dt.datetime) -> Timestamp | None:
    """Return an aware instant as a Timestamp, None where it lies outside the years 1 to 9999 in UTC."""
    since = instant - EPOCH
    seconds = since.days * 86_400 + since.seconds
    if not EARLIEST <= seconds <= LATEST:
        return None
    return Timestamp(seconds=seconds, nanos=since.microseconds * 1000)


def instant_from_timestamp(timestamp: Timestamp, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """Return a Timestamp as an instant in `zone`, cut to microseconds; in UTC where `zone` would leave the years 1 to 9999.

    Raises OverflowError for a Timestamp outside those years, or with nanoseconds that are not.
    """
    if not 0 <= timestamp.nanos < 1_000_000_000:
        raise OverflowError("nanos must be from 0 to 999,999,999")
    if not EARLIEST <= timestamp.seconds <= LATEST:
        raise OverflowError("an instant must lie in the years 1 to 9999")
    instant = EPOCH + dt.timedelta(seconds=timestamp.seconds, microseconds=timestamp.nanos // 1000)
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant


@lru_cache(maxsize=1024)
def shortest(value: float) -> float:
    """Return the number with the fewest digits that a float field holds as `value`: 0.9 for 0.8999999761581421."""
    for digits in range(6, 9):
        number = float(f"{value:.{digits}g}")
        if FLOAT32.unpack(FLOAT32.pack(number))[0] == value:
            return number
    return float(f"{value:.9g}")


def is_well_formed(text: str) -> bool:
    """Tell whether a text has no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def well_formed(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which messages can't hold; every position stays as it was."""
    return text if is_well_formed(text) else LONE_SURROGATE.sub("\ufffd", text)
