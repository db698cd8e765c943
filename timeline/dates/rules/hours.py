"""Hours named without the word for hour, and times counted from midnight."""

from __future__ import annotations

from timeline.dates.expressions import Clock, Expression, Shift
from timeline.dates.grammar import rule
from timeline.dates.rules.clock import clock
from timeline.model import Grain
from timeline.text.categories import DayPart, Zone


@rule(
    "ordinal daypart_adverb|the_daypart:part [zone]",
    ("الثالثة عصرا", "2023-09-27T15:00"),
    ("الرابعة فجرا بتوقيت دمشق", "2023-09-27T04:00"),
    bare_hour=True,
)
def bare_hour(ordinal: int, part: DayPart, zone: Zone | None = None) -> Expression | None:
    """Name an hour without its word, before a part of the day."""
    return clock(ordinal, None, part, zone) if ordinal <= 12 else None


@rule(
    "ordinal [of] daypart:part",
    ("التاسعة صباح الجمعة المقبل", "2023-09-29T09:00"),
    ("السابعة من مساء الثلاثاء", "2023-09-26T19:00"),
    weak=True,
    bare_hour=True,
)
def bare_hour_of_part(ordinal: int, part: DayPart) -> Expression | None:
    """Name an hour without its word, before a part of a day that is said next."""
    return clock(ordinal, None, part, None) if ordinal <= 12 else None


@rule("ordinal [and] and fraction", ("السابعة والنصف من مساء الأحد", "2023-09-24T19:30"), weak=True)
def bare_hour_and_fraction(ordinal: int, fraction: int) -> Expression | None:
    """Name an hour and a fraction without the word for hour; needs a part of a day or a day beside it."""
    return clock(ordinal, fraction, None, None) if ordinal <= 12 else None


@rule("ordinal [and] and fraction daypart_adverb|the_daypart:part [zone]", ("السابعة والربع صباحا", "2023-09-27T07:15"))
def bare_hour_fraction_part(ordinal: int, fraction: int, part: DayPart, zone: Zone | None = None) -> Expression | None:
    """Name an hour, a fraction and a part of the day."""
    return clock(ordinal, fraction, part, zone) if ordinal <= 12 else None


@rule(
    "ordinal and number [minute_word] daypart_adverb|the_daypart:part [zone]", ("الثالثة وعشر دقائق عصرا", "2023-09-27T15:10")
)
def bare_hour_and_minutes(ordinal: int, number: float, part: DayPart, zone: Zone | None = None) -> Expression | None:
    """Name an hour and minutes without the word for hour."""
    return clock(ordinal, number, part, zone) if ordinal <= 12 else None


@rule(
    "ordinal and number minute_word",
    ("الثامنة وثماني دقائق صباح الاثنين", "2023-09-25T08:08"),
    ("السابعة وخمس وعشرين دقيقة من مساء أمس", "2023-09-26T19:25"),
    weak=True,
    bare_hour=True,
)
def bare_hour_and_minutes_of_part(ordinal: int, number: float) -> Expression | None:
    """Name an hour and minutes without the word for hour, before a part of a day or a day that is said next."""
    return clock(ordinal, number, None, None) if ordinal <= 12 else None


@rule(
    "ordinal except fraction [daypart_adverb|the_daypart:part] [zone]",
    ("السادسة إلا ربعا", "2023-09-27T05:45"),
    ("الثالثة إلا ثلثا عصر الخميس", "2023-09-21T14:40"),
    ("التاسعة إلا الربع ليلا بتوقيت بيروت", "2023-09-27T20:45"),
    bare_hour=True,
)
def bare_hour_less_fraction(
    ordinal: int, fraction: int, part: DayPart | None = None, zone: Zone | None = None
) -> Expression | None:
    """Name an hour less a third or a quarter without the word for hour."""
    return clock(ordinal, -fraction, part, zone) if ordinal <= 12 else None


@rule(
    "ordinal except number minute_word [daypart_adverb|the_daypart:part] [zone]",
    ("التاسعة إلا خمس دقائق صباحا", "2023-09-27T08:55"),
    ("الواحدة إلا عشر دقائق", "2023-09-27T12:50"),
    bare_hour=True,
)
def bare_hour_less_minutes(
    ordinal: int, number: float, part: DayPart | None = None, zone: Zone | None = None
) -> Expression | None:
    """Name an hour less minutes without the word for hour."""
    return clock(ordinal, -number, part, zone) if ordinal <= 12 else None


@rule("ordinal deictic_night", ("الثامنة هذه الليلة", "2023-09-27T20:00"))
def hour_of_night(ordinal: int, deictic_night: int) -> Expression | None:
    """Name an hour of this night or of the last."""
    if ordinal > 12:
        return None
    return Clock(ordinal, part=DayPart.NIGHT, day=Shift(deictic_night, Grain.DAY))


@rule(
    "daypart_adverb by number minute_word [zone]",
    ("بعد منتصف الليل بأربعين دقيقة", "2023-09-27T00:40"),
    ("قبل منتصف الليل بعشر دقائق", "2023-09-27T23:50"),
)
def minutes_from_midnight(daypart_adverb: DayPart, number: float, zone: Zone | None = None) -> Expression | None:
    """Count minutes from midnight, or to it."""
    return from_midnight(daypart_adverb, number, zone)


@rule("daypart_adverb by unit [zone]", ("بعد منتصف الليل بساعة", "2023-09-27T01:00"))
def hours_from_midnight(daypart_adverb: DayPart, unit: Grain, zone: Zone | None = None) -> Expression | None:
    """Count an hour from midnight, or to it."""
    return from_midnight(daypart_adverb, 60, zone) if unit is Grain.HOUR else None


@rule("daypart_adverb by fraction unit [zone]", ("بعد منتصف الليل بنصف ساعة", "2023-09-27T00:30"))
def fraction_from_midnight(daypart_adverb: DayPart, fraction: int, unit: Grain, zone: Zone | None = None) -> Expression | None:
    """Count a part of an hour from midnight, or to it."""
    return from_midnight(daypart_adverb, fraction, zone) if unit is Grain.HOUR else None


def from_midnight(side: DayPart, minutes: float, zone: Zone | None) -> Expression | None:
    """Return the time so many minutes after or before midnight."""
    if side is DayPart.SMALL_HOURS and minutes < _NOON:
        return Clock(int(minutes) // 60, int(minutes) % 60, None, side, zone)
    if side is DayPart.LATE_NIGHT and minutes < _NOON:
        return Clock(23 - (int(minutes) - 1) // 60, -int(minutes) % 60, None, side, zone)
    return None


_NOON = 720  # minutes
