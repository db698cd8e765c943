"""Needs: what an article must hold for a change to reach it, as sums of bits: a word gives some, and a need asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

CHANGED = 1
"""The bit of a word that is read in another way."""

# Words make numbers and names of months together (text/compounds.py): whoever has one of these categories may come to have any.
_MADE = (
    frozenset((
        "number", "the_number", "ordinal", "an_ordinal", "teen_one", "daynum", "monthnum", "hournum", "minutenum", "yearnum", "clocknum",
    )),
    frozenset(("month", "maybe_month", "libyan_month")),
)  # fmt: skip


class Needs:
    """All that changed beyond single words, each with the forms or the categories that must be there for it to matter."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._categories: dict[str, int] = {}
        self._together: list[int] = []
        self._patterns: list[tuple[int, ...]] = []
        self._givers: list[tuple[int, int]] = []

    @property
    def any(self) -> bool:
        """Whether there is any need."""
        return bool(self._together or self._patterns)

    def need_words(self, forms: Iterable[str]) -> None:
        """Ask for all of these forms."""
        self._together.append(self._all(forms))

    def need_categories(self, places: Iterable[Collection[str]]) -> None:
        """Ask, for every place, for one of its categories."""
        self._patterns.append(tuple(self._any(place) for place in places))

    def let_give(self, forms: Iterable[str], categories: Collection[str]) -> None:
        """Say that these forms together have categories; to be called when all needs are known."""
        given = self.of_categories(categories)
        if given:
            self._givers.append((self._all(forms), given))

    def of_forms(self, forms: Iterable[str]) -> int:
        """Return the bits of the forms of a word."""
        known = self._forms
        return reduce(or_, (known.get(form, 0) for form in forms), 0) if known else 0

    def of_categories(self, categories: Collection[str]) -> int:
        """Return the bits of the categories of a word, and of those that it may come to have."""
        known = self._categories
        if not known:
            return 0
        made = (found for found in _MADE if not found.isdisjoint(categories))
        return reduce(or_, (known.get(category, 0) for found in (categories, *made) for category in found), 0)

    def met(self, given: int) -> bool:
        """Tell whether an article whose words give these bits is reached."""
        if given & CHANGED or any(given & need == need for need in self._together):
            return True
        if not self._patterns:
            return False
        for forms, more in self._givers:
            if given & forms == forms:
                given |= more
        return any(all(given & place for place in places) for places in self._patterns)

    def _all(self, forms: Iterable[str]) -> int:
        return reduce(or_, (self._bit(self._forms, form) for form in forms), 0)

    def _any(self, categories: Iterable[str]) -> int:
        return reduce(or_, (self._bit(self._categories, category) for category in categories), 0)

    def _bit(self, known: dict[str, int], name: str) -> int:
        return known.setdefault(name, 2 << (len(self._forms) + len(self._categories)))
