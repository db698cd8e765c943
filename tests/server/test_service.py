"""What the server answers to good calls: exact spans, health, reflection, the methods of the contract."""

from __future__ import annotations

import contextlib

import grpc
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from eventtimeline import mapping
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from timeline import ENGINE_VERSION, Extractor

SERVICE = "eventtimeline.v1.TimelineService"
CAIRO = pb.Publication(time_zone="Africa/Cairo", country="EG")
CAIRO.publish_time.FromJsonString("2024-03-27T20:00:00+02:00")

ODD = {
    "NUL": "قال\x00 الوزير إنه زار القاهرة يوم\x00 22 مارس 2024.",
    "bidi": "\u202bزار الوزير\u202c القاهرة \u2067في 22 مارس 2024\u2069 \u200fصباحا\u200e.",
    "zero width": "زار\u200b الوزير\u200d القاهرة\ufeff في 22\u200c مارس 2024",
    "mixed scripts": "\U0001f4c5 Reuters — زار الوزير Cairo في 22 مارس 2024 (A\u0301\U0001f1ea\U0001f1ec) أمس.",
    "tashkil": "زَارَ الوَزِيرُ القَاهِرَةَ في ٢٢ مَارِس ٢٠٢٤ مـــساء",
    "noncharacters": "\ufffe\U0010ffff زار الوزير القاهرة في 22 مارس 2024\ufffd\ue000",
    "lines": "زار الوزير\r\n\u2028القاهرة\x85 في 22 مارس 2024\x1c",
}
UNITS = {
    pb.OFFSET_ENCODING_UTF32: ("utf-32-le", 4),
    pb.OFFSET_ENCODING_UTF16: ("utf-16-le", 2),
    pb.OFFSET_ENCODING_UTF8: ("utf-8", 1),
}


@pytest.mark.parametrize("encoding", UNITS)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_spans_slice_odd_texts_exactly(stub: TimelineServiceStub, text: str, encoding: pb.OffsetEncoding.ValueType) -> None:
    article = pb.Article(text=text, publication=CAIRO)
    timeline = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article, offset_encoding=encoding)).timeline
    codec, unit = UNITS[encoding]
    encoded = text.encode(codec)

    def words(span: pb.Span) -> str:
        return encoded[span.start * unit : span.end * unit].decode(codec)

    assert timeline.times
    assert timeline.events
    assert [words(time.span) for time in timeline.times] == [time.text for time in timeline.times]
    assert [words(event.clause) for event in timeline.events] == [event.text for event in timeline.events]
    for event in timeline.events:
        assert words(event.trigger) in event.text
        assert [words(each.span) for each in event.participants] == [each.text for each in event.participants]


def test_without_a_publication_date_relative_expressions_stay_symbolic(stub: TimelineServiceStub) -> None:
    text = "زار الوزير القاهرة أمس، وكان قد زارها في 22 مارس 2024."
    answer = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=pb.Article(text=text)))
    relative, absolute = answer.timeline.times
    assert relative.text == "أمس"
    assert relative.value.startswith(("P", "X"))
    assert not relative.HasField("interval")
    assert absolute.value == "2024-03-22"
    assert absolute.interval.start_time.ToJsonString() == "2024-03-22T00:00:00Z"
    assert [warning.code for warning in answer.warnings] == [pb.WARNING_CODE_PUBLICATION_MISSING]


def test_an_article_is_dated_in_the_zone_of_its_publication(stub: TimelineServiceStub) -> None:
    article = pb.Article(id="7", text="زار الوزير القاهرة أمس.", publication=CAIRO)
    answer = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article))
    assert (answer.article_id, answer.engine_version) == ("7", ENGINE_VERSION)
    (time,) = answer.timeline.times
    assert time.value == "2024-03-26"
    assert time.interval.start_time.ToJsonString() == "2024-03-25T22:00:00Z"
    assert time.interval.end_time.ToJsonString() == "2024-03-26T22:00:00Z"


def test_a_short_text_has_its_expressions_resolved(stub: TimelineServiceStub) -> None:
    request = pb.ResolveExpressionsRequest(text="\U0001f4c5 أمس", publication=CAIRO, offset_encoding=pb.OFFSET_ENCODING_UTF16)
    answer = stub.ResolveExpressions(request)
    assert [time.value for time in answer.times] == ["2024-03-26"]
    assert (answer.times[0].span.start, answer.times[0].span.end) == (3, 6)
    assert answer.engine_version == ENGINE_VERSION


def test_explanations_are_in_the_language_of_the_request(stub: TimelineServiceStub) -> None:
    article = pb.Article(text="زار الوزير القاهرة أمس.", publication=CAIRO)
    arabic = "أمس: قبل يوم من الأربعاء 2024-03-27"
    for code, wanted in (("", "أمس: 1 day before Wed 2024-03-27"), ("ar", arabic), ("ar-EG", arabic)):
        answer = stub.ExtractTimeline(pb.ExtractTimelineRequest(article=article, language_code=code))
        assert [time.explanation for time in answer.timeline.times] == [wanted]
        assert [event.explanation for event in answer.timeline.events] == [wanted]
        streamed = stub.ExtractTimelines(iter([pb.ExtractTimelinesRequest(article=article, language_code=code)]))
        assert [each.result for each in streamed] == [answer]
        short = stub.ResolveExpressions(pb.ResolveExpressionsRequest(text="أمس", publication=CAIRO, language_code=code))
        assert [time.explanation for time in short.times] == [wanted]


def test_the_same_article_gets_the_same_bytes(stub: TimelineServiceStub) -> None:
    request = pb.ExtractTimelineRequest(article=pb.Article(text=ODD["mixed scripts"], publication=CAIRO))
    answers = {stub.ExtractTimeline(request).SerializeToString(deterministic=True) for _ in range(5)}
    assert len(answers) == 1


def test_kinds_of_events_are_those_of_the_library(stub: TimelineServiceStub) -> None:
    answer = stub.ListEventKinds(pb.ListEventKindsRequest())
    assert mapping.response_to_kinds(answer) == Extractor().event_kinds() != ()


def health(channel: grpc.Channel, name: str) -> int:
    check: grpc.UnaryUnaryMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_unary(
        "/grpc.health.v1.Health/Check", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
    )
    return check(HealthCheckRequest(service=name)).status


@pytest.mark.parametrize("name", ["", SERVICE])
def test_health_is_serving(channel: grpc.Channel, name: str) -> None:
    assert health(channel, name) == HealthCheckResponse.SERVING


def test_health_of_an_unknown_service_is_not_found(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        health(channel, "weather")
    assert isinstance(caught.value, grpc.Call)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


def test_reflection_shows_the_services_and_the_contract(channel: grpc.Channel) -> None:
    reflect: grpc.StreamStreamMultiCallable[ServerReflectionRequest, ServerReflectionResponse] = channel.stream_stream(
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        ServerReflectionRequest.SerializeToString,
        ServerReflectionResponse.FromString,
    )
    asked = [ServerReflectionRequest(list_services=""), ServerReflectionRequest(file_containing_symbol=SERVICE)]
    services, files = reflect(iter(asked))
    assert {SERVICE, "grpc.health.v1.Health"} <= {service.name for service in services.list_services_response.service}
    described = FileDescriptorProto.FromString(files.file_descriptor_response.file_descriptor_proto[0])
    assert described.name == "eventtimeline/v1/timeline.proto"


@pytest.mark.parametrize("method", [method.name for method in pb.DESCRIPTOR.services_by_name["TimelineService"].methods])
def test_every_method_of_the_contract_is_served(channel: grpc.Channel, method: str) -> None:
    # An empty message is a bad request to most methods, but an unknown method to none.
    call: grpc.StreamStreamMultiCallable[bytes, bytes] = channel.stream_stream(f"/{SERVICE}/{method}")
    answers = call(iter([b""]))
    with contextlib.suppress(grpc.RpcError):
        list(answers)
    assert answers.code() in {grpc.StatusCode.OK, grpc.StatusCode.INVALID_ARGUMENT}
