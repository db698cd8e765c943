"""Spellings of one word fold to one form, and a prefix is measured in the characters that it takes as written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.letters import fold, light, prefix_length

SPELLINGS = (
    ("أكتوبر", "اكتوبر"),
    ("إبريل", "ابريل"),
    ("آذار", "اذار"),
    ("ٱلجمعة", "الجمعه"),
    ("الثلاثاء", "الثلاثاء"),
    ("سنة", "سنه"),
    ("مستشفى", "مستشفي"),
    ("الذى", "الذي"),
    ("غَدًا", "غدا"),
    ("مؤخّرًا", "مؤخرا"),
    ("هٰذا", "هذا"),
    ("اكتوبـــر", "اكتوبر"),
    ("هـ", "ه"),
    ("می\u200cروند", "ميروند"),
    ("کانون", "كانون"),
    ("۲۰۲۴", "2024"),
    ("٢٠٢٤", "2024"),
    ("ﻳﻨﺎﻳﺮ", "يناير"),
    ("ﷲ", "الله"),
    ("ﻻ", "لا"),
    ("March", "march"),
    ("", ""),
)


@pytest.mark.parametrize(("written", "folded"), SPELLINGS)
def test_spellings_of_a_word_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("شهر", "شهد"), ("ذات", "ذاب"), ("مؤتمر", "موتمر"), ("سائل", "سايل"), ("قرأ", "قر")]
)
def test_other_words_keep_forms_of_their_own(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_light_keeps_hamza_ta_marbuta_and_alif_maqsura() -> None:
    assert light("إِلَى ٱلسَّنَةِ المُقبلة ٣") == "إلى ٱلسنة المقبلة 3"


@given(st.text(alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(alphabet="ابةىأإآوفلكيم0٣"))
def test_harakat_change_no_form(word: str) -> None:
    marked = "".join(letter + "\u064e" for letter in word)
    assert fold(marked) == fold(word)
    assert fold(unicodedata.normalize("NFC", marked)) == fold(word)


@pytest.mark.parametrize(
    ("word", "count", "length"),
    [
        ("والجمعة", 0, 0),
        ("والجمعة", 1, 1),
        ("وَالجمعة", 1, 2),
        ("وَبِالجمعة", 2, 4),
        ("وـالجمعة", 1, 2),
        ("ب\u200dيوم", 1, 2),
        ("لليوم", 1, 1),
        ("و", 1, 1),
        ("وَ", 1, 2),
        ("و", 3, 1),
    ],
)
def test_a_prefix_is_as_long_as_it_is_written(word: str, count: int, length: int) -> None:
    assert prefix_length(word, count) == length


@given(st.text(alphabet="وفبلكاي\u064e\u064f\u0640\u0651", min_size=1), st.integers(min_value=0, max_value=6))
def test_prefix_and_rest_make_the_word(word: str, count: int) -> None:
    at = prefix_length(word, count)
    assert 0 <= at <= len(word)
    assert fold(word[:at]) + fold(word[at:]) == fold(word)
    assert len(fold(word[:at])) == min(count, len(fold(word)))
