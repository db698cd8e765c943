"""The only place that knows the order of the stages: words, clauses, mentions, dates, events, links, timeline."""

from __future__ import annotations

import enum
import re
from dataclasses import replace
from typing import NamedTuple

from timeline import wording as wordings
from timeline.anchors import anchor
from timeline.dates.automaton import Grammar
from timeline.dates.context import Context, Countries
from timeline.dates.express import dateline, express
from timeline.dates.find import Knowledge, find
from timeline.dates.foreign import ForeignDates
from timeline.dates.grammar import Mention, Rule, rules_of
from timeline.dates.history import History
from timeline.dates.homographs import Homographs
from timeline.dates.rules import MODULES
from timeline.errors import InvalidArticle
from timeline.events.attach import attach
from timeline.events.bounds import narrow
from timeline.events.cues import Cue, find_cues
from timeline.events.find import find as find_events
from timeline.events.inherit import inherit
from timeline.events.order import order
from timeline.events.participants import name_participants
from timeline.events.repeats import join as join_repeats
from timeline.events.salience import Salience
from timeline.events.scene import Names
from timeline.events.sources import credit
from timeline.events.tell import tell
from timeline.families import Families
from timeline.model import (
    Article,
    EventKind,
    Language,
    Publication,
    Span,
    TimeExpression,
    Timeline,
    TimelineWarning,
    WarningCode,
)
from timeline.reasons import Because, Reason
from timeline.tables import Lexicon
from timeline.text import vocabulary
from timeline.text.clauses import Clauses
from timeline.text.compounds import join
from timeline.text.divide import divide
from timeline.text.entries import VERB, Entry, Symbols
from timeline.text.verbs import finite_verbs
from timeline.text.words import TOKEN, Lexer, Words
from timeline.text.written import distinct
from timeline.wording import Wording

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


MOST_TIMES, MOST_VERBS = 12_000, 60_000
"""What is read of one text: news of 1 MiB holds half as much. More is no article, and would hold up the others."""


class Trace(NamedTuple):
    """How a text was read, stage by stage, each a list of lines that a person can follow."""

    words: tuple[str, ...]
    mentions: tuple[str, ...]
    joins: tuple[str, ...]
    times: tuple[TimeExpression, ...]


class Indexed(NamedTuple):
    """The timeline of an article, and its distinct words as `written_words` returns them."""

    timeline: Timeline
    words: tuple[str, ...]


class _Read(NamedTuple):
    words: Words
    clauses: Clauses
    mentions: list[Mention]
    times: tuple[TimeExpression, ...]
    warnings: tuple[TimelineWarning, ...]
    context: Context


class Extractor:
    """Reads articles. Loads its vocabulary once (about .25 s); afterwards it keeps only bounded memos and serves all threads."""

    def __init__(self, lexicon: Lexicon | None = None, rules: tuple[Rule, ...] | None = None) -> None:
        """Take a lexicon and rules of time, by default those of this package, and compile them.

        Raises LexiconError with every fault in them.
        """
        self._lexicon = lexicon = lexicon or Lexicon.packaged()
        symbols = Symbols()
        self._vocabulary = vocabulary.load(lexicon)
        self._grammar = Grammar(rules_of(MODULES) if rules is None else rules, symbols)
        self._lexer = Lexer(self._vocabulary, symbols, self._grammar.starts)
        self._countries = Countries(lexicon)
        self._wordings = wordings.load(lexicon)
        self._salience = Salience(lexicon, frozenset(kind.name for kind in self._vocabulary.kinds))
        self._foreign = ForeignDates()
        self._families = Families(MODULES, self._vocabulary.kinds)
        self._knowledge = Knowledge(self._foreign, History(lexicon), Homographs(lexicon))

    def extract(self, article: Article, language: Language = Language.ENGLISH) -> Timeline:
        """Return the timeline of an article; `language` words its explanations and warnings.

        Raises InvalidArticle for a blank text or an unknown zone or country.
        """
        return self._timeline(article, TOKEN.split(article.text), self._wordings[language])

    def extract_indexed(self, article: Article, language: Language = Language.ENGLISH) -> Indexed:
        """Return what `extract` does and the distinct words of the text, which is cut into words once for both."""
        parts = TOKEN.split(article.text)
        return Indexed(self._timeline(article, parts, self._wordings[language]), distinct(parts[1::2]))

    def _timeline(self, article: Article, parts: list[str], wording: Wording) -> Timeline:
        read = self._read(article, wording, parts)
        words, times = read.words, read.times
        places = [(mention.first, mention.last) for mention in read.mentions]
        today = None if read.context.at is None else read.context.at.date()
        drafts = attach(find_events(words, read.clauses), times, places, words, read.clauses, today)
        credit(drafts, read.clauses)
        names = Names(words)
        join_repeats(drafts, words, names)
        times = anchor(drafts, times, read.mentions, words, read.clauses, wording, read.context)
        inherit(drafts, words, names, today)
        name_participants(drafts, words, places)
        found = narrow(drafts, find_cues(drafts, places, words, names, read.clauses), today)
        self._salience.weigh(drafts)
        events, items, undated = tell(drafts, order(drafts, found), times, words, read.context.zone, wording)
        warnings = (*read.warnings, *(_contradicted(cue, words, wording) for cue in found.contradicted))
        return Timeline(times, events, items, undated, warnings, self._lexicon.hash, self._families.of(times, events))

    def resolve(self, article: Article, language: Language = Language.ENGLISH) -> Timeline:
        """Return the time expressions only, as `extract` does but for those that count from an event; for short texts."""
        read = self._read(article, self._wordings[language])
        return Timeline(read.times, (), (), (), read.warnings)

    @property
    def lexicon_hash(self) -> str:
        """The hash of the lexicon that this extractor reads by."""
        return self._lexicon.hash

    def _read(self, article: Article, wording: Wording, parts: list[str] | None = None) -> _Read:
        text = article.text
        if not text.strip():
            raise InvalidArticle("article.text", "the text is empty")
        context = self._countries.context(article.publication)
        words = join(self._lexer.words(text, parts), self._lexer)
        matched = self._grammar.find(words, MOST_TIMES)
        notes: list[TimelineWarning] = []
        size = _readable(matched, words)
        if size < len(words.entries):
            words.cut(size)
            matched = [mention for mention in matched if mention.last < size]
            rest = wording.tell(Reason(Because.TEXT_TRUNCATED, (len(text) - words.ends[-1],)))
            notes.append(TimelineWarning(WarningCode.TEXT_TRUNCATED, rest, ""))
        clauses = divide(words)
        mentions = find(matched, words, clauses.tense_at, self._knowledge)
        if _ARABIC.search(text) is None and (_LETTER.search(text) or not _DIGIT.search(text)):
            mentions = []  # another language; bare figures are still read
            notes.append(TimelineWarning(WarningCode.NO_ARABIC_TEXT, wording.tell(Reason(Because.NO_ARABIC_TEXT)), ""))
        if context.at is None:
            day = dateline(mentions, words, context)
            if day is None:
                missing = wording.tell(Reason(Because.PUBLICATION_MISSING))
                notes.append(TimelineWarning(WarningCode.PUBLICATION_MISSING, missing, ""))
            else:
                context = self._countries.context(replace(article.publication or Publication(), at=day))
                taken = wording.tell(Reason(Because.PUBLICATION_FROM_DATELINE, (day,)))
                notes.append(TimelineWarning(WarningCode.PUBLICATION_FROM_DATELINE, taken, ""))
        times, mentions, warnings = express(mentions, words, context, clauses, wording)
        warnings = (*notes, *warnings)
        return _Read(words, clauses, mentions, times, warnings, context)

    def trace(self, article: Article, language: Language = Language.ENGLISH) -> Trace:
        """Return how each stage read the text, for `timeline explain` and for people who write rules."""
        read = self._read(article, self._wordings[language])
        words, text = read.words, article.text
        seen = tuple(
            f"{text[start + entry.skip : end]}  {_categories(entry)}"
            for start, end, entry in zip(words.starts, words.ends, words.entries, strict=True)
            if entry.folded != "\n"
        )
        found = tuple(
            f"{text[m.start : m.end]}  {m.rule}{' (weak)' if m.weak else ''}: {m.expression}" for m in self._grammar.find(words)
        )
        joined = tuple(f"{text[m.start : m.end]}  {m.rule}: {m.expression}" for m in read.mentions)
        return Trace(seen, found, joined, read.times)

    def verbs(self, text: str) -> tuple[Span, ...]:
        """Return the spans of a text's finite verbs, events or not, without clitics before them: for measuring against treebanks."""
        words = join(self._lexer.words(text), self._lexer)
        return tuple(finite_verbs(words, divide(words)))

    @property
    def foreign_calls(self) -> int:
        """How often dateparser was asked since this extractor was made."""
        return self._foreign.calls

    def event_kinds(self) -> tuple[EventKind, ...]:
        """Return the kinds of events that this engine knows, by group, then by name."""
        return tuple(sorted(self._vocabulary.kinds, key=lambda kind: (kind.group, kind.name)))


def _contradicted(cue: Cue, words: Words, wording: Wording) -> TimelineWarning:
    text = words.text
    said = [text[words.starts[word] : words.ends[word]] for word in (cue.word, cue.earlier.word, cue.later.word)]
    message = wording.tell(Reason(Because.ORDER_CONTRADICTED, tuple(said)))
    return TimelineWarning(WarningCode.ORDER_CONTRADICTION, message, "", (cue.earlier.id, cue.later.id))


def _readable(matched: list[Mention], words: Words) -> int:
    """Return how many words of a text are read."""
    size = len(words.entries)
    if len(matched) == MOST_TIMES:
        size = matched[-1].last + 1
    if len(words.marks) > MOST_VERBS:
        verbs = [word for word in words.marks if words.entries[word].role & VERB]
        size = min(size, verbs[MOST_VERBS]) if len(verbs) > MOST_VERBS else size
    return size


def _value(value: object) -> str:
    return value.name if isinstance(value, enum.Enum) else f"{value:g}" if isinstance(value, float) else str(value)


def _categories(entry: Entry) -> str:
    return ", ".join(f"{name}={_value(value)}" for name, value in sorted(entry.categories.items())) or "-"
