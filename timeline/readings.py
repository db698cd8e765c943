"""Readings: all that an edition of the lexicon says of a word by itself, so that two editions can be compared word by word."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from timeline.dates.history import History
from timeline.dates.homographs import Homographs
from timeline.events.salience import Salience
from timeline.tables import Lexicon
from timeline.text import vocabulary
from timeline.text.entries import Entry, Symbols
from timeline.text.letters import THE
from timeline.text.vocabulary import Lemma
from timeline.text.words import Lexer

_MEMO = 4096  # entries; whoever compares keeps what comes of them

Words = tuple[str, ...]


class Meaning(NamedTuple):
    """What a form of several words means: its categories and the event that it names."""

    categories: dict[str, object]
    noun: Lemma | None


class Edition:
    """A lexicon, compiled to read single words.

    `phrases`: the forms of several words, with what each means. `names`: the names of several words, with their bits. `kinds`: the
    group and the weight of each kind of event. `loose`: the forms that are looked up outside the vocabulary, with what is found.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon; raises LexiconError, or what Python raises for a table that lacks a row."""
        words = self.vocabulary = vocabulary.load(lexicon)
        # which words begin a time is a matter of the rules, which are compared apart
        self.lexer = Lexer(words, Symbols(), starts=lambda _: False)
        salience = Salience(lexicon, frozenset(kind.name for kind in words.kinds))
        self.signs = salience.signs
        self.kinds = {kind.name: (kind.group, salience.weights[kind.name]) for kind in words.kinds}
        self.phrases: dict[Words, list[Meaning]] = defaultdict(list)
        for first, forms in words.phrases.items():
            for second, options in forms.items():
                for phrase in options:
                    self.phrases[first, second, *phrase.rest].append(Meaning(phrase.categories, phrase.noun))
        rows = words.nominals.several.items()
        self.names: dict[Words, int] = {(first, *names.rest): names.bits for first, options in rows for names in options}
        self._years = History(lexicon).years
        self._homographs: dict[str, set[str]] = defaultdict(set)
        for table, found in Homographs(lexicon).words.items():
            for form in found:
                self._homographs[form].add(table)

    @property
    def loose(self) -> dict[str, tuple[object, ...]]:
        """The forms that are looked up as they come: heads of bodies, homographs, the nouns of history; with what each is."""
        forms = {*self.vocabulary.bodies, *self._homographs, *self._years}
        return {form: (form in self.vocabulary.bodies, self._homographs.get(form), self._years.get(form)) for form in forms}

    def entry(self, word: str) -> Entry:
        """Return the entry of a word as written."""
        if len(self.lexer) >= _MEMO:
            self.lexer.clear()
        return self.lexer[word]

    def reading(self, word: str) -> tuple[object, ...]:
        """Return what this edition says of a word: two editions that say the same read it alike wherever it stands alone.

        Left out are the forms and the names of several words that it begins, and the numbers of its sets of categories, which say no
        more than its categories and clitics.
        """
        entry = self.entry(word)
        folded, bare, homographs = entry.folded, word[entry.skip :], self._homographs
        return (
            folded, entry.written, entry.clitics, entry.skip, entry.categories, entry.verb, entry.present, entry.noun,
            entry.passive, entry.role, entry.composes, entry.nominal, entry.glued, entry.body,
            folded.removeprefix(THE) in self.vocabulary.bodies, self._years.get(folded),
            homographs.get(folded), homographs.get(bare),
        )  # fmt: skip

    def lemmas(self, word: str) -> list[Lemma]:
        """Return the verbs and the event noun that a word may be."""
        entry = self.entry(word)
        verbs = [verb.lemma for verb in (entry.verb, entry.present) if verb is not None]
        return verbs if entry.noun is None else [*verbs, entry.noun.lemma]


def faces(entry: Entry) -> set[str]:
    """Return every form under which the parts of a form or a name of several words may find a word."""
    folded, whole = entry.folded, entry.written
    # without what can be glued before a name (text/nominals.py), and with the article that ل took the alef of
    stems = (whole, whole[1:], whole[2:], THE + whole[2:], THE + whole[3:])
    return {folded, folded[1:], folded.removeprefix(THE), *stems}
