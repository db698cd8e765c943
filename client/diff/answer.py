"""An answer as the comparison reads it; raises Failure where a line is shaped unlike any answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from client.diff.finding import (
    EVENT_DATE,
    EVENT_SOURCES,
    OWN,
    TIME_DATE,
    TIME_SOURCES,
    WEIGHTS,
    Fields,
    Finding,
    Malformed,
    Sentence,
    Target,
    part,
    span,
    text,
)
from client.diff.record import VERSION, Record, not_an_answer, parse


class Answer(NamedTuple):
    """The times and events of an article in text order, its warnings, and all that the line says but who answered."""

    times: tuple[Finding, ...]
    events: tuple[Finding, ...]
    warnings: tuple[str, ...]
    truncated: bool
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
    times, events = list(_messages(timeline, "times")), list(_messages(timeline, "events"))
    targets = _targets(times, events)
    places = {each: place for place, item in enumerate(_messages(timeline, "items")) for each in _ids(item, "eventIds")}
    return Answer(
        tuple(_time(each, targets) for each in times),
        tuple(_event(each, targets, places) for each in events),
        tuple(_warning(each, targets) for each in _messages(fields, "warnings")),
        fields.get("truncated") is True,
        {name: value for name, value in fields.items() if name not in VERSION},
    )


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


def _targets(times: list[Fields], events: list[Fields]) -> dict[str, Target]:
    found = {text(each, "id"): Target("time", span(each, "span"), text(each, "text"), text(each, "rule")) for each in times}
    found |= {text(each, "id"): Target("event", span(each, "trigger"), _sentence(each).words, "") for each in events}
    return found


def _sentence(event: Fields) -> Sentence:
    """Return the clause of an event around its trigger, or all of it where the trigger does not stand in it."""
    clause, (clause_start, clause_end), (start, end) = text(event, "text"), span(event, "clause"), span(event, "trigger")
    if not clause_start <= start <= end <= clause_end or len(clause) != clause_end - clause_start:
        return Sentence("", clause, "")
    return Sentence(
        clause[: start - clause_start], clause[start - clause_start : end - clause_start], clause[end - clause_start :]
    )


def _time(fields: Fields, targets: dict[str, Target]) -> Finding:
    own = OWN | {"span"}
    return Finding(
        span=span(fields, "span"),
        sentence=Sentence("", text(fields, "text"), ""),
        clause=span(fields, "span"),
        name=text(fields, "type"),
        rules=(text(fields, "rule"),),
        place=None,
        date=part(fields, TIME_DATE, targets),
        sources=part(fields, TIME_SOURCES, targets),
        facts=part(fields, frozenset(fields.keys() - TIME_DATE - TIME_SOURCES - WEIGHTS - own), targets),
        weights=_weights(fields),
        fields=fields,
        targets=targets,
    )


def _event(fields: Fields, targets: dict[str, Target], places: dict[str, int]) -> Finding:
    own = OWN | {"trigger"}
    rules = [targets[each].rule for each in _ids(fields, "times") if each in targets]
    return Finding(
        span=span(fields, "trigger"),
        sentence=_sentence(fields),
        clause=span(fields, "clause"),
        name=text(fields, "kind"),
        rules=tuple(dict.fromkeys(rules)),
        place=places.get(text(fields, "id")),
        date=part(fields, EVENT_DATE, targets),
        sources=part(fields, EVENT_SOURCES, targets),
        facts=part(fields, frozenset(fields.keys() - EVENT_DATE - EVENT_SOURCES - WEIGHTS - own), targets),
        weights=_weights(fields),
        fields=fields,
        targets=targets,
    )


def _weights(fields: Fields) -> Fields:
    """Return what is sure or important how far, and in which words; of other readings too, which are weighed in themselves."""
    return {name: fields[name] for name in (*WEIGHTS, "alternatives") if fields.get(name)}


def _warning(fields: Fields, targets: dict[str, Target]) -> str:
    """Return what a warning is about, without its wording and without ids."""
    ids = [text(fields, "expressionId"), *_ids(fields, "eventIds")]
    about = sorted((targets[each].sort, *targets[each].span) for each in ids if each in targets)
    return repr((text(fields, "code"), about))
