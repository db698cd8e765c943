"""Several words that make one: twin month names, names of several words, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.text.words import Words

TWINS = {
    "تشرين الثاني/نوفمبر": 11,
    "نوفمبر/تشرين الثاني": 11,
    "نوفمبر / تشرين الثاني": 11,
    "نوفمبر (تشرين الثاني)": 11,
    "نوفمبر(تشرين الثاني)": 11,
    "تشرين الثاني (نوفمبر)": 11,
    "نوفمبر تشرين الثاني": 11,
    "أكتوبر/تشرين أول": 10,
    "كانون الأول ديسمبر": 12,
    "ديسمبر (كانون الأول)": 12,
    "يناير/كانون ثاني": 1,
    "مايو أيار": 5,
    "يوليو-تموز": 7,
    "يوليو – تموز": 7,
    "يوليو\u200f/\u200fتموز": 7,
    "جويلية/يوليو": 7,
    "آب/أغسطس": 8,
    "أغسطس/آب": 8,
    "آب (أغسطس)": 8,
    "أغسطس [آب]": 8,
    "مارس/آذار": 3,
    "آذار (مارس)": 3,
    "اذار مارس": 3,
}

NO_TWINS = {
    "أبريل/مايو": [4, 5],
    "أبريل ومايو": [4, 5],
    "يناير (فبراير)": [1, 2],
    "نوفمبر/وتشرين الثاني": [11, 11],
    "شباط، فبراير": [2, 2],
    "أكتوبر/تشرين الثاني": [10, 11],
    "كانون الثاني/ديسمبر": [1, 12],
    "نوفمبر\nتشرين الثاني": [11, 11],
}

NAMES = (
    "المصري اليوم",
    "صحيفة اليوم السابع",
    "روسيا اليوم",
    "رجب طيب",
    "طارق رمضان",
    "ربيع ياسين",
    "المدير العام",
    "الأمين العام",
    "الرأي العام",
    "أهل السنة",
    "المرة الأولى",
    "نهاية المطاف",
    "صفقة القرن",
    "على المدى الطويل",
    "مدينة السادس من أكتوبر",
    "صلاة الجمعة",
)


def spans(words: Words) -> list[str]:
    """Return the words of a text as written, without their clitics."""
    return [words.text[s + e.skip : x] for s, x, e in zip(words.starts, words.ends, words.entries, strict=True)]


@pytest.mark.parametrize(("phrase", "month"), TWINS.items())
def test_the_two_names_of_a_month_are_one_word(phrase: str, month: int, read: Callable[[str], Words]) -> None:
    words = read(f"في {phrase} 2012")
    assert spans(words) == ["في", phrase, "2012"]
    assert words.entries[1].categories == {"month": month}


@pytest.mark.parametrize(("phrase", "months"), NO_TWINS.items())
def test_months_that_are_two(phrase: str, months: list[int], read: Callable[[str], Words]) -> None:
    assert [entry.categories["month"] for entry in read(phrase).entries if "month" in entry.categories] == months


def test_a_twin_keeps_the_clitics_before_it(read: Callable[[str], Words]) -> None:
    words = read("ونوفمبر/تشرين الثاني")
    (entry,) = words.entries
    assert (entry.clitics, spans(words)) == ("و", ["نوفمبر/تشرين الثاني"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", ["", "و"])
def test_a_name_is_swallowed_whole(name: str, before: str, read: Callable[[str], Words]) -> None:
    words = read(f"إن {before}{name} هنا")
    assert spans(words) == ["إن", name, "هنا"]
    assert "name" in words.entries[1].categories


@pytest.mark.parametrize("phrase", ["الأمين العام الماضي", "خفض الدين العام المقبل", "الأمن العام المقبل"])
def test_a_year_after_the_first_word_of_a_name_stays_a_year(phrase: str, read: Callable[[str], Words]) -> None:
    assert "year_word" in read(phrase).entries[-2].categories


@pytest.mark.parametrize(
    ("phrase", "category"),
    [
        ("أول من أمس", "deictic"),
        ("ربيع الأول", "hijri"),
        ("ذي الحجة", "hijri"),
        ("من المتوقع", "particle"),
        ("في غضون", "within"),
        ("نهاية الأسبوع", "weekend"),
        ("عيد الفطر المبارك", "hijri_feast"),
        ("بتوقيت مكة المكرمة", "zone"),
        ("الساعات الأولى من", "late"),
    ],
)
def test_a_form_of_several_words_is_one_word(phrase: str, category: str, read: Callable[[str], Words]) -> None:
    (entry,) = read(phrase).entries
    assert category in entry.categories


def test_the_longest_form_wins(read: Callable[[str], Words]) -> None:
    assert spans(read("أول أيام عيد الفطر المبارك")) == ["أول أيام عيد الفطر المبارك"]
    assert spans(read("أمس الأول")) == ["أمس الأول"]
    assert spans(read("أمس الأربعاء")) == ["أمس", "الأربعاء"]


def test_no_compound_crosses_a_line(read: Callable[[str], Words]) -> None:
    assert spans(read("المدير\nالعام")) == ["المدير", "\n", "العام"]
    assert spans(read("أول\nمن أمس")) == ["أول", "\n", "من", "أمس"]


def test_words_lie_in_order_and_cover_what_they_join(read: Callable[[str], Words]) -> None:
    text = "  قال المدير العام، في 12 و23 تشرين الثاني/نوفمبر: «ثلاثة وعشرون يوما».\n"
    words = read(text)
    edges = [edge for pair in zip(words.starts, words.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    outside = "".join(text[end:start] for end, start in zip([0, *words.ends], [*words.starts, len(text)], strict=True))
    assert outside.strip() == ""
