"""From mentions to time expressions: resolves each in the light of the clauses and of the times read before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from timeline.dates.context import Context
from timeline.dates.expressions import Agree, Clock, Date, Expression, PartOfDay
from timeline.dates.grammar import Mention
from timeline.dates.join import gap
from timeline.dates.reading import Reading
from timeline.dates.resolve import resolve
from timeline.dates.scope import UNKNOWN, Scope
from timeline.model import (
    Alternative,
    Basis,
    Calendar,
    Grain,
    Interval,
    Span,
    Tense,
    TimeExpression,
    TimelineWarning,
    TimeType,
    WarningCode,
)  # fmt: skip
from timeline.reasons import Because, Reason, Wording
from timeline.text.categories import Particle
from timeline.text.words import HEADS, VERB, Words


def express(
    mentions: list[Mention], words: Words, context: Context, tense_at: Callable[[int], Tense], wording: Wording
) -> tuple[tuple[TimeExpression, ...], list[Mention], tuple[TimelineWarning, ...]]:
    """Return the resolved expressions in text order, their mentions, and the warnings that they give rise to."""
    readings: list[Reading] = []
    kept: list[Mention] = []
    times: list[TimeExpression] = []
    warnings: list[TimelineWarning] = []
    text, entries = words.text, words.entries
    years: dict[tuple[Calendar, int], int] = {}
    today = None if context.at is None else context.at.date()
    for mention in mentions:
        alone = mention.first == 0 and mention.last == len(entries) - 1
        after = entries[mention.last + 1] if mention.last + 1 < len(entries) else None
        by_event = after is not None and after.particle is Particle.RELATIVE
        backward = mention.first > 0 and "since" in entries[mention.first - 1].categories
        tense = Tense.NONE if alone else Tense.PAST if backward else tense_at(mention.first)
        reading = resolve(
            _with_year(mention.expression, years, tense, today), Scope(context, tense, readings, alone, backward, by_event)
        )
        if mention.weak and reading.confidence <= UNKNOWN:
            continue  # nothing came of it
        _learn(mention.expression, reading, years)
        readings.append(reading)
        kept.append(mention)
    _twins(kept, readings, words)
    for number, (mention, reading) in enumerate(zip(kept, readings, strict=True), 1):
        span = Span(mention.start, mention.end)
        times.append(
            _expression(f"t{number}", span, text[mention.start : mention.end], mention.rule, reading, context.zone, wording)
        )
        warnings += [TimelineWarning(code, wording.tell(message), f"t{number}") for code, message in reading.cautions]
    return tuple(times), kept, tuple(warnings)


def _twins(mentions: list[Mention], readings: list[Reading], words: Words) -> None:
    """Check the two calendars around الموافق: where they differ, the Gregorian date wins and the difference is told."""
    for k in range(1, len(mentions)):
        left, right = readings[k - 1], readings[k]
        if left.calendar is right.calendar or left.start is None or right.start is None or left.start == right.start:
            continue
        if (
            left.grain is not Grain.DAY
            or right.grain is not Grain.DAY
            or gap(words, mentions[k - 1].last, mentions[k].first) not in _TWIN
        ):
            continue
        at, hijri, stated = (k - 1, left, right) if left.calendar is Calendar.HIJRI else (k, right, left)
        text = Reason(Because.CALENDARS_DIFFER, (hijri.value, stated.value))
        readings[at] = hijri._replace(
            value=stated.value, start=stated.start, end=stated.end, confidence=min(hijri.confidence, 0.85),
            why=Reason(Because.GREGORIAN_WINS, (hijri.why,)), cautions=(*hijri.cautions, (WarningCode.CALENDAR_MISMATCH, text)),
        )  # fmt: skip


_TWIN = (("agree",), ("slash",), ("dash",), ("open",))


def dateline(mentions: list[Mention], words: Words, context: Context) -> dt.date | None:
    """Return the day of a dateline: a full date at the begin of a text, before any verb, then a mark or the end of the line.

    الرياض 12 رمضان 1445هـ واس; "القاهرة - 27 سبتمبر 2023 - وكالات".
    """
    for mention in mentions:
        before = words.entries[: mention.first]
        if mention.first > _DATELINE or any(entry.role & VERB for entry in before) or (before and before[-1].role & HEADS):
            break
        after = words.entries[mention.last + 1 : mention.last + 1 + _AGENCY]
        if after and not any(entry.folded == "\n" or entry.categories.keys() & _CLOSES for entry in after):
            continue
        reading = resolve(mention.expression, Scope(context, Tense.NONE, ()))
        if reading.start is not None and reading.grain is Grain.DAY and reading.basis is Basis.STATED:
            return reading.start.date()
    return None


_DATELINE = 6  # words and marks before it
_AGENCY = 3  # words after it, of which the last is a mark or ends the line
_CLOSES = {"dash", "colon", "open", "close", "slash", "agree"}


def _with_year(
    expression: Expression, years: dict[tuple[Calendar, int], int], tense: Tense, today: dt.date | None
) -> Expression:
    """Give a bare day and month the year in which the article has put that month before; what is not past is of no year long ago."""
    if isinstance(expression, Clock | PartOfDay) and isinstance(expression.day, Date):
        return replace(expression, day=_with_year(expression.day, years, tense, today))
    if (
        not isinstance(expression, Date)
        or expression.month is None
        or expression.year is not None
        or expression.aim is not None
    ):
        return expression
    year = (
        None
        if expression.within or expression.feast or expression.gregorian_year
        else years.get((expression.calendar, expression.month))
    )
    if year is None:
        return expression
    if today is not None and tense in _NOT_PAST and (year + 1, expression.month) < (today.year, today.month):
        return expression
    return replace(expression, year=year, inferred=True)


_NOT_PAST = (Tense.PRESENT, Tense.FUTURE)


def _learn(expression: Expression, reading: Reading, years: dict[tuple[Calendar, int], int]) -> None:
    """Remember the year of a month that was said with its year or with a word that points."""
    match expression:
        case Agree(first, second):
            _learn(first, reading, years)
            _learn(second, reading, years)
        case Date(calendar=Calendar.GREGORIAN, month=month) if month is not None and reading.start is not None:
            if expression.year is not None or expression.aim is not None:
                years.setdefault((Calendar.GREGORIAN, month), reading.start.year)
        case _:
            pass


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


def _expression(
    id_: str, span: Span, text: str, rule: str, reading: Reading, zone: dt.tzinfo, wording: Wording
) -> TimeExpression:
    alternatives = tuple(
        Alternative(option.value, interval(option.start, option.end, zone), option.confidence, wording.tell(option.why))
        for option in reading.options
    )
    quant = "EVERY" if reading.type is TimeType.SET else ""
    return TimeExpression(
        id_, span, text, reading.type, reading.value, reading.mod, interval(reading.start, reading.end, zone), reading.grain,
        reading.calendar, reading.basis, f"t{reading.anchor + 1}" if reading.anchor >= 0 else "", reading.confidence, alternatives, rule,
        f"{text}: {wording.tell(reading.why)}", quant, reading.freq,
    )  # fmt: skip
