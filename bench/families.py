"""What kind of expression an answer is: its family, and the groups whose year, week or hour the engine had to choose."""

from __future__ import annotations

import re

from timeline import Article, Basis, Extractor, Grain, TimeExpression, TimeType

OTHER = "other"
_RULES = {
    "weekday": "weekday indefinite_weekday two_weekdays weekday_of_this_week weekday_of_week nth_weekday weekday_and_day",
    "deictic": "deictic_day",
    "day-month": "day_and_month first_of_month month_first days_after_month row_of_days day_slash_month day_of_current_month"
    " day_of_this_month day_of_month_from_here nth_of_month_from_here coordinated_day",
    "full date": "full_date first_of_month_and_year row_of_days_and_year in_figures in_figures_year_first with_marks"
    " foreign_day_first foreign_month_first short_year",
    "month": "month_from_here month_alone edge_of_month edge_of_month_and_year named_month month_and_aim month_after_preposition"
    " month_and_year numbered_month numbered_month_and_year foreign_month_and_year",
    "year": "year first_of_years edge_of_year bare_year number_like_a_year year_and_era year_said_twice school_year fiscal_year"
    " fiscal_years",
    "period": "this_period period_this period_from_here portion last_portion nth_period nth_by_cardinal last_period nth_of first_two"
    " first_n century century_and_era decade age_not_decade season_and_aim this_season season_and_year season_of edge edge_of_this"
    " weekend",
    "clock": "hour hour_and_fraction hour_and_minutes fraction_to_hour minutes_to_hour bare_hour bare_hour_of_part"
    " bare_hour_and_fraction bare_hour_fraction_part bare_hour_and_minutes hour_of_night figure_and_part digital"
    " digital_with_seconds digital_with_comma digital_with_zone french four_figures",
    "day part": "night_from_here this_part part_of part_after the_part late_or_early later_or_earlier",
    "offset": "ago ahead from_there from_here",
    "duration": "counted counted_in_brackets two one counted_after single one_decade decade_since plural_adverb plural latest"
    " several few counted_and_share two_and_share one_and_share share_of window window_number_last window_number_first"
    " window_both_definite window_of_two vague_window latest_period",
    "set": "again in_the_manner_of each_part each weekdays_again every_weekday",
    "hijri": "hijri_date hijri_day hijri_first_day hijri_first_day_and_year edge_of_hijri_month hijri_row hijri_month_and_year"
    " hijri_month hijri_month_and_aim hijri_month_after_preposition hijri_year hijri_year_from_here",
    "feast": "hijri_feast hijri_feast_and_year gregorian_feast gregorian_feast_and_year day_of_feast eve_of_feast eve_of_feast_of_year",
    "vague": "vague",
    "anaphora": "same_period same_period_first day_of_same_month",
}
_FAMILY = {rule: family for family, rules in _RULES.items() for rule in rules.split()}

_LAST = ("offset", "set")  # قبل ثلاثة أيام is an offset, whatever its amount is
_LEADS = ("weekday", "edge")  # يوم الجمعة 24 نوفمبر 2017 is a full date
_BARE_WEEKDAYS = ("weekday", "indefinite_weekday", "two_weekdays")
_POINTING = frozenset(("aim", "this", "that", "same", "self", "deictic"))
_MONTHS = frozenset(("month", "maybe_month", "hijri"))
_CLOCK_GRAINS = (Grain.SECOND, Grain.MINUTE, Grain.HOUR)
_YEAR = re.compile(r"\d{4}")


def family(time: TimeExpression) -> str:
    """Return the family of an expression, from the first part of its rule that says more than a weekday or an edge does."""
    parts = time.rule.split("+")
    families = [_FAMILY.get(part, OTHER) for part in parts]
    if families[-1] in _LAST:
        return families[-1]
    first = next((k for k, part in enumerate(parts) if part not in _LEADS), 0)
    if families[first] == "period" and time.basis in (Basis.RELATIVE_TO_EXPRESSION, Basis.RELATIVE_TO_EVENT):
        return "anaphora"
    return families[first]


def choices(time: TimeExpression, extractor: Extractor) -> frozenset[str]:
    """Return which of the groups an expression is of: `bare weekday`, `yearless date`, `clock time`.

    Its words are read once more without their sentence: a word that points (the last, the next, this, the same) leaves no choice.
    """
    parts = time.rule.split("+")
    if time.type is TimeType.TIME and time.grain in _CLOCK_GRAINS and "clock" in map(_FAMILY.get, parts):
        return frozenset(("clock time",))
    if time.type is not TimeType.DATE:
        return frozenset()
    said = _categories(time.text, extractor)
    if said & _POINTING:
        return frozenset()
    if time.grain is Grain.DAY and time.rule in _BARE_WEEKDAYS:
        return frozenset(("bare weekday",))
    dated = time.grain in (Grain.DAY, Grain.MONTH) and (said & _MONTHS or "day_slash_month" in parts)
    return frozenset(("yearless date",)) if dated and not _YEAR.search(time.text) else frozenset()


def _categories(text: str, extractor: Extractor) -> frozenset[str]:
    lines = extractor.trace(Article(text)).words
    return frozenset(name for line in lines for name in re.findall(r"(\w+)=", line.rpartition("  ")[2]))
