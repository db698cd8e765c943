"""The automaton of all rules: it reads a text in one pass, leftmost and longest."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NamedTuple

from timeline.dates.around import inside_number, is_hour, is_one_of, named_after
from timeline.dates.grammar import Compiled, Element, Hints, Mention, Rule, compile_rule
from timeline.errors import LexiconError
from timeline.text.entries import STARTS, Symbols
from timeline.text.words import Words


class _Plan(NamedTuple):
    """How a pattern lies over a row of words: those from `before` to `after` are its span; each slot is parameter, word, category."""

    before: int
    after: int
    slots: tuple[tuple[str, int, str], ...]


class State(dict[int, "State | None"]):
    """A set of places in patterns, as a mapping: symbol -> the state after it, made on first use and bounded by the patterns.

    `accepts` are the rules that are complete here, in the order in which they win.
    """

    __slots__ = ("_grammar", "_places", "accepts")

    def __init__(self, grammar: Grammar, places: frozenset[tuple[int, int]]) -> None:
        super().__init__()
        self._grammar = grammar
        self._places = places
        self.accepts = sorted(order for order, place in places if place == len(grammar.compiled[order].elements))

    def __missing__(self, symbol: int) -> State | None:
        """Step over one symbol, by every category that it stands for."""
        self[symbol] = state = self._grammar.step(self._places, symbol)
        return state


class Grammar:
    """All rules as one automaton. Its states and the plans of its rules are made as texts ask for them."""

    def __init__(self, rules: tuple[Rule, ...], symbols: Symbols) -> None:
        """Compile the rules; raises LexiconError with all faults."""
        self.rules = rules
        self._symbols = symbols
        self._states: dict[frozenset[tuple[int, int]], State] = {}
        self._plans: dict[tuple[int, tuple[int, ...]], _Plan | None] = {}
        faults: list[str] = []
        hints = Hints()
        self.compiled = [compile_rule(one, faults, hints) for one in rules]
        if faults:
            raise LexiconError(faults)
        self.root = self._state({place for order in range(len(rules)) for place in self._reach(order, 0)})

    def step(self, places: frozenset[tuple[int, int]], symbol: int) -> State | None:
        """Return the state after one symbol, or None where no pattern goes on."""
        categories = self._symbols.categories[symbol]
        reached: set[tuple[int, int]] = set()
        for order, place in places:
            elements = self.compiled[order].elements
            if place < len(elements) and any(category in categories for category, _ in elements[place].options):
                reached.update(self._reach(order, place + 1))
        return self._state(reached) if reached else None

    def _reach(self, order: int, place: int) -> Iterable[tuple[int, int]]:
        """Yield a place and those that follow it where elements may be missing."""
        elements = self.compiled[order].elements
        yield order, place
        while place < len(elements) and (elements[place].optional or elements[place].mark):
            place += 1
            yield order, place

    def _state(self, places: set[tuple[int, int]]) -> State:
        key = frozenset(places)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, key)
        return state

    def starts(self, symbol: int) -> bool:
        """Tell whether an expression can begin with a word of these categories."""
        return self.root[symbol] is not None

    def find(self, words: Words, most: int = sys.maxsize) -> list[Mention]:
        """Return the mentions of a text up to so many, left to right, none overlapping another, at each place the longest."""
        root, entries = self.root, words.entries
        found: list[Mention] = []
        free, last = 0, len(entries) - 1
        for i in [i for i in words.marks if entries[i].role & STARTS]:
            if i >= free:
                state = root[entries[i].symbol]
                if state is None or (not state.accepts and (i == last or state[entries[i + 1].path[0]] is None)):
                    continue
                mention = self._match(words, i)
                if mention is not None and mention.first > i:
                    # found by what stands before it: the words themselves may say more
                    plain = self._match(words, mention.first)
                    if plain is not None and plain.last > mention.last:
                        mention = plain
                if mention is not None and (not found or mention.start >= found[-1].end):
                    free = mention.last + 1
                    if not named_after(words, mention.first, mention.expression) and not inside_number(
                        words.text, mention.start, mention.end
                    ):
                        found.append(mention)
                        if len(found) == most:
                            break
        return found

    def _match(self, words: Words, i: int) -> Mention | None:
        entries = words.entries
        state = self.root[entries[i].symbol]
        indexes, symbols = [i], [entries[i].symbol]
        hits: list[tuple[int, list[int]]] = []
        at, size = i + 1, len(entries)
        while state is not None:
            if state.accepts:
                hits.append((len(indexes), state.accepts))
            if at >= size:
                break
            for symbol in entries[at].path:
                state = state[symbol]
                if state is None:
                    break
                indexes.append(at)
                symbols.append(symbol)
            at += 1
        for length, accepts in reversed(hits):
            covered, over = indexes[:length], tuple(symbols[:length])
            for order in accepts:
                mention = self._make(words, order, covered, over)
                if mention is not None:
                    return mention
        return None

    def _make(self, words: Words, order: int, indexes: list[int], symbols: tuple[int, ...]) -> Mention | None:
        """Bind a rule's parameters to the words that its pattern stands over, and make the expression."""
        plan = self._plans.get((order, symbols), _UNSEEN)
        if plan is _UNSEEN:
            plan = self._plan(order, symbols)
        if plan is None:
            return None
        rule, entries = self.compiled[order].rule, words.entries
        unless, behind = rule.unless, indexes[-1] + 1
        if unless and behind < len(entries) and is_one_of(entries[behind], unless):
            return None
        never = rule.never_after
        if never and indexes[0] and not never.isdisjoint(entries[indexes[0] - 1].categories):
            return None
        if rule.bare_hour and not is_hour(entries, indexes[0]):
            return None
        expression = rule.make(**{name: entries[indexes[k]].categories[category] for name, k, category in plan.slots})
        if expression is None:
            return None
        first, last = indexes[plan.before], indexes[plan.after - 1]
        start = words.starts[first] + entries[first].skip
        return Mention(first, last, start, words.ends[last], expression, rule.name, rule.weak)

    def _plan(self, order: int, symbols: tuple[int, ...]) -> _Plan | None:
        """Return how a rule lies over words of these symbols, from the memo or to be kept in it, which is emptied at its limit."""
        sets = [self._symbols.categories[symbol] for symbol in symbols]
        compiled = self.compiled[order]
        aligned = _align(compiled.elements, sets, 0, 0)
        plan = None if aligned is None else _laid(compiled, aligned, sets)
        if len(self._plans) >= _PLANS:
            self._plans.clear()
        self._plans[order, symbols] = plan
        return plan


_PLANS = 20_000
_UNSEEN = _Plan(0, 0, ())


def _laid(compiled: Compiled, aligned: list[int], sets: list[frozenset[str]]) -> _Plan:
    before, after = 0, len(sets)
    slots = []
    for place, (element, k) in enumerate(zip(compiled.elements, aligned, strict=True)):
        if element.mark:
            before, after = (k, after) if element.mark == "<" else (before, k)
        elif k < (aligned[place + 1] if place + 1 < len(aligned) else len(sets)):
            category, name = next(option for option in element.options if option[0] in sets[k])
            if name in compiled.parameters:
                slots.append((name, k, category))
    return _Plan(before, after, tuple(slots))


def _align(elements: tuple[Element, ...], sets: list[frozenset[str]], place: int, k: int) -> list[int] | None:
    """Return at which word each element stands (an element that is missing, where the next one does), or None."""
    if place == len(elements):
        return [] if k == len(sets) else None
    element = elements[place]
    if k < len(sets) and any(category in sets[k] for category, _ in element.options):
        rest = _align(elements, sets, place + 1, k + 1)
        if rest is not None:
            return [k, *rest]
    if element.optional or element.mark:
        rest = _align(elements, sets, place + 1, k)
        if rest is not None:
            return [k, *rest]
    return None
