"""From mentions to time expressions: resolves each in the light of the clauses and of the times read before it."""

from __future__ import annotations

import datetime as dt

from timeline.dates.brackets import settle_halves
from timeline.dates.context import Context
from timeline.dates.expressions import Clock, Expression
from timeline.dates.grammar import Mention
from timeline.dates.reading import Option, Reading
from timeline.dates.resolve import resolve
from timeline.dates.scope import UNKNOWN, Scope
from timeline.dates.settle import check_twins, read_headline
from timeline.dates.speech import Spoken, spoken, spoken_after
from timeline.dates.stance import stance
from timeline.dates.written import is_counted, written_before
from timeline.dates.years import Years
from timeline.model import (
    Alternative,
    Basis,
    Grain,
    Interval,
    Span,
    Tense,
    TimeExpression,
    TimelineWarning,
    TimeType,
)  # fmt: skip
from timeline.reasons import Because, Reason
from timeline.text.categories import Particle
from timeline.text.clauses import Clauses
from timeline.text.entries import HEADS, VERB, Entry
from timeline.text.letters import TO
from timeline.text.words import Words
from timeline.wording import Wording


def express(
    mentions: list[Mention], words: Words, context: Context, clauses: Clauses, wording: Wording
) -> tuple[tuple[TimeExpression, ...], list[Mention], tuple[TimelineWarning, ...]]:
    """Return the resolved expressions in text order, their mentions, and the warnings that they give rise to."""
    readings: list[Reading] = []
    kept: list[Mention] = []
    times: list[TimeExpression] = []
    warnings: list[TimelineWarning] = []
    text, entries = words.text, words.entries
    today = None if context.at is None else context.at.date()
    years = Years(words, today)
    unsaid: list[tuple[int, Expression, Scope]] = []  # what quotations say that no day of speaking was told for before them
    before = today is not None and today > dt.date.min and written_before(mentions, today)
    size, told_in = len(entries), -1  # the sentence of the time told last
    for mention in mentions:
        first, last, expression = mention.first, mention.last, mention.expression
        after = entries[last + 1] if last < size - 1 else None
        at = clauses.at(first)
        clause = clauses.items[at]
        tense, lean = stance(mention, at, words, clauses)
        sentence = clause.sentence
        scope = Scope(
            context, tense, readings, first == 0 and last == size - 1,
            first > 0 and "since" in entries[first - 1].categories,
            lean,
            sentence == told_in or (after is not None and after.noun is not None and after.clitics == TO),
            after is not None and after.particle is Particle.RELATIVE,
            years.year_of(expression, tense, sentence),
            isinstance(expression, Clock) and _in_range(entries, first, after),
        )  # fmt: skip
        said = spoken(at, clauses, kept, readings, today) if clause.quoted and today is not None else None
        if said is not None:
            reading = _as_spoken(expression, scope, said)
        elif before and is_counted(expression):
            reading = _as_written(expression, scope)
        else:
            reading = resolve(expression, scope)
        if mention.weak and reading.confidence <= UNKNOWN:
            continue  # nothing came of it
        years.learn(expression, first, reading, clause)
        told_in = sentence
        if clause.quoted and said is None and reading.basis is Basis.RELATIVE_TO_PUBLICATION:
            unsaid.append((len(kept), expression, scope))
        readings.append(reading)
        kept.append(mention)
    for number, expression, scope in unsaid:
        said = None if today is None else spoken_after(number, clauses, kept, readings, today)
        if said is not None:
            readings[number] = _as_spoken(expression, scope._replace(earlier=readings[:number]), said)
    check_twins(kept, readings, words)
    read_headline(kept, readings, clauses)
    settle_halves(kept, readings, words)
    for number, (mention, reading) in enumerate(zip(kept, readings, strict=True), 1):
        span = Span(mention.start, mention.end)
        times.append(
            _expression(f"t{number}", span, text[mention.start : mention.end], mention.rule, reading, context.zone, wording)
        )
        warnings += [TimelineWarning(code, wording.tell(message), f"t{number}") for code, message in reading.cautions]
    return tuple(times), kept, tuple(warnings)


def _in_range(entries: list[Entry], first: int, after: Entry | None) -> bool:
    """Tell whether a time is one end of a range: إلى stands before it, or من before and إلى after."""
    before = entries[first - 1].categories if first else {}
    return "link_to" in before or ("of" in before and after is not None and "link_to" in after.categories)


def _as_spoken(expression: Expression, scope: Scope, said: Spoken) -> Reading:
    """Resolve what a quotation says as seen from the day on which it was spoken."""
    at = dt.datetime.combine(said.day, dt.time(12))
    found = resolve(expression, scope._replace(context=scope.context._replace(at=at, timed=False)))
    if found.basis is not Basis.RELATIVE_TO_PUBLICATION:
        return found
    return found._replace(
        basis=Basis.RELATIVE_TO_EXPRESSION, anchor=said.number, why=Reason(Because.SPOKEN, (found.why,)),
        confidence=min(found.confidence, 0.9),
    )  # fmt: skip


def _as_written(expression: Expression, scope: Scope) -> Reading:
    """Resolve what a text that was written on the day before its publication says."""
    at = None if scope.context.at is None else scope.context.at - dt.timedelta(1)
    found = resolve(expression, scope._replace(context=scope.context._replace(at=at)))
    plain = resolve(expression, scope)
    other = Option(plain.value, plain.start, plain.end, 0.2, Reason(Because.COUNTED_DAY))
    return found._replace(
        why=Reason(Because.WRITTEN_BEFORE, (found.why,)), confidence=min(found.confidence, 0.75), cautions=plain.cautions,
        options=() if plain.value == found.value else (other,),
    )  # fmt: skip


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
