"""Differences between two lexicons or two sets of rules, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.errors import LexiconError
from timeline.identity import RuleMark
from timeline.tables import Lexicon

_MOST = 100  # lines


def lines_of_words(old: Lexicon, new: Lexicon) -> tuple[str, ...]:
    """Return what one lexicon has and the other has not, as lines such as `+ events/conflict.toml attack.verbs: ...`."""
    lines: list[str] = []
    for name in sorted({*old.names, *new.names}):
        before, after = _rows(old, name), _rows(new, name)
        rows = [f"- {name} {row}" for row in before if row not in after] + [
            f"+ {name} {row}" for row in after if row not in before
        ]
        moved = not rows and old.texts.get(name) != new.texts.get(name)
        lines += [f"~ {name}: comments or the order of rows"] if moved else rows
    return _bounded(lines)


def lines_of_rules(old: Sequence[RuleMark], new: Sequence[RuleMark]) -> tuple[str, ...]:
    """Return which rules one engine has and the other has not, and which are made of something else."""
    before, after = ({(rule.module, rule.name): rule for rule in rules} for rules in (old, new))
    lines = [f"- {module}.{name}" for module, name in before if (module, name) not in after]
    lines += [f"+ {module}.{name}" for module, name in after if (module, name) not in before]
    lines += [f"~ {rule.module}.{rule.name}" for key, rule in after.items() if before.get(key, rule) != rule]
    return _bounded(lines)


def _bounded(lines: list[str]) -> tuple[str, ...]:
    more = len(lines) - _MOST
    return tuple(lines) if more <= 0 else (*lines[:_MOST], f"and {more} more")


def _rows(lexicon: Lexicon, name: str) -> dict[str, None]:
    try:
        return dict.fromkeys(_leaves(lexicon.table(name), "")) if name in lexicon.names else {}
    except LexiconError as error:
        return {str(error): None}


def _leaves(value: object, path: str) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, f"{path}.{key}" if path else str(key))
        case list():
            for inner in value:
                yield from _leaves(inner, path)
        case _:
            yield f"{path}: {value}"
