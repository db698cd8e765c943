"""What a case was and what it is, in words that fit a cell."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple, assert_never

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
    old, new = case.old or {}, case.new or {}
    match case.category:
        case Category.ADDED | Category.REMOVED:
            return _summary(old), _summary(new)
        case Category.REDATED:
            return _dates(old, new)
        case Category.CHANGED | Category.REWORDED:
            return _fields(old, case.fields), _fields(new, case.fields)
        case Category.REORDERED:
            return (f"{case.place.old} {case.place.words}", f"{case.place.new} {case.place.words}") if case.place else ("", "")
        case _:
            assert_never(case.category)


def _explanation(side: Fields | None) -> str:
    return text(side, "explanation") if side else ""


def _summary(side: Fields) -> str:
    if not side:
        return ""
    return f"{text(side, 'kind')}, {date(side)}" if "trigger" in side else date(side)


def date(side: Fields) -> str:
    """Return when an event is, or the value of a time."""
    if "trigger" in side:
        return _when(side) or UNDATED
    return text(side, "value") or ABSENT


def _dates(old: Fields, new: Fields) -> tuple[str, str]:
    """Return two dates with as much of them as it takes to tell them apart."""
    before, after = date(old), date(new)
    for names in DETAILS:
        if before != after:
            break
        before, after = _detailed(old, names), _detailed(new, names)
    return before, after


DETAILS = (("relation",), ("grain",), ("relation", "grain"), ("interval",))


def _detailed(side: Fields, names: tuple[str, ...]) -> str:
    return f"{date(side)} ({', '.join(_field(name, side.get(name)) for name in names)})"


def _fields(side: Fields, names: tuple[str, ...]) -> str:
    told = {name: text(side, "text") if name == "clause" else _field(name, side.get(name)) for name in names}
    return "; ".join(f"{name} {value}" for name, value in told.items() if name != "explanation") or "explanation"


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
    if not isinstance(sides, dict) or not sides:
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
