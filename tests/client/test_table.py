"""A timeline becomes a table that answers: when, what, who, whether, and by which words."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest

from client.cells import FSI, PDI, width
from client.plain import lines
from client.rows import Row, rows, status, title
from timeline import (
    Article,
    Basis,
    Calendar,
    Event,
    EventClass,
    Grain,
    Interval,
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
)

CAIRO = ZoneInfo("Africa/Cairo")
TEXT = "قال المتحدث، الأربعاء، إن الوزير سيسافر إلى بروكسل الأسبوع المقبل بعد اجتماع\x1b[2J طارئ"
ARTICLE = Article(TEXT, Publication(dt.datetime(2024, 3, 27, 20, tzinfo=CAIRO), "Africa/Cairo", "EG"), "news.txt")


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CAIRO)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


WEDNESDAY = Interval(day("2024-03-27"), day("2024-03-28"))
NEXT_WEEK = Interval(day("2024-03-31"), day("2024-04-07"))
SAID = Event(
    id="e1",
    trigger=span("قال"),
    clause=span("قال المتحدث، الأربعاء،"),
    text="قال المتحدث، الأربعاء،",
    kind="statement",
    class_=EventClass.REPORTING,
    modality=Modality.ACTUAL,
    tense=Tense.PAST,
    interval=WEDNESDAY,
    grain=Grain.DAY,
    relation=Relation.DURING,
    times=("t1",),
    basis=Basis.RELATIVE_TO_PUBLICATION,
    confidence=0.9,
    explanation="",
    source_event_id="",
    participants=(Participant(Role.AGENT, span("المتحدث"), "المتحدث"), Participant(Role.PLACE, span("بروكسل"), "بروكسل")),
    same_as="",
    salience=0.5,
)
TRAVEL = SAID._replace(
    id="e2",
    trigger=span("سيسافر"),
    text="إن الوزير سيسافر إلى بروكسل",
    kind="visit",
    tense=Tense.FUTURE,
    interval=NEXT_WEEK,
    times=("t2",),
    participants=(Participant(Role.AGENT, span("الوزير"), "الوزير"),),
)
MEETING = SAID._replace(
    id="e3", trigger=span("اجتماع"), text="اجتماع\x1b[2J طارئ", kind="meeting", tense=Tense.NONE, interval=None, grain=None,
    relation=None, times=(), basis=None, participants=(),
)  # fmt: skip


def expression(identifier: str, words: str, interval: Interval) -> TimeExpression:
    """Return a time expression of the text; the table reads its words only."""
    return TimeExpression(
        identifier, span(words), words, TimeType.DATE, "", None, interval, Grain.DAY, Calendar.GREGORIAN, Basis.STATED, "", 1.0,
        (), "", "", "", "",
    )  # fmt: skip


TIMELINE = Timeline(
    times=(expression("t1", "الأربعاء", WEDNESDAY), expression("t2", "الأسبوع المقبل", NEXT_WEEK)),
    events=(SAID, TRAVEL, MEETING),
    items=(TimelineItem(WEDNESDAY, ("e1",)), TimelineItem(NEXT_WEEK, ("e2",))),
    undated_event_ids=("e3",),
    warnings=(TimelineWarning(WarningCode.WEEKDAY_MISMATCH, "two\ndays", "t1"),),
)


def test_rows_say_it_all() -> None:
    content = rows(TIMELINE, ARTICLE, CAIRO)
    assert content.dated == (
        Row("2024-03-27", "قال المتحدث، الأربعاء،", "المتحدث", "happened", "statement", "الأربعاء"),
        Row(
            "2024-03-31 .. 2024-04-06",
            "سيسافر: إن الوزير سيسافر إلى بروكسل",
            "الوزير",
            "to come",
            "visit",
            "الأسبوع المقبل",
        ),
    )
    assert content.undated == (Row("", "اجتماع [2J طارئ", "", "happened", "meeting", ""),)
    assert content.warnings == ("two days",)


def test_events_that_share_a_time_show_it_once() -> None:
    tied = TIMELINE._replace(items=(TimelineItem(WEDNESDAY, ("e1", "e2")),))
    assert [row.when for row in rows(tied, ARTICLE, CAIRO).dated] == ["2024-03-27", ""]


@pytest.mark.parametrize(
    ("modality", "tense", "words"),
    [
        (Modality.ACTUAL, Tense.PAST, "happened"),
        (Modality.ACTUAL, Tense.NONE, "happened"),
        (Modality.ACTUAL, Tense.PRESENT, "going on"),
        (Modality.ACTUAL, Tense.FUTURE, "to come"),
        (Modality.NEGATED, Tense.PAST, "did not happen"),
        (Modality.NEGATED, Tense.FUTURE, "will not happen"),
        (Modality.PLANNED, Tense.PAST, "planned"),
        (Modality.EXPECTED, Tense.PRESENT, "expected"),
        (Modality.POSSIBLE, Tense.PRESENT, "possible"),
        (Modality.HYPOTHETICAL, Tense.PAST, "hypothetical"),
        (Modality.DENIED, Tense.PAST, "denied"),
    ],
)
def test_status(modality: Modality, tense: Tense, words: str) -> None:
    event = SAID._replace(modality=modality, tense=tense, interval=None)
    assert status(event, day("2024-03-27")) == words


def test_what_begins_after_the_publication_has_not_happened() -> None:
    event = SAID._replace(tense=Tense.NONE, interval=NEXT_WEEK)
    assert status(event, day("2024-03-27")) == "to come"
    assert status(event, day("2024-04-20")) == "happened"
    assert status(event, None) == "happened"


def test_the_present_tense_of_a_headline_does_not_go_on_once_its_day_is_over() -> None:
    assert status(SAID._replace(tense=Tense.PRESENT), day("2024-04-20")) == "happened"


@pytest.mark.parametrize(
    ("basis", "relation", "times", "words"),
    [
        (Basis.STATED, Relation.DURING, ("t1", "t2"), "الأربعاء + الأسبوع المقبل"),
        (Basis.STATED, Relation.AFTER, ("t1",), "after الأربعاء"),
        (Basis.STATED, Relation.UNTIL, ("t1",), "until الأربعاء"),
        (Basis.INFERRED, Relation.DURING, ("t1",), "الأربعاء (inferred)"),
        (Basis.INFERRED, Relation.DURING, (), "inferred"),
        (Basis.INFERRED, Relation.AFTER, (), "inferred"),
        (Basis.RELATIVE_TO_EVENT, Relation.DURING, (), "another event"),
        (Basis.RELATIVE_TO_EVENT, Relation.AFTER, (), "after another event"),
    ],
)
def test_dated_by(basis: Basis, relation: Relation, times: tuple[str, ...], words: str) -> None:
    event = SAID._replace(basis=basis, relation=relation, times=times)
    (row,) = rows(TIMELINE._replace(events=(event,), items=TIMELINE.items[:1], undated_event_ids=()), ARTICLE, CAIRO).dated
    assert row.dated_by == words


def test_the_title_names_the_article_and_what_its_dates_count_from() -> None:
    assert title(ARTICLE, CAIRO) == "news.txt  (published 2024-03-27 20:00, Africa/Cairo)"
    assert title(Article("", Publication(dt.date(2024, 3, 27)), "a"), dt.UTC) == "a  (published 2024-03-27, UTC)"
    assert title(Article("", None, "a\u202e"), dt.UTC) == "a  (publication unknown)"


def test_the_plain_table() -> None:
    drawn = [line.replace(FSI, "‹").replace(PDI, "›") for line in lines("news.txt", rows(TIMELINE, ARTICLE, CAIRO))]
    assert drawn == [
        "news.txt",
        "WHEN                      EVENT                                WHO      STATUS    KIND       DATED BY",
        "2024-03-27                ‹قال المتحدث، الأربعاء،›               ‹المتحدث›  happened  statement  ‹الأربعاء›",
        "2024-03-31 .. 2024-04-06  ‹سيسافر: إن الوزير سيسافر إلى بروكسل›  ‹الوزير›   to come   visit      ‹الأسبوع المقبل›",
        "",
        "undated",
        "EVENT            WHO  STATUS    KIND",
        "‹اجتماع [2J طارئ›       happened  meeting",
        "",
        "warning: two days",
    ]


def test_every_line_closes_the_isolates_that_it_opens() -> None:
    for line in lines("news.txt", rows(TIMELINE, ARTICLE, CAIRO)):
        depths = list(itertools.accumulate(({FSI: 1, PDI: -1}.get(char, 0) for char in line), initial=0))
        assert (min(depths), max(depths) <= 1, depths[-1]) == (0, True, 0)


def test_a_long_clause_is_cut_and_columns_stay_aligned() -> None:
    long = SAID._replace(text="قال " + "كلاما طويلا " * 20)
    timeline = TIMELINE._replace(events=(long, TRAVEL, MEETING))
    header, *table = itertools.islice(lines("news.txt", rows(timeline, ARTICLE, CAIRO)), 1, 4)
    column = header.index("STATUS")
    assert [width(line[: line.index(words)]) for line, words in zip(table, ("happened", "to come"), strict=True)] == [
        column
    ] * 2


def test_a_timeline_without_events_says_so() -> None:
    empty = Timeline((), (), (), (), ())
    assert list(lines("news.txt", rows(empty, ARTICLE, CAIRO))) == ["news.txt", "no dated events"]
