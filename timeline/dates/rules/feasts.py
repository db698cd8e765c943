"""The eves of feasts: the evening and the night before them."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import Date, Expression, Nth, PartOfDay
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
