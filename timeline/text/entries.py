"""Entries: what is known of one distinct word as written, and the numbers for what it may mean."""

from __future__ import annotations

import threading
from typing import NamedTuple

from timeline.text.categories import Particle
from timeline.text.nominals import Names
from timeline.text.vocabulary import Forms, Lemma, Verb

STOP, QUOTE, PARTICLE, VERB, NOUN, AMBIGUOUS, HEADS, BREAK, RARE, STARTS, SEQUEL = 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024
_PLAIN = (0,)  # the path of a word without categories and clitics


class Noun(NamedTuple):
    """A form of an event noun: its lemma, and whether it has the article or a possessor's pronoun."""

    lemma: Lemma
    definite: bool
    possessed: bool


class Entry:
    """What is known of one distinct word as written. Read-only after it is made.

    `symbol` stands for the set of its categories, `path` for its clitics and then that symbol; `skip` is how many characters
    its clitics take. `opens` and `composes` say what can follow it in a compound (text/compounds.py): the forms of several words
    that it begins, by their second word, and whether numbers or month names join it. `role` is a sum of the bits STOP, QUOTE,
    PARTICLE, VERB and NOUN (what it may be in a clause), AMBIGUOUS (a verb's form that is often something else), HEADS (no finite verb
    follows it), BREAK (a noun phrase does not go on over it) RARE (hardly ever
    the verb that it looks like), STARTS (an expression of time can begin with it) and SEQUEL (it says which of two events came first).
    `passive` says that its first vowel is written as a passive's: قُتل.
    `body` says that the name of a court, a ministry or the like can begin with it, `plain` is the word without its noun once it was
    met in such a name. `nominal` says what it is in a noun phrase, `names` which names of several words begin with it, and `glued` how
    many characters stand before the noun (text/nominals.py). `present` is the imperfect reading of a form that `verb` reads as a perfect.
    """

    __slots__ = (
        "body",
        "categories",
        "clitics",
        "composes",
        "folded",
        "glued",
        "joins",
        "names",
        "nominal",
        "noun",
        "opens",
        "particle",
        "passive",
        "path",
        "plain",
        "present",
        "role",
        "skip",
        "symbol",
        "verb",
        "written",
    )

    def __init__(
        self,
        folded: str,
        categories: dict[str, object],
        clitics: str = "",
        skip: int = 0,
        verb: Verb | None = None,
        noun: Noun | None = None,
    ) -> None:
        self.folded = folded
        self.categories = categories
        self.clitics = clitics
        self.skip = skip
        self.verb = verb
        self.noun = noun
        particle = categories.get("particle")
        self.particle = particle if isinstance(particle, Particle) else None
        self.symbol = 0
        self.path: tuple[int, ...] = _PLAIN
        self.written = folded
        self.passive = False
        self.present: Verb | None = None
        self.role = 0
        self.opens: Forms | None = None
        self.plain: Entry | None = None
        self.composes = self.joins = self.body = False
        self.nominal = self.glued = 0
        self.names: tuple[Names, ...] = ()


class Symbols:
    """Numbers for sets of categories: one step of the automaton for a word of many meanings."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self.categories: list[frozenset[str]] = [frozenset()]
        self._lock = threading.Lock()

    def number(self, categories: frozenset[str]) -> int:
        """Return the number of a set, the same for the life of this object."""
        found = self._numbers.get(categories)
        if found is None:
            with self._lock:  # two threads may meet the same new set
                found = self._numbers.get(categories)
                if found is None:
                    found = len(self.categories)
                    self.categories.append(categories)
                    self._numbers[categories] = found
        return found
