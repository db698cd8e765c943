"""Joins: neighbouring mentions that say one time together become one mention (أمس السبت 16 رمضان، الأحد صباحا، أواخر الشهر الماضي)."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import (
    Agree,
    Century,
    Clock,
    Date,
    DayOfWeek,
    Decade,
    Edge,
    Every,
    Expression,
    Lasting,
    Nth,
    PartOfDay,
    SchoolYear,
    SeasonOf,
    Shift,
    Stretch,
    TheFeast,
    Vague,
    Weekend,
    Window,
    Yearly,
)  # fmt: skip
from timeline.dates.grammar import Mention
from timeline.dates.lengths import less
from timeline.model import Calendar, Grain, Mod, Weekday
from timeline.text.categories import Aim, DayPart, Reference, Zone
from timeline.text.words import CLITICS, Words

_GAPS = ("link_to", "comma", "open", "close", "of", "in", "agree", "dash", "slash", "and", "at", "except")
_NEAR = ((), ("of",), ("in",), ("by",), ("to",))
_BESIDE = ((), ("comma",), ("open",), ("dash",), ("agree",), ("in",), ("slash",), ("close",))
_CLOCK = (*_NEAR, ("comma",), ("at",), ("comma", "at"), ("dash",), ("open",), ("comma", "in"))
_BY_DAY_OR_NIGHT = (PartOfDay(DayPart.NIGHT), PartOfDay(DayPart.MORNING))  # with the others it may be a place: the Maghreb
_EVERY_YEAR = Every(Grain.YEAR)
_HALF_DAY_RULES = ("part_after", "the_part", "this_part")


def join(mentions: list[Mention], words: Words) -> list[Mention]:
    """Return the mentions with neighbours joined, from left to right, until nothing joins."""
    joined: list[Mention] = []
    for mention in mentions:
        current = mention
        while joined:
            both = _pair(joined[-1], current, words)
            if both is None:
                break
            joined.pop()
            current = both
        joined.append(_with_zone(current, words))
    return joined


def _with_zone(mention: Mention, words: Words) -> Mention:
    """Return a clock time that ends with its day with the zone behind it: الساعة السادسة مساء أمس بتوقيت دمشق."""
    clock, after = mention.expression, mention.last + 1
    if not isinstance(clock, Clock) or clock.day is None or clock.zone is not None or after >= len(words.entries):
        return mention
    zone = words.entries[after].categories.get("zone")
    if not isinstance(zone, Zone):
        return mention
    return mention._replace(last=after, end=words.ends[after], expression=replace(clock, zone=zone))


def gap(words: Words, left: int, right: int) -> tuple[str, ...] | None:
    """Return what stands between two words, the clitics of the right one included; None where it is more than marks."""
    if right - left > 3:
        return None
    between = []
    for entry in words.entries[left + 1 : right]:
        name = next((name for name in _GAPS if name in entry.categories), None)
        if name is None or entry.clitics:
            return None
        between.append(name)
    between += [CLITICS[letter] for letter in words.entries[right].clitics]
    return tuple(between)


def _pair(a: Mention, b: Mention, words: Words) -> Mention | None:
    between = gap(words, a.last, b.first)
    if between is None or _is_feast_before_date(a, b, words):
        return None
    expression = combine(a, b, between)
    if expression is None:
        return None
    last, end = b.last, b.end
    if "open" in between and last + 1 < len(words.entries) and "close" in words.entries[last + 1].categories:
        last, end = last + 1, words.ends[last + 1]
    return Mention(a.first, last, a.start, end, expression, f"{a.rule}+{b.rule}", weak=False)


def _is_feast_before_date(a: Mention, b: Mention, words: Words) -> bool:
    """Tell whether a weekday after a feast is that of a date that follows it: إجازة عيد الفطر يوم الثلاثاء 11 مايو."""
    if not isinstance(a.expression, Date) or not a.expression.feast or not isinstance(b.expression, DayOfWeek):
        return False
    after = words.entries[b.last + 1].categories if b.last + 1 < len(words.entries) else {}
    return "daynum" in after or "ordinal" in after


def combine(left: Mention, right: Mention, between: tuple[str, ...]) -> Expression | None:
    """Return the one expression that two neighbours make with these marks between them, or None."""
    a, b = left.expression, right.expression
    match a:
        case Edge(mod, None) if between in ((), ("of",)) or (mod in (Mod.AFTER, Mod.BEFORE) and between == ("comma",)):
            return Edge(mod, b) if _is_whole(b) else None
        case Edge(mod, Date(year=None, aim=None, within=None, day=None) as month) if between in _NEAR and _is_year(b):
            return Edge(mod, _in_year(month, b)) if month.month is not None else None
        case Edge(mod, Decade(tens, None)) if between in _NEAR and _is_century(b):
            return Edge(mod, Decade(tens, b))
        case Nth(n, unit, None, weekday) if between in _NEAR and _is_longer(b, unit):
            return Nth(n, unit, b, weekday)
        case Stretch(unit=unit, whole=None) if between in _NEAR and _is_longer(b, unit):
            return replace(a, whole=b)
        case Window(n, unit, Aim.RECENT) if n is not None and between in (("of",), ("in",)) and _is_longer(b, unit):
            return Stretch(int(n), unit, last=True, whole=b)
        case DayOfWeek(weekday, Aim.RECENT) if between in _NEAR and _is_longer(b, Grain.DAY):
            return Nth(-1, Grain.DAY, b, weekday)
        case PartOfDay(part, None) if between in (*_NEAR, ("open",)) and is_day(b):
            if left.rule == "the_part" and right.rule == "in_figures":
                return None  # a heading: the newspaper of that name (المساء, الصباح), and its day
            return PartOfDay(part, b)
        case PartOfDay(DayPart.NIGHT | DayPart.MIDNIGHT, DayOfWeek(first)) if between in (
            (),
            ("link_to",),
            ("dash",),
        ) and _is_next(first, b):
            return a  # ليل الثلاثاء الأربعاء: the night from the one to the other
        case PartOfDay(part, day, mod) if day is not None and is_day(b) and between in _BESIDE:
            both = _agree(day, b)
            return None if both is None else PartOfDay(part, both, mod)
        case PartOfDay(part, day) if isinstance(b, Clock) and b.day is None and between in _CLOCK:
            return replace(b, part=b.part or part, day=day) if day is not None else None
        case Clock() if between in _CLOCK:
            return _with_clock(a, b)
        case SeasonOf(year=None, aim=None, whole=None) if between in _NEAR and _is_year(b):
            return replace(a, whole=b)
        case Decade(tens, None) if between in _NEAR and _is_century(b):
            return Decade(tens, b)
        case Nth(whole=Date(year=None, aim=None, within=None) as month) if between in _NEAR and _is_year(b):
            return replace(a, whole=_in_year(month, b))
        case Date(year=None, aim=None, within=None) if (
            between in _NEAR and b == _EVERY_YEAR and a.calendar is Calendar.GREGORIAN
        ):
            return Yearly(a) if a.month else None
        case Vague(Reference.FUTURE_REF) if left.rule == "vague" and between == () and is_day(b):
            return Edge(Mod.AFTER, b)  # لاحقا السبت
        case Edge(mod, whole) if whole is not None and between == () and is_day(whole) and is_day(b):
            both = _agree(whole, b)  # في وقت سابق اليوم السبت, بنهاية اليوم الثلاثاء
            return None if both is None else Edge(mod, both)
        case Date(year=None, aim=None, within=None) if a.month is not None and between in (*_NEAR, ("comma",)) and _is_year(b):
            return _in_year(a, b)
        case Lasting(amounts, mod) if (
            between == ("and",) and isinstance(b, Lasting) and b.amounts[0][1] < amounts[-1][1] and amounts[-1][0]
        ):
            return Lasting((*amounts, *b.amounts), mod)
        case Lasting(amounts, mod) if between == ("except",) and isinstance(b, Lasting):
            left_over = less(amounts, b.amounts)
            return None if left_over is None else Lasting(left_over, mod)
        case _ if is_day(a) and between in _CLOCK and isinstance(b, Clock) and b.day is None:
            return replace(b, day=a)
        case _ if is_day(a) and between == ("by",) and b in _BY_DAY_OR_NIGHT and right.rule == "the_part":
            return PartOfDay(b.part, a)
        case _ if is_day(a) and between in _BESIDE:
            if isinstance(b, PartOfDay) and b.day is None and right.rule in _HALF_DAY_RULES:
                return PartOfDay(b.part, a)
            return _agree(a, b) if is_day(b) else None
        case _:
            return None


def _is_next(first: Weekday, b: Expression) -> bool:
    return isinstance(b, DayOfWeek) and b.aim is None and b.weekday == (first + 1) % 7


def _with_clock(a: Clock, b: Expression) -> Expression | None:
    """Add to a clock time its part of the day, its day or both."""
    if isinstance(b, PartOfDay):
        if b.day is not None and a.day is not None:
            return None
        return replace(a, part=a.part or b.part, day=b.day or a.day)
    if not is_day(b):
        return None
    if a.day is None:
        return replace(a, day=b)
    both = _agree(a.day, b)
    return None if both is None else replace(a, day=both)


def _agree(a: Expression, b: Expression) -> Expression | None:
    """Make one day of two that are said in different ways; two weekdays or two dates of one calendar are two days."""
    first, second = _ways(a), _ways(b)
    if first & second or ("date" in first and "date" in second):
        return None
    return Agree(a, b)


def _ways(day: Expression) -> frozenset[str]:
    match day:
        case Agree(first, second):
            return _ways(first) | _ways(second)
        case DayOfWeek():
            return frozenset(("weekday",))
        case Date(calendar=Calendar.HIJRI):
            return frozenset(("date", "hijri"))
        case Date() | Nth():
            return frozenset(("date",))
        case _:
            return frozenset(("deictic",))


def is_day(expression: Expression) -> bool:
    """Tell whether an expression names a day."""
    match expression:
        case Shift(unit=unit):
            return unit is Grain.DAY
        case Date(day=day):
            return day is not None
        case Nth(unit=unit, whole=whole):
            return unit is Grain.DAY and whole is not None
        case DayOfWeek() | Agree() | TheFeast():
            return True
        case _:
            return False


def _is_time(expression: Expression) -> bool:
    return isinstance(
        expression, Shift | Date | DayOfWeek | Agree | Nth | SeasonOf | Decade | Century | PartOfDay | Weekend | SchoolYear
    )


def _is_whole(expression: Expression) -> bool:
    """Tell whether an expression names a time that can have a start, a middle and an end."""
    match expression:
        case Nth(whole=None) | PartOfDay(day=None):
            return False
        case _:
            return _is_time(expression)


def _is_year(expression: Expression) -> bool:
    match expression:
        case Shift(unit=Grain.YEAR):
            return True
        case Date(month=None, day=None, year=year):
            return year is not None
        case _:
            return False


def _is_century(expression: Expression) -> bool:
    return isinstance(expression, Century) or (isinstance(expression, Shift) and expression.unit is Grain.CENTURY)


def _is_longer(expression: Expression, unit: Grain) -> bool:
    """Tell whether an expression is a period that units of this size can be counted in."""
    match expression:
        case Shift(unit=whole):
            return whole > unit
        case Date(month=month, day=None):
            return unit < (Grain.MONTH if month is not None else Grain.YEAR)
        case Nth(unit=whole, whole=within):
            return within is not None and whole > unit
        case SeasonOf() | Decade():
            return unit < Grain.SEASON
        case Century():
            return unit < Grain.CENTURY
        case _:
            return False


def _in_year(a: Date, b: Expression) -> Expression:
    """Put a yearless date into its year."""
    if isinstance(b, Date) and b.year is not None and b.calendar is a.calendar:
        return replace(a, year=b.year)
    return replace(a, within=b)
