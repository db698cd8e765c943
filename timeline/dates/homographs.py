"""Words of time that mean something else where they stand: a channel's name, a surname, "became", "a relative", "the two"."""

from __future__ import annotations

from timeline.dates.amounts import TenseAt
from timeline.dates.expressions import Date, DayOfWeek, Expression, Lasting, Shift, Vague
from timeline.dates.grammar import Mention
from timeline.model import Grain, Tense, Weekday
from timeline.tables import Lexicon
from timeline.text.categories import Particle, Reference
from timeline.text.entries import HEADS, STOP, VERB, Entry
from timeline.text.letters import THE, TO, fold, with_clitics
from timeline.text.words import Words

_TANWIN = "\u064b"
_ALEF = "\u0627"


class Homographs:
    """The words that tell a time from what is written like it, from lexicon/homographs.toml: `words`, folded, by table; read only."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the table."""
        self.words = {
            name: frozenset(
                form for word in kind["words"] for form in (with_clitics(word) if "clitics" in kind else (fold(word),))
            )
            for name, kind in lexicon.table("homographs.toml").items()
        }

    def lends_its_name(self, month: Entry) -> bool:
        """Tell whether the name of a month is also one of people, places or firms."""
        return month.folded in self.words["month_and_name"]

    def has_months(self, entry: Entry) -> bool:
        """Tell whether a word is one that a month is often said of: أمطار, أسعار, أرقام."""
        return entry.folded in self.words["of_months"]

    def is_time(self, mention: Mention, words: Words, tense_at: TenseAt) -> bool:
        """Tell whether a mention says a time, by the words around it."""
        if type(mention.expression) not in _SUSPECT:
            return True
        match mention.expression:
            case Shift(0, Grain.DAY) | Vague(Reference.PRESENT_REF):
                return not self._ends_title(mention, words) and not self._greets(mention, words)
            case Shift(1, Grain.DAY):
                return not self._became(mention, words)
            case Vague(Reference.PAST_REF):
                first = mention.first
                return not self._at(words, first, "newly") or len(words.entries) == 1 or _follows_verb(words, first)
            case Vague(Reference.FUTURE_REF):
                return not self._is_relative(mention, words, tense_at)
            case DayOfWeek(weekday, None):
                return not self._is_surname(mention, words) and not self._is_two(weekday, mention, words)
            case Date(month=int(), day=int(), aim=None):
                return not self._names_house(mention, words)
            case Date(month=None, day=None) if mention.rule in _BARE_YEARS:
                return not self._at(words, mention.last + 1, "counted")
            case _:
                return not _names_week(mention.expression, mention, words)

    def _at(self, words: Words, at: int, name: str) -> bool:
        return 0 <= at < len(words.entries) and words.entries[at].folded in self.words[name]

    def _ends_title(self, mention: Mention, words: Words) -> bool:
        return self._at(words, mention.first - 1, "titled") and self._at(words, mention.first - 2, "outlet")

    def _greets(self, mention: Mention, words: Words) -> bool:
        """Tell whether "now" is a greeting or a name; as written, for its spelling with hamza is neither."""
        if words.text[mention.start : mention.end] not in self.words["greeting"] or len(words.entries) == 1:
            return False
        near = words.entries[max(mention.first - _NEAR, 0) : mention.last + _NEAR]
        return not any(entry.folded in self.words["levantine"] for entry in near)

    def _became(self, mention: Mention, words: Words) -> bool:
        first = mention.first
        if not self._at(words, first, "became") or _TANWIN in words.text[mention.start : mention.end]:
            return False
        before = words.entries[first - 1] if first else None
        behind = words.entries[first + 1 : first + 1 + _NEAR]
        if before is not None and (before.particle in _OF_VERBS or "opener" in before.categories):
            return not behind or "weekday" not in behind[0].categories
        return (before is None or bool(before.role & STOP)) and _has_predicate(behind)

    def _names_house(self, mention: Mention, words: Words) -> bool:
        if words.entries[mention.first].clitics or "day_word" in words.entries[mention.first].categories:
            return False
        return self._at(words, mention.first - 1, "sort_of_house") and self._at(words, mention.first - 2, "house")

    def _is_relative(self, mention: Mention, words: Words, tense_at: TenseAt) -> bool:
        if not self._at(words, mention.last, "relative") or mention.last + 1 >= len(words.entries):
            return False
        after = words.entries[mention.last + 1]
        to_someone = after.clitics.endswith(TO) or after.folded.startswith(TO + TO) or after.folded in self.words["to_someone"]
        return to_someone and tense_at(mention.first) is Tense.PAST

    def _is_surname(self, mention: Mention, words: Words) -> bool:
        """Tell whether a weekday is the surname of a person of whom only the first name stands before it, perhaps with a title."""
        first, entries = mention.first, words.entries
        if first != mention.last or entries[first].clitics or not self._at(words, first - 1, "given"):
            return False
        before = entries[first - 2] if first > 1 else None
        return before is None or bool(before.role & (VERB | STOP | HEADS)) or self._at(words, first - 2, "honorific")

    def _is_two(self, weekday: int, mention: Mention, words: Words) -> bool:
        if weekday != Weekday.MONDAY or mention.first != mention.last:
            return False
        return self._at(words, mention.first - 1, "of_two") or self._at(words, mention.last + 1, "both")


_SUSPECT = frozenset((Shift, Vague, DayOfWeek, Date, Lasting))
_NEAR = 6  # words
_BARE_YEARS = ("bare_year", "number_like_a_year")
_OF_VERBS = (Particle.QAD, Particle.RELATIVE)
_SHORTEST = 4  # letters of a predicate with its ending


def _follows_verb(words: Words, first: int) -> bool:
    verb = words.entries[first - 1].verb if first else None
    return verb is not None and not verb.lemma.light


def _has_predicate(entries: list[Entry]) -> bool:
    """Tell whether a subject and then an indefinite accusative follow, with nothing between them that ends a noun phrase."""
    for place, entry in enumerate(entries):
        if entry.role & (VERB | STOP) or entry.categories.keys() - {"construct", "named_for"}:
            return False
        if place and entry.folded.endswith(_ALEF) and len(entry.folded) >= _SHORTEST and not entry.folded.startswith(THE):
            return True
    return False


def _names_week(expression: Expression, mention: Mention, words: Words) -> bool:
    """Tell whether one unit after a preposition is the first word of a name: في أسبوع الموضة, خلال يوم الأسير."""
    if mention.rule != "single" or not isinstance(expression, Lasting) or mention.last + 1 >= len(words.entries):
        return False
    before = words.entries[mention.first - 1] if mention.first else None
    after = words.entries[mention.last + 1]
    return (
        before is not None
        and ("lasting" in before.categories or "within" in before.categories)
        and after.folded.startswith(THE)
        and not after.clitics
        and not after.categories
        and after.verb is None
    )
