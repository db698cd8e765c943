"""Texts to break a server with: our own sentences and articles, and what may become of them. The same Random gives the same text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent.parent
KB = 1024
LARGEST = KB * KB
"""Bytes of the largest text that a server takes."""


def _forms(name: str) -> list[str]:
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


SENTENCES = [
    str(case["text"])
    for path in sorted((ROOT / "tests" / "corpus").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
ARTICLES: list[str] = [
    *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))),
    *(
        str(json.loads(line)["text"])
        for line in (ROOT / "tests" / "corpus" / "articles" / "developed.jsonl").read_text(encoding="utf-8").splitlines()
    ),
]
SPOKEN = sorted({word for sentence in SENTENCES for word in sentence.split()})
TIME_WORDS = [word for name in ("calendar", "relative", "numbers", "particles", "connectives") for word in _forms(name)]
OPENING = ("«", '"', "(", "[", "{", "“", "'", "‹", "﴾", "（", "<", "「")
CLOSING = ("»", '"', ")", "]", "}", "”", "'", "›", "﴿", "）", ">", "」")
MARKS = [*OPENING, *CLOSING, *":؛،.؟!?/\\-–—…٪%*_=|#@&~`^+", "...", "\n\n", "\r\n", "\t"]
BIDI = [*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
UNSEEN = [
    *"\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2061\u206a\ufe0f\ufeff\ufff9\U000e0001\U000e0061\x00\x01\x1b\x7f\x85"
]
MARKED = [*"\u0640\u064b\u064e\u064f\u0650\u0651\u0652\u0670\u06d6\u0301\u20dd"]
ODD = [
    "ﻻ",
    "ﷺ",
    "ﷲ",
    "ﺏ",
    "٪",
    "ـ",
    "ۀ",
    "ی",
    "ک",
    "𞸀",
    "İ",
    "ß",
    "ŉ",
    "ﬀ",
    "\u1e9e",
    "👨‍👩‍👧‍👦",
    "🇪🇬",
    "\ufffd",
    "\uffff",
    "\U0010ffff",
]
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
SPACES = [*" \xa0\u1680\u2003\u2009\u202f\u205f\u3000\u2028\u2029\x0b\x0c\n"]
PLANES = range(17)


def any_letter(random: Random) -> str:
    """Return a code point of any plane, assigned or not, that UTF-8 can hold."""
    point = (random.choice(PLANES) << 16) | random.randrange(1 << 16)
    return "\ufffd" if 0xD800 <= point <= 0xDFFF else chr(point)


def figures(random: Random) -> str:
    """Return a number, a date or a clock time, possible or not, in one of several scripts."""
    a, b, year = random.randrange(40), random.randrange(70), random.choice((random.randrange(3000), random.randrange(10**9)))
    length = random.choice((1, 2, 4, 9, 19, 40, 400))
    sign = random.choice("/-.:\\–")
    written = random.choice(
        (
            random.choice(DIGITS[0]) * length,
            f"{a}{sign}{b}{sign}{year}",
            f"{year}{sign}{b}{sign}{a}",
            f"{a}:{b}:{b}",
            f"{year}هـ",
            f"{a}.{b}٪",
            f"{a}{sign}{a}",
        )
    )
    return written.translate(str.maketrans(DIGITS[0], random.choice(DIGITS)))


PIECES: tuple[Callable[[Random], str], ...] = (
    *(lambda random: random.choice(TIME_WORDS),) * 3,
    *(lambda random: random.choice(SPOKEN),) * 2,
    *(any_letter, figures) * 2,
    lambda random: random.choice(MARKS),
    lambda random: random.choice(BIDI) * random.choice((1, 1, 2, 70)),
    lambda random: random.choice(UNSEEN),
    lambda random: random.choice(MARKED) * random.choice((1, 2, 30)),
    lambda random: random.choice(ODD),
    lambda random: random.choice(SPACES),
    lambda random: random.choice(OPENING) * random.choice((1, 2, 50)),
)


def piece(random: Random) -> str:
    """Return a few characters of one sort or another."""
    return random.choice(PIECES)(random)


def _lost(random: Random, head: str, cut: str, tail: str) -> str:
    return head + cut[random.randrange(len(cut) + 1) :] + tail


def _repeated(random: Random, head: str, cut: str, tail: str) -> str:
    return head + cut * random.choice((2, 2, 3, 20)) + tail


def _swapped(_: Random, head: str, cut: str, tail: str) -> str:
    return tail + cut[::-1] + head


def _glued(_: Random, head: str, cut: str, tail: str) -> str:
    return head + cut.replace(" ", "") + tail


def _inserted(random: Random, head: str, cut: str, tail: str) -> str:
    return head + piece(random) + cut + tail


def _ended(_: Random, head: str, cut: str, __: str) -> str:
    return head + cut


def _sprinkled(random: Random, head: str, cut: str, tail: str) -> str:
    unseen: str = random.choice(BIDI + UNSEEN + MARKED)
    return head + unseen.join(cut) + tail


def _nested(random: Random, head: str, cut: str, tail: str) -> str:
    k, depth = random.randrange(len(OPENING)), random.choice((1, 3, 40, 200))
    return head + OPENING[k] * depth + cut + CLOSING[k] * random.choice((depth, 0, 1)) + tail


def _scripted(random: Random, head: str, cut: str, tail: str) -> str:
    digits: dict[int, int] = str.maketrans(DIGITS[0], random.choice(DIGITS))
    return (head + cut + tail).translate(digits)


def _grown(random: Random, head: str, cut: str, tail: str) -> str:
    return head + random.choice(cut or "ال") * random.choice((5, 100, 1000)) + cut + tail


CHANGES: tuple[Callable[[Random, str, str, str], str], ...] = (
    _lost,
    _repeated,
    _swapped,
    _glued,
    *(_inserted,) * 3,
    _ended,
    _sprinkled,
    _nested,
    _scripted,
    _grown,
)
"""What may befall a text, given in three parts: usually the middle one."""


def small(random: Random) -> str:
    """Return a text of some hundred bytes."""
    if random.random() < 0.2:
        apart = ("", " ", " ", " ", "\n")
        text = "".join(piece(random) + random.choice(apart) for _ in range(random.randrange(1, 40)))
    else:
        text = " ".join(random.choice(SENTENCES) for _ in range(random.choice((1, 1, 1, 2, 3))))
    for _ in range(random.randrange(7)):
        at = random.randrange(len(text) + 1)
        end = at + random.choice((1, 5, 20, 200))
        text = random.choice(CHANGES)(random, text[:at], text[at:end], text[end:])
    return fitting(text, 8 * KB)


def large(random: Random, size: int) -> str:
    """Return a text of about so many bytes: a few patterns over and over, real news between them, or marks that nest."""
    match random.randrange(5):
        case 0:
            unit = random.choice([*TIME_WORDS, *DIGITS[0], *MARKS, *BIDI, *UNSEEN, *MARKED, "و", "ال"])
            return _filled(unit + random.choice(("", " ", "\n")), size)
        case 1:
            units = [
                "".join(piece(random) for _ in range(random.randrange(1, 7))) + " " for _ in range(random.choice((1, 2, 5)))
            ]
            return "".join(_filled(unit, size // len(units)) for unit in units)
        case 2:
            k = random.randrange(len(OPENING))
            side = size // 3 // len(OPENING[k].encode())
            return OPENING[k] * side + _filled(random.choice(SENTENCES) + " ", size // 3) + CLOSING[k] * side
        case 3:
            return _filled(small(random) + "\n", size)
        case _:
            parts: list[str] = []
            while sum(map(len, parts)) < size // 2:
                parts.append(random.choice((random.choice(ARTICLES), small(random))))
            return fitting("\n".join(parts), size)


def _filled(unit: str, size: int) -> str:
    return unit * max(1, size // len(unit.encode()))


def fitting(text: str, size: int) -> str:
    """Return what of a text fits into so many bytes."""
    data = text.encode()
    return text if len(data) <= size else data[:size].decode(errors="ignore")
