"""Lengths of time that count from an event date the event of their clause, or are dated by it."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline import Article, Basis, Event, Extractor, Publication, Timeline


def extract(extractor: Extractor, text: str) -> Timeline:
    return extractor.extract(Article(text, Publication(at=dt.date(2024, 3, 27), country="EG")))


def day(event: Event) -> str:
    """Return the first day of an event, "" for none."""
    return "" if event.interval is None or event.interval.start is None else event.interval.start.date().isoformat()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("قتل ثلاثة بعد أسبوع من إقالة المدرب في 5 مارس.", ["2024-03-12", "2024-03-05"]),
        ("استقال الوزير قبل 3 أيام من انتخابات 5 فبراير 2024.", ["2024-02-02", "2024-02-05"]),
        ("استقال الوزير بعد شهرين من انتخابات 5 يناير.", ["2024-03-01", "2024-01-05"]),  # known to the month
        ("توفي بعد سنة من توقيع الاتفاق في 29 فبراير 2020.", ["2021-01-01", "2020-02-29"]),  # known to the year
        ("انفجرت قنبلة في 1 مارس. وقتل رجل بعد يومين من الانفجار.", ["2024-03-01", "2024-03-03", "2024-03-01"]),
        ("قبل أسبوع من الانتخابات المقررة في 5 مايو استقال الوزير.", ["2024-05-05", ""]),  # what is past is not to come
        ("أقيل المدرب في 5 مارس بعد أسبوع من هزيمة الفريق.", ["2024-03-05", "2024-02-27"]),  # the other way
    ],
)
def test_one_event_dates_the_other(text: str, days: list[str], extractor: Extractor) -> None:
    assert [day(event) for event in extract(extractor, text).events] == days


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("وقع انفجار في 1 مارس. وقتل رجل بعد يومين من الانفجار.", True),
        ("غادر الوفد في 1 مارس. وقتل رجل بعد يومين من الوصول.", False),  # of one kind, and another event
    ],
)
def test_a_definite_noun_points_back_to_an_event_of_its_family(text: str, counted: bool, extractor: Extractor) -> None:  # noqa: FBT001
    assert (day(extract(extractor, text).events[1]) == "2024-03-03") is counted


def test_the_length_has_the_event_for_its_anchor_and_the_day_that_it_reaches(extractor: Extractor) -> None:
    found = extract(extractor, "قتل ثلاثة بعد أسبوع من إقالة المدرب في 5 مارس.")
    length, dismissal = found.times[0], found.events[1]
    assert (length.value, length.basis, length.anchor_id) == ("P1W", Basis.RELATIVE_TO_EVENT, dismissal.id)
    assert length.interval is not None
    assert length.interval.start is not None
    assert length.interval.start.date() == dt.date(2024, 3, 12)
    assert length.explanation == "أسبوع: 1 week after «إقالة»"


def test_what_did_not_happen_is_not_dated_by_it(extractor: Extractor) -> None:
    refused, blast = extract(extractor, "لم يستقل الوزير بعد أسبوع من الانفجار في 5 مارس.").events
    assert (day(refused), day(blast)) == ("", "2024-03-05")


@pytest.mark.parametrize(
    "text",
    [
        "قتل رجل بعد ساعة من انفجار 5 مارس.",  # finer than a day
        "استقالت الحكومة بعد عام ونصف من انفجار 5 مارس 2020.",  # two units
        "قتل رجل بعد أسبوع من المطر.",  # no event
    ],
)
def test_other_lengths_are_lengths_only(text: str, extractor: Extractor) -> None:
    length = extract(extractor, text).times[0]
    assert (length.basis, length.interval, length.anchor_id) == (Basis.STATED, None, "")
