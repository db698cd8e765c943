"""What the client library makes of servers that fail, are busy, slow, gone, or say what they should not."""

from __future__ import annotations

import socket
import threading
import time

import grpc
import pytest
from google.rpc.error_details_pb2 import RequestInfo
from google.rpc.status_pb2 import Status

from client import Busy, CallFailed, Refused, ServerFault, TimedOut, Unavailable, Unsupported
from tests.client.scripted import Client, busy, end, scripted, status
from timeline import Article, TimelineError

NOBODY = "127.0.0.1:1"
PATIENCE = 30.0
"""Seconds that a machine under load may take for what takes a moment."""
SOON = 0.05


CODES: list[tuple[grpc.StatusCode, type[CallFailed]]] = [
    (grpc.StatusCode.UNAVAILABLE, Unavailable),
    (grpc.StatusCode.CANCELLED, Unavailable),
    (grpc.StatusCode.RESOURCE_EXHAUSTED, Busy),
    (grpc.StatusCode.UNAUTHENTICATED, Refused),
    (grpc.StatusCode.PERMISSION_DENIED, Refused),
    (grpc.StatusCode.DEADLINE_EXCEEDED, TimedOut),
    (grpc.StatusCode.UNIMPLEMENTED, Unsupported),
    (grpc.StatusCode.INTERNAL, ServerFault),
    (grpc.StatusCode.UNKNOWN, ServerFault),
]


@pytest.mark.parametrize(("code", "kind"), CODES)
def test_a_status_is_an_error_of_its_kind(client: Client, code: grpc.StatusCode, kind: type[CallFailed]) -> None:
    with scripted(lambda *_: status(code)) as server, client(server.address, retries=0) as connected:
        with pytest.raises(kind) as failed:
            connected.extract(Article("x"))
        assert isinstance(failed.value, TimelineError)
        assert server.address in str(failed.value)
        if kind is not Unavailable:
            (outcome,) = connected.extract_many([Article("x")])
            assert isinstance(outcome.error, kind)
    with scripted(lambda _, __, context: end(context, status(code))) as server, client(server.address, retries=0) as connected:
        outcomes = connected.extract_many([Article("x")])
        if kind is Busy:  # it may have been for this article only, which was then asked alone
            (outcome,) = outcomes
            assert isinstance(outcome.error, Busy)
        else:
            with pytest.raises(kind):
                list(outcomes)


def test_a_fault_carries_its_reference(client: Client) -> None:
    fault = status(grpc.StatusCode.INTERNAL, RequestInfo(request_id="4f2a"))
    with scripted(lambda *_: fault) as server, client(server.address) as connected:
        with pytest.raises(ServerFault) as failed:
            connected.extract(Article("x"))
        assert failed.value.reference == "4f2a"
        assert server.asked.total() == 1


def test_a_busy_server_is_asked_again_when_it_says(client: Client) -> None:
    def play(_: str, before: int, __: grpc.ServicerContext) -> Status | None:
        return busy(SOON) if before < 3 else None

    with scripted(play) as server, client(server.address) as connected:
        begun = time.monotonic()
        connected.extract(Article("x", id="alone"))
        assert time.monotonic() - begun >= 3 * SOON
        assert all(outcome.timeline for outcome in connected.extract_many(Article("x", id=str(name)) for name in range(9)))
        assert set(server.asked.values()) == {4}


def test_a_busy_server_is_not_waited_for_beyond_the_time_limit(client: Client) -> None:
    with scripted(lambda *_: busy(0.9)) as server, client(server.address, timeout=0.5) as connected:
        with pytest.raises(Busy) as failed:
            connected.extract(Article("x"))
        assert failed.value.retry_after == pytest.approx(0.9)
        assert server.asked.total() == 1


def test_a_call_is_asked_again_more_often_than_grpc_does(client: Client) -> None:
    def play(_: str, before: int, context: grpc.ServicerContext) -> None:
        if before < 6:
            end(context, status(grpc.StatusCode.UNAVAILABLE))

    with scripted(play) as server, client(server.address) as connected:
        connected.extract(Article("x", id="alone"))
        (outcome,) = connected.extract_many([Article("x", id="streamed")])
        assert outcome.timeline
        assert server.asked == {"alone": 7, "streamed": 7}


def test_a_stream_that_breaks_goes_on_with_what_has_no_answer(client: Client) -> None:
    def play(name: str, before: int, context: grpc.ServicerContext) -> None:
        if int(name) % 5 == 3 and not before:
            end(context, status(grpc.StatusCode.UNAVAILABLE))

    articles = [Article("x", id=str(name)) for name in range(40)]
    with scripted(play) as server, client(server.address, channels=2) as connected:
        assert [outcome.article for outcome in connected.extract_many(articles, in_flight=10) if outcome.timeline] == articles
        assert all(server.asked[article.id] == 1 + (int(article.id) % 5 == 3) for article in articles)


def test_an_article_that_kills_its_worker_each_time_fails_alone(client: Client) -> None:
    def play(name: str, _: int, context: grpc.ServicerContext) -> None:
        if name == "5":
            end(context, status(grpc.StatusCode.UNAVAILABLE))

    with scripted(play) as server, client(server.address, channels=2, retries=1) as connected:
        outcomes = list(connected.extract_many(Article("x", id=str(name)) for name in range(10)))
    assert [outcome.article.id for outcome in outcomes if isinstance(outcome.error, Unavailable)] == ["5"]
    assert sum(outcome.timeline is not None for outcome in outcomes) == 9


def test_an_article_without_an_answer_in_time_fails_alone(client: Client) -> None:
    over = threading.Event()

    def play(name: str, _: int, __: grpc.ServicerContext) -> None:
        if name == "3":
            over.wait(PATIENCE)

    with scripted(play) as server, client(server.address, channels=2) as connected:
        outcomes = list(connected.extract_many((Article("x", id=str(name)) for name in range(9)), timeout=0.5))
        with pytest.raises(TimedOut, match=r"within 0\.2 s"):
            connected.extract(Article("x", id="3"), timeout=0.2)
        over.set()
    assert [outcome.article.id for outcome in outcomes if isinstance(outcome.error, TimedOut)] == ["3"]
    assert sum(outcome.timeline is not None for outcome in outcomes) == 8


def test_no_server_is_said_so_in_time(client: Client) -> None:
    begun = time.monotonic()
    with client(NOBODY, retries=1) as connected:
        for ask in (lambda: connected.extract(Article("x")), lambda: list(connected.extract_many([Article("x")] * 9))):
            with pytest.raises(Unavailable, match=f"no server answers at {NOBODY}"):
                ask()
        with pytest.raises((Unavailable, TimedOut)):
            connected.extract(Article("x"), timeout=0.1)
    assert time.monotonic() - begun < PATIENCE


def test_a_server_that_says_nothing_is_given_up(client: Client) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        client(f"127.0.0.1:{silent.getsockname()[1]}", timeout=0.3) as connected,
    ):
        with pytest.raises(TimedOut):
            connected.extract(Article("x"))
        outcomes = list(connected.extract_many([Article("x")] * 2))
    assert all(isinstance(outcome.error, TimedOut) for outcome in outcomes)


def test_a_server_that_comes_back_is_found_again(client: Client) -> None:
    with scripted() as gone:
        port = int(gone.address.rpartition(":")[2])
    with client(gone.address, retries=3) as connected:
        with pytest.raises(Unavailable):
            connected.extract(Article("x"))
        with scripted(port=port):
            connected.extract(Article("x"))
