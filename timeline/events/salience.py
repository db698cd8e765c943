"""Salience: how much an event is worth showing, so that a caller can ask for the few that make the story.

A sum of the weight of the event's kind and of signs in the text (lexicon/salience.toml): its place (the headline, the first paragraph
after it), a date of its own, later mentions, what it reports; less for background, settings, quotations, and what is doubtful. A later
mention of an event is never worth more than the first.
"""

from __future__ import annotations

from typing import NamedTuple

from timeline.errors import LexiconError
from timeline.events.draft import Draft
from timeline.model import Modality, Tense
from timeline.tables import Lexicon

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_NO_TENSE = Tense.NONE
_DOUBTFUL = (Modality.HYPOTHETICAL, Modality.POSSIBLE)
_AGAIN = 3  # mentions that count
_OTHER = "other"


class Signs(NamedTuple):
    """What each sign in the text adds."""

    headline: float
    lead: float
    dated: float
    inferred: float
    again: float
    reports: float
    aside: float
    setting: float
    quoted: float
    background: float
    doubtful: float
    undated: float


class Salience:
    """The weights of kinds and signs, from lexicon/salience.toml; read only."""

    def __init__(self, lexicon: Lexicon, kinds: frozenset[str]) -> None:
        """Take the table; raises LexiconError for a kind or a sign that does not exist or is missing."""
        table = lexicon.table("salience.toml")
        weights, signs = table["kinds"], table["signs"]
        faults = [f"salience.toml: {name} is no kind" for name in sorted(weights.keys() - kinds - {_OTHER})]
        faults += [f"salience.toml: {name} is no sign or missing" for name in sorted(signs.keys() ^ set(Signs._fields))]
        if faults:
            raise LexiconError(faults)
        self.weights: dict[str, float] = {kind: weights.get(kind, weights[_OTHER]) for kind in kinds}
        self.signs = Signs(**signs)

    def weigh(self, drafts: list[Draft]) -> None:
        """Give each event its salience, 0 to 1."""
        weights, signs = self.weights, self.signs
        mentions: dict[int, int] = {}
        reported: set[int] = set()
        for draft in drafts:
            if draft.same_as is not None:
                mentions[draft.same_as.number] = mentions.get(draft.same_as.number, 0) + 1
            if draft.source is not None:
                reported.add(draft.source.number)
        lead = 1 if drafts and drafts[0].headline else 0
        for draft in drafts:
            clause = draft.clause
            worth = weights.get(draft.kind, 0.0)
            if draft.headline:
                worth += signs.headline
            elif clause.paragraph <= lead:
                worth += signs.lead
            if draft.own:
                worth += signs.dated
            elif draft.start is None and draft.end is None:
                worth += signs.undated
            elif not draft.vague:
                worth += signs.inferred
            if draft.number in mentions:
                worth += signs.again * min(mentions[draft.number], _AGAIN)
            if draft.number in reported:
                worth += signs.reports
            if draft.aside:
                worth += signs.aside
            if draft.side is not None and draft.noun and draft.tense is _NO_TENSE:
                worth += signs.setting  # it says when something else was: بعد التصويت
            if clause.quoted:
                worth += signs.quoted
            if clause.before_past:
                worth += signs.background
            if draft.modality in _DOUBTFUL:
                worth += signs.doubtful
            draft.salience = 0.0 if worth <= 0 else 1.0 if worth >= 1 else round(worth, 2)
        for draft in drafts:
            if draft.same_as is not None:
                draft.salience = min(draft.salience, draft.same_as.salience)
