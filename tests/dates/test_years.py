"""Years: a day and month without its year takes the one that its sentence or its article tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline import Basis

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("في 30 يونيو 2013 خرجت مظاهرات، وفي 3 يوليو عزل الرئيس.", ["2013-06-30", "2013-07-03"]),
        ("في 1 ديسمبر 2013 بدأت الأزمة، وفي 3 يناير انتهت.", ["2013-12-01", "2014-01-03"]),  # over the turn of the year
        ("شهد عام 2019 احتجاجات بدأت في 22 فبراير.", ["2019", "2019-02-22"]),
        ("نشر التقرير في مارس 2020. وصدر آخر في 10 مارس.", ["2020-03", "2020-03-10"]),  # the month of another sentence
    ],
)
def test_a_year_is_told_once(text: str, values: list[str], read: Read) -> None:
    times = read(text)
    assert [time.value for time in times] == values
    assert times[1].basis is Basis.INFERRED


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("شهد عام 2019 احتجاجات. وفي 22 فبراير خرج الآلاف.", ["2019", "2024-02-22"]),  # another sentence, another month
        ("تأسس الحزب سنة 2010 ويعقد مؤتمره في 5 أبريل.", ["2010", "2024-04-05"]),  # what is not past is of no year long ago
        ("زار الرئيس باريس في 5 مارس 2020. وسيعود إليها في 30 مارس.", ["2020-03-05", "2024-03-30"]),
        ("الطريق مغلق منذ 5 مايو 2015، وفي 20 مارس فتح.", ["2015-05-05", "2024-03-20"]),  # since when is no story
        ("انعقد المؤتمر في 5 مارس 2020، وفي 20 مارس الماضي عاد.", ["2020-03-05", "2024-03-20"]),  # a word points
    ],
)
def test_a_year_does_not_reach_every_date(text: str, values: list[str], read: Read) -> None:
    assert [time.value for time in read(text)] == values


def test_the_year_of_the_clause_is_the_alternative(read: Read) -> None:
    *_, told = read("في 30 يونيو 2013 خرجت مظاهرات، وفي 3 يوليو عزل الرئيس.")
    assert [option.value for option in told.alternatives] == ["2023-07-03"]


def test_a_day_that_the_told_year_has_not_is_of_another_year(read: Read) -> None:
    *_, told = read("شهد عام 2015 احتجاجات في 29 فبراير.")
    assert told.value == "2024-02-29"
