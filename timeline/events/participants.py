"""Participants: who says or does it, as the noun phrase after the verb. High precision first: where its end is unclear, none is given."""

from __future__ import annotations

from timeline.events.draft import Draft
from timeline.model import EventClass, Participant, Role, Span
from timeline.text.words import NOUN, QUOTE, STOP, VERB, Words

_LONGEST = 9
_KINDS = frozenset(("visit", "arrival", "departure", "travel", "return", "meeting", "talks"))


def agent(draft: Draft, words: Words, inside: set[int]) -> Participant | None:
    """Return the subject of a verb of saying, intending or moving: the words after it up to where a new phrase begins."""
    if draft.noun or (draft.type not in (EventClass.REPORTING, EventClass.INTENTION) and draft.kind not in _KINDS):
        return None
    entries = words.entries
    first = draft.word + 1
    last = draft.word
    for k in range(first, min(first + _LONGEST + 1, len(entries))):
        entry = entries[k]
        ends = entry.role & (STOP | QUOTE | VERB) or entry.particle is not None or "comma" in entry.categories or k in inside
        if (
            ends
            or "preposition" in entry.categories
            and entry.folded in _ENDING
            or entry.clitics[:1] in ("ل", "ب")
            or entry.categories.keys() & {"since", "ago", "ahead", "within", "open"}
        ):
            break
        last = k
    else:
        return None
    if last < first or entries[first].folded in _PRONOUNS or (entries[first].role & NOUN and last == first):
        return None
    start, end = words.starts[first] + entries[first].skip, words.ends[last]
    return Participant(Role.AGENT, Span(start, end), words.text[start:end])


_ENDING = frozenset(
    (
        "في",
        "من",
        "علي",
        "الي",
        "عن",
        "مع",
        "بعد",
        "قبل",
        "خلال",
        "منذ",
        "بين",
        "حول",
        "ضد",
        "امام",
        "عند",
        "تحت",
        "عبر",
        "اثناء",
        "عقب",
        "اثر",
        "لدي",
        "بشان",
        "بسبب",
    )
)
_PRONOUNS = frozenset(("هو", "هي", "هم", "ذلك", "هذا", "هذه", "هنا"))
