"""What the tests of dates in sentences share: one way to ask for the times of a text."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import pytest

from timeline import Article, Extractor, Publication, TimeExpression

WEDNESDAY = dt.date(2024, 3, 27)


class Read(Protocol):
    """Reads a text that was published on a day in a country."""

    def __call__(self, text: str, at: dt.date | None = WEDNESDAY, country: str = "EG") -> tuple[TimeExpression, ...]:
        """Return its times."""


@pytest.fixture
def read(extractor: Extractor) -> Read:
    """Return a reader that is in Egypt on Wednesday, 27 March 2024, unless told otherwise."""

    def times(text: str, at: dt.date | None = WEDNESDAY, country: str = "EG") -> tuple[TimeExpression, ...]:
        return extractor.resolve(Article(text, Publication(at=at, country=country))).times

    return times
