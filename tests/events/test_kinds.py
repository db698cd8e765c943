"""The kinds of events: few, grouped, each with examples that the engine reads as such, no word in two, and listed in the docs."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from scripts.kinds import PAGE, page
from timeline import Article, Event, EventKind, Extractor, Lexicon, Publication
from timeline.events.repeats import skeleton
from timeline.text.letters import fold
from timeline.text.vocabulary import Lemma, Vocabulary, load

GROUPS = {"communication", "politics-and-law", "conflict-and-disaster", "economy-and-society", "general"}
PUBLISHED = Publication(at=dt.date(2024, 3, 27), country="EG")
VERBS, NOUNS, KINDS = 1600, 600, range(55, 76)


@pytest.fixture(scope="module")
def lexicon() -> Vocabulary:
    return load(Lexicon.packaged())


@pytest.fixture(scope="module")
def kinds(extractor: Extractor) -> tuple[EventKind, ...]:
    return extractor.event_kinds()


def events(extractor: Extractor, text: str) -> tuple[Event, ...]:
    return extractor.extract(Article(text, PUBLISHED)).events


def test_there_are_few_kinds_in_five_groups(kinds: tuple[EventKind, ...]) -> None:
    assert len(kinds) in KINDS
    assert {kind.group for kind in kinds} == GROUPS


def test_every_kind_has_two_examples_that_are_read_as_such(kinds: tuple[EventKind, ...], extractor: Extractor) -> None:
    assert [kind.name for kind in kinds if len(set(kind.examples)) < 2] == []
    misread = [
        (kind.name, example)
        for kind in kinds
        for example in kind.examples
        if kind.name not in {event.kind for event in events(extractor, example)}
    ]
    assert misread == []


def test_the_lexicon_is_large(lexicon: Vocabulary) -> None:
    assert len({verb.lemma.form for verb in lexicon.verbs.values()}) >= VERBS
    assert len({noun.form for noun in lexicon.nouns.values()}) >= NOUNS


def test_every_word_is_listed_under_its_kind(kinds: tuple[EventKind, ...], lexicon: Vocabulary) -> None:
    words = {kind.name: set(kind.words) for kind in kinds}
    phrases = [phrase.noun for forms in lexicon.phrases.values() for rest in forms.values() for phrase in rest]
    lemmas = [verb.lemma for verb in lexicon.verbs.values()] + [noun for noun in lexicon.nouns.values() if not noun.dated]
    lemmas += [noun for noun in phrases if noun]
    assert {lemma.form for lemma in lemmas if lemma.form not in words[lemma.kind]} == set()
    assert {fold(word) for kind in kinds for word in kind.words} == {fold(lemma.form) for lemma in lemmas}


def test_no_word_is_in_two_kinds(kinds: tuple[EventKind, ...], lexicon: Vocabulary) -> None:
    homographs = Counter(word for kind in kinds for word in kind.words)
    for lemmas in ({verb.lemma for verb in lexicon.verbs.values()}, set(lexicon.nouns.values())):
        assert [form for form, n in Counter(lemma.form for lemma in lemmas).items() if n > 1] == []
    verbs, nouns = ({lemma.form for lemma in group} for group in _lemmas(lexicon))
    assert {word for word, n in homographs.items() if n > 1} <= verbs & nouns  # a verb and a noun that only look alike


def _lemmas(lexicon: Vocabulary) -> tuple[set[Lemma], set[Lemma]]:
    return {verb.lemma for verb in lexicon.verbs.values()}, set(lexicon.nouns.values())


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("زار", "زيارة", True),
        ("هزم", "هزيمة", True),
        ("جرى", "إجراء", False),
        ("أثر", "إثارة", False),
        ("وضع", "ضياع", False),
        ("دل", "أدلى", False),
    ],
)
def test_two_consonants_are_a_family_in_one_kind_only(first: str, second: str, same: bool, lexicon: Vocabulary) -> None:  # noqa: FBT001
    kinds = {lemma.form: lemma.kind for lemmas in _lemmas(lexicon) for lemma in lemmas}
    assert skeleton(first) == skeleton(second)
    assert (kinds[first] == kinds[second]) is same


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/kinds.py"
