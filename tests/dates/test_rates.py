"""Rates: a unit after an amount says how often, unless something says which unit is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline import TimeType

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("يتناول دواءه ثلاث مرات في اليوم.", ["P1D"]),
        ("يخسر المريض 100 غرام في الأسبوع.", ["P1W"]),
        ("يصدر المصنع ألف سيارة في الشهر.", ["P1M"]),
    ],
)
def test_an_amount_a_unit_is_a_rate(text: str, values: list[str], read: Read) -> None:
    times = read(text)
    assert [time.value for time in times] == values
    assert times[-1].type is TimeType.SET


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("وصل ثلاثة وزراء في الأسبوع الماضي.", ["2024-W12"]),  # a word says which week
        ("وصل الوزراء في اليوم.", []),  # no amount
        ("تناول دواءه ثلاث مرات. وصل في اليوم.", []),  # the amount is of another sentence
        ("وصل ثلاثة وزراء اليوم.", ["2024-03-27"]),  # no preposition
    ],
)
def test_what_says_which_unit_is_no_rate(text: str, values: list[str], read: Read) -> None:
    assert [time.value for time in read(text)] == values
