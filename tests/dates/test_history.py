"""Days known by their events: the noun before a date says its year, unless the text appeared before."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline import Article, Basis, Extractor, Publication

TODAY = dt.date(2024, 3, 27)


def values(extractor: Extractor, text: str, at: dt.date | None = TODAY, country: str = "EG") -> list[str]:
    return [time.value for time in extractor.resolve(Article(text, Publication(at=at, country=country))).times]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("تشددت إجراءات السفر بعد هجمات 11 سبتمبر على نيويورك.", "2001-09-11"),
        ("تناول الكتاب اعتداءات الحادي عشر من أيلول/سبتمبر وما تلاها.", "2001-09-11"),
        ("أطاحت ثورة 25 يناير بالرئيس.", "2011-01-25"),
        ("خصصت الدولة معاشا لشهداء ثورة «25 يناير» وأسرهم.", "2011-01-25"),
        ("ألغت ثورة 23 يوليو الألقاب المدنية.", "1952-07-23"),
        ("عبر الجنود القناة في حرب أكتوبر.", "1973-10"),
        ("احتل الجيش الجولان في نكسة حزيران.", "1967-06"),
        ("أغلق المعبر منذ هجوم السابع من أكتوبر.", "2023-10-07"),
        ("حوكم الضباط المشاركون بانقلاب 15 تموز/يوليو.", "2016-07-15"),
        ("قاد الأمير عبد القادر المقاومة قبل ثورة أول نوفمبر.", "1954-11-01"),
    ],
)
def test_the_event_says_the_year(text: str, value: str, extractor: Extractor) -> None:
    assert values(extractor, text) == [value]


def test_a_row_of_dates_shares_the_noun(extractor: Extractor) -> None:
    assert values(extractor, "استلهم الشباب ثورتي 25 يناير و30 يونيو.") == ["2011-01-25", "2013-06-30"]
    assert values(extractor, "يجمع المتحف صور ثورتي يوليو ويناير.") == ["1952-07", "2011-01"]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("EG", "انتقد الحزب ثورة 30 يونيو.", "2013-06-30"),
        ("SD", "انتقد الحزب ثورة 30 يونيو.", "1989-06-30"),
        ("EG", "أنهت ثورة يوليو الملكية.", "1952-07"),
        ("IQ", "أنهت ثورة تموز الملكية.", "1958-07"),
        ("MA", "هدم زلزال 8 شتنبر قرى الأطلس.", "2023-09-08"),
    ],
)
def test_a_country_has_its_own_days(country: str, text: str, value: str, extractor: Extractor) -> None:
    assert values(extractor, text, country=country) == [value]


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("وقعت هجمات 11 سبتمبر.", dt.date(1999, 9, 20), "1999-09-11"),  # before the event
        ("قتل جندي بهجوم 7 أكتوبر 2004.", TODAY, "2004-10-07"),  # another year is said
        ("أدان المجلس هجمات 11 سبتمبر الماضي.", TODAY, "2023-09-11"),  # a word points
        ("وقع الهجوم في 11 سبتمبر.", TODAY, "2023-09-11"),  # it does not go by that name
        ("انتهت دورة 25 يناير.", TODAY, "2024-01-25"),
    ],
)
def test_what_is_not_the_event_keeps_its_own_year(text: str, at: dt.date, value: str, extractor: Extractor) -> None:
    assert values(extractor, text, at) == [value]


def test_the_year_is_told_without_a_publication_and_as_inferred(extractor: Extractor) -> None:
    (time,) = extractor.resolve(Article("تغير العالم بعد هجمات 11 سبتمبر.")).times
    assert (time.value, time.basis, time.explanation) == ("2001-09-11", Basis.INFERRED, "11 سبتمبر: the day of a known event")


def test_the_year_is_not_that_of_the_articles_other_dates(extractor: Extractor) -> None:
    text = "بعد هجمات 11 سبتمبر تغيرت القوانين. وانعقدت القمة في 20 سبتمبر."
    assert values(extractor, text) == ["2001-09-11", "2023-09-20"]


def test_an_event_of_this_year_is_known_from_its_day_on(extractor: Extractor) -> None:
    text = "أدان المجلس هجوم 7 أكتوبر."
    assert values(extractor, text, dt.date(2023, 10, 7)) == ["2023-10-07"]
    assert values(extractor, text, dt.date(2023, 5, 1)) == ["2022-10-07"]
