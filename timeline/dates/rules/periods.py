"""Weeks, months and years from here, their portions, seasons, decades and centuries, and what points back to them."""

from __future__ import annotations

from timeline.dates.expressions import (
    Anchor,
    Century,
    Date,
    Decade,
    Edge,
    Expression,
    Lasting,
    Nth,
    SeasonOf,
    Shift,
    Stretch,
    Weekend,
    Window,
)
from timeline.dates.grammar import rule
from timeline.dates.rules.days import WEEKS
from timeline.model import Grain, Mod
from timeline.text.categories import Aim, Era, Season

_AFTER = {Aim.FOLLOWING: 1, Aim.PRECEDING: -1, Aim.SAME: 0}
_WHOLE = (Grain.WEEK, Grain.MONTH, Grain.YEAR, Grain.DECADE, Grain.CENTURY)


@rule("this the_unit", ("هذا الأسبوع", "2023-W39"), ("هذا العام", "2023"))
def this_period(the_unit: Grain) -> Expression | None:
    """Name the week, month, year or longer that holds the publication."""
    return Shift(0, the_unit) if the_unit in _WHOLE else None


@rule("the_unit this", ("الشهر هذا", "2023-09"))
def period_this(the_unit: Grain) -> Expression | None:
    """Name the current period, the pointing word last."""
    return Shift(0, the_unit) if the_unit in _WHOLE else None


@rule(
    "the_unit aim",
    ("الأسبوع المقبل", "2023-W40"),
    ("العام الماضي", "2022"),
    ("القرن الماضي", "19"),
    ("اليوم التالي", "2023-09-28"),
)
def period_from_here(the_unit: Grain, aim: Aim) -> Expression | None:
    """Name a period by its place after or before the current one, or after or before the one mentioned."""
    if aim in _AFTER:
        return Shift(_AFTER[aim], the_unit, Anchor.MENTIONED)
    if aim is Aim.RECENT or aim not in WEEKS:
        return None
    if the_unit < Grain.DAY:
        return Window(1, the_unit, aim) if aim in (Aim.PAST, Aim.NEXT) else None
    return Shift(WEEKS[aim], the_unit)


@rule("the_unit self", ("الأسبوع نفسه", "2023-W39"), ("اليوم ذاته", "2023-09-27"))
def same_period(the_unit: Grain) -> Expression | None:
    """Point back to the period mentioned before."""
    return Shift(0, the_unit, Anchor.MENTIONED) if the_unit >= Grain.DAY else None


@rule("same|that the_unit", ("نفس اليوم", "2023-09-27"), ("ذلك العام", "2023"))
def same_period_first(the_unit: Grain) -> Expression | None:
    """Point back to the period mentioned before, the pointing word first."""
    return Shift(0, the_unit, Anchor.MENTIONED) if the_unit >= Grain.DAY else None


@rule("year_word [comma] yearnum", ("عام 2011", "2011"), ("سنة 2016", "2016"), unless=("before_christ",))
def year(yearnum: int) -> Expression:
    """Name a year after its word."""
    return Date(year=yearnum)


@rule("year_dual|year_plural yearnum", ("عامي 2010 و2015", "2010"))
def first_of_years(yearnum: int) -> Expression:
    """Begin a row of years; the others are expressions of their own."""
    return Date(year=yearnum)


@rule("edge yearnum", ("نهاية 2025", "2025"), ("مطلع 1998", "1998"))
def edge_of_year(edge: Mod, yearnum: int) -> Expression | None:
    """Name the start, middle or end of a year that is a bare number."""
    return Edge(edge, Date(year=yearnum)) if 1900 <= yearnum <= 2100 else None


@rule("in|since|within|link_to < yearnum", ("في 2014", "2014"))
def bare_year(yearnum: int) -> Expression | None:
    """Name a year by its number alone, after a preposition of time."""
    return Date(year=yearnum) if 1900 <= yearnum <= 2100 else None


@rule("yearnum", ("2014", "2014"), weak=True)
def number_like_a_year(yearnum: int) -> Expression | None:
    """Name a year by its number alone; needs support."""
    return Date(year=yearnum) if 1900 <= yearnum <= 2100 else None


@rule("the_unit ordinal", ("الأسبوع الأول من أكتوبر", "2023-W40"), ("اليوم الثالث من أكتوبر", "2023-10-03"), weak=True)
def nth_period(the_unit: Grain, ordinal: int) -> Expression | None:
    """Count the days, weeks, months or decades of a longer period."""
    return None if the_unit < Grain.DAY or the_unit is Grain.CENTURY else Nth(ordinal, the_unit)


@rule("the_unit the_number", ("اليوم الـ20 من أكتوبر", "2023-10-20"), weak=True)
def nth_by_cardinal(the_unit: Grain, the_number: float) -> Expression | None:
    """Count the days of a longer period in figures."""
    return Nth(int(the_number), the_unit) if the_unit is Grain.DAY and the_number > 10 else None


@rule("the_unit aim", ("الشهر الأخير", "P1M"), unless=("of", "in", "to", "ago"))
def latest_period(the_unit: Grain, aim: Aim) -> Expression | None:
    """Measure the last week, month or year, which is of no longer period."""
    return Window(1, the_unit, Aim.PAST) if aim is Aim.RECENT and the_unit in (Grain.WEEK, Grain.MONTH, Grain.YEAR) else None


@rule("the_unit aim", ("اليوم الأخير من سبتمبر", "2023-09-30"), weak=True)
def last_period(the_unit: Grain, aim: Aim) -> Expression | None:
    """Name the last day, week or month of a longer period."""
    return Nth(-1, the_unit) if aim is Aim.RECENT and the_unit >= Grain.DAY else None


@rule("an_ordinal unit", ("آخر يوم من أغسطس", "2023-08-31"), ("أول أسبوع من أكتوبر", "2023-W40"), weak=True)
def nth_of(an_ordinal: int, unit: Grain) -> Expression | None:
    """Count the days, weeks or months of a longer period, the number first."""
    return Nth(an_ordinal, unit) if unit >= Grain.DAY else None


@rule("an_ordinal dual", ("أول أسبوعين من يوليو", "2023-07"), weak=True)
def first_two(an_ordinal: int, dual: Grain) -> Expression | None:
    """Name the first or last two units of a longer period."""
    return Stretch(2, dual, last=an_ordinal < 0) if dual >= Grain.DAY and abs(an_ordinal) == 1 else None


@rule("an_ordinal number units|unit:unit", ("أول عشرة أيام من سبتمبر", "2023-09"), weak=True)
def first_n(an_ordinal: int, number: float, unit: Grain) -> Expression | None:
    """Name the first units of a longer period."""
    return Stretch(int(number), unit) if unit >= Grain.DAY and an_ordinal == 1 else None


@rule(
    "the_units the_number:n ordinal",
    ("الأشهر الخمسة الأولى من عام 2016", "2016"),
    ("الأيام العشرة الأولى من يوليو", "2023-07"),
    weak=True,
)
def the_first_n(the_units: Grain, n: float, ordinal: int) -> Expression | None:
    """Name the first units of a longer period, their number before the word for first."""
    return Stretch(int(n), the_units) if the_units >= Grain.DAY and ordinal == 1 else None


@rule("the_unit ordinal|the_number:n", ("القرن التاسع عشر", "18"), ("القرن الـ19", "18"), unless=("era", "before_christ"))
def century(the_unit: Grain, n: float) -> Expression | None:
    """Name a century by its number."""
    return Century(int(n)) if the_unit is Grain.CENTURY and 1 <= n <= 30 else None


@rule("the_unit ordinal|the_number:n era", ("القرن الخامس عشر الميلادي", "14"))
def century_and_era(the_unit: Grain, n: float, era: Era) -> Expression | None:
    """Name a century of the Gregorian calendar by its number and its era."""
    return Century(int(n)) if the_unit is Grain.CENTURY and 1 <= n <= 30 and era is Era.GREGORIAN else None


@rule("decade_number", ("ثمانينيات القرن الماضي", "198"), ("التسعينات", "199"))
def decade(decade_number: int) -> Expression:
    """Name a decade by its tens."""
    return Decade(decade_number)


@rule("decade_number of age", ("في العشرينيات من عمرهم", ""), weak=True)
def age_not_decade(decade_number: int) -> Expression:
    """Read the tens of an age, which are no decade."""
    return Lasting(((decade_number // 10, Grain.DECADE),))


@rule(
    "ordinal of age",
    ("الثالثة والعشرين من عمره", "P23Y"),
    ("العاشرة من العمر", "P10Y"),
    never_after=("the_unit", "unit"),
    bare_hour=True,
)
def year_of_life(ordinal: int) -> Expression:
    """Name an age by the year of life."""
    return Lasting(((ordinal, Grain.YEAR),))


@rule("the_number of age", ("السبعين من عمرها", "P70Y"), never_after=("the_unit", "unit"))
def tens_of_life(the_number: float) -> Expression | None:
    """Name an age by its tens."""
    return Lasting(((the_number, Grain.YEAR),)) if the_number >= 20 else None


@rule("season|a_season:season aim", ("الصيف المقبل", "2024-SU"), ("الشتاء الماضي", "2022-WI"))
def season_and_aim(season: Season, aim: Aim) -> Expression | None:
    """Name a season with a word that points."""
    return SeasonOf(season, aim=aim)


@rule("this season", ("هذا الصيف", "2023-SU"))
def this_season(season: Season) -> Expression:
    """Name the season of this year."""
    return SeasonOf(season, aim=Aim.THIS)


@rule("a_season|season:season [of|to] [year_word] yearnum [era]", ("صيف 2016", "2016-SU"), ("خريف عام 2011", "2011-FA"))
def season_and_year(season: Season, yearnum: int, era: Era | None = None) -> Expression | None:
    """Name a season of a year."""
    return SeasonOf(season, yearnum) if yearnum >= 1600 and era is not Era.HIJRI else None


@rule("a_season|season:season", ("صيف العام الماضي", "2022-SU"), weak=True)
def season_of(season: Season) -> Expression:
    """Name a season of a year that is said next."""
    return SeasonOf(season)


@rule("edge", ("أواخر الشهر الماضي", "2023-08"), ("مستهل الأسبوع المقبل", "2023-W40"), weak=True)
def edge(edge: Mod) -> Expression:
    """Name the start, middle or end of a period."""
    return Edge(edge)


@rule(
    "edge the_unit",
    ("نهاية السنة", "2023"),
    ("بداية العام", "2023"),
    ("نهاية الشهر", "2023-09"),
    unless=("aim", "self", "this", "ordinal", "the_number", "yearnum", "era"),
)
def edge_of_this(edge: Mod, the_unit: Grain) -> Expression | None:
    """Name the start, middle or end of a month or a year that no word points at: of the current one."""
    return Edge(edge, Shift(0, the_unit)) if the_unit in (Grain.MONTH, Grain.YEAR) else None


@rule("[this] weekend [aim]", ("نهاية الأسبوع", "2023-W39-WE"), ("عطلة نهاية الأسبوع المقبلة", "2023-W40-WE"))
def weekend(aim: Aim | None = None) -> Expression | None:
    """Name a weekend."""
    return Weekend(None if aim is None else WEEKS.get(aim))
