"""Cues: what the words say about which of two events came first, whatever their dates.

Explicit cues are words of time between two events (after, before, then, later, hours before). Others follow from the construction:
what is reported happened before it was said, what is announced comes after the announcement, a result after its cause, what "had
happened" before what is told. Text order is no cue.
"""

from __future__ import annotations

from typing import NamedTuple

from timeline.events.draft import Draft
from timeline.events.scene import Names
from timeline.model import EventClass, Modality, Tense
from timeline.text.clauses import Clauses, Opening
from timeline.text.entries import SEQUEL
from timeline.text.letters import THEN
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_THAT, _BY_VERB = Opening.THAT, Opening.VERB
_PAST, _PRESENT, _NO_TENSE, _FUTURE = Tense.PAST, Tense.PRESENT, Tense.NONE, Tense.FUTURE
_ACTUAL, _PLANNED, _EXPECTED, _NEGATED = Modality.ACTUAL, Modality.PLANNED, Modality.EXPECTED, Modality.NEGATED
_REPORTING = EventClass.REPORTING
AS_NEWS = -2
Place = tuple[int, int]  # first and last word of a time expression


class Cue(NamedTuple):
    """One event before another; `word` says so, -1 where the construction does, -2 where only the way news is told does.

    The last kind orders events and bounds none.
    """

    earlier: Draft
    later: Draft
    word: int


def find_cues(drafts: list[Draft], places: list[Place], words: Words, names: Names, clauses: Clauses) -> list[Cue]:
    """Return the cues of a text, the explicit ones first."""
    if not drafts:
        return []
    finder = _Finder(drafts, words, names, clauses)
    finder.walk()
    finder.sequels()
    finder.counts(places)
    return [*finder.said, *finder.built]


class _Finder:
    """Collects cues; `said` are the explicit ones, `built` follow from the construction."""

    def __init__(self, drafts: list[Draft], words: Words, names: Names, clauses: Clauses) -> None:
        self.drafts = drafts
        self.words = words
        self.names = names
        self.clauses = clauses
        self.by_word = {draft.word: draft for draft in drafts}
        self.said: list[Cue] = []
        self.built: list[Cue] = []

    def explicit(self, earlier: Draft, later: Draft, word: int) -> None:
        if earlier is not later:
            self.said.append(Cue(earlier, later, word))

    def implied(self, earlier: Draft, later: Draft) -> None:
        if earlier is not later:
            self.built.append(Cue(earlier, later, -1))

    def walk(self) -> None:
        """Look at each event and at those before it in its sentence."""
        sentence = -1
        before: Draft | None = None  # the event just before
        outer: Draft | None = None  # the latest verb outside relative clauses
        ahead: Draft | None = None  # what a clause with "after" or "before" told before the verb that it belongs to
        story: Draft | None = None  # the latest verb of the story, over sentences
        for draft in self.drafts:
            clause = draft.clause
            if clause.sentence != sentence:
                sentence, before, outer, ahead = clause.sentence, None, None, None
            verbal = draft.tense is not _NO_TENSE
            if draft.side:
                self._beside(draft, outer)
            if draft.opener is not None:
                told = before if before is not None and (_done(before) or before.tense is not _NO_TENSE) else outer
                if told is None:
                    ahead = draft
                else:
                    self._either(draft, told, draft.opener, clause.first)
            elif ahead is not None and verbal and outer is None and ahead.opener is not None:
                self._either(ahead, draft, ahead.opener, ahead.clause.first)
                ahead = None
            self._spoken(draft, outer, before, story)
            if verbal and draft.opener is None and not draft.aside and not self._describes(draft, outer):
                outer = draft
                if draft.source is None and _done(draft) and not clause.before_past and not clause.quoted:
                    story = draft
            before = draft

    def _either(self, draft: Draft, other: Draft, side: int, word: int) -> None:
        """Put an event before (-1) or after (1) another one."""
        earlier, later = (draft, other) if side < 0 else (other, draft)
        self.explicit(earlier, later, word)

    def _beside(self, noun: Draft, outer: Draft | None) -> None:
        """Read a noun under a preposition: after N, before N."""
        verb = noun.main
        if verb is None or self._describes(verb, outer):
            verb = outer
        if verb is None or verb is noun or not noun.side:
            return
        if verb.tense is _FUTURE or verb.modality in (_ACTUAL, _PLANNED, _EXPECTED):
            self._either(noun, verb, noun.side, noun.word - 1)

    def _describes(self, draft: Draft, outer: Draft | None) -> bool:
        """Tell whether an imperfect without a conjunction only says more of what is told: ألقى القبض على شاب يبلغ 24 عاما."""
        if outer is None or outer is draft or draft.tense is not _PRESENT or draft.clause.opening is not _BY_VERB:
            return False
        return _done(outer) and not self.words.entries[draft.word].clitics

    def _spoken(self, draft: Draft, outer: Draft | None, before: Draft | None, story: Draft | None) -> None:
        """Read the construction: reported speech, plans, relative clauses, "had happened", "and so", results."""
        clause, source = draft.clause, draft.source
        if source is not None and not source.clause.before_past:
            if _done(draft):
                self.implied(draft, source)
            elif _meant(draft):
                self.implied(source, draft)
            return
        if not _done(draft):
            if _meant(draft) and clause.opening is _THAT and outer is not None:
                self.implied(outer, draft)
            return
        entries = self.words.entries
        if draft.noun:
            main = draft.main
            if main is None or main.word > draft.word or draft.own:
                return
            if "resulting" in entries[main.word].categories:
                self.implied(main, draft)
            elif main.type is _REPORTING and _done(main) and draft.side is None:
                self.implied(draft, main)  # أعلن فوزه
        elif clause.before_past:
            if story is not None:
                self.implied(draft, story)
        elif draft.aside:
            if draft.attributes:
                if before is not None and _done(before):
                    self.implied(before, draft)
            elif "resulting" in entries[draft.word].categories:
                if before is not None and (_done(before) or before.noun):
                    self.implied(before, draft)
            elif outer is not None and _done(outer) and not clause.quoted:
                self.implied(draft, outer)
        elif draft.type is _REPORTING:
            self._comments(draft, story)
        elif entries[draft.word].clitics == THEN and before is not None and _done(before) and not before.noun:
            self.implied(before, draft)

    def _comments(self, saying: Draft, story: Draft | None) -> None:
        """Put what is said for the news after what happened, and what is added after what was said."""
        if story is None or saying.own or story is saying or self.names.elsewhere(saying.clause):
            return
        added = "adding" in self.words.entries[saying.word].categories
        if (story.type is not _REPORTING and story.clause.sentence != saying.clause.sentence) or added:
            self.built.append(Cue(story, saying, AS_NEWS))

    def sequels(self) -> None:
        """Read words that put their clause's event after or before the one told before: then, later, before that."""
        words, items = self.words, self.clauses.items
        entries = words.entries
        for i in words.marks:
            if not entries[i].role & SEQUEL:
                continue
            side = entries[i].categories.get("sequel")
            at = self.clauses.at(i)
            event = self._event_of(at, i)
            if event is None or not isinstance(side, int) or event.modality is _NEGATED:
                continue
            told = self._told_before(event, items[at].paragraph)
            if told is not None:
                self._either(event, told, side, i)

    def _event_of(self, at: int, word: int) -> Draft | None:
        """Return the event of the clause that holds a word, else of the next one in its sentence."""
        items = self.clauses.items
        found = self._next_verb(at, word)
        if found is not None:
            return found
        for clause in items[at : at + 2]:
            if clause.sentence != items[at].sentence:
                break
            found = self.by_word.get(clause.verb)
            if found is None and clause.light >= 0:
                found = next((draft for draft in self.drafts if draft.clause is clause and draft.tense is not _NO_TENSE), None)
            if found is not None and (found.word > word or clause is items[at]):
                return found
        return None

    def _next_verb(self, at: int, word: int) -> Draft | None:
        """Return the verb that follows at once a word at the end of a clause, and that it therefore belongs to: وصل ثم التقى."""
        items = self.clauses.items
        if items[at].last != word or at + 1 == len(items) or items[at + 1].sentence != items[at].sentence:
            return None
        found = self.by_word.get(items[at + 1].verb)
        return found if found is not None and found.word == word + 1 and not self.words.entries[word + 1].clitics else None

    def _told_before(self, event: Draft, paragraph: int) -> Draft | None:
        """Return the latest event of the same speaker before one, in its paragraph or the one before."""
        at = self.drafts.index(event)
        for other in reversed(self.drafts[max(at - _REACH, 0) : at]):
            if paragraph - other.clause.paragraph > 1:
                break
            same = other.source is event.source or other is event.source
            if other.tense is not _NO_TENSE and same and not other.aside and other.opener is None:
                return other if other.modality is event.modality or other.tense is event.tense else None
        return None

    def counts(self, places: list[Place]) -> None:
        """Read a length of time before or after an event: قبل ساعات من وصوله."""
        entries = self.words.entries
        for first, last in places:
            if last + 2 >= len(entries) or not first or "of" not in entries[last + 1].categories:
                continue
            lead = entries[first - 1].categories
            event = self.by_word.get(last + 2)
            if event is None or event.main is None or ("ago" not in lead and "ahead" not in lead):
                continue
            self._either(event, event.main, 1 if "ago" in lead else -1, first - 1)


_REACH = 8  # events back to the one that a word like "then" goes on from


def _done(draft: Draft) -> bool:
    """Tell whether an event is told as one that happened."""
    if draft.modality is not _ACTUAL:
        return False
    if draft.noun and draft.tense is _NO_TENSE:
        main = draft.main
        return main is None or main is draft or main.tense is not _FUTURE
    return draft.tense is _PAST or draft.headline


def _meant(draft: Draft) -> bool:
    return draft.tense is _FUTURE and (draft.modality is _PLANNED or draft.modality is _EXPECTED)
