"""Words: the text cut into parallel lists, each distinct word made an entry once behind a bounded memo."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from timeline.text.analysis import LONGEST, Analyser
from timeline.text.bits import ASIDE, BEFORE, COMMA, COUNT, EVENT, FENCE, FROM, HINGE, LEADING, ON, PLACE, THAT, WITH
from timeline.text.categories import Mark, Particle
from timeline.text.entries import (
    AMBIGUOUS,
    BREAK,
    HEADS,
    NOUN,
    PARTICLE,
    QUOTE,
    RARE,
    SEQUEL,
    STARTS,
    STOP,
    VERB,
    Entry,
    Noun,
    Symbols,
)
from timeline.text.letters import THE, TO, fold
from timeline.text.vocabulary import Phrase, Vocabulary

# A word is a run of Arabic letters with their marks, of digits of any script, or of other letters; everything else that is not
# blank or an invisible direction mark is a token by itself. A run of line breaks is one token: no expression crosses it.
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
)
_MARK = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
TOKEN = re.compile(
    rf"((?! )(?:[{_LETTER}][{_LETTER}{_MARK}]*|[0-9]+|[\u0660-\u0669]+|[\u06f0-\u06f9]+|[^\W\d_]+|\n\s*"
    "|[^\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]))"
)
MEMO_LIMIT = 40_000
"""Words that the memo of a lexer keeps, about 500 bytes each."""
_COMPOSING = frozenset(
    (
        "number",
        "the_number",
        "ordinal",
        "an_ordinal",
        "teen_one",
        "month",
        "maybe_month",
        "libyan_month",
        "article",
        "zone_word",
    )
)
_VERBAL = frozenset(
    (
        "particle",
        "auxiliary",
        "life",
        "lasting",
        "to_last",
        "agree",
        "bringing",
        "resulting",
        "throughout",
        "adding",
        "managing",
        "sequel",
        "limit",
        "limit_verb",
    )
)
CLITICS = {"و": "and", "ف": "then", "ب": "by", "ل": "to", "ك": "as"}

_BREAKS = frozenset(
    ("preposition", "comma", "open", "close", "quote", "particle", "since", "ago", "ahead", "within", "anchor", "agree")
)
_LONG = 4  # letters of a word that is not all clitics
_NOT_ITS_OWN = LEADING | HINGE | THAT | ASIDE | COMMA | ON | WITH | BEFORE | FROM  # of several words, what the first alone is
_STOPS = (Mark.STOP, Mark.DOT, Mark.COLON)


class Words:
    """A text as parallel lists: word i is `text[starts[i]:ends[i]]`, clitics included, and `entries[i]` says what it is.

    `marks` are the words that have a role in clauses or events, `nouns` those of them that may name events; text/compounds.py fills
    them when all words are joined.
    """

    __slots__ = ("ends", "entries", "marks", "nouns", "starts", "text")

    def __init__(self, text: str, starts: list[int], ends: list[int], entries: list[Entry]) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends
        self.entries = entries
        self.marks: list[int] = []
        self.nouns: list[int] = []

    def cut(self, size: int) -> None:
        """Keep only the first words."""
        del self.starts[size:], self.ends[size:], self.entries[size:]
        self.marks = [word for word in self.marks if word < size]
        self.nouns = [word for word in self.nouns if word < size]


class Lexer(dict[str, Entry]):
    """Cuts texts into words. As a mapping it is the memo: word as written -> entry, made on first sight."""

    def __init__(self, vocabulary: Vocabulary, symbols: Symbols, starts: Callable[[int], bool] = bool) -> None:
        """Take the vocabulary, the numbers of its sets of categories, and which of these an expression of time can begin with."""
        super().__init__()
        self.vocabulary = vocabulary
        self._analyser = Analyser(vocabulary)
        self.symbols = symbols
        self.starts = starts
        self._joined: dict[tuple[int, str, int, int, int], Entry] = {}
        self._former: dict[str, Entry] = {}

    def __missing__(self, word: str) -> Entry:
        """Return the entry of a word that is not in the memo.

        Half of what is kept is of former texts: when the memo is full it becomes the former one, from which words come back when
        they are met again. So the words of every day are never analysed twice, however many rare ones an archive has.
        """
        if len(self) >= MEMO_LIMIT // 2:
            self._former = dict(self)
            self.clear()
        entry = self._former.get(word)
        if entry is None:
            entry = self._described(word)
        if len(word) <= LONGEST:
            self[word] = entry
        return entry

    def _described(self, word: str) -> Entry:
        """Analyse a word that was not seen before."""
        entry = self._analyser.analyse(word)
        self.seal(entry)
        entry.written = fold(word) if len(word) <= LONGEST else entry.folded
        suffixed = entry.verb is not None and entry.folded not in self.vocabulary.verbs
        self.vocabulary.nominals.describe(word[:LONGEST], entry, suffixed=suffixed)
        if entry.folded[:1] == TO and entry.folded[1:] in self.vocabulary.verbs and not entry.nominal & PLACE:
            entry.nominal |= FENCE  # ليحتفظ
        entry.nominal |= self._leads(entry)
        return entry

    def words(self, text: str, parts: list[str] | None = None) -> Words:
        """Return the words of a text, numbers and names of several words not yet joined (see text/compounds.py).

        `parts` are the text as TOKEN splits it, for who has them already.
        """
        parts = TOKEN.split(text) if parts is None else parts
        offsets = list(accumulate(map(len, parts)))
        return Words(text, offsets[:-1:2], offsets[1::2], list(map(self.__getitem__, parts[1::2])))

    def seal(self, entry: Entry) -> Entry:
        """Give an entry its symbols; every entry passes here once, before anyone else sees it."""
        entry.symbol = self.symbols.number(frozenset(entry.categories)) if entry.categories else 0
        if entry.clitics or entry.symbol:
            clitics = (self.symbols.number(frozenset((CLITICS[letter],))) for letter in entry.clitics)
            entry.path = (*clitics, entry.symbol)
        bodies = self.vocabulary.bodies
        entry.body = entry.folded in bodies or entry.folded[1:] in bodies
        entry.role = (
            (STOP if entry.folded == "\n" or entry.categories.get("punctuation") in _STOPS else 0)
            | (QUOTE if "quote" in entry.categories else 0)
            | (PARTICLE if entry.particle is not None else 0)
            | (VERB if entry.verb is not None else 0)
            | (NOUN if entry.noun is not None else 0)
            | (HEADS if "preposition" in entry.categories or "construct" in entry.categories else 0)
            | (BREAK if self._breaks(entry) else 0)
            | (RARE if entry.verb is not None and entry.folded in self.vocabulary.usually_other else 0)
            | (STARTS if self.starts(entry.symbol) else 0)
            | (SEQUEL if "sequel" in entry.categories else 0)
            | (AMBIGUOUS if entry.verb is not None and self._ambiguous(entry) else 0)
        )
        entry.opens = self.vocabulary.phrases.get(entry.folded)
        entry.composes = not _COMPOSING.isdisjoint(entry.categories)
        entry.joins = entry.composes or entry.opens is not None
        entry.nominal = COUNT if "number" in entry.categories else 0
        entry.glued = entry.skip
        return entry

    def joined(self, phrase: Phrase, entries: list[Entry]) -> Entry:
        """Return the entry of a form of several words; made once for each clitic that its first word has."""
        first = entries[0]
        # the vocabulary keeps the phrase, so that its id stays its own
        key = (id(phrase), first.clitics, first.skip, first.nominal, first.glued)
        entry = self._joined.get(key)
        if entry is None:
            noun = None
            if phrase.noun is not None:
                noun = Noun(phrase.noun, entries[-1].written.startswith(THE), possessed=False)
            folded = " ".join(entry.folded for entry in entries)
            entry = self.seal(Entry(folded, phrase.categories, first.clitics, first.skip, None, noun))
            fences = FENCE if entry.role & (STOP | QUOTE | PARTICLE | BREAK) else 0
            leads = self._leads(entry) | (ASIDE if "aside" in entry.categories else 0)
            event = EVENT if noun is not None else 0
            entry.nominal = first.nominal & ~_NOT_ITS_OWN | fences | leads | event
            entry.glued = first.glued
            self._joined[key] = entry
        return entry

    @staticmethod
    def _leads(entry: Entry) -> int:
        """Return what a word means before a subject, or after what is said."""
        return (
            (LEADING if entry.role & (STOP | QUOTE | PARTICLE) else 0)
            | (HINGE if entry.role & PARTICLE else 0)
            | (THAT if entry.particle is Particle.THAT else 0)
        )

    @staticmethod
    def _breaks(entry: Entry) -> bool:
        """Tell whether a noun phrase ends before a word; of unknown words only ل and ب before the article are surely clitics."""
        known = entry.verb is not None or entry.noun is not None or bool(entry.categories)
        if not known:
            return entry.folded.startswith(("لل", "بال")) and len(entry.folded) > _LONG
        return entry.verb is not None or entry.clitics[:1] in ("ل", "ب") or not _BREAKS.isdisjoint(entry.categories)

    def _ambiguous(self, entry: Entry) -> bool:
        """Tell whether a form that may be a verb is often something else."""
        other = entry.categories.keys() - _VERBAL
        if entry.particle is Particle.SAWFA or (entry.passive and not other):
            return False
        return entry.noun is not None or bool(other) or entry.folded in self.vocabulary.usually_other
