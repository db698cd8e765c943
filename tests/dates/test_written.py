"""The day of writing: a text that names its counted days from the day before counts them from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("يعقد الاجتماع غدا الأربعاء.", ["2024-03-27"]),
        ("اليوم الثلاثاء يعقد الاجتماع وغدا الأربعاء ينتهي.", ["2024-03-26", "2024-03-27"]),
        ("يعقد الاجتماع غدا الأربعاء. واجتمعوا أمس.", ["2024-03-27", "2024-03-25"]),  # the others count from there too
        ("يعقد الاجتماع غدا الأربعاء الساعة السادسة مساء.", ["2024-03-27T18:00"]),
        ("يعقد الاجتماع مساء غد الأربعاء.", ["2024-03-27TEV"]),
    ],
)
def test_a_text_written_the_day_before(text: str, values: list[str], read: Read) -> None:
    times = read(text)
    assert [time.value for time in times] == values
    assert all("written the day before" in time.explanation for time in times)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("يعقد الاجتماع غدا الخميس.", ["2024-03-28"]),  # the weekday is right
        ("يعقد الاجتماع غدا الخميس الساعة السادسة مساء.", ["2024-03-28T18:00"]),
        ("غدا الأربعاء اجتماع، وكان أمس الثلاثاء آخر.", ["2024-03-28", "2024-03-26"]),  # the two do not agree
        ("يعقد الاجتماع غدا.", ["2024-03-28"]),
    ],
)
def test_a_text_written_on_the_day(text: str, values: list[str], read: Read) -> None:
    times = read(text)
    assert [time.value for time in times] == values
    assert not any("written the day before" in time.explanation for time in times)


def test_the_day_counted_from_the_publication_is_the_alternative(read: Read) -> None:
    (time,) = read("يعقد الاجتماع غدا الأربعاء.")
    assert [option.value for option in time.alternatives] == ["2024-03-28"]
