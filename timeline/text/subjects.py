"""Subjects: whom the form of a verb has for its subject, and what else it shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.model import Tense
from timeline.text.bits import HE, HIM, OTHERS, PASSIVE, SHE
from timeline.text.letters import fold

if TYPE_CHECKING:
    from timeline.text.entries import Entry

_LETTERS = 4  # of the verbs that show their passive by a vowel after the first letter


class Subjects:
    """Reads the endings of verbs (lexicon/nominals.toml)."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._he: str = table["he"]
        self._she: str = table["she"]
        self._ended: str = table["ended"]
        self._passives: str = table["passives"]
        self._weak: str = table["weak"]
        self._long: str = table["long"]
        self._alef: str = table["weak"][0]
        self._plain: str = table["plain"]
        self._plurals: tuple[str, ...] = tuple(table["plurals"])
        self._objects: tuple[str, ...] = tuple(table["objects"])

    def of(self, entry: Entry) -> int:
        """Return whom a verb has for its subject, whether a pronoun is its object and whether it shows that it is passive."""
        verb = entry.verb
        if verb is None:
            return 0
        passive = PASSIVE if entry.passive else 0
        if verb.tense is not Tense.PAST:
            return self._imperfect(entry.folded, verb.lemma.form, passive)
        return self._perfect(entry.folded, fold(verb.lemma.form)) | passive

    def _imperfect(self, folded: str, past: str, passive: int) -> int:
        first = folded[0]
        if first not in self._he + self._she or (passive and past[0] not in self._passives):
            return OTHERS  # يُمثل may be either
        ending = folded.endswith(self._plurals) and not fold(past).endswith(self._plain)
        return (OTHERS if ending else HE if first == self._he else SHE) | passive

    def _perfect(self, folded: str, past: str) -> int:
        she, alef = self._ended, self._alef
        weak = past[:-1] if past[-1] in self._weak else past
        if folded == past:
            return HE
        if folded in (weak + she, past + she):
            return SHE
        hollow, vowels = past[-2:-1] == alef, self._long
        shapes = [past[:-2] + vowels[0] + past[-1]] if hollow else []
        if len(past) == _LETTERS and past[1] == alef:
            shapes.append(past[0] + vowels[1] + past[2:])
        for shape in shapes:
            if folded in (shape, shape + she):
                return (HE if folded == shape else SHE) | PASSIVE
        for pronoun in self._objects:
            if folded.endswith(pronoun):
                bare = folded[: -len(pronoun)]
                if bare in (past, weak + alef):
                    return HE | HIM
                if bare in (weak + she, past + she):
                    return SHE | HIM
        return OTHERS
