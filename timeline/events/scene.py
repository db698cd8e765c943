"""The scene: the event at which the story stands, which dates what is told in line with it."""

from __future__ import annotations

import datetime as dt

from timeline.events.draft import Draft
from timeline.model import EventClass, Grain, Modality, Tense
from timeline.text.clauses import Clause, Opening
from timeline.text.letters import THE
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_BY_VERB, _RELATIVE, _THAT, _QUOTATION = Opening.VERB, Opening.RELATIVE, Opening.THAT, Opening.QUOTE
_MAIN = (Opening.SENTENCE, Opening.VERB, Opening.SUBORDINATE)
_PAST, _NO_TENSE = Tense.PAST, Tense.NONE
_ACTUAL = Modality.ACTUAL
_REPORTING = EventClass.REPORTING
_DAY = Grain.DAY


def main_line(draft: Draft, relative: bool) -> bool:  # noqa: FBT001
    """Tell whether an event carries the story: in the past, to the day, not background.

    After a verb in a relative clause, a verb without a subject of its own goes on with that clause: الذي بدأ الأحد وانتهى الثلاثاء.
    """
    if not draft.firm or draft.modality is not _ACTUAL or draft.grain is not _DAY or draft.start is None or draft.end is None:
        return False
    if draft.noun and draft.tense is _NO_TENSE:
        return draft.side is not None
    return (
        draft.tense is _PAST
        and draft.clause.opening is not _RELATIVE
        and not (relative and draft.clause.opening is _BY_VERB)
        and not draft.clause.quoted
        and not draft.clause.before_past
    )


def follows(draft: Draft, scene: Draft, words: Names, now: dt.datetime | None) -> bool:
    """Tell whether an event is told in line with the scene: a main clause, not the content of another saying, not background."""
    clause = draft.clause
    if clause.before_past or clause.quoted or clause.opening not in (*_MAIN, _THAT, _QUOTATION):
        return False
    if draft.type is _REPORTING and now is not None and scene.end is not None and now - scene.end > _NEWS:
        return False  # what is said is said for the news, not when the old story happened
    if draft.source is not None:
        return draft.source is scene and draft.type is _REPORTING
    if clause.opening not in _MAIN:
        return False
    return (
        clause.paragraph == scene.clause.paragraph
        or (draft.type is _REPORTING and not words.elsewhere(clause))
        or not words.names(clause).isdisjoint(words.names(scene.clause))
    )


def said_later(draft: Draft, scene: Draft, now: dt.datetime | None) -> bool:
    """Tell whether a saying may be of any day since the scene: one about a deed of some days ago, in a sentence of its own."""
    if draft.type is not _REPORTING or scene.type is _REPORTING or draft.clause.sentence == scene.clause.sentence:
        return False
    return now is not None and scene.end is not None and now - scene.end >= dt.timedelta(days=1)


_NEWS = dt.timedelta(days=14)  # how far back a report still tells what is said


class Names:
    """Who and what clauses are about: their words that the vocabulary does not know, without the article; found once a clause."""

    def __init__(self, words: Words) -> None:
        self.entries = words.entries
        self.found: dict[int, set[str]] = {}

    def elsewhere(self, clause: Clause) -> bool:
        """Tell whether a clause opens in a place of its own, before a comma: وفي الكويت، أعلنت."""
        if self.entries[clause.first].categories.keys().isdisjoint(_PREPOSITIONS):
            return False
        for entry in self.entries[clause.first + 1 : clause.first + _OPENING]:
            if "comma" in entry.categories:
                return True
            if entry.role or entry.categories:
                break
        return False

    def names(self, clause: Clause) -> set[str]:
        """Return the words of a clause that may be names."""
        names = self.found.get(clause.first)
        if names is None:
            entries = self.entries[clause.first : clause.last + 1]
            unknown = [
                entry.folded for entry in entries if not entry.role and not entry.categories and len(entry.folded) > _SHORT
            ]
            names = self.found[clause.first] = {word.removeprefix(THE) for word in unknown}
        return names


_PREPOSITIONS = ("in", "at")
_OPENING = 5  # words in which a clause can name its place
_SHORT = 3  # letters of words that name nobody
