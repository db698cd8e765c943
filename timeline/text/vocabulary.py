"""The vocabulary: what the lexicon's tables say of each folded form."""

from __future__ import annotations

import enum
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, NamedTuple

from timeline.errors import LexiconError
from timeline.model import EventClass, EventKind, Tense
from timeline.text import inflect
from timeline.text.categories import CATEGORIES, Mark
from timeline.text.inflect import Rank
from timeline.text.letters import THE, fold, light

Table = dict[str, Any]
_NO_KINDS = ("ambiguity.toml", "irregular.toml")
TABLES = ("names", "calendar", "relative", "numbers", "connectives", "particles")


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


def load() -> Vocabulary:
    """Compile the tables of `timeline/lexicon`; raises LexiconError with every fault found."""
    folder = resources.files("timeline") / "lexicon"
    faults: list[str] = []
    tables = {name: _read(folder / f"{name}.toml") for name in TABLES}
    categories, phrases = compile_categories(tables, faults)
    events = sorted((file for file in (folder / "events").iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    kind_tables = [_read(file) for file in events if file.name not in _NO_KINDS]
    ambiguity, irregular = (_read(folder / "events" / name) for name in _NO_KINDS)
    light_verbs = frozenset(ambiguity["light"])
    kinds, (verbs, imperfects), nouns = compile_events(kind_tables, light_verbs, phrases, faults, irregular)
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
            _add_phrase(phrases, words, meanings, None)
    return {words[0]: meanings for words, meanings in found.items() if len(words) == 1}, phrases


def _add_phrase(phrases: dict[str, Forms], words: tuple[str, ...], meanings: dict[str, object], noun: Lemma | None) -> None:
    first, second, *rest = words
    phrases.setdefault(first, {}).setdefault(second, []).append(Phrase(tuple(rest), meanings, noun))


def compile_events(
    tables: list[Table],
    light_verbs: frozenset[str],
    phrases: dict[str, Forms],
    faults: list[str],
    irregular: Table | None = None,
) -> tuple[tuple[EventKind, ...], tuple[dict[str, Verb], dict[str, Verb]], dict[str, Lemma]]:
    """Turn tables of kinds into kinds, verb forms and nouns; nouns of several words are added to `phrases`.

    `irregular` says of some verbs what their shape does not tell; see lexicon/events/irregular.toml.
    """
    kinds: list[EventKind] = []
    lemmas: list[tuple[str, str, Lemma]] = []
    nouns: dict[str, Lemma] = {}
    seen: dict[str, str] = {}
    idioms = _idioms(tables)
    for table in tables:
        for name, kind in table.items():
            class_ = EventClass[kind["class"]]
            ahead = Ahead(kind["ahead"]) if "ahead" in kind else None
            kinds.append(EventKind(name, kind["group"], kind["definition"], class_, tuple(kind["examples"])))
            classes = {fold(form): EventClass[key] for key, forms in kind.get("classes", {}).items() for form in forms}
            for pair in kind.get("verbs", ()):
                past, present = pair.split()
                if past in seen:
                    faults.append(f"verb {past} belongs to both {seen[past]} and {name}")
                seen[past] = name
                with_others = tuple(idioms.get(fold(past), ()))
                lemma = Lemma(past, name, classes.get(fold(past), class_), past in light_verbs, with_others, ahead)
                lemmas.append((past, present, lemma))
            for entry in kind.get("nouns", ()):
                forms = entry.split()
                for form in forms:
                    nouns.setdefault(fold(form), Lemma(forms[0], name, classes.get(fold(forms[0]), class_)))
            for phrase in kind.get("phrases", ()):
                words = tuple(map(fold, phrase.split()))
                for last in (words[-1], THE + words[-1]):
                    _add_phrase(phrases, (*words[:-1], last), {}, Lemma(phrase, name, class_))
    faults += [f"idiom of {past}, which is no verb" for past in idioms.keys() - set(map(fold, seen))]
    irregular = irregular or {}
    faults += [f"irregular.toml: {past} is no verb" for past in sorted(_irregular_verbs(irregular) - seen.keys())]
    return tuple(kinds), _verb_forms(lemmas, irregular), nouns


def _idioms(tables: list[Table]) -> dict[str, list[tuple[str, str]]]:
    """Return for each verb the words with which it names another kind of event, the preposition before them included."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in tables:
        for name, kind in table.items():
            for idiom in kind.get("idioms", ()):
                past, rest = fold(idiom).split(" ", 1)
                found.setdefault(past, []).append((rest, name))
    return found


def _irregular_verbs(irregular: Table) -> set[str]:
    listed = [past for verbs in irregular.get("doubled", {}).values() for past in verbs]
    return {*listed, *irregular.get("rare", ()), *irregular.get("past", ()), *irregular.get("present", ())}


def _verb_forms(lemmas: list[tuple[str, str, Lemma]], irregular: Table) -> tuple[dict[str, Verb], dict[str, Verb]]:
    """Inflect all lemmas; a form that several share goes to the one for which it is more frequent (he, she, they; then the rest)."""
    verbs: dict[str, Verb] = {}
    imperfects: dict[str, Verb] = {}
    doubled = {past: key == "true" for key, pasts in irregular.get("doubled", {}).items() for past in pasts}
    rare = frozenset(irregular.get("rare", ()))
    ranks: list[list[tuple[Verb, list[str]]]] = [[] for _ in Rank]
    for past, present, lemma in sorted(lemmas, key=lambda verb: verb[0] in rare):
        found: dict[tuple[Rank, Tense], list[str]] = {}
        for rank, form, tense in inflect.forms(light(past), present, doubled=doubled.get(past)):
            found.setdefault((rank, tense), []).append(form)
        for tense in (Tense.PAST, Tense.PRESENT):
            found.setdefault((Rank.THEY, tense), []).extend(irregular.get(tense.name.lower(), {}).get(past, ()))
        for (rank, tense), made in found.items():
            if past in rare and rank > Rank.THEY:
                continue
            ranks[Rank.OTHER if past in rare else rank].append((Verb(lemma, tense), fold("\n".join(made)).split("\n")))
    for verb, made in chain.from_iterable(ranks):
        for form in made:
            taken = verbs.setdefault(form, verb)
            if verb.tense is Tense.PRESENT and taken.tense is Tense.PAST:
                imperfects.setdefault(form, verb)
    return verbs, imperfects


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


def _read(file: Traversable) -> Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))
