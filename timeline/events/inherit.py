"""What an event without a time of its own takes from others; its basis says INFERRED and its confidence drops."""

from __future__ import annotations

import datetime as dt

from timeline.events.counting import count_on
from timeline.events.draft import Draft, tomorrow
from timeline.events.news import tell_news, tell_past
from timeline.events.scene import Names, follows, main_line, said_later
from timeline.events.settings import share_settings
from timeline.model import Basis, EventClass, Grain, Modality, Relation, Tense
from timeline.reasons import Because, Reason
from timeline.text.clauses import Opening
from timeline.text.letters import TO
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_BY_VERB, _SUBORDINATE, _RELATIVE = Opening.VERB, Opening.SUBORDINATE, Opening.RELATIVE
_PAST, _NO_TENSE, _FUTURE = Tense.PAST, Tense.NONE, Tense.FUTURE
_ACTUAL, _NEGATED, _PLANNED, _EXPECTED = Modality.ACTUAL, Modality.NEGATED, Modality.PLANNED, Modality.EXPECTED
_REPORTING = EventClass.REPORTING
_DAY = Grain.DAY
_DAYS = (None, Relation.DURING)  # relations to a time that hold for what is told with it


def inherit(drafts: list[Draft], words: Words, names: Names, today: dt.date | None) -> None:
    """Hand times on from event to event, and bound what is only known to lie before or after another."""
    _since(drafts)
    share_settings(drafts, words)
    _scenes(drafts, names, today)
    tell_news(drafts, names, today)
    _same_time(drafts, words)
    _sayings(drafts, today)
    tell_past(drafts, today)


def _scenes(drafts: list[Draft], words: Names, today: dt.date | None) -> None:
    """Walk through the article: the latest dated event of the main line dates what is told after it; plans date further plans.

    What is only known to lie before or after another event, or before publication, gets that bound alone.
    """
    scene: Draft | None = None
    plan: Draft | None = None
    said: Draft | None = None  # the latest dated saying
    told: Draft | None = None  # the latest dated event of the past in the same sentence
    sentence, relative = -1, False  # the sentence, and whether the verb before stands in a relative clause of it
    now = None if today is None else dt.datetime.combine(today, dt.time())
    for at, draft in enumerate(drafts):
        clause, modality = draft.clause, draft.modality
        past = draft.tense is _PAST and (modality is _ACTUAL or modality is _NEGATED)
        if sentence != clause.sentence:
            sentence, relative, told = clause.sentence, False, None
        if draft.own:
            if draft.source is None and main_line(draft, relative):
                scene = draft
            elif modality is _PLANNED:
                plan = draft
        elif draft.start is not None or draft.end is not None:
            pass
        elif draft.noun and draft.tense is _NO_TENSE:
            if modality is _PLANNED and now is not None and not draft.times and words.entries[draft.word].clitics.endswith(TO):
                _after_speaking(draft, now)
        elif draft.tense is _FUTURE and modality in (_PLANNED, _EXPECTED):
            planned = _planned(drafts, at)
            if planned is not None:
                draft.take(planned, Because.WITH_PLANNED, 0.8)
            elif plan is not None and clause.paragraph - plan.clause.paragraph <= 1 and plan.modality is modality:
                draft.take(plan, Because.WITH_PLAN, 0.7)
            elif now is not None:
                _after_speaking(draft, now)
        elif past and clause.before_past and draft.opener is None and (back := _flashback(drafts, at, scene)) is not None:
            draft.take(back, Because.STORY_GOES_BACK, 0.6)
        elif past:
            _past(draft, words, scene, told, said, now)
        if past and draft.start is not None and not draft.noun and draft.relation in _DAYS:
            told = draft
            if draft.type is _REPORTING and draft.source is None and not draft.vague:
                said = draft
        if not draft.noun:
            relative = draft.aside or (relative and clause.opening is _BY_VERB)


def _flashback(drafts: list[Draft], at: int, scene: Draft | None) -> Draft | None:
    """Return the dated event with which a story goes back, after a first sentence that had happened without a date."""
    if scene is None or scene.start is None:
        return None
    sentence = drafts[at].clause.sentence
    for draft in drafts[at + 1 : at + _LOOK]:
        if draft.clause.sentence - sentence > 2 or (draft.clause.before_past and draft.own):
            break
        if draft.own and draft.source is None and draft.start is not None and main_line(draft, relative=False):
            return draft if draft.start < scene.start else None
    return None


_LOOK = 12  # events ahead to the one with which a story goes back


def _planned(drafts: list[Draft], at: int) -> Draft | None:
    """Return the dated noun after a verb in its clause, which tells of the same plan: تستضيف القمة في فبراير."""
    clause = drafts[at].clause_index
    for k in range(at + 1, len(drafts)):
        draft = drafts[k]
        if draft.clause_index != clause:
            break
        if draft.noun and draft.own and draft.side is None:
            return draft
    return None


def _past(
    draft: Draft, words: Names, scene: Draft | None, told: Draft | None, said: Draft | None, now: dt.datetime | None
) -> None:
    """Date or bound an event of the past that has no time of its own."""
    clause = draft.clause
    if draft.source is not None and draft.source.dated and draft.type is _REPORTING:
        draft.take(draft.source, Because.SAID_WITH_REPORT, 0.8)
    elif draft.since is not None:
        draft.start = draft.since.start
        end = None if now is None else tomorrow(now.date())
        draft.end = None if end is not None and draft.start is not None and draft.start >= end else end
        draft.bound(Relation.SINCE, Because.SINCE_EVENT)
    elif clause.before_past and (draft.opener is None or told is None):
        end = scene.start if scene is not None and scene.start is not None else now
        draft.end = end
        draft.bound(Relation.BEFORE, Because.BEFORE_TOLD)
    elif draft.attributes and draft.type is _REPORTING:
        main = told if told is not None else scene
        if main is not None and main.start is not None and now is not None and main.start <= now:
            draft.start, draft.end = main.start, tomorrow(now.date())
            draft.bound(Relation.AFTER, Because.REPORTS_TOLD)
    elif draft.aside and not clause.quoted:
        main = told if told is not None else scene
        if main is not None and main.end is not None:
            draft.end = main.end
            draft.bound(Relation.BEFORE, Because.RELATIVE_BEFORE)
    elif draft.lasting:
        pass
    elif told is not None and draft.count is not None and told.start is not None and draft.source is told.source:
        count_on(draft, told)
    elif told is not None and clause.opening in (_SUBORDINATE, _BY_VERB) and not clause.quoted and draft.source is told.source:
        draft.take(told, Because.TOLD_IN_SENTENCE, 0.75)
    elif said is not None and "adding" in words.entries[draft.word].categories and _goes_on(draft, said):
        draft.take(said, Because.TOLD_AFTER, 0.8)
    elif scene is not None and not draft.stuck and follows(draft, scene, words, now):
        if said_later(draft, scene, now):
            draft.start, draft.end, draft.times = scene.start, tomorrow(now.date() if now is not None else None), scene.times
            draft.bound(Relation.AFTER, Because.SAID_AFTER)
            return
        distance = clause.paragraph - scene.clause.paragraph
        draft.take(scene, Because.TOLD_AFTER, max(0.4, 0.8 - 0.05 * distance))


def _goes_on(draft: Draft, said: Draft) -> bool:
    """Tell whether what is added goes on with a saying: in its paragraph or the next one, and in nobody's words."""
    return draft.source is None and not draft.aside and draft.clause.paragraph - said.clause.paragraph <= 1


def _since(drafts: list[Draft]) -> None:
    """Tie a verb to the event after منذ in its clause, or in the clause منذ أن after it; a relative clause between is passed over."""
    verb: Draft | None = None  # the latest verb outside relative clauses
    for draft in drafts:
        if draft.after_since and verb is not None and verb.clause.sentence == draft.clause.sentence:
            verb.since = draft
        if not draft.noun and draft.clause.opening is not _RELATIVE:
            verb = draft


def _sayings(drafts: list[Draft], today: dt.date | None) -> None:
    """Bound a saying without a date by what it reports: said after that happened, and before publication."""
    end = tomorrow(today)
    if end is None:
        return
    for draft in drafts:
        said = draft.source
        if said is None or not draft.own or said.dated or said.tense is not _PAST or (said.aside and not said.attributes):
            continue
        if (
            draft.modality is _ACTUAL
            and draft.grain is _DAY
            and draft.start is not None
            and draft.end is not None
            and draft.end <= end
        ):
            said.start, said.end = draft.start, end
            said.times, said.fine = draft.times, draft.fine
            said.bound(Relation.AFTER, Because.SAID_AFTER_REPORT)


def _after_speaking(draft: Draft, now: dt.datetime) -> None:
    """Bound a plan without a date: it lies after the moment of speaking."""
    spoken = draft.source if draft.source is not None and draft.source.start is not None else None
    draft.start = now if spoken is None else spoken.start
    draft.relation, draft.basis, draft.confidence = Relation.AFTER, Basis.INFERRED, 0.6
    draft.grain = _DAY
    draft.why = Reason(Because.AFTER_SPEAKING)


def _same_time(drafts: list[Draft], words: Words) -> None:
    """Date nouns under a preposition of time from their clause's own event: توقفت في أكتوبر بعد سقوط الطائرة."""
    for draft in drafts:
        main = draft.main
        if main is None or draft.side is None or draft.dated or main.start is None or main.end is None:
            continue
        if main.modality is not _ACTUAL or main.word > draft.word:
            continue
        if "morrow" in words.entries[draft.word - 1].categories:
            if main.grain is _DAY and main.start.date() > dt.date.min:
                draft.take(main, Because.DAY_BEFORE, 0.8)
                draft.start, draft.end = main.start - dt.timedelta(days=1), main.start
        elif draft.side < 0 and (
            main.grain is None or main.grain > Grain.MONTH or "cause" in words.entries[draft.word - 1].categories
        ):
            continue
        else:
            draft.take(main, Because.TOLD_WITH, 0.7)
