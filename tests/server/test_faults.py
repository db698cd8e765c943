"""A bug in the extractor: the caller gets a reference, the log gets the rest, the server goes on."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import grpc
import pytest
from google.rpc.error_details_pb2 import ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_status import rpc_status

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from server import tokens
from server.config import Address, Options
from server.worker import Worker
from timeline import Article, EventKind, Extractor, Language, Timeline

OPTIONS = Options(listen=Address("127.0.0.1", 0), max_calls=8, grace=10.0)
PRIVATE = "زار الوزير القاهرة سرا"


class Broken(Extractor):
    """Raises, with the article's text in the message, unless the text is good."""

    def extract(self, article: Article, language: Language = Language.ENGLISH) -> Timeline:  # noqa: ARG002
        if article.text == "good":
            return Timeline((), (), (), (), ())
        raise RuntimeError(f"no rule for {article.text}")

    def resolve(self, article: Article, language: Language = Language.ENGLISH) -> Timeline:
        return self.extract(article, language)

    def event_kinds(self) -> tuple[EventKind, ...]:
        raise RecursionError(PRIVATE)


class Slow(Extractor):
    """Says that it has begun, and answers when it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = Event()
        self.go_on = Event()
        self.read: list[str] = []

    def extract(self, article: Article, language: Language = Language.ENGLISH) -> Timeline:  # noqa: ARG002
        self.read.append(article.text)
        self.begun.set()
        assert self.go_on.wait(60)
        return Timeline((), (), (), (), ())


@contextmanager
def serving(extractor: Extractor, options: Options = OPTIONS) -> Iterator[tuple[Worker, str]]:
    """Serve in this process; nothing is cut, as only a process of its own could."""
    worker = Worker(extractor, options, lambda work, _: work())
    reader = Thread(target=worker.turns.serve)
    reader.start()
    yield worker, f"127.0.0.1:{worker.start(options.listen)}"
    worker.drain()
    reader.join(10)
    assert not reader.is_alive()


@pytest.fixture
def broken() -> Iterator[TimelineServiceStub]:
    with serving(Broken()) as (_, address), grpc.insecure_channel(address) as channel:
        yield TimelineServiceStub(channel)


def check(status: Status, log: str) -> None:
    assert status.code == grpc.StatusCode.INTERNAL.value[0]
    assert PRIVATE not in str(status)
    assert "Traceback" not in str(status)
    assert "no rule" not in str(status)
    detail, kind = status.details
    info, reason = RequestInfo(), ErrorInfo()
    assert detail.Unpack(info)
    assert kind.Unpack(reason)
    assert (reason.reason, reason.domain) == ("INTERNAL", "eventtimeline.v1")
    assert re.fullmatch(r"[0-9a-f]{16}", info.request_id)
    assert info.request_id in status.message
    assert f"reference {info.request_id}" in log
    assert "Traceback" in log


def status_of(caught: pytest.ExceptionInfo[grpc.RpcError]) -> Status:
    assert isinstance(caught.value, grpc.Call)
    metadata = str(caught.value.trailing_metadata()) + str(caught.value.initial_metadata())
    assert PRIVATE not in metadata
    status = rpc_status.from_call(caught.value)
    assert status
    return status


def test_a_bug_in_extract_answers_with_a_reference(broken: TimelineServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        broken.ExtractTimeline(pb.ExtractTimelineRequest(article=pb.Article(text=PRIVATE)))
    check(status_of(caught), caplog.text)


def test_a_bug_in_resolve_answers_with_a_reference(broken: TimelineServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        broken.ResolveExpressions(pb.ResolveExpressionsRequest(text=PRIVATE))
    check(status_of(caught), caplog.text)


def test_a_bug_in_kinds_answers_with_a_reference(broken: TimelineServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        broken.ListEventKinds(pb.ListEventKindsRequest())
    check(status_of(caught), caplog.text)


def test_a_bug_in_a_stream_is_one_article_s_answer(broken: TimelineServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    texts = ("good", PRIVATE, "good")
    sent = [pb.ExtractTimelinesRequest(article=pb.Article(id=str(n), text=text)) for n, text in enumerate(texts)]
    answers = list(broken.ExtractTimelines(iter(sent)))
    assert [answer.WhichOneof("outcome") for answer in answers] == ["result", "error", "result"]
    assert [answer.article_id for answer in answers] == ["0", "1", "2"]
    check(answers[1].error, caplog.text)


def test_every_bug_has_its_own_reference(broken: TimelineServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    sent = [pb.ExtractTimelinesRequest(article=pb.Article(text=PRIVATE))] * 3
    messages = {answer.error.message for answer in broken.ExtractTimelines(iter(sent))}
    assert len(messages) == 3
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 3


def refuses(address: str) -> bool:
    """Return whether a new caller is turned away; a call that slips in before the drain is answered."""
    with grpc.insecure_channel(address, options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
        try:
            TimelineServiceStub(channel).ListEventKinds(pb.ListEventKindsRequest(), timeout=5)
        except grpc.RpcError as error:
            return isinstance(error, grpc.Call) and error.code() is grpc.StatusCode.UNAVAILABLE
    return False


def test_a_drain_says_not_serving_ends_watches_and_finishes_the_call_that_has_begun() -> None:
    extractor = Slow()
    with serving(extractor) as (worker, address), grpc.insecure_channel(address) as channel:
        watch: grpc.UnaryStreamMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_stream(
            "/grpc.health.v1.Health/Watch", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
        )
        statuses, alive = watch(HealthCheckRequest()), watch(HealthCheckRequest(service="liveness"))
        assert next(statuses).status == next(alive).status == HealthCheckResponse.SERVING
        stub = TimelineServiceStub(channel)
        request = pb.ExtractTimelineRequest(article=pb.Article(id="7", text="x"))
        call = stub.ExtractTimeline.future(request)
        assert extractor.begun.wait(10)
        drain = Thread(target=worker.drain)
        drain.start()
        assert [each.status for each in statuses] == [HealthCheckResponse.NOT_SERVING]
        assert [each.status for each in alive] == [HealthCheckResponse.SERVING]
        while not refuses(address):
            assert drain.is_alive()
        extractor.go_on.set()
        assert call.result().article_id == "7"
        drain.join(10)
        assert not drain.is_alive()


def ask(stub: TimelineServiceStub, text: str, timeout: float | None = None) -> grpc.Future[pb.ExtractTimelineResponse]:
    return stub.ExtractTimeline.future(pb.ExtractTimelineRequest(article=pb.Article(text=text)), timeout=timeout)


def busy(stub: TimelineServiceStub) -> Status | None:
    """Return how one more call is refused, None where it is answered."""
    call = stub.ListEventKinds.future(pb.ListEventKindsRequest(), timeout=10)
    error: object = call.exception()
    return rpc_status.from_call(error) if isinstance(error, grpc.Call) else None


def wait_until_busy(stub: TimelineServiceStub) -> Status:
    """Wait until the calls that were sent have reached the server, and return how one more is refused."""
    deadline = time.monotonic() + 60
    while (refusal := busy(stub)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return refusal


def test_a_call_over_the_limit_is_refused_and_an_abandoned_one_is_not_read() -> None:
    extractor = Slow()
    with serving(extractor) as (_, address), grpc.insecure_channel(address) as channel:
        stub = TimelineServiceStub(channel)
        kept = [ask(stub, "kept") for _ in range(2)]
        assert extractor.begun.wait(10)
        abandoned = [ask(stub, "abandoned") for _ in range(OPTIONS.max_calls - len(kept))]
        refusal = wait_until_busy(stub)
        assert refusal.code == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]
        reason, retry = ErrorInfo(), RetryInfo()
        assert refusal.details[0].Unpack(reason)
        assert refusal.details[1].Unpack(retry)
        assert reason.reason == "TOO_MANY_CALLS"
        assert 0 < retry.retry_delay.ToTimedelta().total_seconds() < 1
        for call in abandoned:
            call.cancel()
        # What comes behind the cancellations on the connection is answered when the server knows of them.
        assert busy(stub)
        extractor.go_on.set()
        for call in kept:
            call.result()
    assert extractor.read == ["kept"] * len(kept)


def test_a_token_s_calls_are_counted_while_they_wait(tmp_path: Path) -> None:
    token, entry = tokens.new("small")
    (tmp_path / "tokens.toml").write_text(entry + "max_calls = 6\n", encoding="utf-8")
    extractor = Slow()
    options = replace(OPTIONS, tokens=str(tmp_path / "tokens.toml"), max_calls=64)
    with serving(extractor, options) as (_, address), grpc.insecure_channel(address) as channel:
        stub = TimelineServiceStub(channel)
        metadata = (("authorization", f"Bearer {token}"),)
        request = pb.ExtractTimelineRequest(article=pb.Article(text="x"))
        kept = [stub.ExtractTimeline.future(request, metadata=metadata) for _ in range(6)]
        refused, deadline = False, time.monotonic() + 10
        while not refused and time.monotonic() < deadline:
            call = stub.ListEventKinds.future(pb.ListEventKindsRequest(), metadata=metadata, timeout=1)
            error: object = call.exception()
            refused = isinstance(error, grpc.Call) and error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        extractor.go_on.set()
        for each in kept:
            each.exception()  # one may have come behind a call that asked whether it is refused
    assert refused


def test_calls_that_wait_beyond_their_deadline_are_not_read() -> None:
    extractor = Slow()
    with serving(extractor) as (_, address), grpc.insecure_channel(address) as channel:
        stub = TimelineServiceStub(channel)
        first = ask(stub, "first")
        assert extractor.begun.wait(10)
        late = [ask(stub, "late", timeout=0.2) for _ in range(5)]
        for call in late:
            exception = call.exception()
            assert isinstance(exception, grpc.Call)
            assert exception.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        extractor.go_on.set()
        assert first.result() is not None
        assert ask(stub, "last").result() is not None
    assert extractor.read == ["first", "last"]
