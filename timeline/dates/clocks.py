"""Clock times and parts of a day, on a day that is already resolved."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from timeline.dates.context import Context
from timeline.dates.expressions import Clock
from timeline.dates.reading import Option, Reading
from timeline.model import Basis, Grain, Mod, TimeType
from timeline.reasons import Because, PartName, Reason, ZoneName
from timeline.text.categories import DayPart, Zone

_HOUR = dt.timedelta(hours=1)
_LATE = (DayPart.AFTERNOON, DayPart.EVENING)
_FIRST_OF_NIGHT = 6


def at_part(part: DayPart, day: Reading | None, mod: Mod | None) -> Reading:
    """Return a part of a day; midnight and midday are clock times."""
    code, first, after = part.value
    if day is None or day.start is None:
        value = f"{'XXXX-XX-XX' if day is None else day.value}{code}"
        return Reading(
            TimeType.TIME,
            value,
            grain=Grain.DAY_PART,
            mod=mod,
            why=Reason(Because.NO_DAY) if day is None else day.why,
            confidence=0.75,
        )
    why = Reason(Because.PART_OF, (PartName(part.name.lower()), day.value, day.why))
    value, grain = f"{day.value}{code}", Grain.DAY_PART
    start, end = day.start + first * _HOUR, day.start + after * _HOUR
    if part is DayPart.MIDNIGHT:
        value, end, grain = f"{day.value}T24:00", start + dt.timedelta(minutes=1), Grain.MINUTE
    if part is DayPart.MIDDAY:
        value, end, grain = f"{day.value}T12:00", start + dt.timedelta(minutes=1), Grain.MINUTE
    return day._replace(
        type=TimeType.TIME, value=value, start=start, end=end, grain=grain, why=why, mod=mod or day.mod, options=()
    )


def at_clock(e: Clock, day: Reading | None, context: Context) -> Reading:
    """Return a time of day; an hour without minutes covers the hour. A zone that is named converts to the publication's."""
    hour = hour_of(e.hour, e.part)
    clock = f"T{hour:02d}:{e.minute or 0:02d}" + (f":{e.second:02d}" if e.second is not None else "")
    grain = Grain.HOUR if e.minute is None else Grain.MINUTE if e.second is None else Grain.SECOND
    if day is None or day.start is None:
        return Reading(TimeType.TIME, clock, grain=grain, mod=e.mod, why=Reason(Because.NO_DAY), confidence=0.75)
    start = day.start + dt.timedelta(hours=hour, minutes=e.minute or 0, seconds=e.second or 0)
    why = Reason(Because.CLOCK_ON, (clock[1:], day.value, day.why))
    if e.zone is not None and e.zone is not Zone.LOCAL:
        zone = dt.UTC if e.zone is Zone.GMT else zoneinfo.ZoneInfo(e.zone.value)
        start = start.replace(tzinfo=zone).astimezone(context.zone).replace(tzinfo=None)
        why = Reason(Because.IN_ZONE, (why, ZoneName(e.zone.value)))
    value = day.value + clock + ("Z" if e.zone is Zone.GMT else "")
    length = {Grain.HOUR: _HOUR, Grain.MINUTE: dt.timedelta(minutes=1), Grain.SECOND: dt.timedelta(seconds=1)}[grain]
    sure = day.confidence if e.part is not None or hour > 12 else day.confidence - 0.1
    late = start + 12 * _HOUR
    options: tuple[Option, ...] = ()
    if e.part is None and 0 < hour < 12 and e.zone is None:
        clock = f"T{hour + 12:02d}{clock[3:]}"
        options = (Option(day.value + clock, late, late + length, round(0.4 * sure, 3), Reason(Because.NO_PART_SAID)),)
    basis = Basis.INFERRED if e.day is None and day.basis is Basis.INFERRED else day.basis
    return day._replace(
        type=TimeType.TIME, value=value, start=start, end=start + length, grain=grain, why=why, confidence=round(sure, 3), basis=basis,
        mod=e.mod or day.mod, options=options,
    )  # fmt: skip


def hour_of(hour: int, part: DayPart | None) -> int:
    """Return the hour of 24 that an hour of 12 means in a part of the day; twelve in the evening or at night ends the day."""
    if part is None or hour > 12:
        return hour
    if part in _LATE:
        return 24 if hour == 12 and part is DayPart.EVENING else 12 if hour == 12 else hour + 12
    if part in (DayPart.NIGHT, DayPart.LATE_NIGHT, DayPart.MIDNIGHT):
        return hour if hour < _FIRST_OF_NIGHT else hour + 12
    if part in (DayPart.NOON, DayPart.MIDDAY):
        return hour + 12 if hour <= 3 else hour
    return 0 if hour == 12 and part in (DayPart.DAWN, DayPart.MORNING, DayPart.SMALL_HOURS) else hour
