"""What the clause around an amount says of it: a verb of measure that bounds it, and whether it has lasted until now."""

from __future__ import annotations

from timeline.model import Mod
from timeline.text.categories import Particle
from timeline.text.entries import AMBIGUOUS, RARE, STOP, VERB, Entry

_REACH = 8  # words back in which the verb of a clause is looked for
_SUBJECT = 4  # words that can stand between a verb of measure and what it measures
_NEGATIONS = frozenset((Particle.LA, Particle.LAM, Particle.LAN))
_OPPOSITE = {Mod.MORE_THAN: Mod.EQUAL_OR_LESS, Mod.LESS_THAN: Mod.EQUAL_OR_MORE}
_ENDS = frozenset(("preposition", "punctuation", "particle", "quote", "number", "unit", "units", "dual"))


def limited(entries: list[Entry], at: int) -> tuple[Mod | None, int]:
    """Return how the verb or phrase of measure before an amount bounds it, and the word before what bounds it directly.

    `at` is the word before the amount, and is given back where the bounding verb stands further off: لا يقل عمره عن.
    """
    if at < 0:
        return None, at
    bound = entries[at].categories.get("limit")
    if isinstance(bound, Mod):
        if _negated(entries, at):
            return _OPPOSITE.get(bound, bound), at - 2
        return bound, at - 1
    linked = "limit_link" in entries[at].categories
    name = "limit_verb" if linked else "limit"
    first = at - 1 if linked else at
    for k in range(first, max(first - _SUBJECT, 0) - 1, -1):
        bound = entries[k].categories.get(name)
        if isinstance(bound, Mod):
            return (_OPPOSITE.get(bound, bound) if _negated(entries, k) else bound), at
        if not _ENDS.isdisjoint(entries[k].categories) or _is_verb(entries[k]):
            break
    return None, at


def has_lasted(entries: list[Entry], at: int) -> bool:
    """Tell whether what is told has been so since then: for the first time since, unlike ever since, not since.

    `at` is the word for since.
    """
    for k in range(at - 1, max(at - _REACH, 0) - 1, -1):
        entry = entries[k]
        if entry.role & STOP or "punctuation" in entry.categories:
            return False
        if k >= at - 2 and "ever" in entry.categories:
            return True
        if entry.particle in _NEGATIONS:
            return "except" not in entry.categories
        if _is_verb(entry):
            return _negated(entries, k)
    return False


def _negated(entries: list[Entry], at: int) -> bool:
    return at > 0 and entries[at - 1].particle in _NEGATIONS


def _is_verb(entry: Entry) -> bool:
    return entry.role & (VERB | RARE | AMBIGUOUS) == VERB
