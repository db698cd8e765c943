"""Times of day by the clock."""

from __future__ import annotations

from timeline.dates.expressions import Clock, Expression
from timeline.dates.grammar import rule
from timeline.model import Grain
from timeline.text.categories import DayPart, Zone

_TAIL = "[daypart_adverb|the_daypart|half_day:part] [zone]"


def clock(
    hour: float, minute: float | None, part: DayPart | None, zone: Zone | None, second: int | None = None
) -> Expression | None:
    """Make a clock time, or refuse one that no clock shows; a negative minute counts back from the hour."""
    if not 0 <= hour <= 24 or (minute is not None and minute >= 60):
        return None
    if minute is not None and minute < 0:
        hour, minute = (hour - 1) % 24 if hour > 1 else 12, minute + 60
    return Clock(int(hour), None if minute is None else int(minute), second, part, zone)


@rule(
    f"clock_word ordinal|hournum|number|the_number:hour {_TAIL}",
    ("الساعة الثالثة عصرا", "2023-09-27T15:00"),
    ("الساعة الـ12 ظهرا", "2023-09-27T12:00"),
    ("الساعة 8 مساء", "2023-09-27T20:00"),
    ("الساعة ثلاثة العصر", "2023-09-27T15:00"),
)
def hour(hour: float, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Name a full hour."""
    return clock(hour, None, part, zone) if hour <= 24 else None


@rule(
    f"clock_word ordinal|hournum|number|the_number:hour [and] and fraction {_TAIL}",
    ("الساعة السابعة والنصف مساء", "2023-09-27T19:30"),
)
def hour_and_fraction(hour: float, fraction: int, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Name an hour and a half, a third or a quarter."""
    return clock(hour, fraction, part, zone)


@rule(
    f"clock_word ordinal|hournum|number:hour and number|minutenum:minute [minute_word] {_TAIL}",
    ("الساعة الثالثة وعشر دقائق عصرا", "2023-09-27T15:10"),
    never_after=("between",),
)
def hour_and_minutes(hour: float, minute: float, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Name an hour and minutes."""
    return clock(hour, minute, part, zone)


@rule(
    f"clock_word ordinal|hournum|number:hour except fraction {_TAIL}", ("الساعة الثانية عشرة إلا ربعا ظهرا", "2023-09-27T11:45")
)
def fraction_to_hour(hour: float, fraction: int, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Name an hour less a half, a third or a quarter."""
    return clock(hour, -fraction, part, zone)


@rule(
    f"clock_word ordinal|hournum|number:hour except number [minute_word] {_TAIL}",
    ("الساعة الخامسة إلا خمس دقائق عصرا", "2023-09-27T16:55"),
)
def minutes_to_hour(hour: float, number: float, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Name an hour less minutes."""
    return clock(hour, -number, part, zone)


@rule("hournum daypart_adverb|the_daypart:part [zone]", ("8 مساء", "2023-09-27T20:00"))
def figure_and_part(hournum: int, part: DayPart, zone: Zone | None = None) -> Expression | None:
    """Name an hour in figures before a part of the day."""
    return clock(hournum, None, part, zone) if 1 <= hournum <= 12 else None


@rule(
    f"[clock_word] hournum colon minutenum {_TAIL}",
    ("11:30 صباحا", "2023-09-27T11:30"),
    ("7:30 م", "2023-09-27T19:30"),
    ("15:15", "2023-09-27T15:15"),
)
def digital(hournum: int, minutenum: int, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Read hours and minutes in figures."""
    return clock(hournum, minutenum, part, zone)


@rule(f"[clock_word] hournum colon minutenum colon minutenum:second {_TAIL}", ("15:23:24", "2023-09-27T15:23:24"))
def digital_with_seconds(
    hournum: int, minutenum: int, second: int, part: DayPart | None = None, zone: Zone | None = None
) -> Expression | None:
    """Read hours, minutes and seconds in figures."""
    return clock(hournum, minutenum, part, zone, second)


@rule(f"clock_word hournum comma|dot minutenum {_TAIL}", ("الساعة 02,30 فجرا", "2023-09-27T02:30"))
def digital_with_comma(
    hournum: int, minutenum: int, part: DayPart | None = None, zone: Zone | None = None
) -> Expression | None:
    """Read hours and minutes with a comma or a point between them, after the word for hour."""
    return clock(hournum, minutenum, part, zone)


@rule("hournum comma|dot minutenum [daypart_adverb|the_daypart:part] zone", ("06,00 ت غ", "2023-09-27T06:00Z"))
def digital_with_zone(hournum: int, minutenum: int, zone: Zone, part: DayPart | None = None) -> Expression | None:
    """Read hours and minutes with a comma or a point between them, before a zone."""
    return clock(hournum, minutenum, part, zone)


@rule(
    "hournum comma|dot minutenum daypart_adverb|the_daypart:part [zone]",
    ("8.30 مساء", "2023-09-27T20:30"),
    ("9,15 صباحا", "2023-09-27T09:15"),
)
def digital_with_point(hournum: int, minutenum: int, part: DayPart, zone: Zone | None = None) -> Expression | None:
    """Read hours and minutes with a comma or a point between them, before a part of the day."""
    return clock(hournum, minutenum, part, zone)


@rule("hournum clock_letter minutenum", ("21H18", "2023-09-27T21:18"))
def french(hournum: int, minutenum: int, clock_letter: Grain) -> Expression | None:
    """Read a time as French has it."""
    return clock(hournum, minutenum, None, None) if clock_letter else None


@rule(f"clock_word clocknum {_TAIL}", ("الساعة 0847 بتوقيت غرينتش", "2023-09-27T08:47Z"))
def four_figures(clocknum: int, part: DayPart | None = None, zone: Zone | None = None) -> Expression | None:
    """Read a time in four figures."""
    return clock(clocknum // 100, clocknum % 100, part, zone)
