"""Inflection: from a verb's past and present (third person masculine singular) to the forms that occur in news.

Unvocalised, so active and passive differ only where the letters do. A verb has for each voice a perfect and an imperfect; each of
these has the stem of "he", on which most endings are put, and a short one, which endings that begin with a consonant take (قال: قلت)
and, in the imperfect, the jussive (يقول: يقل). Hamzas are written as most writers do, and also where many differ (بدأوا, بدؤوا).
Source: any reference grammar; e.g. Ryding, A Reference Grammar of Modern Standard Arabic, chapters 21-33.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from timeline.model import Tense


class Rank(enum.IntEnum):
    """How frequent a form is in news among the forms of its verb, the most frequent first."""

    HE = 0
    SHE = 1
    THEY = 2
    BOTH = 3  # the duals, and "we" and "I"
    OTHER = 4


Form = tuple[Rank, str, Tense]
_HE, _SHE, _THEY, _BOTH, _OTHER = Rank
_PAST, _PRESENT = Tense.PAST, Tense.PRESENT
_WEAK = "اىيو"
_SEATS = {"ا": "أ", "و": "ؤ", "ي": "ئ"}  # of a hamza after the short vowel that a long one becomes


def forms(past: str, present: str, *, doubled: bool | None = None) -> Iterator[Form]:
    """Yield every form of a verb with its rank and the tense that it shows by itself: PAST for perfect, PRESENT for imperfect.

    `doubled` says whether the last letter stands for two, where the shape of the verb does not tell (استمر, but استمع).
    """
    if doubled is None:
        doubled = is_doubled(past, present)
    hollow = _is_hollow(past, present)
    yield _HE, past, _PAST
    yield _HE, present, _PRESENT
    short = _short_perfect(past, present, doubled=doubled, hollow=hollow)
    yield from _perfect(past, short, _SHE)
    passive = _passive_perfect(past, present, hollow=hollow)
    if passive:
        yield _THEY, passive, _PAST
        yield from _perfect(passive, short if hollow else passive, _THEY)
    rest = present[1:]
    yield from _imperfect(rest, _SHE, doubled=doubled, hollow=hollow)
    for stem, rank in ((rest, _BOTH), (_short_imperfect(rest, doubled=doubled, hollow=hollow), _OTHER)):
        yield rank, "ن" + stem, _PRESENT
        yield rank, "آ" + stem[1:] if stem[0] == "أ" else "أ" + stem, _PRESENT
    if past[0] == "آ":
        yield _OTHER, "أو" + rest[1:], _PRESENT  # أومن, beside أؤمن
    passive = _passive_imperfect(past, rest, hollow=hollow)
    if passive:
        yield _THEY, "ي" + passive, _PRESENT
        yield from _imperfect(passive, _THEY, doubled=False, hollow=hollow)


class Inflector:
    """Inflects many verbs. Those that differ in letters only that no rule asks for (كتب يكتب, جلب يجلب) are inflected once."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[str, bool | None], str] = {}

    def cells(self, past: str, present: str, *, doubled: bool | None = None) -> list[str]:
        """Return the forms, a line each: for each rank in turn those that show the past, then those that show the present."""
        letters = dict.fromkeys(past + present)
        others = list(zip((letter for letter in letters if letter not in _ASKED), _PLACES, strict=False))
        shape = f"{past} {present}"
        for letter, place in others:
            shape = shape.replace(letter, place)
        found = self._shapes.get((shape, doubled))
        if found is None:
            found = self._shapes[shape, doubled] = _CELL.join(_cells(*shape.split(" "), doubled=doubled))
        for letter, place in others:
            found = found.replace(place, letter)
        return found.split(_CELL)


_ASKED = frozenset("اىيوأآءؤئتنطس")
"""The letters that the rules of this module ask for. The others mean nothing to them but which of them are the same."""
_PLACES = tuple(map(chr, range(0xE000, 0xE040)))  # of private use: no verb has one, nor so many letters
_CELL = "\f"


def _cells(past: str, present: str, *, doubled: bool | None) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(2 * len(Rank))]
    for rank, form, tense in forms(past, present, doubled=doubled):
        cells[2 * rank + (tense is _PRESENT)].append(form)
    return list(map("\n".join, cells))


def is_doubled(past: str, present: str) -> bool:
    """Tell by a verb's shape whether its last letter stands for two: مد, أعد, انضم, احتل, استعد."""
    if past[-1] in _WEAK or past[-2] == "ا":
        return False
    match len(past):
        case 2:
            return True
        case 3:
            return past[0] == "أ" and present[1:] == past[1:]
        case 4:
            return past[0] == "ا" and (past[1] == "ن" or past[2] in "تط")
        case 5:
            return past.startswith("است")
    return False


def _is_hollow(past: str, present: str) -> bool:
    """Tell whether the long vowel before the last letter is the root's own: قال, أدان, استقال, not فعال shapes or تضاد."""
    return past[-2] == "ا" and past[-1] not in _WEAK and present[-2] in _SEATS and not (past[0] == "ت" and len(past) == 4)


def _perfect(he: str, short: str, rank: Rank) -> Iterator[Form]:
    """Yield the perfect of one voice but for its "he"; `rank` is that of "she".

    Left out are forms that in news are nouns: the dual of a short passive (ميتا, سيرا) and "they" of women of جرى and its like (جرين).
    """
    last, body = he[-1], he[:-1]
    weak = last in "اىي"
    active = rank is _SHE
    stem = body if last in "اى" else _before_vowel(he)
    yield rank, stem + "ت", _PAST
    for plural in [body] if weak else _before_u(he):
        yield _THEY, plural + "وا", _PAST
    if active or not (weak or len(he) == 3):
        yield _BOTH, body + "آ" if last == "أ" else (short if last in "اى" else _before_vowel(he)) + "ا", _PAST
    yield _BOTH, stem + "تا", _PAST
    for ending in ("ت", "نا", "ن"):
        if ending != "ن" or not weak or (active and len(he) > 3):
            yield _BOTH, short + ending[short[-1] == ending[0] :], _PAST


def _imperfect(rest: str, rank: Rank, *, doubled: bool, hollow: bool) -> Iterator[Form]:
    """Yield the third persons of one voice of the imperfect but for "he", from what follows the prefix; `rank` is that of "she"."""
    last, body = rest[-1], rest[:-1]
    less = Rank(rank + 1)
    short = _short_imperfect(rest, doubled=doubled, hollow=hollow)
    both = body + "ي" if last in "اى" else _before_vowel(rest)
    women = both if last in _WEAK else short
    yield rank, "ت" + rest, _PRESENT
    yield less, "ي" + short, _PRESENT
    yield _OTHER, "ت" + short, _PRESENT
    for plural in [body] if last in _WEAK else _before_u(rest):
        for prefix, place in (("ي", less), ("ت", _OTHER)):
            yield place, prefix + plural + "ون", _PRESENT
            yield place, prefix + plural + "وا", _PRESENT
            if last in "أء" and rank is _SHE:
                yield _OTHER, prefix + plural, _PRESENT  # before a pronoun: يقرؤها
    both = body + "آ" if last == "أ" else both + "ا"
    for prefix in "يت":
        yield _BOTH, prefix + both + "ن", _PRESENT
        yield _BOTH, prefix + both, _PRESENT
    yield _OTHER, "ي" + women + "ن"[women[-1] == "ن" :], _PRESENT


def _short_imperfect(rest: str, *, doubled: bool, hollow: bool) -> str:
    """Return the jussive without its prefix: قل of يقول, مدد of يمد, رم of يرمي."""
    if hollow:
        return _shortened(rest)
    if doubled:
        return rest + rest[-1]
    return rest[:-1] if rest[-1] in _WEAK else rest


def _short_perfect(past: str, present: str, *, doubled: bool, hollow: bool) -> str:
    """Return the stem before endings that begin with a consonant: قلـ, مددـ, دعوـ, جئـ."""
    last, body = past[-1], past[:-1]
    if hollow and last == "ء" and len(past) == 3:
        return past[0] + ("ؤ" if present[-2] == "و" else "ئ")
    if hollow:
        return _shortened(past)
    if doubled:
        return past + last
    if last in "اى":
        return body + ("و" if present[-1] == "و" else "ي")
    return past


def _shortened(stem: str) -> str:
    """Return a hollow stem without its long vowel: قول to قل, سيء to سئ."""
    return stem[:-2] + (_SEATS[stem[-2]] if stem[-1] == "ء" else stem[-1])


def _before_vowel(stem: str) -> str:
    """Return a stem as an ending joins it: a hamza after ي then stands on its tooth (سيئت)."""
    return stem[:-1] + "ئ" if stem.endswith("يء") else stem


def _before_u(stem: str) -> list[str]:
    """Return a stem as it is written before و: its last hamza sits on و or has no seat, or stays where it is."""
    if stem[-1] == "أ":
        return [stem, stem[:-1] + "ؤ", stem[:-1] + "ء"]
    if stem.endswith(("اء", "وء")):
        return [stem[:-1] + "ؤ", stem]
    return [_before_vowel(stem)]


def _passive_perfect(past: str, present: str, *, hollow: bool) -> str:
    """Return "he" of the passive perfect where its letters are not the active's, else nothing."""
    if past.startswith("ان"):
        return ""
    if hollow:
        return past[:-2] + "ي" + past[-1]
    changed = past
    if past[0] == "آ":
        changed = "أو" + past[1:]
    elif past[:2] == "أي" and present[1] == "و":
        changed = "أو" + past[2:]
    elif past.startswith("استأ"):
        changed = "استؤ" + past[4:]
    elif len(past) == 4 and past[1] == "ا" and past[0] != "و":  # ووصل is و and وصل
        changed = past[0] + "و" + past[2:].replace("ء", "ئ")
    elif len(past) == 5 and past[0] == "ت" and past[2] == "ا" and past[3] not in "ءيو" and past[-1] != "أ":
        changed = past[:2] + "و" + past[3:]
    elif len(past) == 3 and past[1] == "أ":
        changed = past[0] + "ئ" + past[2]
    if past[-1] in "اى":
        changed = changed[:-2] + changed[-2].replace("أ", "ئ") + "ي"
    elif past[-1] == "أ" and past[0] not in "تا":
        changed = changed[:-1] + "ئ"
    return changed if changed != past else ""


def _passive_imperfect(past: str, rest: str, *, hollow: bool) -> str:
    """Return the passive imperfect without its prefix where its letters are not the active's, else nothing."""
    changed = rest
    if len(past) == 3 and past[0] == "و" and len(rest) == 2:
        changed = "و" + rest
    elif len(past) == 3 and past[0] == rest[0] == "أ":
        changed = "ؤ" + rest[1:]
    if hollow:
        changed = changed[:-2] + "ا" + changed[-1]
    elif rest[-1] in "يو":
        changed = changed[:-1] + ("ا" if changed[-2] == "ي" else "ى")
    elif rest[-1] == "ئ" and past[0] != "ا":
        changed = changed[:-1] + "أ"
    return changed if changed != rest else ""
