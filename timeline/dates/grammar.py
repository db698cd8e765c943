"""The grammar: rules over categories, and the mentions that they make. dates/automaton.py finds them in a text.

A pattern is a row of elements: `category`, `a|b` for either, `[a]` for optional, `category:name` where the parameter is not called
as its category, `<` after elements that must stand before the expression and `>` before elements that must stand after it; what
stands outside `< >` is not part of the expression's span.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import NamedTuple

from timeline.dates.expressions import Expression
from timeline.text.categories import CATEGORIES

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


class Hints(dict[tuple[int, str], object]):
    """The types that annotations name, each looked up once for a module: `typing.get_type_hints` does so for every function."""

    def type_of(self, make: Maker, annotation: object) -> object:
        """Return the type of an annotation of a rule's function."""
        if not isinstance(annotation, str):
            return annotation
        key = id(make.__globals__), annotation
        if key not in self:
            self[key] = eval(annotation, make.__globals__)  # noqa: S307 - as `typing.get_type_hints` does
        return self[key]


class Compiled(NamedTuple):
    """A rule with its pattern taken apart and the names of its function's parameters."""

    rule: Rule
    elements: tuple[Element, ...]
    parameters: frozenset[str]


def compile_rule(one: Rule, faults: list[str], hints: Hints) -> Compiled:
    """Take a rule apart; what is wrong with it is added to the faults."""
    elements = elements_of(one.pattern)
    for element in elements:
        faults += [
            f"rule {one.name}: unknown category {category}" for category, _ in element.options if category not in CATEGORIES
        ]
    parameters = inspect.signature(one.make).parameters
    for name, parameter in parameters.items():
        slots = [element for element in elements if any(option == name for _, option in element.options)]
        if not slots:
            faults.append(f"rule {one.name}: parameter {name} has no slot in {one.pattern!r}")
            continue
        hint = hints.type_of(one.make, parameter.annotation)
        allowed = set(typing.get_args(hint)) or {hint}
        allowed |= {int} if float in allowed else set()
        held = {
            CATEGORIES[category]
            for element in slots
            for category, option in element.options
            if option == name and category in CATEGORIES
        }
        if held - allowed:
            faults.append(f"rule {one.name}: {name} is {hint}, but its category holds {sorted(map(str, held - allowed))}")
        maybe = slots[0].optional or any(option != name for _, option in slots[0].options)
        if maybe and parameter.default is parameter.empty:
            faults.append(f"rule {one.name}: {name} may be missing and needs a default")
    return Compiled(one, elements, frozenset(parameters))


def elements_of(pattern: str) -> tuple[Element, ...]:
    """Return the places of a pattern."""
    return tuple(map(_element, pattern.split()))


def _element(word: str) -> Element:
    if word in "<>":
        return Element((), optional=False, mark=word)
    body, _, name = word.strip("[]").partition(":")
    return Element(tuple((category, name or category) for category in body.split("|")), word.startswith("["))
