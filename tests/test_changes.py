"""Articles whose answer differs between two engines are always among those that are read anew, and these are few for a small change."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import random
import statistics
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.editions import edition
from timeline import Article, Changes, Extractor, Lexicon, Publication, Snapshot, Timeline, written_words
from timeline.dates.grammar import Rule, rules_of
from timeline.dates.rules import MODULES
from timeline.identity import RuleMark

CORPUS = Path(__file__).parent / "corpus"
PUBLICATION = Publication(at=dt.date(2024, 3, 27), country="EG")
RULES = rules_of(MODULES)
EDITIONS, SENTENCES = 6, 20
FEW = 0.15


def texts() -> list[str]:
    """Return the articles of the corpus, then its sentences."""
    rows = [json.loads(row) for path in sorted(CORPUS.glob("articles/*.jsonl")) for row in path.read_text().splitlines()]
    cases = [case for path in sorted(CORPUS.glob("*.toml")) for case in tomllib.loads(path.read_text())["case"]]
    seeds = [path.read_text(encoding="utf-8") for path in sorted((CORPUS.parent.parent / "seeds").glob("*.txt"))]
    return [*seeds, *(row["text"] for row in rows), *(case["text"] for case in cases if case["text"].strip())]


class Archive:
    """Texts with the index of their words, and what an engine answers for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.articles = [Article(text, PUBLICATION) for text in texts]
        words = [written_words(text) for text in texts]
        self.vocabulary = sorted(frozenset().union(*words))
        number = {word: n for n, word in enumerate(self.vocabulary)}
        self.index = [[number[word] for word in found] for found in words]

    def answers(self, extractor: Extractor) -> list[Timeline]:
        """Return the timeline of every text, without the name of the lexicon."""
        return [extractor.extract(article)._replace(lexicon_hash="") for article in self.articles]

    def touched(self, old: Snapshot, new: Snapshot) -> list[bool]:
        """Tell which texts a change touches, that of everything left out."""
        changes = Changes(old, new)
        assert changes.everything == ""
        return changes.touched(self.index, self.vocabulary)

    def missed(self, old: Sequence[Timeline], new: Sequence[Timeline], touched: Sequence[bool]) -> list[str]:
        """Return the texts whose answers differ and that are not touched."""
        rows = zip(self.articles, old, new, touched, strict=True)
        return [article.text for article, before, after, again in rows if before != after and not again]


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Return some of the articles and of the sentences of the corpus."""
    found = texts()
    return Archive([*found[:30:2], *found[30::SENTENCES]])


@pytest.fixture(scope="module")
def answers(archive: Archive, extractor: Extractor) -> list[Timeline]:
    """Return what the engine as it is says of them."""
    return archive.answers(extractor)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Return the engine as it is."""
    return Snapshot.of_this_engine()


def edited(snapshot: Snapshot, name: str, *pairs: tuple[str, str]) -> Snapshot:
    """Return a snapshot with another table."""
    table = snapshot.lexicon.texts[name]
    for old, new in pairs:
        assert old in table
        table = table.replace(old, new, 1)
    return dataclasses.replace(snapshot, lexicon=Lexicon(snapshot.lexicon.texts | {name: table}))


def test_the_same_engine_touches_nothing(archive: Archive, snapshot: Snapshot) -> None:
    assert not any(archive.touched(snapshot, Snapshot.from_json(snapshot.to_json())))
    assert not any(archive.touched(dataclasses.replace(snapshot, version="0"), snapshot))
    commented = edited(snapshot, "calendar.toml", ("[", "# said\n["))
    assert not any(archive.touched(commented, snapshot))


def test_no_article_that_differs_is_missed(archive: Archive, answers: list[Timeline], snapshot: Snapshot) -> None:
    chance = random.Random(7)  # noqa: S311  the same edits every time
    words = [word for article in archive.articles[:15] for word in article.text.split() if word.isalpha()]
    shares, differing = [], 0
    for n in range(EDITIONS):
        edit, lexicon, extractor = edition(chance, words)
        other = dataclasses.replace(snapshot, lexicon=lexicon)
        anew = archive.answers(extractor)
        touched = archive.touched(snapshot, other) if n % 2 else archive.touched(other, snapshot)
        assert not archive.missed(answers, anew, touched), (edit, Changes(snapshot, other).words)
        shares.append(sum(touched) / len(touched))
        differing += answers != anew
    assert differing >= EDITIONS // 4
    assert statistics.median(shares) < FEW


def test_a_rare_word_touches_its_articles_only(archive: Archive, snapshot: Snapshot) -> None:
    texts = ["شخبط العمال الطريق أمس", "وسيشخبطون طرقا", "قال الوزير", "رصيف الميناء", "قصف الجيش المدينة أمس"]
    some = Archive(texts)
    with_verb = edited(snapshot, "events/general.toml", ("verbs = [", "verbs = ['شخبط يشخبط', "))
    changes = Changes(snapshot, with_verb)
    assert changes.touched(some.index, some.vocabulary) == [True, True, False, False, False]
    assert not any(changes.touched(archive.index, archive.vocabulary))
    (line,) = changes.words
    assert line.startswith("+ events/general.toml ")
    assert (changes.everything, changes.rules) == ("", ())


def test_a_phrase_touches_articles_with_all_its_words(snapshot: Snapshot) -> None:
    texts = ["في صحيفة الأيام السبع", "السبع وصحيفة الأيام", "الأيام السبع", "صحيفة الأيام"]
    with_name = edited(snapshot, "names.toml", ("NAME = [", "NAME = ['صحيفة الأيام السبع', "))
    assert Archive(texts).touched(snapshot, with_name) == [True, True, False, False]
    with_place = edited(snapshot, "places.toml", ("names = [", "names = ['رام الأيام', "))
    assert Archive(["إلى رام الله", "ولرام الأيام", "الأيام"]).touched(with_place, snapshot) == [False, True, False]


def test_the_weight_of_a_kind_touches_its_words(snapshot: Snapshot) -> None:
    lighter = edited(snapshot, "salience.toml", ("\nattack = ", "\nattack = 0.0 # "))
    assert Archive(["قصف الجيش المدينة", "قال الوزير"]).touched(lighter, snapshot) == [True, False]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("explanations.toml", 'en = "', 'en = "Said: '),
        ("countries.toml", "zone = ", "hijri = true\nzone = "),
        ("salience.toml", "headline = ", "headline = 0.01 # "),
        ("connectives.toml", "'؟'", "'§'"),
        ("connectives.toml", "[", "[nothing]\nNOTHING = ['x']\n["),
        ("fresh.toml", "", "word = 1"),
    ],
)
def test_what_no_word_tells_touches_everything(snapshot: Snapshot, name: str, old: str, new: str) -> None:
    table = snapshot.lexicon.texts.get(name, "")
    assert old in table
    other = dataclasses.replace(snapshot, lexicon=Lexicon(snapshot.lexicon.texts | {name: table.replace(old, new, 1)}))
    changes = Changes(other, snapshot)
    assert changes.everything
    assert changes.touched([[0], []], ["كلمة"]) == [True, True]


def test_other_code_packages_or_order_touch_everything(snapshot: Snapshot) -> None:
    others = {
        "code": dataclasses.replace(snapshot, code="0"),
        "dateparser": dataclasses.replace(snapshot, packages=(("dateparser", "0"), *snapshot.packages[1:])),
        "order": dataclasses.replace(snapshot, rules=(*snapshot.rules[5:], *snapshot.rules[:5])),
    }
    for word, other in others.items():
        assert word in Changes(other, snapshot).everything


def without(snapshot: Snapshot, out: set[str]) -> tuple[Snapshot, Extractor]:
    """Return an engine that lacks some rules."""
    rules = tuple(rule for rule in snapshot.rules if rule.name not in out)
    return dataclasses.replace(snapshot, rules=rules), Extractor(rules=tuple(rule for rule in RULES if rule.name not in out))


def test_no_article_is_missed_for_rules_that_are_new_or_gone(
    archive: Archive, answers: list[Timeline], snapshot: Snapshot
) -> None:
    chance = random.Random(3)  # noqa: S311  the same rules every time
    shares = []
    for n, size in enumerate((1, 1, 1, len(RULES) // 2)):
        lacking, extractor = without(snapshot, {rule.name for rule in chance.sample(RULES, size)})
        anew = archive.answers(extractor)
        touched = archive.touched(snapshot, lacking) if n % 2 else archive.touched(lacking, snapshot)
        assert not archive.missed(answers, anew, touched), Changes(snapshot, lacking).rules
        if size == 1:
            shares.append(sum(touched) / len(touched))
    assert statistics.median(shares) < FEW


@pytest.mark.parametrize("rule", RULES[1::66], ids=lambda rule: rule.name)
def test_a_changed_rule_touches_whatever_it_found(
    archive: Archive, answers: list[Timeline], snapshot: Snapshot, rule: Rule
) -> None:
    def other(mark: RuleMark) -> RuleMark:
        return mark._replace(fingerprint="0") if mark.name == rule.name else mark

    changed = dataclasses.replace(snapshot, rules=tuple(map(other, snapshot.rules)))
    touched = archive.touched(changed, snapshot)
    found = [any(time.rule.partition("+")[0] == rule.name for time in answer.times) for answer in answers]
    assert not [answer for answer, fired, again in zip(answers, found, touched, strict=True) if fired and not again]
    assert touched != [True] * len(touched)
    (line,) = Changes(changed, snapshot).rules
    assert line.startswith("~ ")
    assert line.endswith(f".{rule.name}")
