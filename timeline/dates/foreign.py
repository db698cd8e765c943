"""The fallback: dates in other scripts and odd layouts, read by dateparser.

It costs milliseconds, so it is asked only about spans that a rule marked as a date, and it is imported on the first of them.
"""

from __future__ import annotations

import datetime as dt

from timeline.dates.expressions import Date, Foreign
from timeline.dates.grammar import Mention

_LAYOUTS = (["day", "month", "year"], ["month", "year"])


class ForeignDates:
    """Reads marked dates. `calls` counts how often dateparser was asked."""

    def __init__(self) -> None:
        """Start without having asked."""
        self.calls = 0

    def replace(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Return the mentions with every marked date read; one that can't be read is left out."""
        if not any(isinstance(mention.expression, Foreign) for mention in mentions):
            return mentions
        kept: list[Mention] = []
        for mention in mentions:
            if not isinstance(mention.expression, Foreign):
                kept.append(mention)
                continue
            date = self.read(text[mention.start : mention.end])
            if date is not None:
                kept.append(mention._replace(expression=date))
        return kept

    def read(self, text: str) -> Date | None:
        """Return the date that a span says, day first unless it can't be; None where it says none."""
        import dateparser  # noqa: PLC0415  half a second to import, and most texts never need it

        for parts in _LAYOUTS:
            self.calls += 1
            found: dt.datetime | None = dateparser.parse(
                text,
                languages=["en", "fr"],
                settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": parts, "PREFER_DAY_OF_MONTH": "first"},
            )
            if found is not None:
                return Date(found.month, found.day if "day" in parts else None, found.year)
        return None
