"""The grammar: rules over categories, compiled to one automaton that reads a text in one pass, leftmost and longest.

A pattern is a row of elements: `category`, `a|b` for either, `[a]` for optional, `category:name` where the parameter is not called
as its category, `<` after elements that must stand before the expression and `>` before elements that must stand after it; what
stands outside `< >` is not part of the expression's span.
"""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import NamedTuple

from timeline.dates.around import inside_number, is_hour, is_one_of, named_after
from timeline.dates.expressions import Expression
from timeline.errors import LexiconError
from timeline.text.categories import CATEGORIES
from timeline.text.words import STARTS, Symbols, Words

Maker = Callable[..., Expression | None]


class Rule(NamedTuple):
    """A rule: its name, pattern, examples (phrase, TIMEX3 value), the function that makes the expression, and its weight.

    A `weak` rule counts only when its expression is joined to another or the context supports it. A rule gives way where the
    word after it has one of the categories in `unless`, and where the one before it has one of those in `never_after`. The first
    word of a `bare_hour` is an ordinal that names an hour without the word for it.
    """

    name: str
    pattern: str
    examples: tuple[tuple[str, str], ...]
    make: Maker
    weak: bool
    unless: frozenset[str]
    never_after: frozenset[str]
    bare_hour: bool


class Mention(NamedTuple):
    """An expression found in the words `first` to `last`, both included; `start` and `end` are its span in the text."""

    first: int
    last: int
    start: int
    end: int
    expression: Expression
    rule: str
    weak: bool


def rule(
    pattern: str,
    *examples: tuple[str, str],
    weak: bool = False,
    unless: tuple[str, ...] = (),
    never_after: tuple[str, ...] = (),
    bare_hour: bool = False,
) -> Callable[[Maker], Rule]:
    """Make a rule of a function that takes the values of the pattern's words and returns an expression, or None to refuse."""

    def made(make: Maker) -> Rule:
        return Rule(make.__name__, pattern, examples, make, weak, frozenset(unless), frozenset(never_after), bare_hour)

    return made


def rules_of(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    """Return the rules that modules define, in their order; an earlier rule wins over a later one of the same length."""
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))


class Element(NamedTuple):
    """One place of a pattern: what may stand there, and whether it may be missing; `options` is empty for `<` and `>`."""

    options: tuple[tuple[str, str], ...]  # category, parameter
    optional: bool
    mark: str = ""


class _Compiled(NamedTuple):
    rule: Rule
    elements: tuple[Element, ...]
    parameters: frozenset[str]


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
        self.compiled = [_compile(one, faults) for one in rules]
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


def _laid(compiled: _Compiled, aligned: list[int], sets: list[frozenset[str]]) -> _Plan:
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


def _compile(one: Rule, faults: list[str]) -> _Compiled:
    elements = tuple(_element(word) for word in one.pattern.split())
    for element in elements:
        faults += [
            f"rule {one.name}: unknown category {category}" for category, _ in element.options if category not in CATEGORIES
        ]
    parameters = inspect.signature(one.make).parameters
    hints = typing.get_type_hints(one.make)
    for name, parameter in parameters.items():
        slots = [element for element in elements if any(option == name for _, option in element.options)]
        if not slots:
            faults.append(f"rule {one.name}: parameter {name} has no slot in {one.pattern!r}")
            continue
        allowed = set(typing.get_args(hints[name])) or {hints[name]}
        allowed |= {int} if float in allowed else set()
        held = {
            CATEGORIES[category]
            for element in slots
            for category, option in element.options
            if option == name and category in CATEGORIES
        }
        if held - allowed:
            faults.append(
                f"rule {one.name}: {name} is {hints[name]}, but its category holds {sorted(map(str, held - allowed))}"
            )
        maybe = slots[0].optional or any(option != name for _, option in slots[0].options)
        if maybe and parameter.default is parameter.empty:
            faults.append(f"rule {one.name}: {name} may be missing and needs a default")
    return _Compiled(one, elements, frozenset(parameters))


def _element(word: str) -> Element:
    if word in "<>":
        return Element((), optional=False, mark=word)
    body, _, name = word.strip("[]").partition(":")
    return Element(tuple((category, name or category) for category in body.split("|")), word.startswith("["))
