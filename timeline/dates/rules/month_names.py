"""Months without a day: alone, in pairs, of contracts, at their edges, with a year, by their numbers."""

from __future__ import annotations

from timeline.dates.expressions import Date, Edge, Expression
from timeline.dates.grammar import rule
from timeline.dates.rules.months import TAIL, gregorian
from timeline.model import Mod
from timeline.text.categories import Aim, Era


@rule(
    "month_dual month|maybe_month:month [aim]",
    ("شهري مايو ويونيو", "2023-05"),
    ("شهري مارس/آذار وأبريل/نيسان", "2024-03"),
    ("شهري سبتمبر الجاري وأكتوبر المقبل", "2023-09"),
)
def two_months(month: int, aim: Aim | None = None) -> Expression:
    """Begin a pair of months; the second is an expression of its own."""
    return Date(month, aim=aim)


@rule(
    "delivery < [month_word] month|maybe_month:month",
    ("العقود تسليم ديسمبر", "2023-12"),
    ("عقود الخام تسليم أكتوبر", "2023-10"),
)
def month_of_delivery(month: int) -> Expression:
    """Name the month in which a contract falls due: this one or one to come."""
    return Date(month, ahead=True)


@rule("month aim", ("أكتوبر المقبل", "2023-10"))
def month_from_here(month: int, aim: Aim) -> Expression:
    """Name a month with a word that points."""
    return Date(month, aim=aim)


@rule("month", ("نوفمبر", "2023-11"), weak=True)
def month_alone(month: int) -> Expression:
    """Name a month alone; needs support, for months lend their names to people and firms."""
    return Date(month)


@rule("edge [of] [month_word] month|maybe_month:month [aim]", ("مطلع مارس", "2023-03"), ("أواخر أيلول الماضي", "2022-09"))
def edge_of_month(edge: Mod, month: int, aim: Aim | None = None) -> Expression:
    """Name the start, middle or end of a month."""
    return Edge(edge, Date(month, aim=aim))


@rule(f"edge [of] [month_word] month|maybe_month:month {TAIL}", ("منتصف مارس 2019", "2019-03"))
def edge_of_month_and_year(edge: Mod, month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name the start, middle or end of a month of a year."""
    return Edge(edge, Date(month, year=yearnum)) if gregorian(yearnum, era) else None


@rule("month_word month|maybe_month:month [aim]", ("شهر مارس", "2023-03"), ("شهر آب الماضي", "2023-08"))
def named_month(month: int, aim: Aim | None = None) -> Expression:
    """Name a month after the word for month."""
    return Date(month, aim=aim)


@rule("maybe_month:month aim", ("مارس المقبل", "2024-03"))
def month_and_aim(month: int, aim: Aim) -> Expression:
    """Name a month that is also an everyday word, with a word that points."""
    return Date(month, aim=aim)


@rule(
    "in|since|link_to|between < maybe_month:month",
    ("في مارس", "2024-03"),
    ("وفي مارس", "2024-03"),
    ("بين مارس وسبتمبر", "2024-03"),
)
def month_after_preposition(month: int) -> Expression:
    """Name a month that is also an everyday word, after a preposition of time."""
    return Date(month)


@rule(f"[month_word] month|maybe_month:month {TAIL}", ("كانون الثاني/يناير 2006", "2006-01"), ("مارس 2019", "2019-03"))
def month_and_year(month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a month and its year."""
    return Date(month, year=yearnum) if gregorian(yearnum, era) else None


@rule(
    "month_word monthnum|ordinal|number:month",
    ("آخر يوم من شهر 10", "2023-10-31"),
    ("آخر يوم من شهر عشرة", "2023-10-31"),
    weak=True,
)
def numbered_month(month: float) -> Expression | None:
    """Name a month by its number; needs a day beside it."""
    return Date(int(month)) if month in range(2, 13) else None


@rule("month_word monthnum|ordinal|number:month [of|in|by] [year_word] yearnum", ("شهر عشرة سنة 2015", "2015-10"))
def numbered_month_and_year(month: float, yearnum: int) -> Expression | None:
    """Name a month by its number, and its year."""
    return Date(int(month), year=yearnum) if month in range(2, 13) and yearnum >= 1600 else None
