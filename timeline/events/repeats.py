"""The same event again: later mentions of an event, which share its date.

A later mention is a verb or noun of the same family (اعتقل, اعتقال) in a clause that shares a name with the earlier one, a noun with a
pronoun (اجتماعه) or with the article (الهجوم) after an event of its family or narrow kind, and the body's mention of what the
headline tells.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from timeline.events.draft import Draft
from timeline.events.scene import Names
from timeline.model import EventClass, Modality, Tense
from timeline.reasons import Because
from timeline.text.letters import THE, fold
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_PAST, _PRESENT, _NO_TENSE = Tense.PAST, Tense.PRESENT, Tense.NONE
_ACTUAL = Modality.ACTUAL
_REPORTING, _STATE = EventClass.REPORTING, EventClass.STATE


def join(drafts: list[Draft], words: Words, names: Names) -> None:
    """Tie each event to an earlier mention of it, and give the one without a date that of the other."""
    headed = bool(drafts) and drafts[0].headline
    seen: dict[str, list[_Mention]] = {}
    for draft in drafts:
        if draft.type is _STATE or draft.lemma.light or (draft.type is _REPORTING and not headed):
            continue
        mention = _Mention(draft, skeleton(draft.lemma.form))
        earlier = seen.get(draft.kind)
        if earlier is None:
            seen[draft.kind] = [mention]
            continue
        other = _told_before(mention, earlier, words, names)
        if other is None and headed and draft.type is not _REPORTING:
            other = _in_headline(mention, earlier, names)
        if other is not None:
            _tie(draft, other)
        earlier.append(mention)


def first_mentions(drafts: list[Draft]) -> list[Draft]:
    """Return for each event the mention whose place all of its mentions share: the first whose dates agree. Events are numbered."""
    firsts: list[Draft] = []
    for draft in drafts:
        twin = draft.same_as
        # A mention stands after the one that it repeats.
        agrees = twin is not None and (twin.start, twin.end) == (draft.start, draft.end)
        firsts.append(firsts[twin.number] if twin is not None and agrees else draft)
    return firsts


class _Mention(NamedTuple):
    """An event and the family of its word."""

    draft: Draft
    family: str


_REACH = 8  # events of one kind back to which a mention can point


def _told_before(mention: _Mention, earlier: list[_Mention], words: Words, names: Names) -> Draft | None:
    """Return the latest of earlier events that an event is another mention of."""
    draft, family = mention
    noun = words.entries[draft.word].noun if draft.noun and draft.tense is _NO_TENSE else None
    owned = noun is not None and noun.possessed
    known = noun is not None and noun.definite and not owned and not draft.own
    for other, kin in reversed(earlier[-_REACH:]):
        related = kin == family
        if (
            not (related or owned or known)
            or (draft.type is _REPORTING and not other.headline)
            or not _compatible(draft, other)
        ):
            continue
        if other.headline and related and _told(draft, other):
            return other
        if (owned or known) and other.modality is _ACTUAL:
            if related or (owned and draft.kind in _HELD) or (known and other.noun and draft.kind in _ONE):
                return other
            continue
        if related and not other.clause.quoted:
            shared = len(names.names(draft.clause) & names.names(other.clause))
            if shared >= (1 if draft.kind in _ONE else _MANY):
                return other
    return None


def _in_headline(mention: _Mention, earlier: list[_Mention], names: Names) -> Draft | None:
    """Return the event of the headline that an event can be: of its family or of its narrow kind, in a like tense, sharing a name."""
    draft, family = mention
    for other, kin in earlier[:_REACH]:
        if not other.headline:
            break
        alike = draft.kind in _ONE or kin == family
        if alike and _told(draft, other) and _compatible(draft, other):
            return other if not names.names(draft.clause).isdisjoint(names.names(other.clause)) else None
    return None


_MANY = 2  # names that two mentions of an event of a broad kind share
_HELD = frozenset(("meeting", "talks", "visit"))
_ONE = _HELD | {  # kinds whose nouns are names of one thing: الغارة after هجوم, not الوصول after مغادرة
    "agreement", "election", "arrest", "release", "trial", "verdict", "dismissal", "resignation", "appointment", "protest", "attack",
    "explosion", "death", "ceasefire", "quake", "fire", "accident", "transfer", "increase", "decrease", "demand", "cancellation",
}  # fmt: skip


def _compatible(draft: Draft, other: Draft) -> bool:
    """Tell whether the dates and modalities of two mentions allow them to be of one event."""
    if draft.stuck or other.stuck or other.modality is not draft.modality:
        return _announced(draft, other)
    if draft.own and other.own:
        return (draft.start, draft.end) == (other.start, other.end)
    return not (draft.own or other.own) or _told(draft, other)


def _announced(draft: Draft, other: Draft) -> bool:
    """Tell whether the headline tells in the present or as a noun what the body plans: تعقد، ستعقد."""
    return other.headline and not draft.stuck and not other.own and other.tense in _HEADLINE


def _told(draft: Draft, other: Draft) -> bool:
    """Tell whether one tense can tell of both: the past, a noun, or a headline's present."""
    return draft.tense is other.tense or _NO_TENSE in {draft.tense, other.tense} or (other.headline and other.tense is _PRESENT)


_HEADLINE = (_PRESENT, _NO_TENSE)


def _tie(draft: Draft, other: Draft) -> None:
    """Make an event another mention of one told before, and let the date of either be that of both."""
    draft.same_as = other
    if draft.own and not other.own:
        other.take(draft, Because.SAME_EVENT, 0.8)
        other.modality = draft.modality if other.headline else other.modality
    elif other.own and not draft.own:
        draft.take(other, Because.SAME_EVENT, 0.8)


@lru_cache(maxsize=8192)
def skeleton(form: str) -> str:
    """Return the consonants of a verb or a masdar, by which its family is known; a masdar's prefix م or ت is not counted."""
    bare = fold(form.split(maxsplit=1)[0]).removeprefix(THE).translate(_WEAK)
    return bare[1:] if len(bare) > _ENOUGH + 1 and bare[0] in _PREFIXES else bare


_WEAK = str.maketrans("", "", "\u0627\u0648\u064a\u0647\u0626\u0624\u0621")
_PREFIXES = "\u0645\u062a"
_ENOUGH = 2  # consonants that a family must share at least
