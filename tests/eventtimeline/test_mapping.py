"""The library's values as messages and back: nothing is lost, nothing is renumbered, spans keep their words."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from eventtimeline import mapping
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import (
    Article,
    Basis,
    Calendar,
    EventClass,
    EventKind,
    Extractor,
    Grain,
    Interval,
    InvalidArticle,
    Mod,
    Modality,
    Publication,
    Relation,
    Role,
    Span,
    Tense,
    Timeline,
    TimelineItem,
    TimeType,
    WarningCode,
    Weekday,
)

RIYADH = ZoneInfo("Asia/Riyadh")
ENCODINGS = (pb.OFFSET_ENCODING_UTF32, pb.OFFSET_ENCODING_UTF16, pb.OFFSET_ENCODING_UTF8)


@pytest.mark.parametrize(
    ("ours", "theirs", "prefix"),
    [
        (TimeType, pb.Type, "TYPE_"),
        (Mod, pb.Mod, "MOD_"),
        (Grain, pb.Grain, "GRAIN_"),
        (Calendar, pb.Calendar, "CALENDAR_"),
        (Basis, pb.Basis, "BASIS_"),
        (EventClass, pb.Class, "CLASS_"),
        (Modality, pb.Modality, "MODALITY_"),
        (Tense, pb.Tense, "TENSE_"),
        (Relation, pb.Relation, "RELATION_"),
        (Role, pb.Role, "ROLE_"),
        (WarningCode, pb.WarningCode, "WARNING_CODE_"),
    ],
)
def test_enums_carry_the_names_and_numbers_of_the_contract(ours: type[enum.Enum], theirs: EnumTypeWrapper, prefix: str) -> None:
    known = {prefix + member.name: member.value for member in ours}
    assert {prefix + "UNSPECIFIED": 0, **known} == dict(theirs.items())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_timeline_comes_back_as_it_went(rich: Timeline, article: Article, encoding: int) -> None:
    sent = mapping.timeline_to_response(rich, article, encoding).SerializeToString()
    received = pb.ExtractTimelineResponse.FromString(sent)
    assert received.article_id == "news/1"
    assert mapping.response_to_timeline(received, article.text, encoding) == rich


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_response_comes_back_as_it_went(rich: Timeline, article: Article, encoding: int) -> None:
    response = mapping.timeline_to_response(rich, article, encoding)
    timeline = mapping.response_to_timeline(response, article.text, encoding)
    assert mapping.timeline_to_response(timeline, article, encoding) == response


def test_the_rich_timeline_sets_every_field_there_is(rich: Timeline, article: Article) -> None:
    response = mapping.timeline_to_response(rich, article)
    fields = {*set_fields(response), "eventtimeline.v1.ExtractTimelineResponse.truncated"}
    kinds = (
        pb.ExtractTimelineResponse,
        pb.Timeline,
        pb.TimelineItem,
        pb.Span,
        pb.TimeExpression,
        pb.Alternative,
        pb.Event,
        pb.Participant,
        pb.Warning,
    )
    assert {field.full_name for kind in kinds for field in kind.DESCRIPTOR.fields} <= fields


def set_fields(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        yield field.full_name
        if field.message_type:
            for each in value if field.is_repeated else [value]:
                yield from set_fields(each)


@pytest.mark.parametrize(("encoding", "codec", "unit"), [(1, "utf-32-le", 4), (2, "utf-16-le", 2), (3, "utf-8", 1)])
def test_spans_slice_the_same_words_in_every_encoding(
    rich: Timeline, article: Article, encoding: int, codec: str, unit: int
) -> None:
    response = mapping.timeline_to_response(rich, article, encoding)
    encoded = article.text.encode(codec)
    said = [(each.span, each.text) for each in response.timeline.times]
    said += [(each.span, each.text) for event in response.timeline.events for each in event.participants]
    assert len(said) == 5
    assert [encoded[span.start * unit : span.end * unit].decode(codec) for span, _ in said] == [text for _, text in said]


def test_an_unknown_encoding_is_refused(rich: Timeline, article: Article) -> None:
    with pytest.raises(ValueError, match="unknown offset encoding 9"):
        mapping.timeline_to_response(rich, article, 9)


def test_instants_come_back_in_the_zone_asked_for(rich: Timeline, article: Article) -> None:
    response = mapping.timeline_to_response(rich, article)
    interval = mapping.response_to_timeline(response, zone=RIYADH).items[0].interval
    assert interval.start is not None
    assert interval.start.isoformat() == "2024-03-22T01:00:00+03:00"


def test_instants_outside_a_timestamp_leave_their_side_open(article: Article) -> None:
    eve = dt.datetime(1, 1, 1, 2, tzinfo=RIYADH)
    last = dt.datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/Lima"))
    timeline = Timeline((), (), (TimelineItem(Interval(eve, last), ()),), (), ())
    response = mapping.timeline_to_response(timeline, article)
    assert not response.timeline.items[0].interval.ListFields()


def test_the_last_instant_stays_in_utc_where_its_zone_would_leave_the_calendar(article: Article) -> None:
    last = dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC)
    timeline = Timeline((), (), (TimelineItem(Interval(None, last), ()),), (), ())
    response = mapping.timeline_to_response(timeline, article)
    assert mapping.response_to_timeline(response, zone=RIYADH).items[0].interval.end == last


def test_a_lone_surrogate_goes_out_as_the_replacement_character(rich: Timeline) -> None:
    text = "\ud800 غدا \udfff"
    time = rich.times[2]._replace(span=Span(2, 5), text="غدا", explanation="\ud800?")
    broken = rich._replace(times=(time,), events=(rich.events[1]._replace(text=text),))
    response = mapping.timeline_to_response(broken, Article(text, id="\udfff"), pb.OFFSET_ENCODING_UTF8)
    assert response.article_id == "\ufffd"
    assert response.timeline.times[0].explanation == "\ufffd?"
    assert response.timeline.events[0].text == "\ufffd غدا \ufffd"
    span = response.timeline.times[0].span
    sent = mapping.article_to_proto(Article(text)).text
    assert sent.encode()[span.start : span.end].decode() == "غدا"


def test_expressions_alone_carry_what_the_timeline_says_of_them(rich: Timeline, article: Article) -> None:
    expressions = mapping.expressions_of(mapping.timeline_to_response(rich, article, pb.OFFSET_ENCODING_UTF16))
    whole = mapping.timeline_to_response(rich, article, pb.OFFSET_ENCODING_UTF16)
    assert list(expressions.times) == list(whole.timeline.times)
    assert list(expressions.warnings) == list(whole.warnings)
    assert expressions.engine_version == whole.engine_version != ""


def test_kinds_come_back_as_they_went() -> None:
    kinds = (
        EventKind(
            "visit", "movement", "Someone goes to see someone.", EventClass.OCCURRENCE, ("زار الوزير القاهرة",), ("زار",)
        ),
        EventKind("statement", "speech", "Someone says something.", EventClass.REPORTING, (), ()),
        *Extractor().event_kinds(),
    )
    sent = mapping.kinds_to_response(kinds).SerializeToString()
    assert mapping.response_to_kinds(pb.ListEventKindsResponse.FromString(sent)) == kinds


@pytest.mark.parametrize(
    "publication",
    [
        None,
        Publication(),
        Publication(at=dt.date(2024, 2, 29), country="SA", week_start=Weekday.MONDAY),
        Publication(at=dt.datetime(2024, 2, 7, 22, 0, 0, 7, tzinfo=RIYADH), zone="Asia/Riyadh", week_start=Weekday.SUNDAY),
        Publication(at=dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
        Publication(at=dt.date(9999, 12, 31)),
    ],
)
def test_an_article_comes_back_as_it_went(publication: Publication | None) -> None:
    article = Article(text="زار \u202aالوزير\x00", publication=publication, id="7")
    message = pb.Article.FromString(mapping.article_to_proto(article).SerializeToString())
    back = mapping.article_from_proto(message)
    assert back == article
    assert mapping.article_to_proto(back) == message


def test_a_time_without_offset_is_civil_time_in_the_zone() -> None:
    at = dt.datetime(2024, 2, 7, 22)  # noqa: DTZ001 - that is the point
    sent = mapping.article_to_proto(Article("x", Publication(at=at, zone="Asia/Riyadh")))
    assert sent.publication.publish_time.ToJsonString() == "2024-02-07T19:00:00Z"
    sent = mapping.article_to_proto(Article("x", Publication(at=at)))
    assert sent.publication.publish_time.ToJsonString() == "2024-02-07T22:00:00Z"


@pytest.mark.parametrize(
    ("publication", "field"),
    [
        (Publication(at=dt.datetime(2024, 2, 7, 22), country="SA"), "time_zone"),  # noqa: DTZ001
        (Publication(at=dt.datetime(2024, 2, 7, 22), zone="Mars/Olympus"), "time_zone"),  # noqa: DTZ001
        (Publication(at=dt.datetime(1, 1, 1, tzinfo=RIYADH)), "publish_time"),
    ],
)
def test_a_time_that_is_no_instant_can_not_be_sent(publication: Publication, field: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        mapping.article_to_proto(Article("x", publication))
    assert caught.value.field == f"article.publication.{field}"


@pytest.mark.parametrize(
    ("publication", "field"),
    [
        (pb.Publication(publish_date=Date()), "publish_date"),
        (pb.Publication(publish_date=Date(year=2024, month=3)), "publish_date"),
        (pb.Publication(publish_date=Date(month=3, day=1)), "publish_date"),
        (pb.Publication(publish_date=Date(year=2023, month=2, day=29)), "publish_date"),
        (pb.Publication(publish_date=Date(year=10_000, month=1, day=1)), "publish_date"),
        (pb.Publication(publish_date=Date(year=-1, month=1, day=1)), "publish_date"),
        (pb.Publication(publish_date=Date(year=2024, month=2**31 - 1, day=-(2**31))), "publish_date"),
        (pb.Publication(publish_time=Timestamp(seconds=-62_135_596_801)), "publish_time"),
        (pb.Publication(publish_time=Timestamp(seconds=253_402_300_800)), "publish_time"),
        (pb.Publication(publish_time=Timestamp(seconds=2**63 - 1)), "publish_time"),
        (pb.Publication(publish_time=Timestamp(nanos=-1)), "publish_time"),
        (pb.Publication(publish_time=Timestamp(nanos=1_000_000_000)), "publish_time"),
        (pb.Publication.FromString(b"\x28\x08"), "week_start"),
    ],
)
def test_a_publication_that_is_no_point_in_time_names_its_field(publication: pb.Publication, field: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        mapping.article_from_proto(pb.Article(text="x", publication=publication))
    assert caught.value.field == f"article.publication.{field}"
    with pytest.raises(InvalidArticle) as caught:
        mapping.publication_from_proto(publication, "publication")
    assert caught.value.field == f"publication.{field}"
