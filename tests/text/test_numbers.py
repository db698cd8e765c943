"""Number words that stand together are one number, and those that do not belong together stay apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.text.words import Words

KINDS = ("number", "the_number", "ordinal", "an_ordinal")

CARDINALS = {
    "واحد": 1,
    "واحدة": 1,
    "اثنان": 2,
    "اثنتين": 2,
    "ثلاثة": 3,
    "ثلاث": 3,
    "أربع": 4,
    "خمسة": 5,
    "ست": 6,
    "سبعة": 7,
    "ثماني": 8,
    "ثمانٍ": 8,
    "تسع": 9,
    "عشرة": 10,
    "أحد عشر": 11,
    "إحدى عشرة": 11,
    "اثنا عشر": 12,
    "اثني عشر": 12,
    "اثنتا عشرة": 12,
    "ثلاثة عشر": 13,
    "ثلاث عشرة": 13,
    "أربعة عشر": 14,
    "خمس عشرة": 15,
    "ستة عشر": 16,
    "سبع عشرة": 17,
    "ثمانية عشر": 18,
    "ثماني عشرة": 18,
    "تسعة عشر": 19,
    "عشرون": 20,
    "عشرين": 20,
    "واحد وعشرون": 21,
    "إثنان وعشرون": 22,
    "ثلاث وعشرين": 23,
    "خمسة وعشرين": 25,
    "خمسةٌ وعشرون": 25,
    "خمسة و عشرين": 25,
    "ثمان وثلاثين": 38,
    "أربعون": 40,
    "تسعة وتسعون": 99,
    "مئة": 100,
    "مائة": 100,
    "مئة وخمسة": 105,
    "مئة وثلاثة عشر": 113,
    "مئتان": 200,
    "مائتين وخمسين": 250,
    "ثلاثمئة": 300,
    "ثلاثة مئة": 300,
    "أربع وخمسين وتسعمائة وألف": 1954,
    "تسع عشرة وتسعمائة وألف": 1919,
    "ثلاث وعشرين وألفين": 2023,
    "خمس وأربعين وأربعمائة وألف": 1445,
    "خمس مئة": 500,
    "ثمانمائة وثمانون": 880,
    "تسعمئة": 900,
    "ألف": 1000,
    "ألف ومئتان": 1200,
    "ألفين وثلاثة": 2003,
    "ثلاثة آلاف": 3000,
    "ثلاثة آلاف وخمسمئة": 3500,
    "خمسة آلاف وخمسة وعشرون": 5025,
    "عشرة آلاف": 10_000,
    "خمسة عشر ألفا": 15_000,
    "خمسة وعشرين ألفا": 25_000,
    "مئة ألف": 100_000,
    "مئة وخمسون ألفا": 150_000,
    "مليون": 1_000_000,
    "ثلاثة ملايين وخمسمئة ألف وعشرون": 3_500_020,
    "مليارا": 1_000_000_000,
    "12": 12,
    "٤٨": 48,
    "۴۸": 48,
    "5 ملايين": 5_000_000,
    "25 ألف": 25_000,
    "ثلاثة آلاف و700": 3700,
    "3 آلاف و500": 3500,
}

ORDINALS = {
    "الأول": 1,
    "الأولى": 1,
    "الثاني": 2,
    "الثالثة": 3,
    "السابع": 7,
    "العاشرة": 10,
    "الحادي عشر": 11,
    "الحادية عشرة": 11,
    "الثاني عشر": 12,
    "الثانية عشرة": 12,
    "السابع عشر": 17,
    "التاسعة عشرة": 19,
    "الحادي والعشرين": 21,
    "الخامس العشرين": 25,
    "الحادي والعشرون": 21,
    "الحادية والعشرين": 21,
    "الثاني والعشرين": 22,
    "الخامسة والعشرين": 25,
    "الحادي والثلاثين": 31,
    "التاسع والتسعين": 99,
}

OTHERS = {
    "الأربع والعشرين": ("the_number", 24),
    "الثماني والأربعين": ("the_number", 48),
    "الخمسة عشر": ("the_number", 15),
    "الـ48": ("the_number", 48),
    "ال48": ("the_number", 48),
    "الـ 48": ("the_number", 48),
    "أول": ("an_ordinal", 1),
    "خامس": ("an_ordinal", 5),
    "خامس عشر": ("an_ordinal", 15),
    "آخر": ("an_ordinal", -1),
}

APART = {
    "12 و23": [12, 23],
    "١٢ و٢٣": [12, 23],
    "2010 و2015": [2010, 2015],
    "12 23": [12, 23],
    "خمسة وستة": [5, 6],
    "ثلاثة أربعة": [3, 4],
    "عشرة وعشرين": [10, 20],
    "عشرون وثلاثون": [20, 30],
    "خمسة وستين وسبعين": [65, 70],
    "5 وعشرون": [5, 20],
    "مئة ومئتين": [100, 200],
    "واحد من عشرة": [1, 10],
    "ثلاثة، أربعة": [3, 4],
    "ثلاثة أيام وأربعة أشهر": [3, 4],
    "ثلاثة\nعشر": [3, 10],
    "خمسة لعشرين": [5, 20],
}


def numbers(words: Words) -> list[tuple[str, str, object]]:
    """Return the numbers of a text: the words of each without its clitics, its kind and its value."""
    return [
        (words.text[start + entry.skip : end], kind, entry.categories[kind])
        for start, end, entry in zip(words.starts, words.ends, words.entries, strict=True)
        for kind in KINDS
        if kind in entry.categories
    ]


@pytest.mark.parametrize(("phrase", "value"), CARDINALS.items())
def test_a_cardinal_is_one_word(phrase: str, value: float, read: Callable[[str], Words]) -> None:
    assert numbers(read(phrase)) == [(phrase, "number", value)]


@pytest.mark.parametrize(("phrase", "value"), ORDINALS.items())
def test_an_ordinal_is_one_word(phrase: str, value: int, read: Callable[[str], Words]) -> None:
    assert numbers(read(phrase)) == [(phrase, "ordinal", value)]


@pytest.mark.parametrize(("phrase", "kind", "value"), [(phrase, *rest) for phrase, rest in OTHERS.items()])
def test_a_number_with_an_article_or_without_one_where_ordinals_have_it(
    phrase: str, kind: str, value: int, read: Callable[[str], Words]
) -> None:
    assert numbers(read(phrase)) == [(phrase, kind, value)]


@pytest.mark.parametrize(("word", "value"), [("العشرين", 20), ("الثلاثون", 30)])
def test_tens_with_their_article_count_and_order(word: str, value: int, read: Callable[[str], Words]) -> None:
    assert numbers(read(word)) == [(word, "the_number", value), (word, "ordinal", value)]


@pytest.mark.parametrize(("phrase", "values"), APART.items())
def test_numbers_that_stay_apart(phrase: str, values: list[int], read: Callable[[str], Words]) -> None:
    assert [value for _, _, value in numbers(read(phrase))] == values


@pytest.mark.parametrize(
    ("phrase", "inside"), [("بعشرين", "عشرين"), ("ولثلاثة عشر", "ثلاثة عشر"), ("فخمسة وعشرون", "خمسة وعشرون")]
)
def test_clitics_before_a_number_are_no_part_of_it(phrase: str, inside: str, read: Callable[[str], Words]) -> None:
    assert [text for text, _, _ in numbers(read(phrase))] == [inside]


@pytest.mark.parametrize("phrase", ["أحد", "إحدى المدن", "أحد أفراد الأسرة", "مئات", "آلاء", "سنة"])
def test_words_that_are_no_numbers(phrase: str, read: Callable[[str], Words]) -> None:
    assert numbers(read(phrase)) == []


def test_digits_say_what_they_may_be_by_length_and_size(read: Callable[[str], Words]) -> None:
    def roles(digits: str) -> set[str]:
        (entry,) = read(digits).entries
        return set(entry.categories) - {"number"}

    assert roles("7") == {"daynum", "monthnum", "hournum"}
    assert roles("07") == {"daynum", "monthnum", "hournum", "minutenum"}
    assert roles("24") == {"daynum", "hournum", "minutenum"}
    assert roles("31") == {"daynum", "minutenum"}
    assert roles("59") == {"minutenum"}
    assert roles("60") == roles("135") == roles("12345") == roles("9999") == set()
    assert roles("2024") == {"yearnum", "clocknum"}
    assert roles("1988") == {"yearnum"}
    assert roles("0847") == {"clocknum"}


def test_a_number_of_many_digits_is_read(read: Callable[[str], Words]) -> None:
    (entry,) = read("9" * 5000).entries
    assert entry.categories.keys() == {"number"}
