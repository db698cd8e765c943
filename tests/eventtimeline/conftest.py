"""A timeline with something in every field, on a text whose characters differ in width in every encoding."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from timeline import (
    Alternative,
    Article,
    Basis,
    Calendar,
    Event,
    EventClass,
    Grain,
    Interval,
    Mod,
    Modality,
    Participant,
    Publication,
    Relation,
    Role,
    Span,
    Tense,
    TimeExpression,
    Timeline,
    TimelineItem,
    TimelineWarning,
    TimeType,
    WarningCode,
    Weekday,
)

CAIRO = ZoneInfo("Africa/Cairo")
TEXT = (
    'A\U0001f4c5 زار الوزير القاهرة\u202a يوم الجمعة\u200f قبل حوالي شهرين، وقال "إنّ"\tالقمّة\n'
    + "لا شيء \U0001f600 " * 60
    + "غدا"
)


def day(number: int) -> dt.datetime:
    return dt.datetime(2024, 3, number, tzinfo=CAIRO)


def span(words: str) -> Span:
    start = TEXT.rindex(words)
    return Span(start, start + len(words))


@pytest.fixture
def article() -> Article:
    moment = dt.datetime(2024, 3, 27, 20, 0, 0, 250_000, tzinfo=CAIRO)
    publication = Publication(at=moment, zone="Africa/Cairo", country="EG", week_start=Weekday.SUNDAY)
    return Article(text=TEXT, publication=publication, id="news/1")


@pytest.fixture
def rich() -> Timeline:
    friday = TimeExpression(
        id="t1",
        span=span("يوم الجمعة"),
        text="يوم الجمعة",
        type=TimeType.DATE,
        value="2024-03-22",
        mod=None,
        interval=Interval(day(22), day(23)),
        grain=Grain.DAY,
        calendar=Calendar.GREGORIAN,
        basis=Basis.RELATIVE_TO_PUBLICATION,
        anchor_id="",
        confidence=0.9,
        alternatives=(
            Alternative("2024-03-29", Interval(day(29), day(30)), 0.1, "الجمعة: the coming Friday"),
            Alternative("XXXX-WXX-5", None, 0.033, ""),
        ),
        rule="weekday",
        explanation="الجمعة: latest Friday on or before Wed 2024-03-27; past-tense clause",
        quant="",
        freq="",
    )
    months = friday._replace(
        id="t2",
        span=span("حوالي شهرين"),
        text="حوالي شهرين",
        type=TimeType.SET,
        value="P2M",
        mod=Mod.APPROX,
        interval=Interval(None, day(27).replace(microsecond=1)),
        grain=None,
        calendar=Calendar.HIJRI,
        anchor_id="t1",
        confidence=1.0,
        alternatives=(),
        quant="EVERY",
        freq="2X",
    )
    tomorrow = friday._replace(id="t3", span=span("غدا"), text="غدا", interval=None, confidence=0.0, alternatives=())
    visit = Event(
        id="e1",
        trigger=span("زار"),
        clause=span("زار الوزير القاهرة"),
        text="زار الوزير القاهرة",
        kind="visit",
        class_=EventClass.OCCURRENCE,
        modality=Modality.ACTUAL,
        tense=Tense.PAST,
        interval=Interval(day(22), None),
        grain=Grain.DAY,
        relation=Relation.DURING,
        times=("t1", "t2"),
        basis=Basis.STATED,
        confidence=0.85,
        explanation="يوم الجمعة",
        source_event_id="e2",
        participants=(Participant(Role.AGENT, span("الوزير"), "الوزير"), Participant(Role.PLACE, span("القاهرة"), "القاهرة")),
        same_as="",
        salience=0.75,
    )
    saying = visit._replace(
        id="e2",
        trigger=span("قال"),
        class_=EventClass.REPORTING,
        tense=Tense.NONE,
        interval=None,
        grain=None,
        relation=None,
        times=(),
        basis=None,
        confidence=0.0,
        source_event_id="",
        participants=(),
        same_as="e1",
    )
    return Timeline(
        times=(friday, months, tomorrow),
        events=(visit, saying),
        items=(TimelineItem(Interval(day(22), None), ("e1",)),),
        undated_event_ids=("e2",),
        warnings=(
            TimelineWarning(WarningCode.WEEKDAY_MISMATCH, "the 22nd is a Friday", "t1"),
            TimelineWarning(WarningCode.PUBLICATION_MISSING, "no publication date", ""),
            TimelineWarning(WarningCode.ORDER_CONTRADICTION, "the words and the dates differ", "", ("e1", "e2")),
        ),
        lexicon_hash="0123456789abcdef",
        families=("dates.days", "events.general"),
    )
