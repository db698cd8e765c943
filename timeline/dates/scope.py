"""What a mention is resolved in, and the readings that all families of expressions share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from timeline.dates.calendars import DAY, add, value_of
from timeline.dates.context import Context
from timeline.dates.reading import STATED, Option, Reading, midnight
from timeline.model import Basis, Grain, Tense, TimeType
from timeline.reasons import Amount, Because, Reason

NO_PUBLICATION = Reason(Because.NO_PUBLICATION)
OUT_OF_RANGE = Reason(Because.NO_YEAR_RANGE)

MEMORY = 40  # times back that a text can still point to
UNKNOWN = 0.3  # the confidence of a reading that says only which unit is meant


class SaidYear(NamedTuple):
    """The year that other dates of the article give a date without one, and which."""

    year: int
    because: Because


class Scope(NamedTuple):
    """What one mention is resolved in: the publication, the tense around it, the times read before it, and whether it stands alone."""

    context: Context
    tense: Tense
    earlier: Sequence[Reading]
    alone: bool = False
    backward: bool = False  # منذ stands before it
    lean: bool = False  # the tense is only the likelier side
    story: bool = False  # the time told last stands in its sentence, or what follows names the event of both
    by_event: bool = False  # what follows says which event it counts from: نفس اليوم الذي ...
    said_year: SaidYear | None = None
    ranged: bool = False  # it is an end of a range: من الساعة 7 إلى الساعة 9

    @property
    def today(self) -> dt.date | None:
        """The civil day of publication."""
        return None if self.context.at is None else self.context.at.date()


def period(
    first: dt.date,
    unit: Grain,
    why: Reason = STATED,
    confidence: float = 0.95,
    basis: Basis = Basis.RELATIVE_TO_PUBLICATION,
    options: tuple[Option, ...] = (),
) -> Reading:
    """Return the reading of a whole unit that begins on a day; its end is open where the calendar ends in it."""
    end = first + DAY if unit is Grain.DAY and first != dt.date.max else add(first, 1, unit)
    return Reading(
        TimeType.DATE, value_of(first, unit), midnight(first), None if end is None else midnight(end), unit, why, basis, confidence,
        options=options,
    )  # fmt: skip


def unknown(unit: Grain, why: Reason) -> Reading:
    """Return a day, week, month or year that is not known."""
    value = {Grain.WEEK: "XXXX-WXX", Grain.MONTH: "XXXX-XX", Grain.YEAR: "XXXX"}.get(unit, "XXXX-XX-XX")
    return Reading(TimeType.DATE, value, grain=unit, why=why, confidence=UNKNOWN)


def moved(unit: Grain, n: int, anchor: dt.date | str) -> Reason:
    """Return the reason of a unit that lies n units from an anchor."""
    if n == 0:
        return Reason(Because.UNIT_OF, (unit, anchor))
    return Reason(Because.MOVED_BACK if n < 0 else Because.MOVED_ON, (Amount(abs(n), unit), anchor))
