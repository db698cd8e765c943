"""Years that are not the calendar's: of schools, of sport and of money."""

from __future__ import annotations

from timeline.dates.expressions import Between, Date, Expression, SchoolYear
from timeline.dates.grammar import rule
from timeline.model import Calendar, Grain
from timeline.text.categories import Aim, Era


@rule(
    "school_year [aim] yearnum:first slash|dash yearnum:last [era]",
    ("العام الدراسي 2017/2018", "2017/2018"),
    ("موسم 2017-2018", "2017/2018"),
    ("العام الدراسي 1435 / 1436هـ", "1435/1436"),
    ("الموسم الحالي 2023/2024", "2023/2024"),
)
def school_year(first: int, last: int) -> Expression | None:
    """Name a school year or a season of sport by both of its years."""
    first, last = min(first, last), max(first, last)  # where the figures run from left to right the later one comes first
    return SchoolYear(first, last) if last == first + 1 else None


@rule("school_year yearnum [era]", ("موسم 2015", "2015"), ("العام الدراسي 1443هـ", "2021-08-09/2022-07-29"))
def school_year_by_one(yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a school year or a season by one year."""
    hijri = era is Era.HIJRI or yearnum < 1600
    return Date(year=yearnum, calendar=Calendar.HIJRI if hijri else Calendar.GREGORIAN)


@rule(
    "school_year aim",
    ("الموسم الماضي", "2022/2023"),
    ("العام الدراسي المقبل", "2024/2025"),
    ("السنة الجامعية الجارية", "2023/2024"),
)
def school_year_from_here(aim: Aim) -> Expression | None:
    """Name a school year or a season by its place after or before the current one."""
    return SchoolYear(aim=aim) if aim in (Aim.PAST, Aim.NEXT, Aim.THIS) else None


@rule("this school_year", ("هذا الموسم", "2023/2024"))
def this_school_year(this: Aim) -> Expression:
    """Name the current school year or season."""
    return SchoolYear(aim=this)


@rule("school_year renewed", ("العام الدراسي الجديد", "2023/2024"), ("الموسم الجديد", "2023/2024"))
def new_school_year(school_year: Grain) -> Expression | None:
    """Name the school year or season that begins in this civil year."""
    return SchoolYear(renewed=True) if school_year else None


@rule("fiscal_year yearnum", ("السنة المالية 2022", "2022"))
def fiscal_year(yearnum: int) -> Expression:
    """Name a fiscal year by its year."""
    return Date(year=yearnum)


@rule("fiscal_year yearnum:first slash|dash yearnum:last", ("العام المالي 2023/2024", "2023-01/2024-12"))
def fiscal_years(first: int, last: int) -> Expression | None:
    """Name a fiscal year by both of its years, from the begin of the first to the end of the last."""
    return Between(Date(1, year=first), Date(12, year=last)) if last == first + 1 else None
