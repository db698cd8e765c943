"""Frames: what verbs and event nouns have beside them, by lemma and by kind (lexicon/frames.toml), each as a sum of bits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from timeline.model import EventClass
from timeline.text.bits import (
    AGAINST,
    AT,
    BARE,
    BEFORE,
    BY_NAME,
    BY_PERSON,
    FROM,
    HARMS,
    IN,
    MEETS,
    NOUN_AGENT,
    NOUN_PATIENT,
    NOUN_PLACE,
    ON,
    OVER,
    TOWARDS,
    UNDERGOES,
    WITH,
    WITH_BY,
)  # fmt: skip
from timeline.text.letters import fold

_FRAMES = {
    "bare": BARE, "undergoes": UNDERGOES, "harms": HARMS, "meets": MEETS, "over": OVER | ON, "before": AGAINST | BEFORE, "at": AT,
    "in": IN, "to": TOWARDS, "from": FROM, "on": ON, "with": WITH, "by": BY_PERSON | WITH_BY, "by_name": BY_NAME,
    "noun_agent": NOUN_AGENT, "noun_patient": NOUN_PATIENT, "noun_place": NOUN_PLACE,
}  # fmt: skip


class Frames:
    """The frames of all verbs, nouns and kinds."""

    def __init__(self, table: dict[str, Any]) -> None:
        """Take the table of frames; an empty one says nothing of any word."""
        self._verbs: dict[str, int] = {}
        self._nouns: dict[str, int] = {}
        self._kinds: dict[str, int] = {}
        bare = table.get("bare", {})
        self._shapes: dict[str, list[int]] = bare.get("shapes", {})
        self._with_object = frozenset(bare.get("with_object", ()))
        for name, bits in _FRAMES.items():
            for known, key in ((self._verbs, "verbs"), (self._nouns, "nouns"), (self._kinds, "kinds")):
                for word in table.get(name, {}).get(key, ()):
                    known[word] = known.get(word, 0) | bits

    def verb(self, past: str, kind: str, class_: EventClass) -> int:
        """Return the frame of a verb."""
        bits = self._verbs.get(past, 0) | self._kinds.get(kind, 0)
        if class_ is not EventClass.ASPECTUAL and past not in self._with_object:
            for start, (least, most) in self._shapes.items():
                if past.startswith(start) and least <= len(past) <= most:
                    bits |= BARE
        return bits

    def noun(self, form: str, kind: str) -> int:
        """Return the frame of an event noun."""
        return self._nouns.get(form, 0) | self._kinds.get(kind, 0)

    def faults(self, verbs: Collection[str], nouns: Collection[str], kinds: Collection[str]) -> list[str]:
        """Return what is wrong with the table: its words and kinds that the lexicon of events does not have."""
        strange = {
            *(self._verbs.keys() | self._with_object).difference(verbs),
            *{fold(noun): noun for noun in self._nouns if fold(noun) not in nouns}.values(),
            *self._kinds.keys() - set(kinds),
        }
        return [f"frames.toml: {word} is no word or kind of events" for word in sorted(strange)]
