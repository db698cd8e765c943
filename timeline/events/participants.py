"""Participants: who says or does it, as the noun phrase after the verb. High precision first: where its end is unclear, none is given."""

from __future__ import annotations

from timeline.events.draft import Draft
from timeline.model import EventClass, Participant, Role, Span
from timeline.text.words import BREAK, NOUN, QUOTE, STOP, Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_REPORTING = EventClass.REPORTING
_LONGEST = 9


def agent(draft: Draft, words: Words, inside: set[int]) -> Participant | None:
    """Return the subject of a verb of saying: the words after it up to where a new phrase begins."""
    if draft.noun or draft.type is not _REPORTING:
        return None
    entries = words.entries
    first = draft.word + 1
    last = draft.word
    for k in range(first, min(first + _LONGEST + 1, len(entries))):
        if entries[k].role & _END or k in inside:
            break
        last = k
    else:
        return None
    if (
        last < first
        or entries[first].folded in _PRONOUNS
        or entries[first].role & NOUN
        or "number" in entries[first].categories
    ):
        return None
    start, end = words.starts[first] + entries[first].skip, words.ends[last]
    return Participant(Role.AGENT, Span(start, end), words.text[start:end])


_END = STOP | QUOTE | BREAK
_PRONOUNS = frozenset(("هو", "هي", "هم", "ذلك", "هذا", "هذه", "هنا", "عدم", "كل"))
