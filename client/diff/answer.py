"""An answer as the comparison reads it; raises Failure where a line is shaped unlike any answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from client.diff.finding import EVENT, TIME, Fields, Finding, Malformed, Sentence, Sort, Span, Target, Targets, span, text
from client.diff.record import VERSION, Record, not_an_answer, parse


class Answer(NamedTuple):
    """The times and events of an article in text order, its warnings, and all that the line says but who answered."""

    times: tuple[Finding, ...]
    events: tuple[Finding, ...]
    warnings: tuple[str, ...]
    truncated: bool
    targets: Targets
    said: Fields


def read(record: Record) -> Answer:
    """Return the answer that a line holds."""
    fields = parse(record)
    try:
        return _answer(fields)
    except Malformed as error:
        raise not_an_answer(record, str(error)) from error


def _answer(fields: Fields) -> Answer:
    timeline = fields.get("timeline", {})
    if not isinstance(timeline, dict):
        raise Malformed("its timeline is no object")
    times, events = _spans(timeline, "times", TIME), _spans(timeline, "events", EVENT)
    targets = {text(each, "id"): Target(at, text(each, "text"), text(each, "rule")) for each, at in times}
    targets |= {text(each, "id"): Target(at, _trigger(each, at), "") for each, at in events}
    items = {each: place for place, item in enumerate(_messages(timeline, "items")) for each in _ids(item, "eventIds")}
    return Answer(
        tuple(Finding(TIME, each, targets, at, None) for each, at in times),
        tuple(Finding(EVENT, each, targets, at, items.get(text(each, "id"))) for each, at in events),
        tuple(_warning(each, targets) for each in _messages(fields, "warnings")),
        fields.get("truncated") is True,
        targets,
        {name: value for name, value in fields.items() if name not in VERSION},
    )


def _spans(timeline: Fields, name: str, sort: Sort) -> list[tuple[Fields, Span]]:
    return [(each, span(each, sort.place)) for each in _messages(timeline, name)]


def _trigger(event: Fields, at: Span) -> str:
    """Return the words of a trigger, or all of its clause where it does not stand in that."""
    clause = Sentence("", text(event, "text"), "")
    return (clause.at(span(event, "clause"), at) or clause).words


def _messages(fields: Fields, name: str) -> Iterator[Fields]:
    found = fields.get(name, [])
    if not isinstance(found, list):
        raise Malformed(f"its {name} are no list")
    for each in found:
        if not isinstance(each, dict):
            raise Malformed(f"one of its {name} is no object")
        yield each


def _ids(fields: Fields, name: str) -> list[str]:
    found = fields.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Malformed(f"its {name} are no ids")
    return found


def _warning(fields: Fields, targets: Targets) -> str:
    """Return what a warning is about, without its wording and without ids."""
    ids = [text(fields, "expressionId"), *_ids(fields, "eventIds")]
    return repr((text(fields, "code"), sorted(targets[each].span for each in ids if each in targets)))
