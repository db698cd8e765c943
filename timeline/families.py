"""Families: what of the rules and the words a timeline is made of, to count and to group articles by.

A time belongs to the module of the rule that found it (`dates.days`); one made of several, to those of all of them and to what made it:
`dates.join`, `dates.amounts` (an amount and the word before it), `dates.beside`, `dates.coordinate`. An event belongs to the group of its
kind (`events.general`).
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from timeline.dates.grammar import rules_of
from timeline.model import Event, EventKind, TimeExpression

_OTHER_EVENTS, _OTHER_DATES = "events.other", "dates.other"
_MADE_BESIDE_RULES = {"morrow": "dates.beside", "coordinated_day": "dates.coordinate"}
_JOIN, _AMOUNTS = "dates.join", "dates.amounts"
_BEFORE_AMOUNTS = (
    "ago",
    "ahead",
    "each",
    "from_there",
    "since",
    "within",
    "",
)  # categories of words, as dates/amounts.py adds them
_MEMO = 4096  # names of rules, those of several included


class Families:
    """The families of rules and of kinds of events."""

    def __init__(self, modules: Iterable[ModuleType], kinds: Iterable[EventKind]) -> None:
        self._rules = _MADE_BESIDE_RULES | {
            rule.name: f"dates.{module.__name__.rpartition('.')[2]}" for module in modules for rule in rules_of((module,))
        }
        self._kinds = {kind.name: f"events.{kind.group}" for kind in kinds}
        self._made: dict[str, tuple[str, ...]] = {}

    def of(self, times: Iterable[TimeExpression], events: Iterable[Event]) -> tuple[str, ...]:
        """Return the families of what a timeline holds, sorted; what no rule or kind of these made is `dates.other` or `events.other`."""
        found: set[str] = set()
        kinds, made = self._kinds, self._made
        for kind in {event.kind for event in events}:
            found.add(kinds.get(kind, _OTHER_EVENTS))
        for rule in {time.rule for time in times}:
            found.update(made.get(rule) or self._of_rule(rule))
        return tuple(sorted(found))

    def _of_rule(self, rule: str) -> tuple[str, ...]:
        first, *rest = rule.split("+")
        families = {self._rules.get(first, _OTHER_DATES)}
        for part in rest:
            if part in self._rules:
                families |= {self._rules[part], _JOIN}
            if part in _BEFORE_AMOUNTS:
                families.add(_AMOUNTS)
        if len(self._made) >= _MEMO:
            self._made.clear()
        found = self._made[rule] = tuple(families)
        return found
