"""Speech: a quotation counts from the day on which it was spoken, where its sentence tells that day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from timeline import Basis

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("قال الوزير الأحد: «سننشره الثلاثاء».", ["2024-03-24", "2024-03-26"]),
        ("قال الوزير الأحد: «سننشره غدا، واجتمعنا أمس».", ["2024-03-24", "2024-03-25", "2024-03-23"]),
        ("أعلن الوزير في 1 مارس: «صدر القرار الشهر الماضي».", ["2024-03-01", "2024-02"]),
    ],
)
def test_a_quotation_counts_from_its_saying(text: str, values: list[str], read: Read) -> None:
    said, *quoted = read(text)
    assert [time.value for time in (said, *quoted)] == values
    assert {(time.basis, time.anchor_id) for time in quoted} == {(Basis.RELATIVE_TO_EXPRESSION, said.id)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("قال الوزير: «سننشره غدا».", ["2024-03-28"]),  # no day of saying is told
        ("وصل الوزير الأحد. وقال: «سننشره غدا».", ["2024-03-24", "2024-03-28"]),  # the day is of another sentence
        ("قال الوزير في 5 ديسمبر: «سننشره غدا».", ["2023-12-05", "2024-03-28"]),  # too long ago for news to quote
        ("قال الوزير الأربعاء: «سننشره غدا».", ["2024-03-27", "2024-03-28"]),  # on the day of publication
        ("وصل الوزير العام الماضي وقال: «سننشره غدا».", ["2023", "2024-03-28"]),  # a year is no day of saying
    ],
)
def test_other_quotations_count_from_the_publication(text: str, values: list[str], read: Read) -> None:
    assert [time.value for time in read(text)] == values


def test_the_saying_may_lie_in_the_year_before(read: Read) -> None:
    said, quoted = read("قال الوزير في 15 ديسمبر: «سنعود العام المقبل».", at=dt.date(2024, 1, 5))
    assert (said.value, quoted.value) == ("2023-12-15", "2024")
