"""Times named without being given, and times that come again."""

from __future__ import annotations

from timeline.dates.expressions import Every, Expression, Vague
from timeline.dates.grammar import rule
from timeline.model import Grain
from timeline.text.categories import DayPart, Reference


@rule("vague", ("مؤخرا", "PAST_REF"), ("حاليا", "PRESENT_REF"), ("قريبا", "FUTURE_REF"))
def vague(vague: Reference) -> Expression:
    """Name a time without giving it; what only points back lies in the past."""
    return Vague(Reference.PAST_REF if vague is Reference.THEN else vague)


@rule("adverb_set", ("يوميا", "P1D"), ("سنويا", "P1Y"))
def again(adverb_set: Grain) -> Expression:
    """Say that it happens every day, week, month or year."""
    return Every(adverb_set)


@rule("manner < adjective_set", ("بشكل يومي", ""))
def in_the_manner_of(adjective_set: Grain) -> Expression:
    """Say by an adjective of manner that it happens every day, week, month or year."""
    return Every(adjective_set)


@rule("each daypart", ("كل صباح", "P1D"), ("كل ليلة", "P1D"), unless=("weekday", "a_weekday", "deictic"))
def each_part(daypart: DayPart) -> Expression | None:
    """Say that it happens at that time of every day; كل عصر is every age."""
    return None if daypart is DayPart.AFTERNOON else Every(Grain.DAY)


@rule("each unit", ("كل دقيقة", "PT1M"))
def each(unit: Grain) -> Expression:
    """Say that it happens every one of a unit."""
    return Every(unit)


@rule("in < the_unit", ("يأكل 10 حبات في الأسبوع", "P1W"), ("ينتج 300 ألف طن في السنة", "P1Y"), weak=True)
def per_unit(the_unit: Grain) -> Expression | None:
    """Say of an amount that it is that of each unit; needs the amount before it."""
    return Every(the_unit) if Grain.DAY <= the_unit <= Grain.YEAR else None
