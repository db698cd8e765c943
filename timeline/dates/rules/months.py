"""Days of a month and full dates of the Gregorian calendar, in words and in figures; months without a day are in month_names.py."""

from __future__ import annotations

from timeline.dates.expressions import Anchor, Between, Date, Expression, Nth, Shift
from timeline.dates.grammar import rule
from timeline.dates.rules.days import WEEKS
from timeline.model import Calendar, Grain
from timeline.text.categories import Aim, Era

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
TAIL = "[comma] [of|in|by|to] [year_word] yearnum [era]"
_MONTH = "[of|by|then] [month_word] month|maybe_month:month"


def exists(day: int, month: int) -> bool:
    """Tell whether a month of the Gregorian calendar can have that day."""
    return 1 <= day <= LONGEST[month - 1]


def gregorian(year: int, era: Era | None) -> bool:
    """Tell whether a year is counted from the birth of Christ: years like 1436 are so only where they say it.

    No Hijri year is as late as 1600, so 2015هـ is a slip.
    """
    return era is Era.GREGORIAN or year >= 1600 or (era is None and year < 1300)


@rule(
    f"[day_word] daynum|ordinal {_MONTH} {TAIL}", ("15 يناير 2024", "2024-01-15"), ("السابع من أكتوبر عام 2023", "2023-10-07")
)
def full_date(month: int, yearnum: int, daynum: int = 0, ordinal: int = 0, era: Era | None = None) -> Expression | None:
    """Name a day, its month and its year; one that the month does not have is read too, so that a warning can tell of it."""
    return Date(month, daynum or ordinal, yearnum, counted=ordinal > 0) if gregorian(yearnum, era) else None


@rule(
    f"[day_word] daynum|ordinal {_MONTH} [aim]",
    ("7 أكتوبر", "2023-10-07"),
    ("السابع من يوليو الماضي", "2023-07-07"),
    ("3 أكتوبر المقبل", "2023-10-03"),
)
def day_and_month(month: int, daynum: int = 0, ordinal: int = 0, aim: Aim | None = None) -> Expression | None:
    """Name a day and its month."""
    day = daynum or ordinal
    return Date(month, day, aim=aim, counted=ordinal > 0) if exists(day, month) else None


@rule(f"[day_word] first_day {_MONTH} [aim]", ("فاتح سبتمبر", "2023-09-01"), ("أول مارس", "2023-03-01"))
def first_of_month(month: int, aim: Aim | None = None) -> Expression:
    """Name the first day of a month by one of its words."""
    return Date(month, 1, aim=aim)


@rule(f"[day_word] first_day {_MONTH} {TAIL}", ("فاتح ماي 2019", "2019-05-01"))
def first_of_month_and_year(month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name the first day of a month of a year."""
    return Date(month, 1, yearnum) if gregorian(yearnum, era) else None


@rule("[month_word] month|maybe_month:month daynum [comma] yearnum [era]", ("أكتوبر 7، 2023", "2023-10-07"))
def month_first(month: int, daynum: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a full date with its month first."""
    return Date(month, daynum, yearnum) if exists(daynum, month) and gregorian(yearnum, era) else None


@rule("month|maybe_month:month daynum:first dash|link_to daynum:last", ("يوليو 13-15", "2023-07-13/2023-07-15"))
def days_after_month(month: int, first: int, last: int) -> Expression | None:
    """Name a row of days after their month."""
    return Between(Date(month, first, row=last), Date(month, last)) if first < last and exists(last, month) else None


@rule(
    f"daynum:first dash daynum:last {_MONTH} [aim]",
    ("13-15 يوليو", "2023-07-13/2023-07-15"),
    ("6-30 مايو الماضي", "2023-05-06/2023-05-30"),
    ("20 - 25 ديسمبر", "2023-12-20/2023-12-25"),
)
def row_of_days(first: int, last: int, month: int, aim: Aim | None = None) -> Expression | None:
    """Name a row of days before their month."""
    if not first < last or not exists(last, month):
        return None
    return Between(Date(month, first, aim=aim, row=last), Date(month, last, aim=aim))


@rule(f"daynum:first dash daynum:last {_MONTH} {TAIL}", ("13-15 يوليو 2021", "2021-07-13/2021-07-15"))
def row_of_days_and_year(first: int, last: int, month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a row of days of a year."""
    if first >= last or not exists(last, month) or not gregorian(yearnum, era):
        return None
    return Between(Date(month, first, yearnum), Date(month, last, yearnum))


@rule(
    "[day_word] daynum:first slash|dash|dot daynum:second slash|dash|dot yearnum [era]",
    ("09/05/2012", "2012-05-09"),
    ("يوم 2 - 12 - 2010", "2010-12-02"),
    ("15 - 09 - 2012", "2012-09-15"),
    ("9-10-1436هـ", "2015-07-25"),
)
def in_figures(first: int, second: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Read figures as day, month, year; as month, day, year only where nothing else is possible."""
    calendar = Calendar.GREGORIAN if gregorian(yearnum, era) else Calendar.HIJRI
    day, month = (first, second) if second <= 12 else (second, first)
    if month > 12 or (calendar is Calendar.GREGORIAN and not exists(day, month)):
        return None
    return Date(month, day, yearnum, calendar)


@rule(
    "[day_word] yearnum slash|dash|dot daynum:second slash|dash|dot daynum:third [era]",
    ("2024-01-15", "2024-01-15"),
    ("1445/9/12", "2024-03-22"),
)
def in_figures_year_first(yearnum: int, second: int, third: int, era: Era | None = None) -> Expression | None:
    """Read figures as year, month, day."""
    calendar = Calendar.GREGORIAN if gregorian(yearnum, era) else Calendar.HIJRI
    if second > 12 or (calendar is Calendar.GREGORIAN and not exists(third, second)):
        return None
    return Date(second, third, yearnum, calendar)


@rule(
    "[day_word] daynum:day slash|dash month|maybe_month:month slash|dash yearnum [era]",
    ("26/تشرين الأول/1994", "1994-10-26"),
    ("12-مارس-2019", "2019-03-12"),
)
def with_marks(day: int, month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Read a date whose month is a name and whose parts have marks between them."""
    return Date(month, day, yearnum) if exists(day, month) and gregorian(yearnum, era) else None


@rule("daynum:day slash monthnum:month", ("السبت 21/10", "2023-10-21"), weak=True)
def day_slash_month(day: int, month: int) -> Expression | None:
    """Read figures as day and month; needs a weekday or a clock time beside it."""
    return Date(month, day) if exists(day, month) else None


@rule(
    "[day_word|day_dual] the_number|number aim",
    ("21 الجاري", "2023-09-21"),
    ("يوم 20 الجاري", "2023-09-20"),
    ("يومي 12 و13 الجاري", "2023-09-13"),
)
def day_of_current_month(aim: Aim, the_number: float = 0.0, number: float = 0.0) -> Expression | None:
    """Name a day of the month that is current when it is written."""
    day = the_number or number
    return Date(day=int(day), aim=aim) if aim is Aim.THIS and 1 <= day <= 31 else None


@rule("[day_word] daynum:day of_it", ("29 منه", "2023-09-29"), weak=True)
def day_of_told_month(day: int) -> Expression | None:
    """Name a day of the month told before: في 21 الجاري ... وفي 29 منه."""
    return Nth(day, Grain.DAY, Shift(0, Grain.MONTH, Anchor.MENTIONED)) if day <= 31 else None


@rule("[day_word] daynum|ordinal:day of this the_unit", ("الثالث من هذا الشهر", "2023-09-03"))
def day_of_this_month(day: int, the_unit: Grain) -> Expression | None:
    """Name a day of this month."""
    return Nth(day, Grain.DAY, Shift(0, the_unit)) if the_unit is Grain.MONTH and day <= 31 else None


@rule(
    "[day_word] daynum|ordinal:day of the_unit aim",
    ("السابع عشر من الشهر الماضي", "2023-08-17"),
    ("12 من الشهر الجاري", "2023-09-12"),
)
def day_of_month_from_here(day: int, the_unit: Grain, aim: Aim) -> Expression | None:
    """Name a day of the current, last or next month."""
    return Nth(day, Grain.DAY, Shift(WEEKS[aim], the_unit)) if the_unit is Grain.MONTH and aim in WEEKS and day <= 31 else None


@rule("an_ordinal the_unit aim", ("خامس الشهر الجاري", "2023-09-05"))
def nth_of_month_from_here(an_ordinal: int, the_unit: Grain, aim: Aim) -> Expression | None:
    """Name a day of the current, last or next month, the number in construct."""
    return (
        Nth(an_ordinal, Grain.DAY, Shift(WEEKS[aim], the_unit))
        if the_unit is Grain.MONTH and aim in WEEKS and an_ordinal > 1
        else None
    )


@rule("[day_word] daynum|ordinal:day of the_unit self", ("12 أكتوبر والسابع عشر من الشهر ذاته", ""))
def day_of_same_month(day: int, the_unit: Grain) -> Expression | None:
    """Name a day of the month mentioned before."""
    return Nth(day, Grain.DAY, Shift(0, the_unit, Anchor.MENTIONED)) if the_unit is Grain.MONTH and day <= 31 else None


@rule(
    f"[day_word] daynum|ordinal:day [of] [month_word] libyan_month:month {TAIL}",
    ("15 هانيبال 2008", "2008-08-15"),
    ("التاسع من شهر التمور 2009", "2009-10-09"),
)
def libyan_date(day: int, month: int, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a full date whose month has its Libyan name."""
    return Date(month, day, yearnum) if exists(day, month) and gregorian(yearnum, era) else None
