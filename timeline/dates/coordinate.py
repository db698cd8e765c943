"""Coordination: what one member of a row says for the others (12 و23 يناير، عامي 2010 و2015، أيام الأحد والثلاثاء)."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import Date, DayOfWeek, Every, Expression, Nth, PartOfDay, Shift
from timeline.dates.grammar import Mention
from timeline.model import Grain
from timeline.text.categories import Aim
from timeline.text.entries import Entry
from timeline.text.letters import AND, TO
from timeline.text.words import Words

_DAY_WORDS = frozenset(("day_word", "day_dual", "day_plural"))
_ROW = ("and", "or", "link_to", "comma", "dash")


def coordinate(mentions: list[Mention], words: Words) -> list[Mention]:
    """Return the mentions with what they share spelled out, and with the bare days that stand before a date."""
    row: list[Mention] = []
    for mention in mentions:
        current = mention
        if row and linked(words, row[-1].last, current.first):
            before = row[-1]
            forward = _forward(before, current)
            if forward is not None:
                current = current._replace(expression=forward, weak=False)
            back = _back(before, current, words.entries[current.last].folded)
            if back is not None:
                row[-1] = before._replace(expression=back, weak=False)
        counted = bool(row) and row[-1].rule == "counted_after"  # أيام 3 و4 و5 مارس: days, not an amount
        floor = row[-2].last if counted and len(row) > 1 else -1 if counted or not row else row[-1].last
        days = _days_before(floor, current, words)
        if counted and days and days[0].first <= row[-1].first:
            row.pop()
        row += [day for day in days if not row or day.first > row[-1].last]
        row.append(current)
    return row


_DUAL = ("ين", "ان")  # السبت والأحد المقبلين: the adjective is said of both


def linked(words: Words, left: int, right: int) -> bool:
    """Tell whether two words are members of one row: only و, أو, إلى or a comma between them."""
    entries = words.entries
    if right - left == 1:
        return entries[right].clitics == AND
    return right - left == 2 and not entries[right].clitics and any(name in entries[left + 1].categories for name in _ROW)


def _forward(a: Mention, b: Mention) -> Expression | None:
    match a.expression, b.expression:
        case Every(unit=Grain.WEEK, weekday=first), DayOfWeek(weekday, None) if first is not None:
            return Every(Grain.WEEK, weekday)
        case Date(month=None, year=year), Date(month=None, day=None) if year is not None and b.rule == "number_like_a_year":
            return b.expression
        case _:
            return None


def _back(a: Mention, b: Mention, last: str) -> Expression | None:
    dual = last.endswith(_DUAL)
    match a.expression, b.expression:
        case DayOfWeek(weekday, None), DayOfWeek(_, aim) if aim is not None and (a.rule == "two_weekdays" or dual):
            return DayOfWeek(weekday, aim)
        case Date(month=None, year=year), Date(month=None, day=None) if (
            year is not None and a.rule == "number_like_a_year" and b.rule in ("number_like_a_year", "bare_year")
        ):
            return a.expression
        case Date(year=None, aim=None, within=None), Date(year=year) if (
            a.expression.month and year is not None and a.expression.calendar is b.expression.calendar and b.expression.month
        ):
            return replace(a.expression, year=year)
        case Date(day=None, year=None, aim=None, within=None), Date(day=None, year=None, aim=aim) if (
            aim is not None and a.expression.month and b.expression.month and (a.rule == "two_months" or dual)
        ):
            return replace(a.expression, aim=aim)
        case PartOfDay(part, None), PartOfDay(_, day) if day is not None and a.weak and b.expression is not None:
            return PartOfDay(part, day)
        case _:
            return None


def _days_before(floor: int, mention: Mention, words: Words) -> list[Mention]:
    """Return the bare days of the month in a row that ends with a date: the 12 of 12 و23 يناير, the 13 of من 13 إلى 18 أكتوبر."""
    date = mention.expression
    if not _has_day(date):
        return []
    entries, found, right = words.entries, [], mention.first
    while True:
        at = right - 1 if entries[right].clitics == AND else right - 2
        if at <= floor or (
            at == right - 2
            and entries[right - 1].folded != TO
            and not any(name in entries[right - 1].categories for name in ("and", "or", "link_to", "dash"))
        ):
            break
        day = _day(entries[at])
        if day is None or entries[at].clitics not in ("", AND):
            break
        first = at - 1 if at - 1 > max(floor, -1) and entries[at - 1].categories.keys() & _DAY_WORDS else at
        start = words.starts[first] + entries[first].skip
        found.append(Mention(first, at, start, words.ends[at], _on_day(date, day), "coordinated_day", weak=False))
        right = first
    return found[::-1]


def _has_day(date: Expression) -> bool:
    """Tell whether an expression is a day of a month, named or counted from here: 13 الجاري, 13 من الشهر الماضي."""
    match date:
        case Date(day=day, month=month, aim=aim):
            return day is not None and (month is not None or aim is Aim.THIS)
        case Nth(_, Grain.DAY, Shift(unit=Grain.MONTH), None):
            return True
        case _:
            return False


def _on_day(date: Expression, day: int) -> Expression:
    """Return another day of the same month."""
    match date:
        case Date():
            return replace(date, day=day, row=date.row or date.day or 0)
        case Nth():
            return replace(date, n=day)
        case _:
            return date


def _day(entry: Entry) -> int | None:
    value = entry.categories.get("daynum", entry.categories.get("ordinal"))
    return value if isinstance(value, int) and 1 <= value <= 31 else None
