"""Protobuf JSON on one line: what we print is what protobuf prints, and what we read is what it reads."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from google.protobuf import json_format
from google.rpc.status_pb2 import Status

from eventtimeline import jsonlines, mapping
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, Timeline

EMPTY = Timeline((), (), (), (), ())


@pytest.fixture
def responses(rich: Timeline, article: Article) -> list[pb.ExtractTimelineResponse]:
    whole = mapping.timeline_to_response(rich, article)
    unknown = pb.ExtractTimelineResponse()
    unknown.CopyFrom(whole)
    # A newer server may send enum values that this version has no name for.
    pb.Event.MergeFromString(unknown.timeline.events[0], b"\x38\x63")
    unknown.timeline.times[0].confidence = 0.123456789
    return [whole, unknown, mapping.timeline_to_response(EMPTY, article), pb.ExtractTimelineResponse()]


def test_printing_agrees_with_protobuf(responses: list[pb.ExtractTimelineResponse]) -> None:
    for response in responses:
        line = jsonlines.response_to_json(response)
        theirs = json_format.MessageToDict(response)
        assert line == json.dumps(theirs, ensure_ascii=False, separators=(",", ":"))


def test_printing_a_stream_s_answers_agrees_with_protobuf(responses: list[pb.ExtractTimelineResponse]) -> None:
    answers = [pb.ExtractTimelinesResponse(article_id="7", result=response) for response in responses]
    answers.append(pb.ExtractTimelinesResponse(article_id="8", error=Status(code=3, message="article.text: empty")))
    for answer in answers:
        assert json.loads(jsonlines.response_to_json(answer)) == json_format.MessageToDict(answer)


def test_a_line_is_one_line_of_plain_arabic(responses: list[pb.ExtractTimelineResponse]) -> None:
    responses[0].timeline.events[0].text = "زار\nالوزير\r\u0000"
    line = jsonlines.response_to_json(responses[0])
    assert "\n" not in line
    assert "\r" not in line
    assert "زار" in line
    assert json_format.Parse(line, pb.ExtractTimelineResponse()) == responses[0]


def test_equal_messages_give_equal_bytes(rich: Timeline, article: Article) -> None:
    first = mapping.timeline_to_response(rich, article)
    second = pb.ExtractTimelineResponse.FromString(first.SerializeToString())
    assert jsonlines.response_to_json(first) == jsonlines.response_to_json(second)


def test_an_article_is_read_as_protobuf_prints_it(article: Article) -> None:
    message = mapping.article_to_proto(article)
    line = json_format.MessageToJson(message, indent=None, ensure_ascii=False)
    assert jsonlines.article_from_json(line) == article
    assert mapping.article_to_proto(jsonlines.article_from_json(line)) == message


@pytest.mark.parametrize(
    "publication",
    [
        {"publishTime": "2024-03-27T09:05:00Z"},
        {"publishTime": "2024-02-29T23:59:59Z", "timeZone": "Africa/Cairo", "country": "EG"},
        {"publishTime": "0001-01-01T00:00:00Z", "country": "EG"},
        {"publishTime": "9999-12-31T23:59:59.999999Z", "country": ""},
        {"publishTime": "2024-03-27T09:05:00.5Z"},
        {"publishTime": "2024-03-27T09:05:00.125Z"},
        {"publishTime": "2024-03-27T09:05:00.125000Z"},
        {"publishTime": "2024-03-27T09:05:00.123456789Z"},
        {"publishTime": "2024-03-27T12:05:00+03:00"},
        {"publishTime": "1969-07-20T20:17:40Z", "timeZone": "Nowhere"},
        {"publishDate": {"year": 2024, "month": 3, "day": 27}, "country": "MA"},
        {"publishTime": "2024-03-27T09:05:00Z", "weekStart": "SUNDAY"},
        {"country": "EG"},
        {},
        # These are no publications.
        {"publishTime": "2024-02-30T00:00:00Z"},
        {"publishTime": "0000-01-01T00:00:00Z"},
        {"publishTime": "2024-03-27T24:00:00Z"},
        {"publishTime": "2024-03-27T23:59:60Z"},
        {"publishTime": "2024-03-27T09:05:00"},
        {"publishTime": "2024-03-27T09:05:00z"},
        {"publishTime": "٢٠٢٤-03-27T09:05:00Z"},
        {"publishTime": "2024-03-27T09:05:00Z", "country": 7},
        {"publishTime": "2024-03-27T09:05:00Z", "zone": "UTC"},
        {"publishTime": "2024-03-27T09:05:00Z", "publishDate": {"year": 2024, "month": 3, "day": 27}},
    ],
    ids=str,
)
def test_a_publication_is_what_protobuf_reads(publication: dict[str, object]) -> None:
    line = json.dumps({"id": "a", "text": "غدا", "publication": publication})
    assert _read(lambda: jsonlines.article_from_json(line)) == _read(
        lambda: mapping.article_from_proto(json_format.Parse(line, pb.Article()))
    )


def _read(read: Callable[[], Article]) -> tuple[object, object]:
    """Return what is read and the zone of its time; equal instants may have other zones."""
    try:
        article = read()
    except (InvalidArticle, json_format.ParseError):
        return None, None
    return article, getattr(article.publication and article.publication.at, "tzinfo", None)


def test_a_lone_surrogate_in_an_article_keeps_every_position() -> None:
    read = jsonlines.article_from_json(r'{"id": "\udc00", "text": "\ud800 غدا \ud83d\ude00"}')
    assert read == Article(text="\ufffd غدا \U0001f600", id="\ufffd")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("", "article"),
        ("nonsense", "article"),
        ("[1]", "article"),
        ('"text"', "article"),
        ('{"text": 1}', "article"),
        ('{"txt": "misspelt"}', "article"),
        ('{"text": "x", "publication": {"publishTime": "yesterday"}}', "article"),
        ('{"text": "x", "publication": {"publishTime": "0000-01-01T00:00:00Z"}}', "article"),
        ('{"text": "x", "publication": {"timeZone": "\\ud800"}}', "article"),
        ('{"text": "x", "publication": {"weekStart": "\\ud800"}}', "article"),
        ('{"text": "x", "\\ud800": 1}', "article"),
        ('{"text": "x", "publication": {"weekStart": 1e999}}', "article"),
        ('{"text": "x", "publication": {"weekStart": NaN}}', "article"),
        (
            '{"text": "x", "publication": {"publishDate": {"year": 2023, "month": 2, "day": 29}}}',
            "article.publication.publish_date",
        ),
        ("[" * 100_000, "article"),
        ("9" * 10_000, "article"),
    ],
)
def test_a_bad_line_names_its_field(line: str, field: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        jsonlines.article_from_json(line)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": 7}', "text must be a string"),
        ('{"text": "x", "body": ""}', "body is no field; there are id, text, publication"),
        ('{"publication": {"country": "EG"}, "body": ""}', "body is no field"),
        ('{"publication": "EG"}', 'publication must be an object such as {"country": "EG"}'),
        ('{"publication": {"timezone": "UTC"}}', "publication.timezone is no field; there are publishTime, publishDate, "),
        ('{"publication": {"country": 7}}', 'publication.country must be a string such as "EG"'),
        ('{"publication": {"publishDate": "2024-03-27"}}', 'such as {"year": 2024, "month": 3, "day": 27}'),
        ('{"publication": {"publishDate": {"year": "now"}}}', 'such as {"year": 2024, "month": 3, "day": 27}'),
        ('{"publication": {"publish_time": "2024-03-27"}}', 'such as "2024-03-27T00:00:00Z"'),
        ('{"publication": {"publishTime": "0001-01-01T00:00:00+05:00"}}', "in the years 1 to 9999"),
        ('{"publication": {"publishTime": 7}}', 'such as "2024-03-27T00:00:00Z"'),
        ('{"publication": {"weekStart": "friday"}}', 'a day such as "SUNDAY"'),
        (
            '{"publication": {"publishTime": "2024-03-27T00:00:00Z", "publishDate": {"year": 2024, "month": 3, "day": 27}}}',
            "publication holds both",
        ),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 10_000, "a number with too many digits"),
    ],
)
def test_the_reason_is_a_plain_sentence(line: str, reason: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        jsonlines.article_from_json(line)
    assert reason in caught.value.reason
    assert "\n" not in caught.value.reason
