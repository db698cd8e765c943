"""What holds for every article: spans, ids, items and their order, the same answer each time, and no error but InvalidArticle."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import tomllib
import zoneinfo
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise, repeat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline import (
    Article,
    Basis,
    Event,
    Extractor,
    InvalidArticle,
    Publication,
    TimeExpression,
    Timeline,
    TimelineItem,
    TimeType,
    WarningCode,
)

WEEK = dt.timedelta(days=7)
ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"
SENTENCES: list[str] = [
    case["text"] for path in sorted(CORPUS.glob("*.toml")) for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
PUBLICATION = Publication(at=dt.datetime(2024, 3, 27, 20, tzinfo=zoneinfo.ZoneInfo("Africa/Cairo")), country="EG")

RELATIVE = (
    "أمس",
    "أول من أمس",
    "اليوم",
    "غدا",
    "بعد غد",
    "أمس الأول",
    "الجمعة",
    "يوم الجمعة",
    "الأربعاء الماضي",
    "السبت المقبل",
    "الثلاثاء بعد المقبل",
    "مساء الأحد",
    "صباح اليوم",
    "فجر غد",
    "الليلة الماضية",
    "الساعة الثالثة عصر أمس",
    "قبل ثلاثة أيام",
    "قبل أسبوعين",
    "الأسبوع الماضي",
    "هذا الأسبوع",
    "خميس الأسبوع المقبل",
)
ABSOLUTE = (
    "15 يناير 2019",
    "الثلاثاء 15 يناير 2019",
    "09/05/2012",
    "2021-03-05",
    "21 شعبان 1433هـ",
    "مارس 2019",
    "عام 2011",
    "الربع الأول من عام 2012",
    "صيف 2016",
    "القرن التاسع عشر",
    "من 13 إلى 18 أكتوبر 2014",
    "العام الدراسي 2017/2018",
    "خمسة وعشرين يوما",
    "كل جمعة",
)

# Letters and marks that once broke tokenisers: bidirectional controls, joiners, NUL, half a surrogate pair, presentation forms.
ODD = [
    "\x00",
    "\u200f",
    "\u202a",
    "\u202c",
    "\u2067",
    "\u200d",
    "\ud800",
    "\udfff",
    "\ufeff",
    "\u0640",
    "\u064b",
    "ﷺ",
    "ﻻ",
    "𝟘",
    "²",
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SENTENCES),
    st.sampled_from(ODD),
    st.sampled_from(list('"«»“”()[]:؛،.؟!/-–—\\\n\t 0159٠٩۵وبلفك')),
    st.integers(min_value=0, max_value=10**20).map(str),
    st.text(max_size=6),
    st.text(alphabet=st.characters(), max_size=3),  # any code point, surrogates too
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " "])), min_size=1, max_size=40).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
MOMENTS = st.datetimes(min_value=dt.datetime(1950, 1, 1), max_value=dt.datetime(2070, 1, 1))  # noqa: DTZ001  civil time in the zone
FREELY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def spans_slice(text: str, found: Timeline) -> None:
    """Check that whatever has a span holds exactly its words, in text order."""
    for time in found.times:
        assert 0 <= time.span.start < time.span.end <= len(text)
        assert text[time.span.start : time.span.end] == time.text == time.text.strip()
    for before, after in pairwise(found.times):
        assert before.span.end <= after.span.start
    for event in found.events:
        assert event.clause.start <= event.trigger.start < event.trigger.end <= event.clause.end
        assert text[event.clause.start : event.clause.end] == event.text
        for participant in event.participants:
            assert text[participant.span.start : participant.span.end] == participant.text != ""
    assert [event.trigger for event in found.events] == sorted({event.trigger for event in found.events})


def ids_point_somewhere(found: Timeline) -> None:
    """Check that ids are unique and that whatever names one names one that is there."""
    times = [time.id for time in found.times]
    events = [event.id for event in found.events]
    assert len({*times, *events}) == len(times) + len(events)
    for time in found.times:
        assert time.anchor_id in {"", *times, *events} - {time.id}
    for event in found.events:
        assert set(event.times) <= set(times)
        assert event.source_event_id in {"", *events} - {event.id}
        assert event.same_as in {"", *events[: events.index(event.id)]}
    for warning in found.warnings:
        assert warning.expression_id in {"", *times}
        assert set(warning.event_ids) <= set(events)


def values_are_sane(found: Timeline) -> None:
    """Check intervals, confidences and what goes with them."""
    for time in found.times:
        assert time.value
        assert 0 < time.confidence <= 1
        assert all(0 <= option.confidence <= time.confidence and option.value != time.value for option in time.alternatives)
    for event in found.events:
        assert 0 < event.confidence <= 1
        assert 0 <= event.salience <= 1
        assert (event.interval is None) == (event.relation is None) or event.times
        assert event.interval is None or event.basis is not None
    bounds = [*(time.interval for time in found.times), *(event.interval for event in found.events)]
    for start, end in filter(None, [*bounds, *(item.interval for item in found.items)]):
        assert start is not None or end is not None
        assert start is None or end is None or start < end


def items_hold_what_is_dated(found: Timeline) -> None:
    """Check that each event stands in one item, or apart where it has no date."""
    placed = [id_ for item in found.items for id_ in item.event_ids]
    assert sorted([*placed, *found.undated_event_ids]) == sorted(event.id for event in found.events)
    assert {event.id for event in found.events if event.interval is None} == set(found.undated_event_ids)


def surely_before(a: TimelineItem, b: TimelineItem) -> bool:
    """Tell whether one item has ended when the other begins."""
    return a.interval.end is not None and b.interval.start is not None and a.interval.end <= b.interval.start


def items_lie_in_order(found: Timeline) -> None:
    """Check that no item stands after one that it surely precedes."""
    for k, item in enumerate(found.items):
        assert [later.event_ids for later in found.items[k + 1 :] if surely_before(later, item)] == []


def holds(text: str, found: Timeline) -> None:
    """Check all of the above."""
    spans_slice(text, found)
    ids_point_somewhere(found)
    values_are_sane(found)
    items_hold_what_is_dated(found)
    items_lie_in_order(found)


def test_seeds_hold(seeds: Mapping[str, Article], extractor: Extractor) -> None:
    for article in seeds.values():
        found = extractor.extract(article)
        assert found.items
        holds(article.text, found)


@pytest.mark.parametrize(
    ("publication", "step"), [(PUBLICATION, 2), (Publication(at=dt.date(2034, 3, 27), country="SA"), 3), (None, 5)]
)
def test_sentences_hold_alone_and_together(publication: Publication | None, step: int, extractor: Extractor) -> None:
    sentences = SENTENCES[::step]
    for text in [*sentences, " ".join(sentences), "\n".join(sentences)]:
        holds(text, extractor.extract(Article(text, publication)))


@pytest.mark.parametrize(
    "text",
    [
        "هطلت السبت والأحد توقفت حتى الساعة الثالثة",  # an end alone, with a clock time
        "وُلد قبل منافسات وكانت الأربعاء المنصرم وافق التنفيذي. فجر الإرهاب صوبها.",  # bounds of both sides at one place
    ],
)
def test_bounds_of_all_sides_hold_together(text: str, extractor: Extractor) -> None:
    holds(text, extractor.extract(Article(text, PUBLICATION)))


@given(text=TEXTS, publication=st.sampled_from([PUBLICATION, None]))
@settings(FREELY)
def test_any_text_holds_or_is_refused(text: str, publication: Publication | None, extractor: Extractor) -> None:
    try:
        found = extractor.extract(Article(text, publication))
    except InvalidArticle:
        assert not text.strip()
    else:
        holds(text, found)
        times = extractor.resolve(Article(text, publication)).times
        assert [time.span for time in times] == [time.span for time in found.times]
        counted = Basis.RELATIVE_TO_EVENT
        assert [a for a, b in zip(times, found.times, strict=True) if b.basis is not counted] == [
            time for time in found.times if time.basis is not counted
        ]


EDGES = [
    dt.date.min,
    dt.date.min + dt.timedelta(days=6),
    dt.date(1924, 8, 1),
    dt.date(1970, 1, 1),
    dt.date(2024, 2, 29),
    dt.date(2077, 11, 16),
    dt.date(9999, 1, 1),
    dt.date.max - dt.timedelta(days=1),
    dt.date.max,
]


@pytest.mark.parametrize("at", EDGES, ids=str)
@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-14", "Etc/GMT+12", "Africa/Cairo", "Pacific/Apia"])
def test_no_publication_is_too_far_off(at: dt.date, zone: str, extractor: Extractor) -> None:
    clocks = (None, dt.time(), dt.time(23, 59, 59, 999_999))
    times = [at if clock is None else dt.datetime.combine(at, clock) for clock in clocks]
    for turn, moment in enumerate(times):
        sentences = SENTENCES[turn :: len(times) if zone == "UTC" else 19]
        for text in (*RELATIVE, *sentences, "بعد 99999999999 عام", "قبل 9999 قرنا وأسبوع"):
            found = extractor.extract(Article(text, Publication(at=moment, zone=zone, country="EG")))
            spans_slice(text, found)
            ids_point_somewhere(found)
            items_hold_what_is_dated(found)


def moved(interval: tuple[dt.datetime | None, dt.datetime | None] | None) -> list[dt.datetime | None]:
    """Return civil bounds a week later."""
    return [side and side.replace(tzinfo=None) + WEEK for side in interval or ()]


def civil(interval: tuple[dt.datetime | None, dt.datetime | None] | None) -> list[dt.datetime | None]:
    """Return civil bounds."""
    return [side and side.replace(tzinfo=None) for side in interval or ()]


def unmoved(time: TimeExpression) -> TimeExpression:
    """Return an expression without what a later publication changes."""
    return time._replace(value="", interval=None, alternatives=(), explanation="")


def undated(event: Event) -> Event:
    """Return an event without what a later publication changes."""
    return event._replace(interval=None, explanation="")


@given(at=MOMENTS, phrase=st.sampled_from(RELATIVE), future=st.booleans())
@settings(FREELY)
def test_a_week_later_is_a_week_later(at: dt.datetime, phrase: str, future: bool, extractor: Extractor) -> None:  # noqa: FBT001
    text = f"سيصل الوفد {phrase} إلى بيروت." if future else f"وصل الوفد {phrase} إلى بيروت."
    before, after = (
        extractor.extract(Article(text, Publication(at=moment, zone="Africa/Cairo", country="EG")))
        for moment in (at, at + WEEK)
    )
    (first,), (second,) = before.times, after.times
    assert first.type is not TimeType.DURATION
    assert unmoved(second) == unmoved(first)
    assert second.value != first.value
    assert civil(second.interval) == moved(first.interval) != []
    assert [civil(option.interval) for option in second.alternatives] == [
        moved(option.interval) for option in first.alternatives
    ]
    assert list(map(undated, after.events)) == list(map(undated, before.events))
    assert [civil(event.interval) for event in after.events] == [moved(event.interval) for event in before.events]
    assert [item.event_ids for item in after.items] == [item.event_ids for item in before.items]


@given(at=MOMENTS, phrase=st.sampled_from(ABSOLUTE))
@settings(FREELY)
def test_what_is_said_in_full_does_not_move(at: dt.datetime, phrase: str, extractor: Extractor) -> None:
    article = Article(f"نشر البيان في {phrase} على الموقع.")
    before, after, without = (
        extractor.resolve(Article(article.text, publication))
        for publication in (
            Publication(at=at, zone="Africa/Cairo", country="EG"),
            Publication(at=at + WEEK, zone="Africa/Cairo", country="EG"),
            Publication(zone="Africa/Cairo", country="EG"),
        )
    )
    assert before.times != ()
    assert before.times == after.times == without.times


@pytest.mark.parametrize(
    "phrase", [*RELATIVE, "الشهر الماضي", "العام المقبل", "15 يناير", "الشهر المقبل", "التسعينات", "هذا الصيف"]
)
def test_without_a_publication_what_is_relative_stays_symbolic(phrase: str, extractor: Extractor) -> None:
    found = extractor.extract(Article(f"وصل الوفد {phrase} إلى بيروت."))
    (time,) = found.times
    assert time.text == phrase
    assert time.interval is None
    assert time.basis is not Basis.STATED
    assert not re.search("[0-9]{4}", time.value)
    assert [warning.code for warning in found.warnings] == [WarningCode.PUBLICATION_MISSING]
    assert found.items == ()


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("الرياض 12 رمضان 1445هـ الموافق 22 مارس 2024م واس", dt.date(2024, 3, 22)),
        ("القاهرة - 27 سبتمبر 2023 - وكالات", dt.date(2023, 9, 27)),
        ("بيروت، الأربعاء 27 أيلول/سبتمبر 2023", dt.date(2023, 9, 27)),
    ],
)
def test_a_dateline_serves_as_publication(dateline: str, day: dt.date, extractor: Extractor) -> None:
    text = f"{dateline}\nوصل الوفد أمس إلى بيروت."
    found = extractor.extract(Article(text, Publication(country="EG")))
    assert [warning.code for warning in found.warnings] == [WarningCode.PUBLICATION_FROM_DATELINE]
    assert found.times[-1].text == "أمس"
    assert found.times[-1].value == (day - dt.timedelta(days=1)).isoformat()


def test_a_dateline_does_not_override_the_publication(extractor: Extractor) -> None:
    found = extractor.extract(Article("القاهرة 1 يناير 2020\nوصل الوفد أمس إلى بيروت.", PUBLICATION))
    assert [time.value for time in found.times] == ["2020-01-01", "2024-03-26"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "first",
    [
        "ولد في 1 يناير 1950 في بيروت.",
        "معركة الأول من يناير 1950 ذكرى لا تغيب عن أهل المدينة.",
        "The agreement of 22 March 2024 was signed.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(first: str, extractor: Extractor) -> None:
    found = extractor.extract(Article(f"{first} وصل أمس إلى القاهرة."))
    assert [warning.code for warning in found.warnings] == [WarningCode.PUBLICATION_MISSING]


@contextmanager
def switching_often() -> Iterator[None]:
    """Have threads take turns at every step that allows it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def test_the_same_article_gives_the_same_answer_in_every_extractor_and_thread(
    seeds: Mapping[str, Article], extractor: Extractor
) -> None:
    articles = [*seeds.values(), *(Article(sentence, PUBLICATION) for sentence in SENTENCES[::9])]
    wanted = [repr(extractor.extract(article)) for article in articles]
    assert [repr(extractor.extract(article)) for article in articles] == wanted

    def read(shared: Extractor, turn: int) -> list[str]:
        order = sorted(range(len(articles)), key=lambda k: (k * 31 + turn * 17) % len(articles))
        answers = {k: repr(shared.extract(articles[k])) for k in order}
        return [answers[k] for k in range(len(articles))]

    with switching_often(), ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(read, repeat(Extractor(), 6), range(6)))
    assert [answer == wanted for answer in answers] == [True] * 6


ELSEWHERE = """
import datetime, sys
from timeline import Article, Extractor, Publication
text = sys.stdin.buffer.read().decode()
found = Extractor().extract(Article(text, Publication(at=datetime.date(2024, 3, 27), country="EG")))
sys.stdout.buffer.write(repr(found).encode())
"""


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Tokyo"), ("2", "America/New_York")])
def test_another_process_on_another_machine_gives_the_same_bytes(seed: str, zone: str, extractor: Extractor) -> None:
    text = "\n".join(SENTENCES)
    here = repr(extractor.extract(Article(text, Publication(at=dt.date(2024, 3, 27), country="EG"))))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], input=text.encode(), capture_output=True, check=True, env=environment, cwd=ROOT
    )
    assert there.stdout.decode() == here
