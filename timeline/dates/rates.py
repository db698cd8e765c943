"""Rates: a unit after an amount says how often: ثلاث مرات في اليوم, 100 غرام في الأسبوع."""

from __future__ import annotations

from timeline.dates.expressions import Every, Shift
from timeline.dates.grammar import Mention
from timeline.model import Grain
from timeline.text.categories import Particle
from timeline.text.entries import STOP
from timeline.text.letters import THE
from timeline.text.words import Words


def per_unit(mention: Mention, words: Words) -> Mention:
    """Return the "today" of في اليوم after an amount as "a day"; any other mention as it is."""
    if mention.expression != _TODAY or mention.first != mention.last or words.entries[mention.first].clitics:
        return mention
    if mention.first == 0 or "in" not in words.entries[mention.first - 1].categories or not is_rate(mention, words):
        return mention
    return mention._replace(expression=Every(Grain.DAY), rule="per_unit", weak=False)


def is_rate(mention: Mention, words: Words) -> bool:
    """Tell whether a unit after its preposition is each unit: nothing says which one, and a number stands shortly before it."""
    entries, first = words.entries, mention.first
    after = entries[mention.last + 1] if mention.last + 1 < len(entries) else None
    if after is not None and not after.categories.keys().isdisjoint(_WHICH):
        return False
    if after is not None and after.particle is Particle.RELATIVE and after.folded.startswith(THE):
        return False
    for k in range(first - 2, max(first - _NEAR, -1), -1):
        if entries[k].role & STOP:
            return False
        if not entries[k].categories.keys().isdisjoint(_AMOUNT):
            return True
    return False


_TODAY = Shift(0, Grain.DAY)
_NEAR = 7  # words
_AMOUNT = frozenset(("number", "the_number", "daynum", "yearnum", "clocknum", "share", "dual", "several"))
_WHICH = frozenset(("aim", "ordinal", "self", "this", "that", "of", "weekday", "the_number"))
