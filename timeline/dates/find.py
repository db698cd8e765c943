"""From words to mentions: rules, joins, rows, amounts, and what may not stand alone."""

from __future__ import annotations

from timeline.dates.amounts import TenseAt, measure
from timeline.dates.coordinate import coordinate
from timeline.dates.foreign import ForeignDates
from timeline.dates.grammar import Grammar, Mention
from timeline.dates.join import join
from timeline.text.words import Words


def find(grammar: Grammar, words: Words, tense_at: TenseAt, foreign: ForeignDates) -> list[Mention]:
    """Return the time expressions of a text, left to right; `tense_at` gives the tense of the clause around a word."""
    found = foreign.replace(grammar.find(words), words.text)
    if not found:
        return found
    measured = [measure(mention, words, tense_at) for mention in coordinate(join(found, words), words)]
    return [mention for mention in measured if not mention.weak or _supported(mention, words)]


def _supported(mention: Mention, words: Words) -> bool:
    """Tell whether a weak mention may stand: it is all that the text says, or a year that an event or brackets hold."""
    entries = words.entries
    if mention.first == 0 and mention.last == len(entries) - 1:
        return True
    if mention.rule != "number_like_a_year":
        return False
    before = entries[mention.first - 1] if mention.first else None
    after = entries[mention.last + 1] if mention.last + 1 < len(entries) else None
    if before is None:
        return False
    closed = after is None or not after.folded.isalpha() or after.noun is None
    return "open" in before.categories or (before.noun is not None and closed and not before.clitics.endswith("ب"))
