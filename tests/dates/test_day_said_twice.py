"""A day said in several ways: what its weekday says of an ordinal, and of its year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("اجتمع الوزراء الثلاثاء الخامس من مارس.", "2024-03-05"),  # a Tuesday
        ("اجتمع الوزراء الخميس الخامس من فبراير.", "2024-02-29"),  # the fifth Thursday; 5 February was a Monday
        ("اجتمع الوزراء الأربعاء الخامس من أبريل.", "2023-04-05"),  # April 2024 has four; 5 April was one in 2023
    ],
)
def test_an_ordinal_is_the_day_or_counts_the_weekdays(text: str, value: str, read: Read) -> None:
    (time,) = read(text)
    assert time.value == value
    assert "not a" not in time.explanation


def test_a_fifth_that_no_month_near_has_is_the_date_though_its_weekday_differs(read: Read) -> None:
    (time,) = read("اجتمع الوزراء الجمعة الخامس من يناير 2022.")  # a Wednesday; that month had four Fridays
    assert time.value == "2022-01-05"
    assert "Wed 2022-01-05 is not a Friday" in time.explanation


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("اجتمع الوزراء الثلاثاء 25 مارس.", "2024-03-25", "2024-03-26"),  # a Monday; a Tuesday only in 2025
        ("سيجتمع الوزراء الأحد 2 أبريل.", "2024-04-02", "2024-03-31"),  # a Tuesday; a Sunday only in 2023
    ],
)
def test_a_wrong_weekday_moves_nothing_to_the_other_side_of_the_year(text: str, value: str, other: str, read: Read) -> None:
    (time,) = read(text)
    assert time.value == value
    assert [option.value for option in time.alternatives] == [other]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("حدد الرئيس الثلاثاء 5 نوفمبر موعدا للانتخابات.", "2024-11-05"),  # no 5 November lies close
        ("اجتمع الوزراء الاثنين 20 مارس.", "2023-03-20"),  # a Wednesday this year, a Monday the year before
    ],
)
def test_the_weekday_says_the_year(text: str, value: str, read: Read) -> None:
    assert [time.value for time in read(text)] == [value]
