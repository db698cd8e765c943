"""Denial: what a verb of denying says did not happen, and plans that were called off."""

from __future__ import annotations

from itertools import pairwise

from timeline.events.draft import Draft
from timeline.model import Modality, Tense
from timeline.text.clauses import Clause, Opening
from timeline.text.letters import BY, TO
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_RELATIVE, _THAT, _SUBORDINATE, _BY_VERB = Opening.RELATIVE, Opening.THAT, Opening.SUBORDINATE, Opening.VERB
_ACTUAL, _HYPOTHETICAL, _POSSIBLE = Modality.ACTUAL, Modality.HYPOTHETICAL, Modality.POSSIBLE
_NEGATED, _DENIED = Modality.NEGATED, Modality.DENIED
_PAST = Tense.PAST


def modality_of(words: Words, clause: Clause, index: int, items: list[Clause]) -> Modality:
    """Return the modality of a clause's verb, with what the verb that governs the clause adds."""
    opening, content = clause.opening, index
    if opening is _BY_VERB:
        content = index if words.entries[clause.first].clitics else _resumed(index, items)
    elif opening is not _THAT:
        return clause.modality
    if items[content].opening is _THAT and clause.modality in _UNSURE:
        governor = _governor(content, items)
        if governor is not None and denies(governor):
            return _DENIED
    return clause.modality


_UNSURE = (_ACTUAL, _HYPOTHETICAL, _POSSIBLE)


def _resumed(index: int, items: list[Clause]) -> int:
    """Return the clause without a verb that a clause goes on with after a relative clause, the clause itself where there is none."""
    if index > 1 and items[index - 1].opening is _RELATIVE and items[index - 1].sentence == items[index].sentence:
        before = items[index - 2]
        return index - 2 if before.verb < 0 and before.light < 0 else index
    return index


def _governor(index: int, items: list[Clause]) -> Clause | None:
    """Return the clause whose verb governs a clause of content: the one before it, relative clauses passed over."""
    sentence = items[index].sentence
    for k in range(index - 1, max(index - _CLAUSES, 0) - 1, -1):
        if items[k].sentence != sentence:
            break
        if items[k].opening is not _RELATIVE:
            return items[k]
    return None


def in_denial(words: Words, clause: Clause, i: int) -> bool:
    """Tell whether a noun is what its clause denies: an object, not under a preposition unless a denied report leads to it."""
    entries = words.entries
    if i - clause.verb > _REACH:
        return False
    direct, told = True, False
    for k in range(clause.verb + 1, i + 1):
        entry = entries[k]
        truth = entry.categories.get("truth")
        if isinstance(truth, int) and not entry.clitics:
            direct, told = True, told or truth > 0
        elif (("preposition" in entry.categories and k < i) or entry.clitics.endswith((TO, BY))) and not told:
            direct = False
    return direct and not (isinstance(entries[i - 1].categories.get("anchor"), int) and not entries[i].clitics)


_REACH = 20  # words from a verb of denying to what it denies
_CLAUSES = 12  # relative clauses between a verb and its clause of content


def denies(clause: Clause) -> bool:
    """Tell whether a clause says that something is not so: نفى, not لم ينف."""
    return clause.form is not None and clause.form.lemma.kind == "denial" and clause.modality is _ACTUAL


def call_off(drafts: list[Draft]) -> None:
    """Deny a plan of the past that the next verb calls off: كان من المقرر أن يزور ... لكنه ألغى الزيارة."""
    verbs = [draft for draft in drafts if not draft.noun or draft.clause.light >= 0]
    for plan, then in pairwise(verbs):
        clause, after = plan.clause, then.clause
        if (
            clause.before_past
            and plan.modality in _MEANT
            and after.sentence == clause.sentence
            and after.opening is _SUBORDINATE
        ):
            negated = then.modality is _NEGATED or then.kind in _OFF
            if negated and then.tense is _PAST:
                plan.modality, plan.tense = _NEGATED, _PAST


_MEANT = (Modality.PLANNED, Modality.EXPECTED)
_OFF = frozenset(("cancellation", "postponement", "prevention"))
