"""What a case was and what it is, in words that fit a cell."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from client.diff.compare import Category
from client.diff.finding import Fields, text
from client.diff.report import Case
from client.when import when
from timeline import Interval

UNDATED = "undated"
ABSENT = "none"
NOON = 12


class Side(NamedTuple):
    """One side of a case: what it says, and why. Both are empty where the event or time is not there."""

    value: str
    explanation: str


def sides(case: Case) -> tuple[Side, Side]:
    """Return the old and the new side."""
    old, new = values(case)
    return Side(old, _explanation(case.old)), Side(new, _explanation(case.new))


def values(case: Case) -> tuple[str, str]:
    """Return what the old side says and what the new one does."""
    match case.category:
        case Category.REORDERED if case.place:
            return tuple(f"{how} {case.place.words}" for how in (case.place.old, case.place.new))  # type: ignore[return-value]
        case Category.CHANGED | Category.REWORDED:
            return _fields(case.old, case.fields), _fields(case.new, case.fields)
        case Category.REDATED:
            return _dates(case.old or {}, case.new or {})
        case _:
            return tuple(_summary(side) if side else "" for side in (case.old, case.new))  # type: ignore[return-value]


def _explanation(side: Fields | None) -> str:
    return text(side, "explanation") if side else ""


def _summary(side: Fields) -> str:
    return f"{text(side, 'kind')}, {date(side)}" if "trigger" in side else date(side)


def date(side: Fields) -> str:
    """Return when an event is, or the value of a time."""
    if "trigger" in side:
        return _when(side) or UNDATED
    return text(side, "value") or ABSENT


def _dates(old: Fields, new: Fields) -> tuple[str, str]:
    """Return two dates with as much of them as it takes to tell them apart."""
    written = [(date(old), date(new))]
    written += [tuple(f"{date(side)} ({', '.join(_short(side, names))})" for side in (old, new)) for names in DETAILS]  # type: ignore[misc]
    return next(((before, after) for before, after in written if before != after), written[0])


DETAILS = (("relation",), ("grain",), ("relation", "grain"), ("interval",))


def _short(side: Fields, names: tuple[str, ...]) -> list[str]:
    return [_field(name, side.get(name)) for name in names]


def _fields(side: Fields | None, names: tuple[str, ...]) -> str:
    found = side or {}
    return "; ".join(f"{name} {_field(name, found.get(name))}" for name in names if name != "explanation") or "explanation"


def _field(name: str, value: object) -> str:
    """Return the value of a field of a message in which links have been resolved."""
    if name == "interval":
        return _instants(value)
    if isinstance(value, dict):
        return (
            _named(value)
            if "text" in value or "value" in value
            else " .. ".join(str(value.get(end, 0)) for end in ("start", "end"))
        )
    if isinstance(value, list):
        return ", ".join(_named(each) if isinstance(each, dict) else str(each) for each in value) or ABSENT
    if isinstance(value, str):
        return _constant(name, value) or ABSENT
    return ABSENT if value is None else str(value)


def _named(value: Fields) -> str:
    role = _constant("role", text(value, "role"))
    return f"{role} {value.get('text') or value.get('value')}".strip()


def _constant(name: str, value: str) -> str:
    """Return the name of a constant without what all of its enum begin with."""
    prefix = f"{name.upper()}_"
    return value.removeprefix(prefix).lower().replace("_", " ") if value.startswith(prefix) else value


def _when(side: Fields) -> str:
    """Return the days of an event; answers give them as instants without a zone, of which only midnights are days."""
    sides = side.get("interval")
    if not isinstance(sides, dict):
        return ""
    start, end = (_day(str(sides.get(name, ""))) for name in ("startTime", "endTime"))
    if (start is None and sides.get("startTime")) or (end is None and sides.get("endTime")):
        return _instants(sides)
    return when(Interval(start, end), dt.UTC)


@lru_cache(maxsize=1024)
def _day(instant: str) -> dt.datetime | None:
    """Return the midnight nearest to an instant: east of Greenwich a day begins on the evening before, west of it later."""
    try:
        moment = dt.datetime.fromisoformat(instant).astimezone(dt.UTC)
        return (moment + dt.timedelta(hours=NOON)).replace(hour=0, minute=0, second=0, microsecond=0)
    except (ValueError, OverflowError):
        return None


def _instants(value: object) -> str:
    if not isinstance(value, dict):
        return ABSENT
    return " .. ".join(str(value.get(name, "")) for name in ("startTime", "endTime")).strip()
