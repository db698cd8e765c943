"""What the vocabulary says of a form: the verb, the event noun or the phrase that it is."""

from __future__ import annotations

import enum
from typing import Any, NamedTuple

from timeline.model import EventClass, Tense

Table = dict[str, Any]


class Ahead(enum.Enum):
    """How a deed puts times ahead of it."""

    ABOUT = "about"  # the time of what it is about: دعا إلى التظاهر الجمعة
    TO = "to"  # the time to which it moves something: أجل الجلسة إلى الجمعة


class Lemma(NamedTuple):
    """A verb or an event noun: its dictionary form, the kind of event it names, and its class.

    `idioms` are the words with which a verb names an event of another kind, with that kind: ضرب of a زلزال is no attack.
    """

    form: str
    kind: str
    class_: EventClass
    light: bool = False  # a verb whose object names the event: أجرى مباحثات
    idioms: tuple[tuple[str, str], ...] = ()
    ahead: Ahead | None = None
    frame: int = 0  # what stands beside it (text/frames.py)
    dated: bool = False  # a participle, which only a date makes an event: البيان الصادر أمس


class Verb(NamedTuple):
    """A finite form of a verb: its lemma and the tense that it shows by itself."""

    lemma: Lemma
    tense: Tense


class Phrase(NamedTuple):
    """A form of several words: those after the second, and what it means: categories, or an event noun."""

    rest: tuple[str, ...]
    categories: dict[str, object]
    noun: Lemma | None


Forms = dict[str, list[Phrase]]


def add_phrase(phrases: dict[str, Forms], words: tuple[str, ...], meanings: dict[str, object], noun: Lemma | None) -> None:
    """Add a form of several words to the phrases, under its first and its second word."""
    first, second, *rest = words
    phrases.setdefault(first, {}).setdefault(second, []).append(Phrase(tuple(rest), meanings, noun))
