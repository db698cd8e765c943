"""Stance: which way the words around a mention point, seen from the moment of speaking."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.grammar import Mention
from timeline.model import Modality, Tense
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.entries import Entry
from timeline.text.letters import BY, THE, TO
from timeline.text.vocabulary import Ahead
from timeline.text.words import Words


class Stance(NamedTuple):
    """A direction as a tense; `lean` says that it is only the likelier one."""

    tense: Tense
    lean: bool = False


_ALONE = Stance(Tense.NONE)
_BACK = Stance(Tense.PAST)


def stance(mention: Mention, at: int, words: Words, clauses: Clauses) -> Stance:
    """Return where a time in the clause of index `at` lies by the words around it.

    A text that is nothing else says nothing. منذ points back. A deed that looks ahead (دعا, قرر, أجل) puts the time of what it
    is about ahead of it: دعت إلى التظاهر الجمعة, but not its own: دعت الجمعة إلى التظاهر. What was planned (كان من المقرر) may
    lie on either side.
    """
    entries, first = words.entries, mention.first
    if first == 0 and mention.last == len(entries) - 1:
        return _ALONE
    if first > 0 and "since" in entries[first - 1].categories:
        return _BACK
    tense = clauses.tense_of(at)
    clause = clauses.items[at]
    if clause.opening is Opening.RELATIVE and at and _after_comma(entries, clause, first):
        tense = _resumed(clauses, at) or tense
    if clause.before_past and clause.modality is Modality.PLANNED:
        return Stance(Tense.PRESENT, lean=True)
    if tense is Tense.PRESENT:
        return _of_present(entries, clauses, at, first)
    if tense is Tense.FUTURE and _is_cause(entries, clause, first):
        return Stance(Tense.PAST, lean=True)
    ahead = None if clause.form is None or tense is not Tense.PAST else clause.form.lemma.ahead
    if ahead is None or clause.modality is not Modality.ACTUAL:
        return Stance(tense)
    if _is_target(entries, clause, first) or (ahead is Ahead.ABOUT and _is_about(entries, clause, first)):
        return Stance(Tense.FUTURE, lean=True)
    return Stance(tense)


def _of_present(entries: list[Entry], clauses: Clauses, at: int, first: int) -> Stance:
    """Read a clause of the present: قبل أن is of the time of what is told, a participle tells what was done: الاتفاق المبرم الثلاثاء."""
    if at and entries[clauses.items[at].first].categories.get("opener") == _BEFORE:
        return Stance(clauses.tense_of(at - 1))
    if first > 1 and entries[first - 1].folded.startswith(_PARTICIPLE) and entries[first - 2].folded.startswith(THE):
        planned = entries[first - 1].particle is not None
        return Stance(Tense.FUTURE if planned else Tense.PAST, lean=True)
    return Stance(Tense.PRESENT)


_BEFORE = 1  # the value of قبل أن among the openers of clauses
_PARTICIPLE = THE + "م"


def _after_comma(entries: list[Entry], clause: Clause, first: int) -> bool:
    """Tell whether a comma parts a phrase from the verb before it: يفوز الحزب الذي نال الأغلبية، في اقتراع 8 مايو."""
    return any("comma" in entries[k].categories for k in range(max(first - _PHRASE, clause.verb + 1), first))


_PHRASE = 6  # words from a comma to the time that it parts from a relative clause


def _is_cause(entries: list[Entry], clause: Clause, first: int) -> bool:
    """Tell whether a time belongs to a deed of the subject's that the future one comes after: سيتولى المنصب، بعد فوزه في اقتراع الأحد."""
    for k in range(first - 1, max(first - _PHRASE, clause.verb, 1), -1):
        noun = entries[k].noun
        if noun is not None and noun.possessed and entries[k - 1].categories.get("anchor") == -1:
            return "comma" in entries[k - 2].categories
    return False


def _resumed(clauses: Clauses, at: int) -> Tense | None:
    """Return the tense of the clause that a relative clause parted: سيعود الوزير الذي وقع الاتفاق، إلى بلاده في 8 مايو."""
    before = clauses.items[at - 1]
    if before.sentence != clauses.items[at].sentence or before.verb < 0 or before.opening is Opening.RELATIVE:
        return None
    return before.tense


def _is_target(entries: list[Entry], clause: Clause, first: int) -> bool:
    """Tell whether a time is the one that something is moved to: أجل الجلسة إلى الخميس."""
    before = entries[first - 1]
    return entries[first].clitics.endswith(TO) or (first - 1 > clause.verb and not _TO.isdisjoint(before.categories))


def _is_about(entries: list[Entry], clause: Clause, first: int) -> bool:
    """Tell whether a time belongs to an event that the verb governs: the object next to it, or one under a preposition.

    Only the event next to the time counts, and what it is the second term of: طالب بالتحقيق في انفجار الأحد is no call for a blast.
    """
    for k in range(first - 1, max(clause.verb, first - _GOVERNED), -1):
        entry = entries[k]
        if "comma" in entry.categories:
            return False
        if entry.noun is None:
            continue
        if k == clause.verb + 1 or entry.clitics.endswith((BY, TO)) or not _ABOUT.isdisjoint(entries[k - 1].categories):
            return True
        if entries[k - 1].noun is None:
            return False
    return False


_GOVERNED = 40  # words from a time back to the event that the verb governs
_TO = frozenset(("link_to", "upto"))
_ABOUT = frozenset(("link_to", "about"))
