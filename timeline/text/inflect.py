"""Inflection: from a verb's past and present (third person masculine singular) to the forms that occur in news.

Unvocalised, so active and passive differ only where the letters do (hollow, defective, assimilated and form III roots).
Source: any reference grammar; e.g. Ryding, A Reference Grammar of Modern Standard Arabic, chapters 21-33.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.model import Tense

_WEAK_END = "اىي"


def perfect(past: str) -> Iterator[str]:
    """Yield the perfect forms of a past stem, the most frequent first: he, she, they, both, I/you, we, passives."""
    last, body = past[-1], past[:-1]
    hollow = len(past) > 2 and past[-2] == "ا" and last not in "اىيء" and not past.startswith("تا")
    yield past
    if last in "اى":
        weak = "و" if last == "ا" and len(past) == 3 else "ي"
        yield from (body + "ت", body + "وا", body + weak + "ا", body + "تا")
        yield from (body + weak + "ت", body + weak + "نا", body + "ي")
    elif last == "ي":
        yield from (past + "ت", body + "وا", past + "ا", past + "نا")
    else:
        yield from (past + "ت", past + "وا", past + "ا", past + "تا")
        stem = past[:-2] + last if hollow and _is_hollow(past) else past
        yield from (stem + "ت", stem + "نا", stem + "ن")
        if last == "ن":
            yield stem + "ا"
        if last == "ت":
            yield past
    if hollow and _is_hollow(past):
        passive = past[:-2] + "ي" + last
        yield from (passive, passive + "ت", passive + "وا")
    elif len(past) == 4 and past[1] == "ا" and last not in _WEAK_END:
        passive = past[0] + "و" + past[2:]
        yield from (passive, passive + "ت", passive + "وا")


def imperfect(past: str, present: str) -> Iterator[str]:
    """Yield the imperfect forms: he, she, they, both, we, I, each also as jussive where the letters differ; passives."""
    stems = [present]
    last = present[-1]
    if last in "اىيو":
        stems.append(present[:-1])
        stems.append(present[:-1] + "ى")
    elif len(present) > 3 and present[-2] in "اوي" and _is_hollow(past):
        stems.append(present[:-2] + last)
        stems.append(present[:-2] + "ا" + last)
    elif past.startswith("و") and len(present) == 3:
        stems.append("يو" + present[1:])
    for stem in stems:
        rest = stem[1:]
        yield from (stem, "ت" + rest, "ن" + rest, "أ" + rest)
    rest = present[1:-1] if last in "اىيو" else present[1:]
    for ending in ("ون", "وا", "ان", "ا"):
        joint = "ي" if last in "ىي" and ending in ("ان", "ا") else "و" if last == "و" and ending in ("ان", "ا") else ""
        yield "ي" + rest + joint + ending
        yield "ت" + rest + joint + ending
    yield "ي" + present[1:] + "ن"


def forms(past: str, present: str) -> Iterator[tuple[str, Tense]]:
    """Yield every form of a verb with the tense that it shows by itself: PAST for perfect, PRESENT for imperfect."""
    for form in perfect(past):
        yield form, Tense.PAST
    for form in imperfect(past, present):
        yield form, Tense.PRESENT


def she(past: str, present: str) -> Iterator[tuple[str, Tense]]:
    """Yield the forms for she, which after those for he are by far the most frequent in news."""
    yield (past[:-1] if past[-1] in "اى" else past) + "ت", Tense.PAST
    yield "ت" + present[1:], Tense.PRESENT


def _is_hollow(past: str) -> bool:
    """Tell whether the long a before the last letter is the root's own: قال، أدان، استقال، اختار, not فعال shapes."""
    return past[-2] == "ا" and past[-1] not in "اىيء" and (
        len(past) == 3
        or (len(past) == 4 and past[0] == "أ")
        or (len(past) == 5 and past[0] == "ا" and past[2] == "ت")
        or (len(past) == 5 and past.startswith("ان"))
        or (len(past) == 6 and past.startswith("است"))
    )  # fmt: skip
