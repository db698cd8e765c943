"""A stream of articles: answers in order, each article on its own."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator

import grpc
from google.rpc.error_details_pb2 import BadRequest

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.processes import PATIENCE, LogOf, Serve, until

GOOD = "زار الوزير القاهرة يوم الجمعة 22 مارس 2024."
METHOD = "/eventtimeline.v1.TimelineService/ExtractTimelines"
INVALID_ARGUMENT = grpc.StatusCode.INVALID_ARGUMENT.value[0]


def request(name: str, text: str = GOOD) -> pb.ExtractTimelinesRequest:
    return pb.ExtractTimelinesRequest(article=pb.Article(id=name, text=text))


def test_answers_come_in_the_order_of_the_articles(stub: TimelineServiceStub) -> None:
    names = [str(number) for number in range(200)]
    answers = list(stub.ExtractTimelines(request(name) for name in names))
    assert [answer.article_id for answer in answers] == names
    assert [answer.result.article_id for answer in answers] == names


def test_an_article_of_a_stream_gets_the_answer_it_would_get_alone(stub: TimelineServiceStub) -> None:
    (answer,) = stub.ExtractTimelines(iter([request("7")]))
    assert answer.result == stub.ExtractTimeline(pb.ExtractTimelineRequest(article=request("7").article))


def test_an_answer_comes_before_the_next_article_is_sent(stub: TimelineServiceStub) -> None:
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    answers = stub.ExtractTimelines(iter(waiting.get, None))
    for name in ("first", "second"):
        waiting.put(request(name))
        assert next(answers).article_id == name
    waiting.put(None)
    assert list(answers) == []


def test_a_bad_article_answers_for_itself_and_the_stream_goes_on(stub: TimelineServiceStub) -> None:
    sent = [
        request("good"),
        request("blank", " "),
        pb.ExtractTimelinesRequest(),
        request("long", "a" * ((1 << 20) + 1)),
        pb.ExtractTimelinesRequest(
            article=pb.Article(id="zone", text=GOOD, publication=pb.Publication(time_zone="Mars/Olympus"))
        ),
        request("last"),
    ]
    answers = list(stub.ExtractTimelines(iter(sent)))
    assert [answer.article_id for answer in answers] == ["good", "blank", "", "long", "zone", "last"]
    assert [answer.WhichOneof("outcome") for answer in answers] == ["result", "error", "error", "error", "error", "result"]
    fields = []
    for answer in answers[1:5]:
        assert answer.error.code == INVALID_ARGUMENT
        bad = BadRequest()
        assert answer.error.details[0].Unpack(bad)
        fields += [violation.field for violation in bad.field_violations]
    assert fields == ["article.text", "article.text", "article.text", "article.publication.time_zone"]


def test_a_message_that_can_not_be_decoded_answers_for_itself(channel: grpc.Channel) -> None:
    def sent() -> Iterator[bytes]:
        yield request("first").SerializeToString()
        yield b"\xff\xff\xff"
        yield b"\x0a\x04\x12\x02\xd8\xff"
        yield request("last").SerializeToString()

    call: grpc.StreamStreamMultiCallable[bytes, bytes] = channel.stream_stream(METHOD)
    answers = [pb.ExtractTimelinesResponse.FromString(data) for data in call(sent())]
    assert [answer.WhichOneof("outcome") for answer in answers] == ["result", "error", "error", "result"]
    assert [answer.error.code for answer in answers] == [0, INVALID_ARGUMENT, INVALID_ARGUMENT, 0]
    assert [answer.article_id for answer in answers] == ["first", "", "", "last"]


def test_an_empty_stream_has_no_answers(stub: TimelineServiceStub) -> None:
    assert list(stub.ExtractTimelines(iter([]))) == []


def test_a_caller_that_goes_away_leaves_the_server_serving(stub: TimelineServiceStub) -> None:
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    waiting.put(request("only"))
    answers = stub.ExtractTimelines(iter(waiting.get, None))
    assert next(answers).article_id == "only"
    answers.cancel()
    waiting.put(None)
    assert stub.ExtractTimeline(pb.ExtractTimelineRequest(article=request("next").article)).article_id == "next"


def test_a_caller_that_goes_away_between_two_articles_is_no_fault(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "1")
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    waiting.put(request("only"))
    with grpc.insecure_channel(address) as opened:
        answers = TimelineServiceStub(opened).ExtractTimelines(iter(waiting.get, None))
        assert next(answers).article_id == "only"
        answers.cancel()
        until(lambda: bool(log(process)))
        process.terminate()
        assert process.wait(PATIENCE) == 0
    waiting.put(None)
    (entry,) = map(json.loads, log(process).splitlines())
    # gRPC may tell of the end of the requests before it tells why they end; then all that came was answered.
    assert (entry["message"], entry["articles"]) == ("call", 1)
    assert entry["code"] in ("CANCELLED", "OK")
