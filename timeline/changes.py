"""Changes between two engines: which articles must be read anew, and which give the same answer as before.

An answer depends on the text, its publication, the code, the packages, the rules and the lexicon. Where the first two are the same and
code and packages are too, it can differ by rules and lexicon alone, and only as follows.

The lexer (text/words.py) makes an entry of each word as written, whatever stands beside it. Let all entries of an article be the same
by both lexicons, and be found alike in the tables that are asked by form (bodies, homographs, history). Then

- compounds (text/compounds.py, bodies.py) differ only by a form of several words that is new, gone or other, and matches. It matches by
  the form of its first word and the written form of each other one, or, after the word for a zone, with words between: in any case all of
  its words are in the article. The same is so of names of several words (events/proper.py) and of forms with blanks in those tables.
  Numbers and twin months are made of the categories of entries alone.
- the automaton (dates/automaton.py) makes a mention of a rule only where its whole pattern stands over words. A rule that is new, gone or
  other can thus matter only to an article that has, for each element that may not be missing, a word, a clitic, a form of several
  words or a number or month made of words with one of its categories. All other rules stay in their order, so they win over each other as
  before. Which categories can begin a time at all (STARTS) is asked for by itself too: where that set differs, so may all articles
  with a word of what it lost or gained.
- what follows (clauses, joins, resolution, events, order) asks entries and mentions only, and three tables that are not about words:
  a change of explanations.toml, of countries.toml or of what signs weigh in salience.toml touches everything. The weight of a kind
  counts for the words of that kind, and for the verbs with an idiom of it.

So an article is touched if it has a word that is read in another way, all the words of a phrase or a name that changed, or what a
changed rule needs. A table that is not known here touches everything, as does a mark of punctuation that is read in another way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_

from timeline.dates.grammar import elements_of
from timeline.differences import lines_of_rules, lines_of_words
from timeline.errors import LexiconError
from timeline.events.find import UNNAMED
from timeline.identity import RuleMark, Snapshot
from timeline.needs import CHANGED, Needs
from timeline.readings import Edition, faces
from timeline.tables import Lexicon
from timeline.text.vocabulary import TABLES, Lemma
from timeline.text.words import CLITICS, TOKEN
from timeline.text.written import PLAIN_MARKS

_OF_WORDS = frozenset(f"{name}.toml" for name in (*TABLES, "frames", "nominals", "places", "people", "history", "homographs"))
_OF_ALL = ("countries.toml", "explanations.toml")
_EVENTS, _SALIENCE = "events/", "salience.toml"
_MEMO = 200_000  # words: some 40 MB


class Changes:
    """What differs between the engine that made answers and this one, which takes its place.

    `everything` says why all articles must be read anew, and is empty where those that `touched` tells are enough. `words` and `rules`
    say what is gone (-), new (+) or other (~), for a person: a hundred lines at most.
    """

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        """Compare two engines, of which the second is this one.

        Where only words or rules differ, both lexicons are compiled: half a second. Raises LexiconError for the new one.
        """
        self.words = lines_of_words(old.lexicon, new.lexicon)
        self.rules = lines_of_rules(old.rules, new.rules)
        self._needs = Needs()
        self._memo: dict[str, int] = {}
        self._new: Edition | None = None
        self._old: Edition | None = None
        self._kinds: frozenset[str] = frozenset()
        self._always = 0
        self.everything = _beyond_words(old, new)
        if not self.everything and (self.words or self.rules):
            self.everything = self._compare(old, new)

    def touched(self, articles: Iterable[Collection[int]], vocabulary: Sequence[str]) -> list[bool]:
        """Tell of each article whether its answer may differ; it is given by the indexes of its words in the vocabulary.

        The words are those of `written_words`, in any order; what this returns errs on the side of reading anew only.
        """
        if self.everything:
            return [True for _ in articles]
        if self._new is None:
            return [False for _ in articles]
        given = list(map(self._given, vocabulary)).__getitem__
        always, met = self._always, self._needs.met
        return [met(reduce(or_, map(given, article), always)) for article in articles]

    def _compare(self, old: Snapshot, new: Snapshot) -> str:
        """Find out what an article must hold to be touched; returns why that is not enough, if it is not."""
        edition = self._new = Edition(new.lexicon)
        if old.lexicon != new.lexicon:
            try:
                before = self._old = Edition(old.lexicon)
            except (LexiconError, LookupError, TypeError, ValueError, AttributeError) as error:
                return f"the old lexicon can't be read: {error}"
            if before.signs != edition.signs:
                return f"{_SALIENCE} weighs signs in another way"
            kinds = before.kinds.keys() | edition.kinds.keys()
            self._kinds = frozenset(kind for kind in kinds if before.kinds.get(kind) != edition.kinds.get(kind))
            if UNNAMED.kind in self._kinds:
                return f"the kind {UNNAMED.kind} has another group or weight"
            self._need_phrases(before, edition)
        self._need_rules(old.rules, new.rules)
        for words, meanings in edition.phrases.items():
            self._needs.let_give(words, {category for meaning in meanings for category in meaning.categories})
        self._always = reduce(or_, map(self._given, ("\n", *PLAIN_MARKS)))
        return "marks of punctuation are read in another way" if self._always & CHANGED else ""

    def _need_phrases(self, old: Edition, new: Edition) -> None:
        """Ask for the words of every form of several words that is not the same."""
        for words in old.phrases.keys() | new.phrases.keys():
            meanings = new.phrases.get(words, [])
            if old.phrases.get(words, []) != meanings or any(self._weighs(meaning.noun) for meaning in meanings):
                self._needs.need_words(words)
        for words in old.names.keys() | new.names.keys():
            if old.names.get(words) != new.names.get(words):
                self._needs.need_words(words)
        before, after = old.loose, new.loose
        for form in before.keys() | after.keys():
            parts = TOKEN.split(form)[1::2]
            if len(parts) > 1 and before.get(form) != after.get(form):
                self._needs.need_words(parts)

    def _need_rules(self, old: Sequence[RuleMark], new: Sequence[RuleMark]) -> None:
        """Ask for what the pattern of every rule that is not the same needs, and for what begins a time by one engine only."""
        for rule in set(old) ^ set(new):
            places = [element for element in elements_of(rule.pattern) if element.options and not element.optional]
            self._needs.need_categories([{category for category, _ in place.options} for place in places])
        starts = _starts(old) ^ _starts(new)
        if starts:
            self._needs.need_categories([starts])

    def _given(self, word: str) -> int:
        """Return the bits that a word gives."""
        given = self._memo.get(word)
        if given is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            given = self._memo[word] = self._read(word)
        return given

    def _read(self, word: str) -> int:
        new, old, needs = self._new, self._old, self._needs
        if new is None:
            return 0
        if old is not None and (old.reading(word) != new.reading(word) or any(map(self._weighs, new.lemmas(word)))):
            return CHANGED
        if not needs.any:
            return 0
        entry = new.entry(word)
        clitics = [CLITICS[letter] for letter in entry.clitics]
        return needs.of_forms((*faces(entry), word[entry.skip :])) | needs.of_categories([*entry.categories, *clitics])

    def _weighs(self, lemma: Lemma | None) -> bool:
        """Tell whether a word may name an event of a kind whose weight or group is not the same."""
        if lemma is None or not self._kinds:
            return False
        return lemma.kind in self._kinds or any(kind in self._kinds for _, kind in lemma.idioms)


def _beyond_words(old: Snapshot, new: Snapshot) -> str:
    """Say what differs besides words and rules, "" for nothing."""
    if old.code != new.code:
        return (
            f"the code is not that of the engine {old.version}" if old.version == new.version else f"the code of {old.version}"
        )
    if old.packages != new.packages:
        pairs = sorted(set(old.packages) ^ set(new.packages))
        return "other packages: " + ", ".join(sorted({name for name, _ in pairs}))
    for name in sorted({*old.lexicon.names, *new.lexicon.names}):
        if old.lexicon.texts.get(name) != new.lexicon.texts.get(name) and not _is_of_words(name, old.lexicon, new.lexicon):
            return f"{name} is not the same"
    kept = set(old.rules) & set(new.rules)
    if [rule for rule in old.rules if rule in kept] != [rule for rule in new.rules if rule in kept]:
        return "the rules stand in another order"
    return ""


def _is_of_words(name: str, old: Lexicon, new: Lexicon) -> bool:
    """Tell whether a table whose text differs says of words what it says, or else says the same."""
    if name in _OF_WORDS or name.startswith(_EVENTS) or name == _SALIENCE:
        return True
    try:
        return name in _OF_ALL and old.table(name) == new.table(name)
    except LexiconError:
        return False


def _starts(rules: Iterable[RuleMark]) -> set[str]:
    """Return the categories that a word can have with which an expression begins."""
    found: set[str] = set()
    for rule in rules:
        for element in elements_of(rule.pattern):
            found.update(category for category, _ in element.options)
            if element.options and not element.optional:
                break
    return found
