"""Participants: who does it, to whom, with whom and where, as spans. High precision first: what is not sure is left out."""

from __future__ import annotations

from timeline.events.apposition import extended
from timeline.events.beside import name_beside, name_fronted
from timeline.events.draft import Draft
from timeline.events.objects import name_object
from timeline.events.phrased import AGENT, PATIENT, PLACE_OF, Found, Phrased
from timeline.events.phrases import read
from timeline.events.places import place_at
from timeline.events.subjects import AFTER, NO_SUBJECT, NONE, after, before
from timeline.model import EventClass, Participant, Span
from timeline.text.bits import (
    ASIDE,
    AT,
    BARE,
    BEFORE,
    BODY,
    COUNT,
    DEF,
    DOUBTFUL,
    EVENT,
    FENCE,
    FORM,
    FROM,
    GIVEN,
    HE,
    HIM,
    IN,
    JOIN,
    KNOWN,
    MULTI,
    NOBODY,
    NOUN_AGENT,
    NOUN_PATIENT,
    NOUN_PLACE,
    ON,
    OTHERS,
    OWNED,
    PASSIVE,
    PERSON,
    PLACE,
    SHE,
    SITE,
    TOWARDS,
    UNDERGOES,
    WITH,
    WITH_BY,
)  # fmt: skip
from timeline.text.clauses import Opening
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_REPORTING, _RELATIVE = EventClass.REPORTING, Opening.RELATIVE
_PREPOSITIONS = IN | TOWARDS | FROM | ON | WITH | BEFORE | WITH_BY
_PLACES = PLACE | DOUBTFUL | SITE | MULTI
_WHO = PERSON | BODY | GIVEN | KNOWN
# Sums that are asked for, each made once.
_AT_BARE = AT | BARE
_COUNT_WHO = COUNT | _WHO
_DEF_FENCE = DEF | FENCE
_EVENT_JOIN_NOBODY = EVENT | JOIN | NOBODY
_HE_SHE = HE | SHE
_HIM_PASSIVE = HIM | PASSIVE
_IN_ON_TOWARDS = IN | ON | TOWARDS
_NOUN_AGENT_NOUN_PATIENT = NOUN_AGENT | NOUN_PATIENT
_OTHERS_PASSIVE = OTHERS | PASSIVE


def name_participants(drafts: list[Draft], words: Words, times: list[tuple[int, int]]) -> None:
    """Give events their participants; `times` are the first and last words of the times, which are part of none."""
    text = Phrased(words, times)
    speaker: Draft | None = None
    spoken: Participant | None = None  # as what the speaker was named
    for draft in drafts:
        if draft.noun:
            found = _of_noun(text, draft) if draft.lemma.frame else None
        else:
            found = _of_verb(text, draft)
            if draft.source is None and (found or draft.type is _REPORTING):
                agent = found[0] if found and found[0].role is AGENT else None
                says = draft.type is _REPORTING
                if says and agent is None and speaker is not None and spoken is not None and _goes_on(text, draft, speaker):
                    agent = spoken
                    found = [agent, *(found or ())]
                if says or agent is not None:
                    speaker, spoken = (draft, agent) if says else (None, None)
        if found:
            if len(found) > 1:
                found.sort(key=_position)
            draft.participants = tuple(found)


def _position(participant: Participant) -> Span:
    return participant.span


def _of_verb(text: Phrased, draft: Draft) -> Found | None:
    """Return the participants of a finite verb, None for none."""
    nominals, word, clause = text.nominals, draft.word, draft.clause
    frame, limit, first = draft.lemma.frame, clause.last + 1, clause.first
    k = word + 1
    while nominals[k] & ASIDE and k < limit:
        k += 1
    end = k
    while end < limit and not nominals[end] & FENCE:
        end += 1
    if end > k and nominals[end] & ASIDE:
        end = text.end(end - 1, limit)
    beside = frame & _PREPOSITIONS
    if draft.object >= 0:
        noun = text.entries[draft.object].noun
        beside |= 0 if noun is None else noun.lemma.frame & _PREPOSITIONS
    if word == first and end <= k and not beside:
        return None  # nothing stands on either side
    form = nominals[word] >> FORM if clause.form is text.entries[word].verb else SHE
    found: Found = []
    subject = before(text, draft, form) if word > first else AFTER
    objects = k
    if subject is AFTER and k < end and not form & OTHERS:
        subject = NONE if nominals[k] & NO_SUBJECT else after(text, draft, form, k, end, limit, found)
        objects = subject[3]
        if objects >= end and not frame & BARE:
            objects = text.past_time(end, limit)
            end = text.end(objects, limit) if objects >= 0 else end
    start, last, bits, _ = subject
    if start >= 0:
        role = PATIENT if form & PASSIVE or frame & UNDERGOES else AGENT
        found.append(text.participant(role, start, last))
        if 0 <= objects < end and not form & _HIM_PASSIVE and (frame & _AT_BARE) != BARE:
            if not frame & AT:
                name_object(text, draft, bits, objects, end, found)
            elif nominals[objects] & _PLACES:
                _direct_place(text, objects, end, found)
    elif frame & AT and k < end and nominals[k] & _PLACES:
        _direct_place(text, k, end, found)
    if beside:
        name_beside(text, draft, limit, beside, found)
    if nominals[first] & IN and word - first > 2 and clause.verb == word:
        name_fronted(text, first + 1, word, found)
    return found


def _direct_place(text: Phrased, k: int, end: int, found: Found) -> None:
    """Name the place that is the object of a verb of going."""
    if place_at(text.entries, text.nominals, k, end) == end - 1:
        found.append(text.participant(PLACE_OF, k, end - 1))


def _of_noun(text: Phrased, draft: Draft) -> Found | None:
    """Return the participants of an event noun: the second term of its construct, and its place right behind it."""
    nominals, word, frame = text.nominals, draft.word, draft.lemma.frame
    noun = text.entries[word].noun
    limit = draft.clause.last + 1
    k = word + 1
    if noun is None or k >= limit:
        return None
    found: Found = []
    n = nominals[k]
    if not noun.definite and not n & FENCE and not nominals[word] & OWNED:
        end = text.end(k, limit)
        if frame & NOUN_PLACE and n & _PLACES:
            _direct_place(text, k, end, found)
            k = end if found else k
        elif frame & _NOUN_AGENT_NOUN_PATIENT and n & _COUNT_WHO and not n & _EVENT_JOIN_NOBODY:
            last, sure, bits = read(text.entries, nominals, k, end)
            if not sure or not bits & _WHO or (frame & NOUN_AGENT and n & COUNT):
                return None
            if last + 1 == end:
                last = extended(text, bits, last, end, limit)
            if last < k:
                return None
            found.append(text.participant(AGENT if frame & NOUN_AGENT else PATIENT, k, last))
            if last > k and nominals[last] & DEF:
                frame &= ~(IN | ON)  # محاكمة زعيم المسلحين في الكونغو
            k = last + 1
    while k < limit and nominals[k] & _DEF_FENCE == DEF and k <= word + 2 and not found:
        k += 1
    mask = frame & _IN_ON_TOWARDS
    n = nominals[k]
    if k < limit and mask and not n & WITH and not any(who.role is PLACE_OF for who in found):
        at = k + 1 if n & mask else k if n & WITH_BY and frame & IN else limit
        last = place_at(text.entries, nominals, at, limit)
        if last >= 0:
            found.append(text.participant(PLACE_OF, at, last))
    return found


def _goes_on(text: Phrased, draft: Draft, speaker: Draft) -> bool:
    """Tell whether a saying without a subject goes on with the last speaker's: وأضاف."""
    clause, said = draft.clause, speaker.clause
    if clause.opening is _RELATIVE or clause.quoted or draft.attributes or not text.entries[draft.word].clitics:
        return False
    if clause.sentence - said.sentence > (2 if clause.paragraph == said.paragraph else 1) or draft.word - clause.first > 1:
        return False
    nominals = text.nominals
    form = nominals[draft.word] >> FORM
    if form & _OTHERS_PASSIVE or not form & nominals[speaker.word] >> FORM & _HE_SHE:
        return False
    return draft.word == clause.last or nominals[draft.word + 1] & FENCE != 0
