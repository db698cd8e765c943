"""What the whole article settles: the weekday of a headline, and two calendars that differ."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from timeline import Article, Basis, Calendar, Extractor, Publication, WarningCode

if TYPE_CHECKING:
    from tests.dates.conftest import Read

SAUDI = Publication(at=dt.date(2024, 3, 27), country="SA")


def test_the_text_below_says_which_day_its_headline_means(read: Read) -> None:
    headline, told = read("مصر: الثلاثاء عطلة رسمية\nأعلنت الحكومة أن يوم الثلاثاء 2 أبريل عطلة رسمية.")
    assert (headline.value, told.value) == ("2024-04-02", "2024-04-02")
    assert (headline.basis, headline.anchor_id) == (Basis.RELATIVE_TO_EXPRESSION, told.id)


def test_a_headline_with_a_tense_or_without_that_day_below_stands_alone(read: Read) -> None:
    assert [time.value for time in read("أغلقت المدارس الأحد\nتعود الدراسة الأحد المقبل.")] == ["2024-03-24", "2024-03-31"]
    assert read("مصر: الثلاثاء عطلة رسمية\nأعلنت الحكومة ذلك الاثنين.")[0].anchor_id == ""


def test_the_gregorian_date_wins_over_its_twin(extractor: Extractor) -> None:
    # 1 Ramadan 1445 was 11 March 2024 by Umm al-Qura
    found = extractor.resolve(Article("افتتح المعرض في 1 رمضان 1445هـ الموافق 12 مارس 2024.", SAUDI))
    assert [(time.value, time.calendar) for time in found.times] == [
        ("2024-03-12", Calendar.HIJRI),
        ("2024-03-12", Calendar.GREGORIAN),
    ]
    assert [(warning.code, warning.expression_id) for warning in found.warnings] == [(WarningCode.CALENDAR_MISMATCH, "t1")]


def test_twins_that_agree_are_not_warned_of(extractor: Extractor) -> None:
    found = extractor.resolve(Article("افتتح المعرض في 1 رمضان 1445هـ الموافق 11 مارس 2024.", SAUDI))
    assert {time.value for time in found.times} == {"2024-03-11"}
    assert not found.warnings
