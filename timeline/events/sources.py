"""Saying and said: which statement reports an event."""

from __future__ import annotations

from itertools import accumulate

from timeline.events.draft import Draft
from timeline.model import EventClass
from timeline.text.clauses import Clauses, Opening

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_REPORTING = EventClass.REPORTING


def credit(drafts: list[Draft], clauses: Clauses) -> None:
    """Link what is said to the saying: the content of أن and of a quotation to the reporting verb before it."""
    saying: Draft | None = None
    contents = list(accumulate(clause.opening in _CONTENT for clause in clauses.items))  # clauses of content up to each
    for draft in drafts:
        clause = draft.clause
        opening = clause.opening
        content = clause.quoted or opening in _CONTENT
        if saying is not None:
            same = saying.clause.sentence == clause.sentence
            if content:
                if same or clause.quoted:
                    draft.source = saying
            elif same and opening in _WITHIN and contents[draft.clause_index] > contents[saying.clause_index]:
                draft.source = saying
        if draft.type is _REPORTING and not draft.noun and (not content or draft.source is None):
            saying = draft


_CONTENT = (Opening.THAT, Opening.QUOTE)
_WITHIN = (Opening.RELATIVE, Opening.VERB)
