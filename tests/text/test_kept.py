"""The kept vocabulary is the compiled one, and is kept and used only where it may be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline import Article, Extractor, Publication
from timeline.tables import Lexicon
from timeline.text import kept, vocabulary
from timeline.text.vocabulary import Vocabulary

TEXT = "قال الوزير إن الحكومة ستوقع الاتفاق في الثالث من مايو المقبل، بعد أن أجرى الوفد مباحثات يوم الخميس الماضي."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have Python keep what it compiles in an empty folder, and return that."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the hash of each lexicon is added to when it is compiled."""
    found: list[str] = []
    load = vocabulary.load

    def noted(lexicon: Lexicon) -> Vocabulary:
        found.append(lexicon.hash)
        return load(lexicon)

    monkeypatch.setattr(vocabulary, "load", noted)
    return found


def files(folder: Path) -> list[Path]:
    """Return what is kept of the lexicon in a folder or below it, whole or in part."""
    return list(folder.rglob("lexicon.*"))


def test_what_is_kept_is_what_is_compiled(folder: Path, compiled: list[str]) -> None:
    packaged = Lexicon.packaged()
    first, second = kept.load(packaged), kept.load(packaged)
    assert compiled == [packaged.hash]
    assert len(files(folder)) == 1
    assert first is not second
    for name, made, taken in zip(Vocabulary._fields, first, second, strict=True):
        if name != "nominals":
            assert taken == made, name
        if isinstance(made, dict) and isinstance(taken, dict):
            assert list(taken) == list(made), name  # in the same order
    assert second.nominals.forms == first.nominals.forms
    assert second.nominals.several == first.nominals.several


def test_an_engine_with_it_reads_as_one_without(folder: Path, compiled: list[str]) -> None:
    article = Article(TEXT, Publication(country="EG"))
    answers = [Extractor(edition).extract(article) for edition in (None, None, Lexicon.packaged())]
    assert len(compiled) == 2
    assert len(files(folder)) == 1
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0].events) > 2


def test_another_edition_neither_takes_nor_leaves_it(folder: Path, compiled: list[str]) -> None:
    Extractor()
    (file,) = files(folder)
    before = file.read_bytes()
    texts = Lexicon.packaged().texts
    edition = Lexicon(texts | {"salience.toml": texts["salience.toml"] + "\n# another\n"})
    Extractor(edition)
    assert compiled == [Lexicon.packaged().hash, edition.hash]
    assert (files(folder), file.read_bytes()) == ([file], before)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"0" * 16 + data[16:],  # made of something else
        lambda data: data.partition(b"\n")[0],
    ],
)
def test_what_is_not_whole_or_was_made_of_something_else_is_made_anew(
    folder: Path, compiled: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    packaged = Lexicon.packaged()
    kept.load(packaged)
    (file,) = files(folder)
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    kept.load(packaged)
    assert len(compiled) == 2
    assert files(folder) == [file]
    kept.load(packaged)
    assert len(compiled) == 2


def test_it_is_made_anew_where_a_table_or_the_code_is_another(
    folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = Lexicon.packaged().texts
    for name in ("calendar.toml", "events/conflict.toml"):
        kept.load(Lexicon(texts | {name: texts[name] + "\n# another\n"}))
    assert len(set(compiled)) == 2
    monkeypatch.setattr(kept, "_MADE_BY", ("text/*.py",))
    kept.load(Lexicon(texts))
    assert len(compiled) == 3
    assert len(files(folder)) == 1


def test_nothing_is_kept_where_python_may_not(
    folder: Path, tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.load(Lexicon.packaged())
    assert files(folder) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))  # a folder that cannot be
    kept.load(Lexicon.packaged())
    monkeypatch.setattr(kept, "_TEXT", tmp_path / "archive.zip" / "timeline" / "text")  # no folder at all
    kept.load(Lexicon.packaged())
    assert len(compiled) == 3
    assert files(folder) == []
