"""A change as a case to show: with the sentence that it is about, and without ids."""

from __future__ import annotations

from client.diff.answer import Answer
from client.diff.compare import Change
from client.diff.finding import LINKS, TIME, Fields, Finding, Sentence, Target
from client.diff.report import Case, Place


def case(article: str, change: Change, old: Answer, new: Answer) -> Case:
    """Return the case of a change from one answer to the other."""
    finding = change.new or change.old
    if finding is None:
        raise AssertionError("a change of nothing")
    beside = change.beside
    return Case(
        article=article,
        category=change.category,
        sentence=(finding.sort is TIME and _around(finding, (*new.events, *old.events))) or finding.sentence,
        span=finding.span,
        name=finding.name,
        rules=rules(change),
        fields=change.fields,
        old=_shown(change.old),
        new=_shown(change.new),
        place=beside and Place(beside.other.sentence.words, beside.other.span, beside.old, beside.new),
    )


def rules(change: Change) -> tuple[str, ...]:
    """Return the rules that read what dates it, on either side."""
    return tuple(dict.fromkeys(rule for side in (change.old, change.new) if side for rule in side.rules))


def names(change: Change) -> tuple[str, ...]:
    """Return its kind, on either side."""
    return tuple(dict.fromkeys(side.name for side in (change.old, change.new) if side))


def _around(finding: Finding, events: tuple[Finding, ...]) -> Sentence | None:
    """Return the first clause that a time stands in, split at its words; None where there is none."""
    clauses = (event.sentence.at(event.clause, finding.span) for event in events)
    return next(filter(None, clauses), None)


def _shown(finding: Finding | None) -> Fields | None:
    """Return the message with what its ids lead to in their place."""
    if finding is None:
        return None
    shown: dict[str, object] = {}
    for name, value in finding.fields.items():
        if name == "id":
            continue
        shown[name] = _led(value, finding) if name in LINKS else value
    return shown


def _led(value: object, finding: Finding) -> object:
    if isinstance(value, list):
        return [_target(finding.targets[each]) for each in value if isinstance(each, str) and each in finding.targets]
    target = finding.targets.get(value) if isinstance(value, str) else None
    return target and _target(target)


def _target(target: Target) -> Fields:
    start, end = target.span
    shown: dict[str, object] = {"text": target.words, "span": {"start": start, "end": end}}
    return shown | {"rule": target.rule} if target.rule else shown
