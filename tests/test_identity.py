"""What an engine is made of, as a value: it survives JSON, and tells a change that matters from one that does not."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from timeline import ENGINE_VERSION, Article, Extractor, Indexed, Lexicon, LexiconError, Publication, Snapshot, written_words
from timeline.dates.rules import MODULES
from timeline.fingerprints import fingerprints
from timeline.text.words import TOKEN, Lexer

ROOT = Path(__file__).parent.parent
CORPUS = [
    case["text"] for path in sorted((ROOT / "tests/corpus").glob("*.toml")) for case in tomllib.loads(path.read_text())["case"]
]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
PUBLICATION = Publication(country="EG")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Take the snapshot of the engine under test."""
    return Snapshot.of_this_engine()


def test_a_lexicon_is_a_value() -> None:
    packaged = Lexicon.packaged()
    again = Lexicon(packaged.texts)
    assert (again, again.hash, hash(again)) == (packaged, packaged.hash, hash(packaged))
    assert {"calendar.toml", "events/conflict.toml"} <= set(packaged.names)
    other = Lexicon(packaged.texts | {"people.toml": packaged.texts["people.toml"] + "\n"})
    assert other != packaged
    assert other.hash != packaged.hash
    with pytest.raises(LexiconError, match=r"people\.toml: there is no such table"):
        Lexicon({}).table("people.toml")
    with pytest.raises(LexiconError, match=r"people\.toml: "):
        Lexicon({"people.toml": "= no toml"}).table("people.toml")


def test_an_extractor_reads_by_the_lexicon_that_it_is_given(extractor: Extractor) -> None:
    texts = Lexicon.packaged().texts
    texts["events/conflict.toml"] = texts["events/conflict.toml"].replace("'قصف يقصف'", "'شخبط يشخبط', 'قصف يقصف'")
    edited = Extractor(Lexicon(texts))
    article = Article("شخبط الجيش المدينة أمس", PUBLICATION)
    assert [event.kind for event in edited.extract(article).events] != [
        event.kind for event in extractor.extract(article).events
    ]
    assert edited.lexicon_hash == Lexicon(texts).hash != extractor.lexicon_hash == Lexicon.packaged().hash


def test_an_edition_is_hashed_once_however_many_articles_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = Lexicon.packaged().texts
    hashed: list[int] = []

    def digest(parts: Iterable[str]) -> str:
        hashed.append(len(list(parts)))
        return "an edition"

    monkeypatch.setattr("timeline.tables.digest", digest)
    extractor = Extractor(Lexicon(texts))
    found = {extractor.extract(Article(text)).lexicon_hash for text in ("وصل الوفد أمس.", "غادر الوفد اليوم.", "عاد غدا.")}
    assert (found, hashed) == ({"an edition"}, [2 * len(texts)])


def test_a_snapshot_survives_json(snapshot: Snapshot) -> None:
    again = Snapshot.from_json(snapshot.to_json())
    assert (again, again.hash) == (snapshot, snapshot.hash)
    assert snapshot == Snapshot.of_this_engine()
    assert snapshot.version == ENGINE_VERSION
    assert {"dateparser", "python", "tzdata", "unicode"} <= dict(snapshot.packages).keys()
    assert all(dict(snapshot.packages)[name] for name in ("dateparser", "hijri-converter", "tzdata"))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": 1}', '{"format": 99}', '{"format": 1, "rules": 3}'])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="snapshot of an engine"):
        Snapshot.from_json(text)


@pytest.mark.parametrize("field", ["version", "code", "hash", "lexicon", "packages", "rules"])
def test_a_snapshot_that_was_changed_is_refused(snapshot: Snapshot, field: str) -> None:
    row = json.loads(snapshot.to_json())
    row[field] = {"str": "0", "dict": {}, "list": []}[type(row[field]).__name__]
    with pytest.raises(ValueError, match="snapshot of an engine"):
        Snapshot.from_json(json.dumps(row))


def test_every_part_tells_engines_apart(snapshot: Snapshot) -> None:
    others = [
        dataclasses.replace(snapshot, version="0"),
        dataclasses.replace(snapshot, lexicon=Lexicon({})),
        dataclasses.replace(snapshot, rules=snapshot.rules[::-1]),
        dataclasses.replace(snapshot, rules=snapshot.rules[1:]),
        dataclasses.replace(snapshot, code="0"),
        dataclasses.replace(snapshot, packages=snapshot.packages[1:]),
    ]
    assert len({snapshot.hash, *(other.hash for other in others)}) == len(others) + 1


SOURCE = '''
"""A module."""
from timeline.dates.grammar import rule
from other import TAIL, shared
LIMIT = 3  # days
SPARE = 4

def helper(n):
    """Help."""
    return n + LIMIT

@rule("number unit", ("text", "value"))
def first(number, SPARE):
    return helper(number) + SPARE

@rule("unit" + TAIL, ("text", "value"), weak=True)
def second(unit):
    """Say."""
    return unit

@rule("of")
def third(of):
    return first.make(of, 1)
'''
OTHER = "TAIL = ' [aim]'\ndef shared():\n    return 1\n"


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("# days", "# weeks", ""),
        ('"""A module."""', '"""Another."""', ""),
        ('    """Help."""\n', "", ""),
        ('    """Say."""\n', "    # say\n\n", ""),
        ('"number unit", ("text", "value")', '"number unit"', ""),
        ('"number unit"', '"number units"', "first third"),
        ("return unit", "return None", "second"),
        ("weak=True", "weak=False", "second"),
        ("LIMIT = 3", "LIMIT = 4", "first third"),
        ("n + LIMIT", "n - LIMIT", "first third"),
        ("SPARE = 4", "SPARE = 5", ""),  # the parameter of that name is another
        ("def first(number, SPARE)", "def first(number, SPARE=SPARE)", "first third"),
        ("TAIL = ' [aim]'", "TAIL = ''", "second"),
        ("    return 1\n", "    return 2\n", ""),
        ("LIMIT = 3", "print()\nLIMIT = 3", "first second third"),
    ],
)
def test_a_fingerprint_covers_what_a_rule_names(old: str, new: str, changed: str) -> None:
    def of(source: str, other: str) -> dict[str, str]:
        found = fingerprints({"module": source, "other": other})
        return {name: found["module", name] for name in ("first", "second", "third")}

    assert (SOURCE + OTHER).count(old) == 1
    before, after = of(SOURCE, OTHER), of(SOURCE.replace(old, new), OTHER.replace(old, new))
    assert " ".join(name for name in before if before[name] != after[name]) == changed


def test_a_comment_in_a_module_of_rules_changes_nothing_and_a_helper_its_rules(snapshot: Snapshot) -> None:
    sources = {module.__name__: Path(str(module.__file__)).read_text(encoding="utf-8") for module in MODULES}
    days, months = "timeline.dates.rules.days", "timeline.dates.rules.months"
    before = fingerprints(sources)
    assert {
        (f"timeline.dates.rules.{rule.module}", rule.name): rule.fingerprint for rule in snapshot.rules
    }.items() <= before.items()
    assert fingerprints(sources | {days: "# said\n" + sources[days]}) == before
    helped = fingerprints(sources | {days: sources[days].replace("Aim.PAST: -1", "Aim.PAST: -3")})
    changed = {place for place in before if helped[place] != before[place]}
    assert {(days, "WEEKS"), (days, "weekday_of_week"), (months, "day_of_month_from_here")} <= changed
    assert not {(days, "weekday"), (days, "deictic_day"), (months, "full_date")} & changed


def test_the_words_of_an_index_are_those_of_the_text(extractor: Extractor) -> None:
    for text in (*SEEDS, *CORPUS[:50]):
        found = extractor.extract_indexed(Article(text, PUBLICATION))
        assert found == Indexed(extractor.extract(Article(text, PUBLICATION)), written_words(text))
        kept = {token for token in TOKEN.split(text)[1::2] if any(letter.isalnum() for letter in token)}
        assert kept <= set(found.words)
        assert len(set(found.words)) == len(found.words)
    assert written_words("قال، «وقال»\n\n  في 12/3 €.") == ("قال", "وقال", "في", "12", "3", "€")
    assert written_words(" \n ") == ()


@pytest.mark.parametrize("letter", ["ب", "7", "\ufefb", "كَ"])
def test_a_long_word_is_cut_where_the_lexer_reads_no_further(extractor: Extractor, letter: str) -> None:
    lexer = Lexer(extractor._vocabulary, extractor._lexer.symbols)  # noqa: SLF001  what the extractor reads with
    for word in (letter * 61, letter * 500, letter + "ا" * 100 if letter.isalpha() else "1" * 80):
        (cut,) = written_words(word)
        assert len(cut) == 61
        long, short = lexer[word], lexer[cut]
        assert [getattr(long, name) for name in long.__slots__] == [getattr(short, name) for name in short.__slots__]


def test_whatever_the_corpus_holds_has_a_family(extractor: Extractor) -> None:
    seen: set[str] = set()
    for text in (*SEEDS, *CORPUS):
        found = extractor.extract(Article(text, PUBLICATION)).families
        assert list(found) == sorted(set(found))
        seen.update(found)
    assert not {"dates.other", "events.other"} & seen
    assert {"dates.join", "dates.amounts", "dates.coordinate", "dates.beside", "dates.days", "events.politics-and-law"} <= seen


def test_a_timeline_has_the_families_of_its_rules_and_kinds(extractor: Extractor) -> None:
    article = Article("قصف الجيش المدينة صباح أمس الجمعة", PUBLICATION)
    assert extractor.extract(article).families == (
        "dates.days",
        "dates.join",
        "dates.parts",
        "events.conflict-and-disaster",
    )
