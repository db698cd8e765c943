"""Cells hold Arabic with marks, wide characters and hostile controls, and still line up."""

from __future__ import annotations

import pytest

from client.cells import FSI, PDI, clean, clip, isolate, pad, width, wrap

VOWELLED = "قُتِلَ"  # three letters, three marks


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("visit", 5),
        ("زيارة", 5),
        (VOWELLED, 3),
        ("مــن", 4),  # tatweel is drawn
        (f"{FSI}زار{PDI}\u200f", 3),
        ("می\u200cخواهد", 7),  # a zero-width non-joiner is not
        ("日本", 4),
    ],
)
def test_width_counts_what_the_terminal_draws(text: str, cells: int) -> None:
    assert width(text) == cells


def test_clean_takes_away_what_could_act_on_the_terminal() -> None:
    assert clean("قال\x1b[31m\nالوزير\u202e\u2069\u0085 اليوم\t") == "قال [31m الوزير اليوم"


def test_clean_keeps_joiners_and_marks() -> None:
    assert clean(f"{VOWELLED} می\u200cخواهد\u200f") == f"{VOWELLED} می\u200cخواهد\u200f"


def test_clip_cuts_between_words() -> None:
    assert clip("وصل الوزير إلى القاهرة اليوم", 17) == "وصل الوزير إلى…"


def test_clip_leaves_no_comma_before_the_ellipsis() -> None:
    assert clip("قال الوزير، الأربعاء", 12) == "قال الوزير…"


@pytest.mark.parametrize("limit", range(2, 30))
def test_clip_and_wrap_keep_to_the_limit(limit: int) -> None:
    text = f"قال {VOWELLED} المتحدث باسم وزارة الخارجية 日本"
    assert width(clip(text, limit)) <= limit
    assert max(map(width, wrap(text, limit))) <= limit


def test_clip_never_parts_a_letter_from_its_marks() -> None:
    assert clip(VOWELLED * 3, 4) == f"{VOWELLED}…"


def test_wrap_loses_nothing() -> None:
    text = "قال المتحدث باسم وزارة الخارجية إن الوزير سيسافر"
    assert " ".join(wrap(text, 12)) == text
    assert "".join(wrap("استقبالاتهما", 5)) == "استقبالاتهما"


def test_pad_fills_by_cells_not_by_characters() -> None:
    assert pad(VOWELLED, 5) == f"{FSI}{VOWELLED}{PDI}  "


def test_ascii_needs_no_isolate() -> None:
    assert isolate("2024-03-27") == "2024-03-27"
