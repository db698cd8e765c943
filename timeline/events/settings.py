"""Settings: a verb takes its date from the event in which it happened, told beside it with a verb of its own, or is joined to.

قتل خمسة في انفجار وقع أمس, سيغيب عندما يلعب فريقه الأحد, وفي البيان الذي صدر الجمعة، أكد; قتل جنديان وأصيب ثلاثة فجر الخميس.
"""

from __future__ import annotations

from itertools import pairwise

from timeline.events.draft import Draft
from timeline.model import EventClass, Modality, Tense
from timeline.reasons import Because
from timeline.text.clauses import Opening
from timeline.text.entries import NOUN
from timeline.text.letters import AND
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_BY_VERB = Opening.VERB
_THAT = Opening.THAT
_PAST = Tense.PAST
_ACTUAL = Modality.ACTUAL
_REPORTING = EventClass.REPORTING


def share_settings(drafts: list[Draft], words: Words) -> None:
    """Date a verb by the event in which it happened, where that has a verb of its own, and by the verb joined to it.

    قتل خمسة في انفجار وقع أمس, تعهد خلال قمة عقدها الشهر الماضي; قتل جنديان وأصيب ثلاثة فجر الخميس.
    """
    verbs = [draft for draft in drafts if not draft.noun]
    for before, draft in pairwise(verbs):
        if "when" in words.entries[draft.clause.first].categories and _when(before, draft):
            before.take(draft, Because.WITH_SETTING, 0.8)
        if before.aside and before.own and _free(draft, before) and _opens(before, words):
            draft.take(before, Because.WITH_SETTING, 0.8)  # وفي البيان الذي صدر الجمعة، أكد
        if not draft.own or draft.clause.sentence != before.clause.sentence or not _happened(draft):
            continue
        if draft.aside:
            noun = _noun_of(draft, before, words)
            if noun < 0:
                continue
            if before.clause_index == draft.clause_index - 1:
                if _free(before, draft):
                    before.take(draft, Because.WITH_SETTING, 0.85)
            elif _is_saying(words, noun):
                _date_saying(draft, drafts)
        elif _free(before, draft) and _joined(before, draft, words):
            before.take(draft, Because.TOLD_IN_SENTENCE, 0.8)


def _happened(draft: Draft) -> bool:
    return draft.tense is _PAST and draft.modality is _ACTUAL


def _free(draft: Draft, other: Draft) -> bool:
    """Tell whether an event of the past waits for a date that another one in its sentence may give it."""
    return not draft.dated and not draft.stuck and _happened(draft) and draft.clause.sentence == other.clause.sentence


def _opens(draft: Draft, words: Words) -> bool:
    """Tell whether a relative clause says more of what opens its sentence: وفي البيان الذي صدر الجمعة، أكد."""
    first = draft.clause.first
    return any(
        "in" in words.entries[k].categories and words.entries[k + 1].role & NOUN
        for k in range(max(first - 4, 0), max(first - 1, 0))
    )


def _is_saying(words: Words, noun: int) -> bool:
    found = words.entries[noun].noun
    return found is not None and found.lemma.class_ is _REPORTING


def _date_saying(draft: Draft, drafts: list[Draft]) -> None:
    """Date the saying of a sentence by the statement in which it was made: قال إن ... في بيان صدر أمس."""
    for other in reversed(drafts[: drafts.index(draft)]):
        if other.clause.sentence != draft.clause.sentence:
            break
        if other.type is _REPORTING and not other.noun and other.source is None:
            if _free(other, draft):
                other.take(draft, Because.WITH_SETTING, 0.8)
            break


def _when(before: Draft, draft: Draft) -> bool:
    """Tell whether a dated clause says when the verb before it is: سيغيب عندما يلعب فريقه الأحد."""
    return (
        draft.own
        and not before.dated
        and (before.tense is draft.tense or (before.tense is Tense.FUTURE and draft.tense is Tense.PRESENT))
        and before.clause_index == draft.clause_index - 1
        and before.clause.sentence == draft.clause.sentence
    )


def _noun_of(draft: Draft, before: Draft, words: Words) -> int:
    """Return the noun of happening that a clause says more of, where something happened in it; -1 for none."""
    entries = words.entries
    start = draft.word if draft.clause.opening is _THAT else draft.clause.first  # قال إن المعبر مغلق في بيان صدر أمس
    for k in range(start - 1, max(before.word, start - _PHRASE), -1):
        if entries[k].role & NOUN and not entries[k].clitics and k > 0:
            return -1 if _WITHIN.isdisjoint(entries[k - 1].categories) else k
    return -1


_WITHIN = frozenset(("in", "within"))


_PHRASE = 6  # words from a clause back to the noun that it describes


def _joined(before: Draft, draft: Draft, words: Words) -> bool:
    """Tell whether a verb is joined to the one just before it and no time is told between: قتل ... وأصيب ... أمس."""
    return (
        words.entries[draft.word].clitics == AND
        and draft.clause.opening is _BY_VERB
        and before.clause_index == draft.clause_index - 1
        and not before.times
        and before.type is draft.type
        and before.source is draft.source
    )
