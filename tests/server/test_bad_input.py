"""Every row of the contract's table of bad input, against a real server on a real socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from google.rpc.status_pb2 import Status
from google.type.date_pb2 import Date
from grpc_status import rpc_status

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub

Request = TypeVar("Request")

MEBIBYTE = 1 << 20
GOOD = "زار الوزير القاهرة يوم الجمعة 22 مارس 2024."


def refusal(call: Callable[[Request], object], request: Request) -> Status:
    with pytest.raises(grpc.RpcError) as caught:
        call(request)
    error = caught.value
    assert isinstance(error, grpc.Call)
    status = rpc_status.from_call(error)
    return status or Status(code=error.code().value[0], message=error.details())


def fields(status: Status) -> list[str]:
    assert status.code == grpc.StatusCode.INVALID_ARGUMENT.value[0], status
    detail, kind = status.details
    bad, info = BadRequest(), ErrorInfo()
    assert detail.Unpack(bad)
    assert kind.Unpack(info)
    assert (info.reason, info.domain) == ("INVALID_ARTICLE", "eventtimeline.v1")
    return [violation.field for violation in bad.field_violations]


def article(publication: pb.Publication | None = None, text: str = GOOD) -> pb.Article:
    return pb.Article(id="1", text=text, publication=publication)


NO_TEXT = [
    pb.ExtractTimelineRequest(),
    pb.ExtractTimelineRequest(article=pb.Article()),
    pb.ExtractTimelineRequest(article=pb.Article(text="")),
    pb.ExtractTimelineRequest(article=pb.Article(text=" \n\t\u00a0\u2003 ")),
]


@pytest.mark.parametrize("request_", NO_TEXT, ids=["no article", "no text", "empty", "blank"])
def test_an_article_without_text_is_refused(stub: TimelineServiceStub, request_: pb.ExtractTimelineRequest) -> None:
    assert fields(refusal(stub.ExtractTimeline, request_)) == ["article.text"]


def test_a_text_over_the_limit_is_refused_with_limit_and_size(stub: TimelineServiceStub) -> None:
    text = "ش" * (MEBIBYTE // 2) + "a"
    status = refusal(stub.ExtractTimeline, pb.ExtractTimelineRequest(article=article(text=text)))
    assert fields(status) == ["article.text"]
    assert str(MEBIBYTE) in status.message
    assert str(MEBIBYTE + 1) in status.message


def test_a_text_at_the_limit_is_read(stub: TimelineServiceStub) -> None:
    text = GOOD + " " * (MEBIBYTE - len(GOOD.encode()))
    assert stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article(text=text))).article_id == "1"


def test_a_message_over_the_transport_s_limit_is_refused(stub: TimelineServiceStub) -> None:
    status = refusal(stub.ExtractTimeline, pb.ExtractTimelineRequest(article=article(text="a" * (2 * MEBIBYTE))))
    assert status.code == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]


BAD_PUBLICATIONS = [
    (pb.Publication(time_zone="Mars/Olympus"), "time_zone"),
    (pb.Publication(time_zone="../../etc/passwd"), "time_zone"),
    (pb.Publication(time_zone="/etc/localtime"), "time_zone"),
    (pb.Publication(time_zone="Africa"), "time_zone"),
    (pb.Publication(time_zone="Africa/Cairo\x00"), "time_zone"),
    (pb.Publication(time_zone="القاهرة"), "time_zone"),
    (pb.Publication(time_zone="x" * 100_000), "time_zone"),
    (pb.Publication(time_zone="localtime"), "time_zone"),
    (pb.Publication(time_zone="posixrules"), "time_zone"),
    (pb.Publication(country="ZZ"), "country"),
    (pb.Publication(country="eg"), "country"),
    (pb.Publication(country="Egypt"), "country"),
    (pb.Publication(country="مصر"), "country"),
    (pb.Publication(country="\x00"), "country"),
    (pb.Publication(publish_date=Date(year=10_000, month=1, day=1)), "publish_date"),
    (pb.Publication(publish_date=Date(year=0, month=1, day=1)), "publish_date"),
    (pb.Publication(publish_date=Date(year=-5, month=1, day=1)), "publish_date"),
    (pb.Publication(publish_date=Date(year=2023, month=2, day=29)), "publish_date"),
    (pb.Publication(publish_date=Date(year=2024, month=3)), "publish_date"),
    (pb.Publication(publish_date=Date()), "publish_date"),
    (pb.Publication(publish_time=Timestamp(seconds=253_402_300_800)), "publish_time"),
    (pb.Publication(publish_time=Timestamp(seconds=-62_135_596_801)), "publish_time"),
    (pb.Publication(publish_time=Timestamp(nanos=-1)), "publish_time"),
    (pb.Publication(publish_time=Timestamp(seconds=-62_135_596_800), time_zone="America/Los_Angeles"), "publish_time"),
    (pb.Publication(publish_time=Timestamp(seconds=253_402_300_799), time_zone="Asia/Tokyo"), "publish_time"),
    (pb.Publication.FromString(b"\x28\x08"), "week_start"),
]


@pytest.mark.parametrize(("publication", "field"), BAD_PUBLICATIONS)
def test_a_bad_publication_is_refused_by_field(stub: TimelineServiceStub, publication: pb.Publication, field: str) -> None:
    status = refusal(stub.ExtractTimeline, pb.ExtractTimelineRequest(article=article(publication)))
    assert fields(status) == [f"article.publication.{field}"]


EDGES = [
    pb.Publication(publish_date=Date(year=1, month=1, day=1)),
    pb.Publication(publish_date=Date(year=9999, month=12, day=31)),
    pb.Publication(publish_time=Timestamp(seconds=-62_135_596_800), time_zone="Asia/Tokyo"),
    pb.Publication(publish_time=Timestamp(seconds=253_402_300_799, nanos=999_999_999), time_zone="America/Los_Angeles"),
    pb.Publication(),
]


@pytest.mark.parametrize("publication", EDGES)
@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "قبل ثلاثة أيام وبعد ألف سنة، أمس وغدا، العام الماضي والقرن المقبل",
        "في 1 يناير 1 و31 ديسمبر 9999 و29 فبراير 2023 و45 مارس 2024 وعام 0 وسنة 99999",
        "في 30 صفر 1445هـ وعام 1هـ وعام 1700هـ وقبل 99999999999999999999 سنة",
    ],
)
def test_dates_at_the_edge_of_the_calendar_are_answered(
    stub: TimelineServiceStub, publication: pb.Publication, text: str
) -> None:
    answer = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article(publication, text)))
    for time in answer.timeline.times:
        assert text[time.span.start : time.span.end] == time.text


def test_an_unknown_language_is_refused(stub: TimelineServiceStub) -> None:
    request = pb.ExtractTimelineRequest(article=article(), language_code="xx")
    assert fields(refusal(stub.ExtractTimeline, request)) == ["language_code"]


def test_an_unknown_offset_encoding_is_refused(stub: TimelineServiceStub) -> None:
    request = pb.ExtractTimelineRequest.FromString(
        pb.ExtractTimelineRequest(article=article()).SerializeToString() + b"\x10\x09"
    )
    assert fields(refusal(stub.ExtractTimeline, request)) == ["offset_encoding"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ResolveExpressionsRequest(), "text"),
        (pb.ResolveExpressionsRequest(text=" "), "text"),
        (pb.ResolveExpressionsRequest(text="a" * (MEBIBYTE + 1)), "text"),
        (
            pb.ResolveExpressionsRequest(text=GOOD, publication=pb.Publication(time_zone="Mars/Olympus")),
            "publication.time_zone",
        ),
        (pb.ResolveExpressionsRequest(text=GOOD, publication=pb.Publication(country="ZZ")), "publication.country"),
        (pb.ResolveExpressionsRequest(text=GOOD, publication=pb.Publication(country="eg")), "publication.country"),
        (pb.ResolveExpressionsRequest(text=GOOD, publication=pb.Publication(publish_date=Date())), "publication.publish_date"),
        (pb.ResolveExpressionsRequest.FromString(b"\x0a\x01x\x18\x09"), "offset_encoding"),
        (pb.ResolveExpressionsRequest(text=GOOD, language_code="fr"), "language_code"),
    ],
)
def test_a_bad_short_text_is_refused_by_its_own_field(
    stub: TimelineServiceStub, request_: pb.ResolveExpressionsRequest, field: str
) -> None:
    assert fields(refusal(stub.ResolveExpressions, request_)) == [field]


def raw(channel: grpc.Channel, method: str) -> Callable[[bytes], bytes]:
    call: grpc.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(f"/eventtimeline.v1.TimelineService/{method}")
    return call


BAD_BYTES = {
    "cut short": b"\x0a\x7f\x12",
    "no protobuf": b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    "text is not UTF-8": b"\x0a\x04\x12\x02\xd8\xff",
    "text holds a lone surrogate": b"\x0a\x05\x12\x03\xed\xa0\x80",
}


@pytest.mark.parametrize("data", BAD_BYTES.values(), ids=BAD_BYTES.keys())
def test_bytes_that_are_no_request_are_refused(channel: grpc.Channel, data: bytes) -> None:
    for method in ("ExtractTimeline", "ResolveExpressions"):
        status = refusal(raw(channel, method), data)
        assert status.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
        assert "can't be decoded" in status.message


def test_an_unknown_method_is_unimplemented(channel: grpc.Channel) -> None:
    status = refusal(raw(channel, "ExtractEverything"), b"")
    assert status.code == grpc.StatusCode.UNIMPLEMENTED.value[0]


@pytest.mark.parametrize("text", ["The minister visited Cairo on Friday, 22 March 2024.", "\u200f\u202b", "😀", "\x00"])
def test_a_text_without_arabic_has_an_empty_timeline_and_says_so(stub: TimelineServiceStub, text: str) -> None:
    answer = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article(text=text)))
    assert answer.timeline == pb.Timeline()
    assert pb.WARNING_CODE_NO_ARABIC_TEXT in [warning.code for warning in answer.warnings]
