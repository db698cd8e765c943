"""The vocabulary: what the lexicon's tables say of each folded form."""

from __future__ import annotations

import enum
from typing import NamedTuple

from timeline.errors import LexiconError
from timeline.model import EventKind
from timeline.tables import Lexicon
from timeline.text.categories import CATEGORIES, Mark
from timeline.text.frames import Frames
from timeline.text.kinds import compile_events
from timeline.text.lemmas import Ahead, Forms, Lemma, Phrase, Table, Verb, add_phrase
from timeline.text.letters import THE, fold
from timeline.text.nominals import Nominals

__all__ = ["Ahead", "Forms", "Lemma", "Phrase", "Verb", "Vocabulary", "compile_categories", "compile_events", "load"]

_NO_KINDS = ("events/ambiguity.toml", "events/irregular.toml")
TABLES = ("names", "calendar", "relative", "numbers", "connectives", "particles")


class Vocabulary(NamedTuple):
    """Everything that is looked up by form; forms are folded (text/letters.py).

    `categories`: form -> category -> value. `phrases`: first word -> second word -> the forms that begin so, longest first.
    `imperfects` holds the imperfect reading of forms that `verbs` reads as a perfect (تدخل).
    `usually_other`: forms of verbs that are more often something else; `never_verbs`: forms that no context makes a verb.
    `never_nouns`: forms that look like event nouns and are none. `glued`: verbs of saying that may have lost the space before them.
    `bodies`: the nouns that begin the name of a court, a ministry or another body.
    """

    categories: dict[str, dict[str, object]]
    phrases: dict[str, Forms]
    verbs: dict[str, Verb]
    imperfects: dict[str, Verb]
    nouns: dict[str, Lemma]
    usually_other: frozenset[str]
    never_verbs: frozenset[str]
    never_nouns: frozenset[str]
    glued: frozenset[str]
    bodies: frozenset[str]
    kinds: tuple[EventKind, ...]
    nominals: Nominals


def load(lexicon: Lexicon) -> Vocabulary:
    """Compile the tables of words; raises LexiconError with every fault found."""
    faults: list[str] = []
    tables = {name: lexicon.table(f"{name}.toml") for name in TABLES}
    categories, phrases = compile_categories(tables, faults)
    kind_tables = [lexicon.table(name) for name in lexicon.names if name.startswith("events/") and name not in _NO_KINDS]
    ambiguity, irregular = map(lexicon.table, _NO_KINDS)
    kinds, (verbs, imperfects), nouns = compile_events(
        kind_tables, ambiguity, phrases, faults, irregular, Frames(lexicon.table("frames.toml"))
    )
    for forms in phrases.values():
        for options in forms.values():
            options.sort(key=lambda phrase: -len(phrase.rest))
    if faults:
        raise LexiconError(faults)
    return Vocabulary(
        categories, phrases, verbs, imperfects, nouns,
        frozenset(map(fold, ambiguity["usually_other"])), frozenset(map(fold, ambiguity["never"])),
        frozenset(map(fold, ambiguity["never_nouns"])), frozenset(map(fold, ambiguity["glued"])),
        frozenset(map(fold, ambiguity["bodies"])), kinds,
        Nominals(*(lexicon.table(f"{name}.toml") for name in ("nominals", "places", "people"))),
    )  # fmt: skip


def compile_categories(tables: dict[str, Table], faults: list[str]) -> tuple[dict[str, dict[str, object]], dict[str, Forms]]:
    """Turn tables of category -> value -> forms into look-ups by folded form; faults are added to `faults`."""
    found: dict[tuple[str, ...], dict[str, object]] = {}

    def add(form: str, category: str, value: object) -> None:
        words = tuple(map(fold, form.split()))
        meanings = found.setdefault(words, {})
        if meanings.get(category, value) != value:
            faults.append(f"{category}: {form!r} means both {meanings[category]} and {value}")
        meanings[category] = value

    for file, table in tables.items():
        for category, entries in table.items():
            kind = CATEGORIES.get(category)
            definite = entries.pop("definite", "")
            if kind is None or (definite and definite not in CATEGORIES):
                faults.append(f"{file}.toml: unknown category {category if kind is None else definite!r}")
                continue
            for key, forms in entries.items():
                value = _typed(kind, key)
                if value is None:
                    faults.append(f"{file}.toml: {category} has no value {key}")
                for form in forms:
                    add(form, category, value)
                    if definite and " " not in form:
                        add(THE + form, definite, value)
                    elif definite:
                        *head, tail = form.split()
                        add(" ".join([*head, THE + tail]), definite, value)
    for mark, name in _MARKS.items():
        add(mark, name, Mark[name.upper()])
    phrases: dict[str, Forms] = {}
    for words, meanings in found.items():
        if len(words) > 1:
            add_phrase(phrases, words, meanings, None)
    return {words[0]: meanings for words, meanings in found.items() if len(words) == 1}, phrases


_MARKS = {
    "،": "comma", ",": "comma", "-": "dash", "–": "dash", "—": "dash", "/": "slash", "\\": "slash", ":": "colon", ".": "dot",
    "(": "open", "[": "open", ")": "close", "]": "close", '"': "quote", "“": "quote", "”": "quote", "«": "quote", "»": "quote",
}  # fmt: skip


def _typed(kind: type, key: str) -> object:
    if issubclass(kind, enum.Enum):
        return kind.__members__.get(key)
    try:
        return float(key) if kind is float else int(key)
    except ValueError:
        return None
