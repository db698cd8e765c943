"""From mentions to time expressions: resolves each in the light of the clauses and of the times read before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from timeline.dates.context import Context
from timeline.dates.grammar import Mention
from timeline.dates.reading import Reading
from timeline.dates.resolve import Scope, resolve
from timeline.model import Alternative, Interval, Span, Tense, TimeExpression, TimelineWarning, TimeType
from timeline.text.categories import Particle
from timeline.text.words import Words


def express(
    mentions: list[Mention], words: Words, context: Context, tense_at: Callable[[int], Tense]
) -> tuple[tuple[TimeExpression, ...], tuple[TimelineWarning, ...]]:
    """Return the resolved expressions in text order, and the warnings that they give rise to."""
    readings: list[Reading] = []
    times: list[TimeExpression] = []
    warnings: list[TimelineWarning] = []
    text, entries = words.text, words.entries
    for number, mention in enumerate(mentions, 1):
        alone = mention.first == 0 and mention.last == len(entries) - 1
        after = entries[mention.last + 1] if mention.last + 1 < len(entries) else None
        by_event = after is not None and after.particle is Particle.RELATIVE
        tense = Tense.NONE if alone else tense_at(mention.first)
        reading = resolve(mention.expression, Scope(context, tense, tuple(readings), alone, by_event))
        readings.append(reading)
        span = Span(mention.start, mention.end)
        times.append(_expression(f"t{number}", span, text[mention.start : mention.end], mention.rule, reading, context.zone))
        warnings += [TimelineWarning(code, message, f"t{number}") for code, message in reading.cautions]
    return tuple(times), tuple(warnings)


def interval(start: dt.datetime | None, end: dt.datetime | None, zone: dt.tzinfo) -> Interval | None:
    """Return civil bounds as instants of a zone; a side that no instant can show stays open, None where both are."""
    begin, after = _instant(start, zone), _instant(end, zone)
    return None if begin is None and after is None else Interval(begin, after)


def _instant(civil: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime | None:
    if civil is None:
        return None
    if 1 < civil.year < dt.MAXYEAR:
        return civil.replace(tzinfo=zone)
    try:
        aware = civil.replace(tzinfo=zone)
        aware.astimezone(dt.UTC)
    except OverflowError:
        return None
    return aware


def _expression(id_: str, span: Span, text: str, rule: str, reading: Reading, zone: dt.tzinfo) -> TimeExpression:
    alternatives = tuple(
        Alternative(option.value, interval(option.start, option.end, zone), option.confidence, option.why) for option in reading.options
    )
    quant = "EVERY" if reading.type is TimeType.SET else ""
    return TimeExpression(
        id_, span, text, reading.type, reading.value, reading.mod, interval(reading.start, reading.end, zone), reading.grain,
        reading.calendar, reading.basis, f"t{reading.anchor + 1}" if reading.anchor >= 0 else "", reading.confidence, alternatives, rule,
        f"{text}: {reading.why}", quant, reading.freq,
    )  # fmt: skip
