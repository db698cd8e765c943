"""Finite verbs as tokens: what treebanks mark, whether an event or not. For measuring the reading of verbs apart from events."""

from __future__ import annotations

from timeline.model import Span
from timeline.text.clauses import Clauses
from timeline.text.words import Words


def finite_verbs(words: Words, clauses: Clauses) -> list[Span]:
    """Return the spans of the finite verbs of a text in text order, without clitics before them.

    They are the verbs of the clauses, تم and its like, and the auxiliaries: كان and its sisters, ليس, لا يزال (its second word), يجب.
    """
    found = {clause.verb for clause in clauses.items} | {clause.light for clause in clauses.items}
    found |= {i for i in words.marks if "auxiliary" in words.entries[i].categories}
    return [_span(words, i) for i in sorted(found) if i >= 0]


def _span(words: Words, i: int) -> Span:
    start, end = words.starts[i] + words.entries[i].skip, words.ends[i]
    last = words.text.rfind(" ", start, end) + 1
    return Span(max(start, last), end)
