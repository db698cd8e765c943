"""Stance: which side of the publication a weekday lies on, by the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("دعا الرئيس إلى اجتماع الأحد.", "2024-03-31"),  # what the call is about
        ("دعا الرئيس الأحد إلى اجتماع.", "2024-03-24"),  # the call itself
        ("قررت الحكومة تأجيل الجلسة إلى الخميس.", "2024-03-28"),  # where it is moved to
        ("لن يشارك اللاعب، بعد إصابته في مباراة السبت.", "2024-03-23"),  # the cause of what lies ahead
        ("سيعود الوزير الذي وقع الاتفاق، إلى بلاده السبت.", "2024-03-30"),  # the clause that the relative one parted
        ("سيعود الوزير الذي وقع الاتفاق السبت.", "2024-03-23"),  # the relative clause itself
        ("الطريق مغلق منذ الخميس.", "2024-03-21"),  # since points back, whatever the tense
    ],
)
def test_the_words_around_a_weekday_say_its_side(text: str, value: str, read: Read) -> None:
    assert [time.value for time in read(text)] == [value]


def test_what_is_moved_lies_on_both_sides(read: Read) -> None:
    assert [time.value for time in read("أجل الاتحاد مباراة السبت إلى الأحد.")] == ["2024-03-23", "2024-03-31"]


def test_a_side_that_is_only_likelier_is_less_sure(read: Read) -> None:
    (leaning,) = read("دعا الرئيس إلى اجتماع الأحد.")
    (told,) = read("دعا الرئيس الأحد إلى اجتماع.")
    assert leaning.confidence < told.confidence
    assert [option.value for option in leaning.alternatives] == ["2024-03-24"]
