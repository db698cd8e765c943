"""The fallback: dates in other scripts and odd layouts, read by dateparser.

It costs milliseconds, so it is asked only about spans that a rule marked as a date, and it is imported on the first of them.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from timeline.dates.expressions import Date, Foreign
from timeline.dates.grammar import Mention

_LAYOUTS = (["day", "month", "year"], ["month", "year"])


_MEMO = 1024  # spans remembered
_MOST = 200  # spans read in one article; more are no article


class ForeignDates:
    """Reads marked dates. `calls` counts how often dateparser was asked."""

    def __init__(self) -> None:
        """Start without having asked."""
        self.calls = 0
        self._read = lru_cache(maxsize=_MEMO)(self._ask)

    def replace(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Return the mentions with every marked date read; one that can't be read is left out."""
        if not any(isinstance(mention.expression, Foreign) for mention in mentions):
            return mentions
        kept: list[Mention] = []
        asked = 0
        for mention in mentions:
            if not isinstance(mention.expression, Foreign):
                kept.append(mention)
                continue
            asked += 1
            date = self.read(text[mention.start : mention.end]) if asked <= _MOST else None
            if date is not None:
                kept.append(mention._replace(expression=date))
        return kept

    def read(self, text: str) -> Date | None:
        """Return the date that a span says, day first unless it can't be; None where it says none. What was read is remembered."""
        return self._read(text)

    def _ask(self, text: str) -> Date | None:
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
