"""Quarters and halves of a year."""

from __future__ import annotations

from timeline.dates.expressions import Expression, Nth, Shift
from timeline.dates.grammar import rule
from timeline.model import Grain
from timeline.text.categories import Aim

_BEFORE = "in|within|since|by|ago|ahead|edge|yield"
_NOT_ALONE = ("of", "in", "to", "aim", "self", "yearnum", "open")
_MORE = ("aim", "self", "this", "ordinal", "the_number", "yearnum", "era", "renewed")


@rule("the_portion ordinal", ("الربع الأول من 2012", "2012-Q1"), ("النصف الثاني من العام الجاري", "2023-H2"), weak=True)
def portion(the_portion: Grain, ordinal: int) -> Expression:
    """Name a quarter or a half of a year."""
    return Nth(ordinal, the_portion)


@rule("the_portion aim", ("الربع الأخير من العام الماضي", "2022-Q4"), weak=True)
def last_portion(the_portion: Grain, aim: Aim) -> Expression | None:
    """Name the last quarter or half of a year."""
    return Nth(-1, the_portion) if aim is Aim.RECENT else None


@rule(
    "the_portion ordinal of the_unit",
    ("الربع الثالث من العام", "2023-Q3"),
    ("السداسي الأول من السنة", "2023-H1"),
    unless=_MORE,
)
def portion_of_the_year(the_portion: Grain, ordinal: int, the_unit: Grain) -> Expression | None:
    """Name a quarter or a half of the year that no word points at: of the current one."""
    return Nth(ordinal, the_portion, Shift(0, the_unit)) if the_unit is Grain.YEAR else None


@rule("the_portion aim of the_unit", ("الربع الأخير من العام", "2023-Q4"), unless=_MORE)
def last_portion_of_the_year(the_portion: Grain, aim: Aim, the_unit: Grain) -> Expression | None:
    """Name the last quarter or half of the current year."""
    return Nth(-1, the_portion, Shift(0, the_unit)) if the_unit is Grain.YEAR and aim is Aim.RECENT else None


@rule(
    f"{_BEFORE} < the_quarter ordinal",
    ("خلال الربع الثاني", "2023-Q2"),
    ("وفي الربع الثاني", "2023-Q2"),
    ("أرباح الربع الأول", ""),
    ("في السداسي الأول", "2023-H1"),
    unless=_NOT_ALONE,
)
def quarter_alone(the_quarter: Grain, ordinal: int) -> Expression | None:
    """Name a quarter or a half without its year, after a preposition of time or as the time of results."""
    return Nth(ordinal, the_quarter) if ordinal <= (2 if the_quarter is Grain.HALF_YEAR else 4) else None


@rule("within|yield < the_quarter aim", ("خلال الربع الأخير", "2023-Q4"), unless=_NOT_ALONE)
def last_quarter_alone(the_quarter: Grain, aim: Aim) -> Expression | None:
    """Name the last quarter or half without its year."""
    return Nth(-1, the_quarter) if aim is Aim.RECENT else None
