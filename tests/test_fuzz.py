"""No text breaks the engine: neither words thrown together, nor sentences with letters lost, doubled, swapped and glued."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Extractor, Interval, InvalidArticle, Publication, Timeline

ROOT = Path(__file__).parent.parent
SENTENCES: list[str] = [
    case["text"]
    for path in sorted((ROOT / "tests" / "corpus").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
SPOKEN = sorted({word for sentence in SENTENCES for word in sentence.split()})
PUBLICATIONS = (
    Publication(at=dt.datetime(2024, 3, 27, 20, tzinfo=ZoneInfo("Africa/Cairo")), country="EG"),
    Publication(at=dt.date(2034, 1, 1), country="SA"),
    Publication(country="TN"),
    None,
)
SLOW = 2.0  # processor seconds that no text of these sizes may take
ALONE = 0.15  # what the work of `busy` takes in a quiet moment of a machine of 2026 (.12 to .24 within minutes)
SEEDS = range(9)
TEXTS = 1000
LONG_TEXTS = 25
LONG = 50_000  # code points


def forms(name: str) -> list[str]:
    """Return the words of one file of the lexicon."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            found.extend(map(str, node))

    walk(tomllib.loads((ROOT / "timeline" / "lexicon" / f"{name}.toml").read_text(encoding="utf-8")))
    return found


TIME_WORDS = [word for name in ("calendar", "relative", "numbers", "particles", "connectives") for word in forms(name)]
MARKS = [*"«»“”\"'()[]{}:؛،.؟!?/\\-–—…٪%*_=|", "...", ". ", "، ", " / "]
CONTROLS = [
    *"\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2067\u2069\u200c\u200d\ufeff",  # directions, joiners, a mark of byte order
    *"\xa0\u2009\u202f\u3000\t\r\n\x0b\x85\u2028\u2029\x00",  # spaces and ends of lines
    *"\u0640\u064b\u064e\u064f\u0650\u0651\u0652\u0670",  # tatweel, tashkil
    "ﻻ",
    "ﷺ",
    "\ud800",
]
LATIN = ["March", "12 mars", "Reuters", "pm", "H", "GMT", "Covid-19", "a", "Z", "É"]
CLITICS = ["و", "ف", "ب", "ل", "ك", "س", "ال", "لل", "بال", "والـ", "الـ"]
DIGITS = ("", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def figures(random: Random) -> str:
    """Return a number, a date or a clock time, possible or not, in one of three scripts."""
    year = random.randrange(1, 3000)
    written = random.choice(
        (
            str(random.randrange(1, 10 ** random.randrange(1, 25))),
            str(random.randrange(1, 40)),
            str(year),
            f"{random.randrange(1, 40)}/{random.randrange(1, 15)}/{year}",
            f"{year}-{random.randrange(1, 15):02}-{random.randrange(1, 40):02}",
            f"{random.randrange(30)}:{random.randrange(70):02}",
            f"{random.randrange(1300, 1500)}هـ",
        )
    )
    digits = random.choice(DIGITS)
    return written.translate(str.maketrans("0123456789", digits)) if digits else written


PIECES: tuple[Callable[[Random], str], ...] = (
    *(lambda random: random.choice(TIME_WORDS),) * 4,
    *(lambda random: random.choice(SPOKEN),) * 2,
    figures,
    lambda random: random.choice(MARKS),
    lambda random: random.choice(CONTROLS),
    lambda random: random.choice((*LATIN, *CLITICS)),
)


def words(random: Random, most: int) -> str:
    """Return up to so many pieces, most of them apart."""
    return "".join(
        random.choice(PIECES)(random) + random.choice(("", " ", " ", " ", "\n")) for _ in range(random.randrange(1, most + 1))
    )


def worn(random: Random, sentence: str) -> str:
    """Return a sentence that a few accidents befell."""
    for _ in range(random.randrange(1, 9)):
        at = random.randrange(len(sentence) + 1)
        end = at + random.randrange(1, 12)
        head, cut, tail = sentence[:at], sentence[at:end], sentence[end:]
        match random.randrange(6):
            case 0:  # lost
                sentence = head + cut[1:] + tail
            case 1:  # doubled
                sentence = head + cut * 2 + tail
            case 2:  # swapped
                sentence = head + cut[::-1] + tail
            case 3:  # glued
                sentence = head + cut.replace(" ", "") + tail
            case 4:  # something in between
                sentence = head + random.choice(PIECES)(random) + cut + tail
            case _:  # cut off
                sentence = head + cut
    return sentence


def any_text(random: Random) -> str:
    """Return a short text of one sort or another."""
    match random.randrange(4):
        case 0:
            return words(random, 30)
        case 1:
            return worn(random, random.choice(SENTENCES))
        case 2:
            return " ".join(worn(random, random.choice(SENTENCES)) for _ in range(4))
        case _:
            return random.choice(SENTENCES) + words(random, 4) + random.choice(SENTENCES)


def read(extractor: Extractor, text: str, publication: Publication | None) -> Timeline | None:
    """Return the timeline, None where the text is refused, which only a blank one may be."""
    begin = time.process_time()
    try:
        found = extractor.extract(Article(text, publication))
    except InvalidArticle:
        assert not text.strip()
        return None
    taken = time.process_time() - begin
    assert taken < SLOW or taken < SLOW * busy()
    return found


def busy() -> float:
    """Return how many times as long as alone this machine takes for some work just now: its cores may have others to serve."""

    def seconds() -> float:
        begin = time.process_time()
        found: dict[str, int] = {}
        for number in range(200_000):
            found[str(number % 5000)] = found.get(str(number % 5000), 0) + len("x" * (number % 7))
        return time.process_time() - begin

    return max(1.0, min(seconds() for _ in range(3)) / ALONE)


def check(text: str, found: Timeline) -> None:
    """Check spans, their order and every interval."""
    for expression in found.times:
        assert expression.text == text[expression.span.start : expression.span.end] != ""
    assert all(before.span.end <= after.span.start for before, after in pairwise(found.times))
    for event in found.events:
        assert event.clause.start <= event.trigger.start < event.trigger.end <= event.clause.end
        assert event.text == text[event.clause.start : event.clause.end]
        assert all(part.text == text[part.span.start : part.span.end] != "" for part in event.participants)
    assert all(before.trigger.end <= after.trigger.start for before, after in pairwise(found.events))
    for start, end in intervals(found):
        assert start is not None or end is not None
        assert start is None or end is None or start < end


def intervals(found: Timeline) -> list[Interval]:
    """Return every interval of an answer."""
    options = [option.interval for expression in found.times for option in expression.alternatives]
    bounds = [*(time.interval for time in found.times), *options, *(event.interval for event in found.events)]
    return [interval for interval in (*bounds, *(item.interval for item in found.items)) if interval is not None]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_short_text_breaks_it(seed: int, extractor: Extractor) -> None:
    random = Random(seed)  # noqa: S311  the same texts each time
    for number in range(TEXTS):
        text, publication = any_text(random), random.choice(PUBLICATIONS)
        found = read(extractor, text, publication)
        if found is not None:
            check(text, found)
            assert number % 4 or extractor.extract(Article(text, publication)) == found


@pytest.mark.parametrize("seed", range(2))
def test_no_long_text_breaks_it(seed: int, extractor: Extractor) -> None:
    random = Random(seed)  # noqa: S311  the same texts each time
    for _ in range(LONG_TEXTS):
        some = [words(random, 6) for _ in range(random.choice((1, 1, 2, 5)))]
        length = sum(map(len, some))
        text = (
            "".join(piece * (LONG // length) for piece in some) if random.random() < 0.5 else "".join(some) * (LONG // length)
        )
        found = read(extractor, text, random.choice(PUBLICATIONS))
        if found is not None:
            check(text, found)
