"""Times named without being given, and times that come again."""

from __future__ import annotations

from timeline.dates.expressions import Every, Expression, Vague
from timeline.dates.grammar import rule
from timeline.model import Grain
from timeline.text.categories import Reference


@rule("vague", ("مؤخرا", "PAST_REF"), ("حاليا", "PRESENT_REF"), ("قريبا", "FUTURE_REF"))
def vague(vague: Reference) -> Expression | None:
    """Name a time without giving it; what only points back has no value of its own."""
    return Vague(vague) if vague is not Reference.THEN else None


@rule("adverb_set", ("يوميا", "P1D"), ("كل عام", "P1Y"))
def again(adverb_set: Grain) -> Expression:
    """Say that it happens every day, week, month or year."""
    return Every(adverb_set)


@rule("each unit", ("كل ساعة", "PT1H"))
def each(unit: Grain) -> Expression:
    """Say that it happens every one of a unit."""
    return Every(unit)
