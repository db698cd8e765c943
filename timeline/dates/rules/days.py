"""Days named from today, and weekdays."""

from __future__ import annotations

from timeline.dates.expressions import Agree, Date, DayOfWeek, Every, Expression, Nth, Shift
from timeline.dates.grammar import rule
from timeline.model import Grain, Weekday
from timeline.text.categories import Aim

WEEKS = {Aim.PAST: -1, Aim.NEXT: 1, Aim.THIS: 0, Aim.AFTER_NEXT: 2, Aim.BEFORE_LAST: -2}


@rule(
    "deictic",
    ("أمس", "2023-09-26"),
    ("غدا", "2023-09-28"),
    ("أول من أمس", "2023-09-25"),
    ("بعد غد", "2023-09-29"),
    ("اليوم", "2023-09-27"),
)
def deictic_day(deictic: int) -> Expression:
    """Count days from the publication."""
    return Shift(deictic, Grain.DAY)


@rule(
    "[day_word] weekday [aim]", ("يوم الجمعة", "2023-09-22"), ("الجمعة المقبل", "2023-09-29"), ("الأربعاء الماضي", "2023-09-20")
)
def weekday(weekday: Weekday, aim: Aim | None = None) -> Expression:
    """Name a weekday near the publication."""
    return DayOfWeek(weekday, aim)


@rule("day_word a_weekday", ("يوم جمعة", "2023-09-22"))
def indefinite_weekday(a_weekday: Weekday) -> Expression:
    """Name a weekday without its article."""
    return DayOfWeek(a_weekday)


@rule("day_dual weekday", ("يومي الأحد والاثنين", "2023-09-24"))
def two_weekdays(weekday: Weekday) -> Expression:
    """Begin a pair of weekdays; the second is an expression of its own."""
    return DayOfWeek(weekday)


@rule("day_plural weekday", ("أيام الأحد", "XXXX-WXX-7"))
def weekdays_again(weekday: Weekday) -> Expression:
    """Name a weekday that comes again every week."""
    return Every(Grain.WEEK, weekday)


@rule("each [day_word] weekday|a_weekday:weekday", ("كل جمعة", "XXXX-WXX-5"), ("كل يوم أحد", "XXXX-WXX-7"))
def every_weekday(weekday: Weekday, day_word: Grain | None = None) -> Expression | None:
    """Name a weekday that comes again every week; كل أحد alone means everyone."""
    if weekday is Weekday.SUNDAY and day_word is None:
        return None
    return Every(Grain.WEEK, weekday)


@rule("weekday|a_weekday:weekday [of] this the_unit", ("الاثنين من هذا الأسبوع", "2023-09-25"))
def weekday_of_this_week(weekday: Weekday, the_unit: Grain) -> Expression | None:
    """Name a day of the current week."""
    return Nth(1, Grain.DAY, Shift(0, the_unit), weekday) if the_unit is Grain.WEEK else None


@rule(
    "weekday|a_weekday:weekday [of] the_unit aim",
    ("ثلاثاء الأسبوع الماضي", "2023-09-19"),
    ("الخميس من الأسبوع المقبل", "2023-10-05"),
)
def weekday_of_week(weekday: Weekday, the_unit: Grain, aim: Aim) -> Expression | None:
    """Name a day of another week."""
    if the_unit is not Grain.WEEK or aim not in WEEKS:
        return None
    return Nth(1, Grain.DAY, Shift(WEEKS[aim], the_unit), weekday)


@rule(
    "an_ordinal [day_word] a_weekday|weekday:weekday",
    ("ثالث ثلاثاء من أكتوبر", "2023-10-17"),
    ("آخر جمعة من أغسطس", "2023-08-25"),
    weak=True,
)
def nth_weekday(an_ordinal: int, weekday: Weekday) -> Expression:
    """Count the weekdays of a month."""
    return Nth(an_ordinal, Grain.DAY, None, weekday)


@rule(
    "weekday ordinal:day",
    ("السبت السادس عشر", "2023-09-16"),
    unless=("of", "in", "by", "month_word", "month", "maybe_month", "hijri"),
)
def weekday_and_day(weekday: Weekday, day: int) -> Expression | None:
    """Name a weekday and its day of the month."""
    return Agree(Date(day=day), DayOfWeek(weekday)) if 5 < day <= 31 else None


@rule("next_day", ("مباراة الغد", "2023-09-28"), ("اجتماع الغد", "2023-09-28"), weak=True)
def tomorrow_of_event(next_day: int) -> Expression:
    """Name the day after the publication behind the event of that day."""
    return Shift(next_day, Grain.DAY)
