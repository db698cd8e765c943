"""The lexicon: what loading refuses, and what a word is found to be with and without its clitics."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.model import Grain, Tense, Weekday
from timeline.text.vocabulary import Ahead, Vocabulary, compile_categories, compile_events
from timeline.text.words import Words

Read = Callable[[str], Words]


def faults_of(table: dict[str, dict[str, object]]) -> list[str]:
    """Return the faults of one table."""
    faults: list[str] = []
    compile_categories({"file": table}, faults)
    return faults


def test_an_idiom_of_no_verb_is_a_fault() -> None:
    kind = {"group": "g", "definition": "d", "class": "OCCURRENCE", "examples": [], "verbs": ["ضرب يضرب"]}
    faults: list[str] = []
    compile_events([{"blow": kind | {"idioms": ["ضرب زلزال"]}}], {}, {}, faults)
    assert faults == []
    compile_events([{"blow": kind | {"idioms": ["هزم زلزال"]}}], {}, {}, faults)
    assert len(faults) == 1


def test_a_word_of_two_kinds_and_a_setting_of_no_word_are_faults() -> None:
    kind = {"group": "g", "definition": "d", "class": "OCCURRENCE", "examples": [], "verbs": ["ضرب يضرب"], "nouns": ["ضربة"]}
    settings = {"classes": {"STATE": ["هزم"]}, "ahead": {"about": ["هرب"]}}
    for tables, faulty in (([{"blow": kind}, {"hit": kind}], 2), ([{"blow": kind | settings}], 2)):
        faults: list[str] = []
        compile_events(tables, {}, {}, faults)
        assert len(faults) == faulty
    unknown: list[str] = []
    compile_events([{"blow": kind}], {"frequent": ["هزم"]}, {}, unknown)
    assert len(unknown) == 1


def test_verbs_of_a_kind_put_times_ahead_each_for_itself() -> None:
    kind = {
        "group": "g",
        "definition": "d",
        "class": "OCCURRENCE",
        "examples": [],
        "verbs": ["دعا يدعو", "أجل يؤجل", "ضرب يضرب"],
    }
    _, (verbs, _), _ = compile_events([{"deed": kind | {"ahead": {"about": ["دعا"], "to": ["أجل"]}}}], {}, {}, [])
    assert [verbs[form].lemma.ahead for form in ("دعا", "اجل", "ضرب")] == [Ahead.ABOUT, Ahead.TO, None]


def test_a_sound_table_has_no_faults() -> None:
    assert faults_of({"unit": {"definite": "the_unit", "DAY": ["يوم"]}, "month": {"1": ["يناير", "كانون الثاني"]}}) == []


def test_every_fault_of_a_table_is_told() -> None:
    faults = faults_of(
        {
            "mnth": {"1": ["يناير"]},
            "unit": {"definite": "the_mnth", "DAY": ["يوم"]},
            "weekday": {"SOMEDAY": ["يوم"]},
            "month": {"one": ["يناير"], "2": ["فبراير"], "3": ["فبراير"]},
        }
    )
    assert [fault for fault in faults if "mnth" in fault and "the_mnth" not in fault]
    assert [fault for fault in faults if "the_mnth" in fault]
    assert [fault for fault in faults if "SOMEDAY" in fault]
    assert [fault for fault in faults if "one" in fault]
    assert [fault for fault in faults if "فبراير" in fault]


def test_two_spellings_of_one_form_may_not_differ_in_meaning() -> None:
    assert faults_of({"month": {"4": ["إبريل"], "5": ["ابريل"]}}) != []
    assert faults_of({"month": {"4": ["إبريل", "أبريل"]}}) == []


def test_a_kind_is_described(lexicon: Vocabulary) -> None:
    names = [kind.name for kind in lexicon.kinds]
    assert len(names) == len(set(names))
    for kind in lexicon.kinds:
        assert kind.name == kind.name.lower()
        assert set(kind.name) <= set("abcdefghijklmnopqrstuvwxyz-")
        assert kind.definition.endswith(".")
        assert kind.examples
        assert kind.group


def test_no_form_is_left_unfolded(lexicon: Vocabulary) -> None:
    marks = set("أإآٱىةـ") | {chr(code) for code in range(0x064B, 0x0660)}
    forms = [*lexicon.categories, *lexicon.verbs, *lexicon.nouns, *lexicon.phrases]
    assert [form for form in forms if marks & set(form)] == []


@pytest.mark.parametrize(
    ("word", "clitics", "category", "value"),
    [
        ("الجمعة", "", "weekday", Weekday.FRIDAY),
        ("والجمعة", "و", "weekday", Weekday.FRIDAY),
        ("بالجمعة", "ب", "weekday", Weekday.FRIDAY),
        ("للجمعة", "ل", "weekday", Weekday.FRIDAY),
        ("وللجمعة", "ول", "weekday", Weekday.FRIDAY),
        ("كالجمعة", "ك", "weekday", Weekday.FRIDAY),
        ("فالجمعة", "ف", "weekday", Weekday.FRIDAY),
        ("بيناير", "ب", "month", 1),
        ("ليناير", "ل", "month", 1),
        ("بيومين", "ب", "dual", Grain.DAY),
        ("وأسابيع", "و", "units", Grain.WEEK),
        ("ﺍﻟﺠﻤﻌﺔ", "", "weekday", Weekday.FRIDAY),
        ("الجُمُعَة", "", "weekday", Weekday.FRIDAY),
        ("الجمعـة", "", "weekday", Weekday.FRIDAY),
        ("الجمعه", "", "weekday", Weekday.FRIDAY),
    ],
)
def test_a_word_is_found_behind_its_clitics(word: str, clitics: str, category: str, value: object, read: Read) -> None:
    (entry,) = read(word).entries
    assert (entry.clitics, entry.categories.get(category)) == (clitics, value)


@pytest.mark.parametrize(
    ("word", "lemma", "tense"),
    [
        ("أخبرته", "أخبر", Tense.PAST),
        ("وأخبرتهم", "أخبر", Tense.PAST),
        ("اعتقلوه", "اعتقل", Tense.PAST),
        ("يستقبله", "استقبل", Tense.PRESENT),
        ("سيستقبلها", "استقبل", Tense.PRESENT),
        ("وستحتفظ", "احتفظ", Tense.PRESENT),
        ("فوصل", "وصل", Tense.PAST),
        ("قُتل", "قتل", Tense.PAST),
        ("قطروقال", "قال", Tense.PAST),
        ("ليقول", "قال", Tense.PRESENT),
        ("وليصل", "وصل", Tense.PRESENT),
        ("ليؤدي", "أدى", Tense.PRESENT),
        ("لتستقبله", "استقبل", Tense.PRESENT),
        ("سيستمر", "استمر", Tense.PRESENT),
        ("وستستمر", "استمر", Tense.PRESENT),
        ("سآخذ", "أخذ", Tense.PRESENT),
        ("سألهم", "سأل", Tense.PAST),
        ("التقاه", "التقى", Tense.PAST),
        ("رآها", "رأى", Tense.PAST),
        ("أعادها", "أعاد", Tense.PAST),
        ("وأصابه", "أصاب", Tense.PAST),
        ("أجراها", "أجرى", Tense.PAST),
        ("يبدأها", "بدأ", Tense.PRESENT),
    ],
)
def test_a_verb_is_found_with_what_hangs_on_it(word: str, lemma: str, tense: Tense, read: Read) -> None:
    (entry,) = read(word).entries
    assert entry.verb is not None
    assert (entry.verb.lemma.form, entry.verb.tense) == (lemma, tense)


@pytest.mark.parametrize(
    ("word", "lemma", "possessed"),
    [
        ("زيارة", "زيارة", False),
        ("الزيارة", "زيارة", False),
        ("زيارته", "زيارة", True),
        ("زيارتهما", "زيارة", True),
        ("اجتماعاتهم", "اجتماع", True),
        ("بالهجوم", "هجوم", False),
        ("هجومين", "هجوم", False),
        ("للانتخابات", "انتخاب", False),
    ],
)
def test_an_event_noun_is_found_with_what_hangs_on_it(word: str, lemma: str, possessed: bool, read: Read) -> None:  # noqa: FBT001
    (entry,) = read(word).entries
    assert entry.noun is not None
    assert entry.noun.possessed is possessed
    assert entry.noun.lemma.form.startswith(lemma)


@pytest.mark.parametrize("word", ["نتنياهو", "تونس", "نيويورك", "اليابان", "حماس", "تشرين", "أوروبا", "إسرائيل", "زيرة"])
def test_names_are_no_verbs(word: str, read: Read) -> None:
    (entry,) = read(word).entries
    assert entry.verb is None
