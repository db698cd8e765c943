"""Dates of the Hijri calendar."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import Between, Date, Edge, Expression, Shift
from timeline.dates.grammar import rule
from timeline.dates.rules.days import WEEKS
from timeline.dates.rules.months import TAIL
from timeline.model import Calendar, Grain, Mod
from timeline.text.categories import Aim, Era

_MONTH = "[of|by] [month_word] hijri"


@rule(f"[day_word] daynum|ordinal:day {_MONTH} {TAIL}", ("21 شعبان 1433هـ", "2012-07-11"), ("9 رمضان 1445", "2024-03-19"))
def hijri_date(day: int, hijri: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a day, its month and its Hijri year."""
    if day > 30 or era is Era.GREGORIAN or yearnum > 1600:
        return None
    return Date(hijri, day, yearnum, Calendar.HIJRI)


@rule(f"[day_word] daynum|ordinal {_MONTH} [aim]", ("12 ربيع الأول", "2023-09-27"), ("30 شوال الماضي", ""))
def hijri_day(hijri: int, daynum: int = 0, ordinal: int = 0, aim: Aim | None = None) -> Expression | None:
    """Name a day and its Hijri month; الجاري after it points at the month."""
    day = daynum or ordinal
    return Date(hijri, day, calendar=Calendar.HIJRI, aim=aim, counted=ordinal > 0) if day <= 30 else None


@rule(f"first_day {_MONTH} [aim]", ("غرة رمضان", "2024-03-11"))
def hijri_first_day(hijri: int, aim: Aim | None = None) -> Expression:
    """Name the first day of a Hijri month by one of its words."""
    return Date(hijri, 1, calendar=Calendar.HIJRI, aim=aim)


@rule(f"first_day {_MONTH} {TAIL}", ("فاتح محرم 1446", "2024-07-07"))
def hijri_first_day_and_year(hijri: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name the first day of a month of a Hijri year."""
    return Date(hijri, 1, yearnum, Calendar.HIJRI) if era is not Era.GREGORIAN and yearnum < 1600 else None


@rule(
    "edge [of] [month_word] hijri [aim]",
    ("مطلع رمضان", "2024-03-11/2024-04-09"),
    ("منتصف شوال الماضي", "2023-04-21/2023-05-20"),
    ("أواخر شهر شعبان", "2024-02-11/2024-03-10"),
)
def edge_of_hijri_month(edge: Mod, hijri: int, aim: Aim | None = None) -> Expression:
    """Name the start, middle or end of a Hijri month."""
    return Edge(edge, Date(hijri, calendar=Calendar.HIJRI, aim=aim))


@rule(f"edge [of] [month_word] hijri {TAIL}", ("أواخر رمضان 1440هـ", "2019-05-06/2019-06-03"))
def edge_of_hijri_month_and_year(edge: Mod, hijri: int, yearnum: int, era: Era | None = None) -> Expression:
    """Name the start, middle or end of a month of a Hijri year, or of the one that begins in a Gregorian year."""
    if era is Era.GREGORIAN or yearnum > 1600:
        return Edge(edge, Date(hijri, calendar=Calendar.HIJRI, gregorian_year=yearnum))
    return Edge(edge, Date(hijri, year=yearnum, calendar=Calendar.HIJRI))


@rule(f"daynum:first dash|link_to daynum:last {_MONTH} [aim]", ("9-12 ذي الحجة", "2023-06-27/2023-06-30"))
def hijri_row(first: int, last: int, hijri: int, aim: Aim | None = None) -> Expression | None:
    """Name a row of days of a Hijri month."""
    if not first < last <= 30:
        return None
    end = Date(hijri, last, calendar=Calendar.HIJRI, aim=aim)
    return Between(replace(end, day=first, row=last), end)


@rule(f"[month_word] hijri {TAIL}", ("رمضان 1435هـ", "2014-06-28/2014-07-27"), ("رمضان 2019", "2019-05-06/2019-06-03"))
def hijri_month_and_year(hijri: int, yearnum: int, era: Era | None = None) -> Expression:
    """Name a month of a Hijri year, or the one that begins in a Gregorian year."""
    if era is Era.GREGORIAN or yearnum > 1600:
        return Date(hijri, calendar=Calendar.HIJRI, gregorian_year=yearnum)
    return Date(hijri, year=yearnum, calendar=Calendar.HIJRI)


@rule(
    "month_word|this hijri [aim]", ("هذا الشهر الفضيل", "2024-03-11/2024-04-09"), ("شهر رمضان المقبل", "2024-03-11/2024-04-09")
)
def hijri_month(hijri: int, aim: Aim | None = None) -> Expression:
    """Name a Hijri month."""
    return Date(hijri, calendar=Calendar.HIJRI, aim=aim)


@rule("hijri aim", ("رمضان الماضي", "2023-03-23/2023-04-20"))
def hijri_month_and_aim(hijri: int, aim: Aim) -> Expression:
    """Name a Hijri month with a word that points."""
    return Date(hijri, calendar=Calendar.HIJRI, aim=aim)


@rule("in|since|within|link_to|by|ago|ahead < hijri", ("في رمضان", "2024-03-11/2024-04-09"))
def hijri_month_after_preposition(hijri: int) -> Expression | None:
    """Name a Hijri month after a preposition of time; its first two are everyday words."""
    return Date(hijri, calendar=Calendar.HIJRI) if hijri > 2 else None


@rule("hijri", ("الجمعة الأخيرة من شوال", "2023-05-19"), ("آخر جمعة من شعبان", "2024-03-08"), weak=True)
def hijri_month_alone(hijri: int) -> Expression | None:
    """Name a Hijri month alone; needs a count of its days or weeks beside it, for months lend their names to people."""
    return Date(hijri, calendar=Calendar.HIJRI) if hijri > 2 else None


@rule("[year_word] yearnum era", ("عام 1435هـ", "2013-11-04/2014-10-24"), ("2011م", "2011"))
def year_and_era(yearnum: int, era: Era) -> Expression | None:
    """Name a year and its calendar."""
    if era is Era.HIJRI:
        return Date(year=yearnum, calendar=Calendar.HIJRI) if yearnum < 1600 else None
    return Date(year=yearnum)


@rule("hijri_year_word yearnum [era]", ("العام الهجري 1437", "2015-10-14/2016-10-01"))
def hijri_year(yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a Hijri year after its word."""
    return Date(year=yearnum, calendar=Calendar.HIJRI) if era is not Era.GREGORIAN and yearnum < 1600 else None


@rule("hijri_year_word aim", ("العام الهجري القادم", "2024-07-07/2025-06-25"))
def hijri_year_from_here(aim: Aim) -> Expression | None:
    """Name the current, last or next Hijri year."""
    return Shift(WEEKS[aim], Grain.YEAR, calendar=Calendar.HIJRI) if aim in WEEKS else None


@rule("year_word aim yearnum [era]", ("العام القادم 2024", "2024"))
def year_said_twice(yearnum: int, era: Era | None = None) -> Expression:
    """Name a year by number after pointing at it."""
    return Date(year=yearnum, calendar=Calendar.HIJRI if era is Era.HIJRI or yearnum < 1600 else Calendar.GREGORIAN)
