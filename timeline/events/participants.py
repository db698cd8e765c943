"""Participants: who says it, as a noun phrase beside the verb. High precision first: where the phrase's end is unclear, none is given."""

from __future__ import annotations

from timeline.events.draft import Draft
from timeline.model import EventClass, Participant, Role, Span
from timeline.text.clauses import Opening
from timeline.text.words import BREAK, NOUN, QUOTE, STOP, Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_REPORTING = EventClass.REPORTING
_THAT = Opening.THAT
_LONGEST = 9  # words


def name_agents(drafts: list[Draft], words: Words, places: list[tuple[int, int]]) -> None:
    """Give verbs of saying their subjects; `places` are the first and last words of the times, which are part of no subject."""
    inside = {word for first, last in places for word in range(first, last + 1)}
    for draft in drafts:
        if draft.type is _REPORTING and not draft.noun:
            draft.agent = _agent(draft, words, inside)


def _agent(draft: Draft, words: Words, inside: set[int]) -> Participant | None:
    """Return the subject of a verb of saying: between أن and the verb, else the words after it up to where a new phrase begins."""
    first, last = _before(draft, words, inside) or _after(draft, words, inside)
    entries, text = words.entries, words.text
    while last > first and (
        text[words.starts[last] : words.ends[last]].endswith(_ADVERB) or "nobody" in entries[last].categories
    ):
        last -= 1
    if (
        last < first
        or "nobody" in entries[first].categories
        or entries[first].role & NOUN
        or "number" in entries[first].categories
    ):
        return None
    start, end = words.starts[first] + entries[first].skip, words.ends[last]
    return Participant(Role.AGENT, Span(start, end), text[start:end])


def _before(draft: Draft, words: Words, inside: set[int]) -> tuple[int, int] | None:
    """Return the words between أن and its verb, where they are one phrase: إن بلينكن كرر."""
    clause = draft.clause
    first, last = clause.first + 1, draft.word - 1
    if clause.opening is not _THAT or not 0 <= last - first < _LONGEST:
        return None
    if any(words.entries[k].role & _END or k in inside for k in range(first, last + 1)):
        return None
    return first, last


def _after(draft: Draft, words: Words, inside: set[int]) -> tuple[int, int]:
    """Return the words after a verb up to where a new phrase begins; an empty range where that is too far."""
    entries = words.entries
    first = draft.word + 1
    while first < len(entries) and "aside" in entries[first].categories:
        first += 1
    if draft.clause.opening is _THAT and draft.word > draft.clause.first + 1:
        return first, first - 1  # its subject stands before it
    for k in range(first, min(first + _LONGEST + 1, len(entries))):
        if (
            entries[k].role & (_END if k == first else _END | NOUN)
            or k in inside
            or not _BEYOND.isdisjoint(entries[k].categories)
            or (k > first and _owned(words, k))
        ):
            return first, k - 1
    return first, first - 1


def _owned(words: Words, k: int) -> bool:
    """Tell whether a word ends in a pronoun, so that it is the object and no part of a name: نفت الشركة مسؤوليتها."""
    start, end = words.starts[k], words.ends[k]
    return end - start > _SHORT and words.text[start:end].endswith(_OWN)


_BEYOND = frozenset(("truth", "aside"))  # what no name goes on over
_END = STOP | QUOTE | BREAK
_OWN = ("\u062a\u0647", "\u0647\u0627", "\u0647\u0645")
_SHORT = 4  # letters of names that end so: أدهم
_ADVERB = ("\u0627\u064b", "\u064b\u0627")  # tanwin: مجدداً
