"""The same period of another year: الفترة نفسها من 2011, الشهر ذاته من العام الماضي."""

from __future__ import annotations

from timeline.dates.expressions import Again, Anchor, Date, Expression, Shift
from timeline.dates.grammar import rule
from timeline.dates.rules.days import WEEKS
from timeline.model import Grain
from timeline.text.categories import Aim

_TOLD = {Aim.PRECEDING: -1, Aim.FOLLOWING: 1}


@rule(
    "the_period|the_unit|the_portion self of|in [year_word] yearnum:of_year",
    ("الفترة نفسها من 2011", "2011"),
    ("الشهر ذاته من عام 2019", "2019"),
    ("الربع نفسه من سنة 2018", "2018"),
)
def same_of_year(of_year: int, the_unit: Grain | None = None, the_portion: Grain | None = None) -> Expression | None:
    """Name the period told before, in another year."""
    return _again(the_unit or the_portion, Date(year=of_year))


@rule(
    "same the_period|the_unit|the_portion of|in [year_word] yearnum:of_year",
    ("نفس الفترة من عام 2015", "2015"),
    ("نفس الشهر من 2020", "2020"),
)
def same_of_year_first(of_year: int, the_unit: Grain | None = None, the_portion: Grain | None = None) -> Expression | None:
    """Name the period told before, in another year, the pointing word first."""
    return _again(the_unit or the_portion, Date(year=of_year))


@rule(
    "the_period|the_unit|the_portion self of|in the_unit:year aim",
    ("الفترة نفسها من العام الماضي", "2022"),
    ("الربع ذاته من السنة الماضية", "2022"),
)
def same_of_year_from_here(
    year: Grain, aim: Aim, the_unit: Grain | None = None, the_portion: Grain | None = None
) -> Expression | None:
    """Name the period told before, in a year counted from here or from that period."""
    return _counted(the_unit or the_portion, year, aim)


@rule(
    "same the_period|the_unit|the_portion of|in the_unit:year aim",
    ("نفس الفترة من العام الماضي", "2022"),
    ("نفس الشهر من السنة الفارطة", "2022"),
)
def same_of_year_from_here_first(
    year: Grain, aim: Aim, the_unit: Grain | None = None, the_portion: Grain | None = None
) -> Expression | None:
    """Name the period told before, in a year counted from here or from that period, the pointing word first."""
    return _counted(the_unit or the_portion, year, aim)


def _counted(unit: Grain | None, year: Grain, aim: Aim) -> Expression | None:
    if year is not Grain.YEAR:
        return None
    if aim in _TOLD:
        return _again(unit, Shift(_TOLD[aim], Grain.YEAR, Anchor.MENTIONED))
    return _again(unit, Shift(WEEKS[aim], Grain.YEAR)) if aim in WEEKS else None


def _again(unit: Grain | None, year: Expression) -> Expression | None:
    return Again(unit, year) if unit is None or Grain.DAY <= unit < Grain.YEAR else None
