"""Feasts of both calendars, their days and their eves."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import Between, Date, Expression, Nth, PartOfDay, TheFeast
from timeline.dates.grammar import rule
from timeline.model import Calendar, Grain
from timeline.text.categories import Aim, DayPart, Era

_DECEMBER = (12, 31)


def day_before(feast: Date) -> Expression:
    """Return the day before a feast; before the first of a Hijri month it is the last of the month before."""
    month, day, year = feast.month or 1, feast.day or 1, feast.year
    if day > 1:
        return replace(feast, day=day - 1)
    if month == 1:
        year = None if year is None else year - 1
        if feast.calendar is Calendar.GREGORIAN:
            return replace(feast, month=_DECEMBER[0], day=_DECEMBER[1], year=year)
    before = Date((month - 2) % 12 + 1, None, year, feast.calendar, feast.aim, gregorian_year=feast.gregorian_year)
    return Nth(-1, Grain.DAY, before)


@rule(
    "eve hijri_feast|gregorian_feast [aim]",
    ("عشية عيد الفطر", "2024-04-09TEV"),
    ("عشية عيد الأضحى", "2024-06-15TEV"),
    ("ليلة رأس السنة", "2023-12-31TNI"),
    ("ليلة عيد الميلاد", "2023-12-24TNI"),
)
def eve_of_feast(eve: DayPart, hijri_feast: int = 0, gregorian_feast: int = 0, aim: Aim | None = None) -> Expression:
    """Name the evening or the night before a feast."""
    month, day = divmod(hijri_feast or gregorian_feast, 100)
    calendar = Calendar.HIJRI if hijri_feast else Calendar.GREGORIAN
    return PartOfDay(eve, day_before(Date(month, day, None, calendar, aim, calendar.name.lower())))


@rule(
    "eve hijri_feast|gregorian_feast [to|of|in] [year_word] yearnum [era]",
    ("عشية عيد الميلاد 2019", "2019-12-24TEV"),
    ("ليلة رأس السنة 2020", "2019-12-31TNI"),
    ("عشية عيد الفطر 2019", "2019-06-03TEV"),
    ("عشية عيد الفطر 1440هـ", "2019-06-03TEV"),
)
def eve_of_feast_of_year(
    eve: DayPart, yearnum: int, hijri_feast: int = 0, gregorian_feast: int = 0, era: Era | None = None
) -> Expression:
    """Name the evening or the night before a feast of a year."""
    month, day = divmod(hijri_feast or gregorian_feast, 100)
    if gregorian_feast:
        return PartOfDay(eve, day_before(Date(month, day, yearnum, feast="gregorian")))
    if era is Era.HIJRI or yearnum < 1600:
        return PartOfDay(eve, day_before(Date(month, day, yearnum, Calendar.HIJRI, feast="hijri")))
    return PartOfDay(eve, day_before(Date(month, day, None, Calendar.HIJRI, None, "hijri", yearnum)))


@rule(
    "[day_word] hijri_feast [aim]",
    ("عيد الفطر", "2024-04-10"),
    ("يوم التروية", "2024-06-14"),
    ("يوم المولد النبوي", "2023-09-27"),
)
def hijri_feast(hijri_feast: int, aim: Aim | None = None) -> Expression:
    """Name a feast with a day in the Hijri calendar."""
    month, day = divmod(hijri_feast, 100)
    return Date(month, day, None, Calendar.HIJRI, aim, "hijri")


@rule("[day_word] hijri_feast [to|of|in] [year_word] yearnum [era]", ("عيد الأضحى 2013", "2013-10-15"))
def hijri_feast_and_year(hijri_feast: int, yearnum: int, era: Era | None = None) -> Expression:
    """Name a feast of a year of either calendar."""
    month, day = divmod(hijri_feast, 100)
    if era is Era.HIJRI or yearnum < 1600:
        return Date(month, day, yearnum, Calendar.HIJRI, feast="hijri")
    return Date(month, day, None, Calendar.HIJRI, None, "hijri", yearnum)


@rule(
    "[day_word] gregorian_feast [aim]", ("عيد العمال", "2024-05-01"), ("عيد الأم", "2024-03-21"), ("يوم عيد الحب", "2024-02-14")
)
def gregorian_feast(gregorian_feast: int, aim: Aim | None = None) -> Expression:
    """Name a feast with a day in the Gregorian calendar."""
    month, day = divmod(gregorian_feast, 100)
    return Date(month, day, aim=aim, feast="gregorian")


@rule("[day_word] gregorian_feast [to|of|in] [year_word] yearnum", ("عيد العمال 2019", "2019-05-01"))
def gregorian_feast_and_year(gregorian_feast: int, yearnum: int) -> Expression:
    """Name a feast of a year."""
    month, day = divmod(gregorian_feast, 100)
    return Date(month, day, yearnum, feast="gregorian")


@rule("an_ordinal day_plural hijri_feast [aim]", ("ثالث أيام عيد الأضحى", "2024-06-18"))
def day_of_feast(an_ordinal: int, hijri_feast: int, aim: Aim | None = None) -> Expression | None:
    """Count the days of a feast."""
    month, day = divmod(hijri_feast, 100)
    return Date(month, day + an_ordinal - 1, None, Calendar.HIJRI, aim, "hijri") if 1 <= an_ordinal <= 4 else None


@rule("the_unit ordinal [of|to|by] hijri_feast [aim]", ("اليوم الثاني لعيد الفطر", "2024-04-11"))
def numbered_day_of_feast(the_unit: Grain, ordinal: int, hijri_feast: int, aim: Aim | None = None) -> Expression | None:
    """Count the days of a feast, the number after its noun."""
    return day_of_feast.make(an_ordinal=ordinal, hijri_feast=hijri_feast, aim=aim) if the_unit is Grain.DAY else None


@rule("an_ordinal day_plural the_feast", ("رابع أيام العيد", "2024-04-13"), ("أول أيام العيد", "2024-04-10"))
def day_of_the_feast(an_ordinal: int, the_feast: int) -> Expression | None:
    """Count the days of the feast that the text speaks of."""
    return TheFeast(an_ordinal) if the_feast and 1 <= an_ordinal <= 4 else None


@rule("the_unit ordinal [of|to] the_feast", ("اليوم الثالث من العيد", "2024-04-12"))
def numbered_day_of_the_feast(the_unit: Grain, ordinal: int) -> Expression | None:
    """Count the days of the feast that the text speaks of, the number after its noun."""
    return TheFeast(ordinal) if the_unit is Grain.DAY and ordinal <= 4 else None


@rule("day_word the_feast", ("يوم العيد", "2024-04-10"))
def first_day_of_the_feast(the_feast: int) -> Expression:
    """Name the first day of the feast that the text speaks of."""
    return TheFeast(the_feast)


def days_of_month(month: int, first: int, last: int, aim: Aim | None) -> Expression:
    """Return a row of days of a Hijri month, the last from its end where it is negative."""
    return _row(Date(month, calendar=Calendar.HIJRI, aim=aim), first, last)


def _row(whole: Date, first: int, last: int) -> Expression:
    return Between(Nth(first, Grain.DAY, whole), Nth(last, Grain.DAY, whole))


@rule("feast_days [aim]", ("أيام التشريق", "2023-06-29/2023-07-01"))
def row_of_feast(feast_days: int, aim: Aim | None = None) -> Expression:
    """Name days that belong to a feast: month, first and last day in two figures each."""
    return days_of_month(feast_days // 10000, feast_days // 100 % 100, feast_days % 100, aim)


@rule(
    "ten_days [of|in] [month_word] hijri [aim]",
    ("العشر الأواخر من رمضان", "2024-03-31/2024-04-09"),
    ("العشر الأوائل من ذي الحجة", "2023-06-19/2023-06-28"),
)
def ten_days_of_month(ten_days: int, hijri: int, aim: Aim | None = None) -> Expression:
    """Name the first, the middle or the last ten days of a Hijri month."""
    return days_of_month(hijri, ten_days, -1 if ten_days > _SECOND_TEN else ten_days + 9, aim)


@rule(
    "ten_days [of|in] [month_word] hijri [comma] [of|in|by|to] [year_word] yearnum [era]",
    ("العشر الأواخر من رمضان 1440هـ", "2019-05-26/2019-06-03"),
)
def ten_days_of_month_and_year(ten_days: int, hijri: int, yearnum: int, era: Era | None = None) -> Expression:
    """Name the first, the middle or the last ten days of a month of a Hijri year, or of the one that begins in a Gregorian year."""
    last = -1 if ten_days > _SECOND_TEN else ten_days + 9
    if era is Era.HIJRI or yearnum < 1600:
        return _row(Date(hijri, year=yearnum, calendar=Calendar.HIJRI), ten_days, last)
    return _row(Date(hijri, calendar=Calendar.HIJRI, gregorian_year=yearnum), ten_days, last)


@rule("ten_days", ("العشر الأواخر", "2024-03-31/2024-04-09"))
def last_ten_days(ten_days: int) -> Expression | None:
    """Name the last ten days without their month, which is Ramadan."""
    return days_of_month(_RAMADAN, ten_days, -1, None) if ten_days > _SECOND_TEN else None


_RAMADAN, _SECOND_TEN = 9, 11
