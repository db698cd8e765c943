"""Answers as bytes and as lines are those of their messages: over every article that we have, every encoding, and odd ones."""

from __future__ import annotations

import datetime as dt
import json
import tracemalloc
from pathlib import Path

import pytest

from eventtimeline.jsonlines import article_from_json, response_to_json
from eventtimeline.lines import timeline_to_line
from eventtimeline.mapping import timeline_to_response
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.wire import timeline_to_bytes, varint
from timeline import Article, Extractor, Interval, Language, Publication, Span, Timeline, TimelineItem

ROOT = Path(__file__).parents[2]
ENCODINGS = (pb.OFFSET_ENCODING_UNSPECIFIED, pb.OFFSET_ENCODING_UTF32, pb.OFFSET_ENCODING_UTF16, pb.OFFSET_ENCODING_UTF8)
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
OWN = [
    json.loads(line)["text"]
    for name in ("developed", "held")
    for line in (ROOT / "tests" / "corpus" / "articles" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
ODD = ["\ud800 زار الوزير القاهرة أمس.", "\U0001f4c5 غدا", "x", "\x00 أمس", "في 1 يناير 1 و31 ديسمبر 9999 وعام 0"]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def same(timeline: Timeline, article: Article) -> None:
    for encoding in ENCODINGS:
        wanted = timeline_to_response(timeline, article, encoding).SerializeToString()
        assert timeline_to_bytes(timeline, article, encoding) == wanted
    assert timeline_to_line(timeline, article) == f"{response_to_json(timeline_to_response(timeline, article))}\n".encode()


@pytest.mark.parametrize("text", [*SEEDS, *OWN, *ODD])
@pytest.mark.parametrize("zone", ["", "Asia/Riyadh"])
def test_bytes_are_those_of_the_message(extractor: Extractor, text: str, zone: str) -> None:
    line = json.dumps({"text": "x", "publication": {"publishDate": {"year": 2024, "month": 3, "day": 27}, "timeZone": zone}})
    article = Article(text, article_from_json(line).publication if zone else None, "a1")
    for language in Language:
        same(extractor.extract(article, language), article)


def test_every_field_there_is_goes_out(rich: Timeline, article: Article) -> None:
    same(rich, article)


def test_fields_that_are_not_there_do_not_go_out(rich: Timeline, article: Article) -> None:
    nowhere = Interval(None, None)
    bare = rich._replace(
        times=tuple(time._replace(text="", value="", interval=nowhere, rule="", explanation="") for time in rich.times),
        events=tuple(
            event._replace(text="", kind="", trigger=Span(0, 0), clause=Span(0, 3), salience=0.0) for event in rich.events
        ),
        items=(rich.items[0]._replace(interval=nowhere, event_ids=()),),
        undated_event_ids=(),
        warnings=(rich.warnings[0]._replace(message=""),),
    )
    for timeline in (bare, bare._replace(items=(), events=()), Timeline((), (), (), (), ())):
        same(timeline, article)
        same(timeline, Article(article.text))


def test_intervals_that_are_remembered_take_little_memory(article: Article) -> None:
    noon = dt.datetime(2024, 3, 27, 12, tzinfo=dt.UTC)
    items = [
        TimelineItem(Interval(noon + dt.timedelta(days=day), noon + dt.timedelta(days=day + 1)), ()) for day in range(1000)
    ]
    timeline_to_line(Timeline((), (), (), (), ()), article)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for item in items:
            timeline_to_line(Timeline((), (), (item,), (), ()), article)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 500 * len(items)


def test_an_unknown_encoding_is_refused(rich: Timeline, article: Article) -> None:
    with pytest.raises(ValueError, match="encoding"):
        timeline_to_bytes(rich, article, 9)


def test_a_text_at_the_limit_goes_out(extractor: Extractor) -> None:
    article = Article("قال الوزير وأعلن وزار أمس. " * 4000, Publication(country="EG"), "x" * 300)
    same(extractor.extract(article), article)


@pytest.mark.parametrize(
    ("number", "data"), [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"), (16384, "808001")]
)
def test_varints_are_those_of_the_specification(number: int, data: str) -> None:
    assert varint(number).hex() == data
