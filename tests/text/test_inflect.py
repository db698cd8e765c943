"""Verbs of every root type: forms written by hand are made and read with the tense that they show, and non-forms are not made."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest

from timeline.model import Tense
from timeline.text import inflect
from timeline.text.entries import Symbols
from timeline.text.inflect import Inflector, Rank, forms
from timeline.text.letters import fold, light
from timeline.text.vocabulary import Vocabulary, compile_events
from timeline.text.words import Lexer

Read = Callable[[str], "Reading | None"]
TABLES = resources.files("timeline") / "lexicon" / "events"
IRREGULAR = tomllib.loads((TABLES / "irregular.toml").read_text(encoding="utf-8"))
DOUBLED = {past: key == "true" for key, pasts in IRREGULAR["doubled"].items() for past in pasts}


class Paradigm(NamedTuple):
    """A verb with the forms that were written by hand, each with its tense.

    `read_as` tells which of them are read as forms of which other verb, `unread` which as no verb.
    """

    past: str
    present: str
    alone: tuple[tuple[str, Tense], ...]
    attached: tuple[tuple[str, Tense], ...]
    never: tuple[str, ...]
    read_as: dict[str, str]
    unread: frozenset[str]


class Reading(NamedTuple):
    """The verb that a word is read as: its dictionary form, and the tenses that its form may show."""

    lemma: str
    tenses: frozenset[Tense]


def paradigms() -> list[Paradigm]:
    """Return the verbs of the table."""
    table = tomllib.loads((Path(__file__).parent / "paradigms.toml").read_text(encoding="utf-8"))
    found = []
    for verb, row in table.items():
        past, present = verb.split()
        alone, attached = (
            tuple((form, Tense[key.upper()]) for key in ("past", "present") for form in said.get(key, "").split())
            for said in (row, row.get("attached", {}))
        )
        read_as = {form: other for other, shared in row.get("read_as", {}).items() for form in shared.split()}
        unread = frozenset(row.get("unread", "").split())
        found.append(Paradigm(past, present, alone, attached, tuple(row["never"].split()), read_as, unread))
    return found


PARADIGMS = paradigms()
# What would be a passive, a jussive, a dual, "they" of women, or a verb with a pronoun.
NO_VERBS = (
    "شيء شيئا اثنين آب سيناء ليبرمان لتر لينا لتمضية ليلا ليبيا لبنان بكين دنيا عليا ميلا سيرا دينا وزيرا تكافؤ جنين بنين قوسين عوني "
    "بيئته آثارها التقوى الفتاة تمويلا إعادة إصابة إضافه لتركيا لتنظيم لتطوير لنشر ليون"
)
each_verb = pytest.mark.parametrize("verb", PARADIGMS, ids=[verb.past for verb in PARADIGMS])


def made(past: str, present: str) -> set[tuple[str, Tense]]:
    """Return the folded forms that are made of a verb, those of the table of irregular ones too."""
    found = {(fold(form), tense) for _, form, tense in forms(light(past), present, doubled=DOUBLED.get(past))}
    for tense in (Tense.PAST, Tense.PRESENT):
        found |= {(fold(form), tense) for form in IRREGULAR[tense.name.lower()].get(past, ())}
    return found


def verbs() -> set[tuple[str, str]]:
    """Return past and present of every verb of the lexicon."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in TABLES.iterdir()]
    kinds = [kind for table in tables for kind in table.values() if isinstance(kind, dict)]
    return {(past, present) for kind in kinds for past, present in map(str.split, kind.get("verbs", ()))}


OURS = verbs()


@pytest.fixture(scope="module")
def read_verb(lexicon: Vocabulary) -> Read:
    """Return a function that reads a word as a verb."""
    lexer = Lexer(lexicon, Symbols())

    def read(word: str) -> Reading | None:
        entry = lexer[word]
        if entry.verb is None:
            return None
        return Reading(light(entry.verb.lemma.form), frozenset(verb.tense for verb in (entry.verb, entry.present) if verb))

    return read


def test_the_table_has_every_root_type() -> None:
    assert len(PARADIGMS) >= 130
    assert sum(len(verb.alone) + len(verb.attached) for verb in PARADIGMS) >= 2800


@each_verb
def test_forms_of_a_verb_are_made(verb: Paradigm) -> None:
    assert {(fold(form), tense) for form, tense in verb.alone} - made(verb.past, verb.present) == set()


@each_verb
def test_what_is_no_form_of_a_verb_is_not_made(verb: Paradigm) -> None:
    assert {form for form, _ in made(verb.past, verb.present)} & set(map(fold, verb.never)) == set()


@pytest.mark.parametrize(
    "verb", [verb for verb in PARADIGMS if (verb.past, verb.present) in OURS], ids=lambda verb: f"{verb.past}"
)
def test_forms_of_a_verb_of_the_lexicon_are_read(verb: Paradigm, read_verb: Read) -> None:
    for form, tense in (*verb.alone, *verb.attached):
        found = read_verb(form)
        if form in verb.unread:
            assert found is None, form
        else:
            assert found is not None, form
            assert found.lemma == verb.read_as.get(form, verb.past), form
            assert tense in found.tenses or form in verb.read_as, form


@pytest.mark.parametrize("word", NO_VERBS.split())
def test_a_noun_that_looks_like_a_rare_form_is_no_verb(word: str, read_verb: Read) -> None:
    assert read_verb(word) is None


@each_verb
def test_the_dictionary_forms_come_before_all_others(verb: Paradigm) -> None:
    found = list(forms(verb.past, verb.present, doubled=DOUBLED.get(verb.past)))
    assert found[:2] == [(Rank.HE, verb.past, Tense.PAST), (Rank.HE, verb.present, Tense.PRESENT)]
    assert Rank.HE not in {rank for rank, _, _ in found[2:]}


def test_verbs_of_one_shape_inflect_as_each_does_alone() -> None:
    inflector = Inflector()
    for past, present in [(light(past), present) for past, present in verbs()]:
        for doubled in {None, DOUBLED.get(past), True}:
            cells: list[list[str]] = [[] for _ in range(2 * len(Rank))]
            for rank, form, tense in forms(past, present, doubled=doubled):
                cells[2 * rank + (tense is Tense.PRESENT)].append(form)
            assert inflector.cells(past, present, doubled=doubled) == ["\n".join(cell) for cell in cells], past


def test_no_rule_tells_the_letters_apart_that_a_shape_leaves_open() -> None:
    """Each verb with its other letters exchanged, as كتب for قبل, has the forms of that verb with the same exchanged."""
    others = sorted({letter for verb in verbs() for letter in "".join(verb)} - inflect._ASKED - {" "})  # noqa: SLF001
    assert len(others) > 15
    exchanged = str.maketrans(dict(zip(others, others[1:] + others[:1], strict=True)))
    for past, present in verbs():
        plain = [(rank, form.translate(exchanged), tense) for rank, form, tense in forms(light(past), present)]
        assert list(forms(light(past).translate(exchanged), present.translate(exchanged))) == plain, past


def test_a_form_that_verbs_share_is_the_more_frequent_ones(read_verb: Read) -> None:
    found = read_verb("يقرر")  # "he decides", not the jussive of أقر
    assert found is not None
    assert found.lemma == "قرر"


def test_past_and_present_of_a_verb_agree() -> None:
    assert [(past, present) for past, present in verbs() if _root(past) != _root(present[1:]) or present[0] not in "يت"] == []


def test_the_lexicon_has_the_verbs_of_news() -> None:
    assert len({light(past) for past, _ in verbs()}) >= 1_600


def test_what_is_irregular_is_of_verbs_of_the_lexicon() -> None:
    faults: list[str] = []
    compile_events([], {}, {}, faults, {"rare": ["كتب"], "doubled": {"true": ["قرأ"]}, "past": {"رأى": ["رآه"]}})
    assert len(faults) == 3


def _root(stem: str) -> str:
    """Return the letters of a stem that stay the same whatever its tense: all but the weak ones and hamzas."""
    return re.sub("[اويءئؤ]", "", fold(stem))
