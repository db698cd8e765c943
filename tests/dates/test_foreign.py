"""dateparser reads dates of other scripts and odd layouts, and is asked about nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from timeline import Article, Extractor, Publication

PUBLICATION = Publication(at=dt.date(2023, 9, 27), country="EG")


@pytest.fixture
def fresh() -> Extractor:
    """Return an extractor that has asked dateparser nothing yet."""
    return Extractor()


def test_the_seeds_ask_nothing(seeds: Mapping[str, Article], fresh: Extractor) -> None:
    assert len(seeds) == 5
    for article in seeds.values():
        fresh.extract(article)
    assert fresh.foreign_calls == 0


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوفد في 5 مارس 2021 إلى بيروت.",
        "وصل الوفد في 5/3/2021 إلى بيروت.",
        "وصل الوفد في 2021-03-05 إلى بيروت.",
        "وصل الوفد في 5 مارس/آذار 2021 إلى بيروت.",
        "وصل الوفد في 21 شعبان 1442هـ إلى بيروت.",
        "بلغت النسبة 5.3 في المئة، والسعر 12.5 دولار.",
        "صدر العدد الأول من مجلة March في بيروت.",
        "استقبل May الرئيس في 10 Downing Street بلندن.",
        "قال BBC إن iPhone 15 وصل.",
    ],
)
def test_what_the_rules_read_themselves_or_is_no_date_asks_nothing(text: str, fresh: Extractor) -> None:
    fresh.resolve(Article(text, PUBLICATION))
    assert fresh.foreign_calls == 0


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("March 5th, 2021", "2021-03-05"),
        ("March 5, 2021", "2021-03-05"),
        ("5th of March 2021", "2021-03-05"),
        ("5 March 2021", "2021-03-05"),
        ("5 MARCH 2021", "2021-03-05"),
        ("Oct 7, 2023", "2023-10-07"),
        ("1er mars 2021", "2021-03-01"),
        ("14 juillet 2019", "2019-07-14"),
        ("March 2021", "2021-03"),
        ("août 2021", "2021-08"),
        ("5/3/21", "2021-03-05"),
        ("24.12.19", "2019-12-24"),
    ],
)
def test_an_odd_layout_is_read_by_dateparser(date: str, value: str, fresh: Extractor) -> None:
    text = f"نشر البيان في {date} على الموقع."
    (time,) = fresh.resolve(Article(text, PUBLICATION)).times
    assert (time.text, time.value) == (date, value)
    assert time.interval is not None
    assert time.interval.start is not None
    assert time.interval.start.date().isoformat().startswith(value)
    assert fresh.foreign_calls > 0


@pytest.mark.parametrize("date", ["31 February 2021", "February 30, 2021", "31/11/21"])
def test_a_day_that_does_not_exist_is_no_date(date: str, fresh: Extractor) -> None:
    found = fresh.resolve(Article(f"نشر البيان في {date} على الموقع.", PUBLICATION)).times
    assert [time.value for time in found if time.text == date] == []


def test_the_day_of_reading_plays_no_part(fresh: Extractor) -> None:
    def read(at: dt.date) -> list[str]:
        article = Article("نشر في March 2021 وفي 5/3/21 وفي 1er mars 2021.", Publication(at=at, country="EG"))
        return [time.value for time in fresh.resolve(article).times]

    assert read(dt.date(1990, 1, 31)) == read(dt.date(2040, 2, 29)) == ["2021-03", "2021-03-05", "2021-03-01"]
