"""A reading: what a mention was found to mean, in civil time."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from timeline.model import Basis, Calendar, Grain, Mod, TimeType, WarningCode
from timeline.reasons import Because, Reason

STATED = Reason(Because.STATED)


class Option(NamedTuple):
    """Another reading that is possible: value, civil bounds, confidence, reason."""

    value: str
    start: dt.datetime | None
    end: dt.datetime | None
    confidence: float
    why: Reason


class Reading(NamedTuple):
    """A resolved mention. `start` and `end` are naive civil times in the publication's zone, half open, None where open or absent.

    `anchor` is the index of the mention that it counts from, -1 for none. `cautions` are what a caller should be told.
    """

    type: TimeType
    value: str
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    grain: Grain | None = None
    why: Reason = STATED
    basis: Basis = Basis.RELATIVE_TO_PUBLICATION
    confidence: float = 0.95
    mod: Mod | None = None
    calendar: Calendar = Calendar.GREGORIAN
    anchor: int = -1
    options: tuple[Option, ...] = ()
    freq: str = ""
    cautions: tuple[tuple[WarningCode, Reason], ...] = ()


def midnight(day: dt.date) -> dt.datetime:
    """Return the civil instant at which a day begins."""
    return dt.datetime.combine(day, dt.time())
