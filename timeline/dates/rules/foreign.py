"""Dates in other scripts and odd layouts. The rules only mark what looks like a date; dates/foreign.py has it read."""

from __future__ import annotations

from timeline.dates.expressions import Expression, Foreign
from timeline.dates.grammar import rule


@rule(
    "daynum [foreign_fill] [foreign_fill] foreign_month [comma] yearnum",
    ("5 March 2021", "2021-03-05"),
    ("1er mars 2021", "2021-03-01"),
)
def foreign_day_first() -> Expression:
    """Mark a date with its day before a foreign month."""
    return Foreign()


@rule("foreign_month daynum [foreign_fill] [comma] yearnum", ("March 5th, 2021", "2021-03-05"), ("Oct 7, 2023", "2023-10-07"))
def foreign_month_first() -> Expression:
    """Mark a date with its day after a foreign month."""
    return Foreign()


@rule("foreign_month [comma] yearnum", ("March 2021", "2021-03"))
def foreign_month_and_year() -> Expression:
    """Mark a foreign month and its year."""
    return Foreign()


@rule("daynum slash|dash|dot daynum:month slash|dash|dot minutenum:year", ("5/3/21", "2021-03-05"), ("24.12.19", "2019-12-24"))
def short_year(daynum: int, month: int, year: int) -> Expression | None:
    """Mark a date in figures with a year of two."""
    return Foreign() if (month <= 12 or daynum <= 12) and year < 60 else None
