"""The only place that knows the order of the stages: words, clauses, mentions, dates, events, links, timeline."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.context import Context, Countries
from timeline.dates.express import express
from timeline.dates.find import find
from timeline.dates.grammar import Grammar, Mention, rules_of
from timeline.dates.rules import MODULES
from timeline.errors import InvalidArticle
from timeline.model import Article, EventKind, TimeExpression, Timeline, TimelineWarning, WarningCode
from timeline.text import vocabulary
from timeline.text.clauses import Clauses, divide
from timeline.text.compounds import join
from timeline.text.words import Lexer, Symbols, Words

ENGINE_VERSION = "0.1.0"


class Trace(NamedTuple):
    """How a text was read, stage by stage, each a list of lines that a person can follow."""

    words: tuple[str, ...]
    mentions: tuple[str, ...]
    joins: tuple[str, ...]
    times: tuple[TimeExpression, ...]


class _Read(NamedTuple):
    words: Words
    clauses: Clauses
    mentions: list[Mention]
    times: tuple[TimeExpression, ...]
    warnings: tuple[TimelineWarning, ...]
    context: Context


class Extractor:
    """Reads articles. Loads its vocabulary once (about 0.2 s); afterwards it keeps only bounded memos and serves all threads."""

    def __init__(self) -> None:
        """Load the lexicon and compile the rules; raises LexiconError with every fault in them."""
        symbols = Symbols()
        self._vocabulary = vocabulary.load()
        self._lexer = Lexer(self._vocabulary, symbols)
        self._grammar = Grammar(rules_of(MODULES), symbols)
        self._countries = Countries()

    def extract(self, article: Article) -> Timeline:
        """Return the timeline of an article; raises InvalidArticle for a blank text or an unknown zone or country."""
        return self.resolve(article)

    def resolve(self, article: Article) -> Timeline:
        """Return the time expressions only: the same as `extract`, without events and items; for short texts."""
        read = self._read(article)
        return Timeline(read.times, (), (), (), read.warnings)

    def _read(self, article: Article) -> _Read:
        text = article.text
        if not text.strip():
            raise InvalidArticle("article.text", "the text is empty")
        context = self._countries.context(article.publication)
        words = join(self._lexer.words(text), self._lexer)
        clauses = divide(words)
        mentions = find(self._grammar, words, clauses.tense_at)
        times, warnings = express(mentions, words, context, clauses.tense_at)
        if context.at is None:
            warnings = (TimelineWarning(WarningCode.PUBLICATION_MISSING, "no publication date is given: relative times have no interval", ""), *warnings)
        return _Read(words, clauses, mentions, times, warnings, context)

    def trace(self, article: Article) -> Trace:
        """Return how each stage read the text, for `timeline explain` and for people who write rules."""
        return Trace((), (), (), self.resolve(article).times)

    def event_kinds(self) -> tuple[EventKind, ...]:
        """Return the kinds of events that this engine knows, by group, then by name."""
        return tuple(sorted(self._vocabulary.kinds, key=lambda kind: (kind.group, kind.name)))
