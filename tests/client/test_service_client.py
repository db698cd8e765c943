"""The client library, both of its clients, against real servers: answers, errors, time limits, tokens, TLS."""

from __future__ import annotations

import datetime as dt
import itertools
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import grpc
import pytest
import trustme
from google.rpc.error_details_pb2 import RequestInfo

from client import (
    Busy,
    CallFailed,
    InsecureToken,
    Refused,
    ServerFault,
    TimedOut,
    TimelineClient,
    Tls,
    Unavailable,
    Unsupported,
)
from scripts.local_server import local_server
from tests.client.scripted import Awaited, Client, busy, end, scripted, status
from timeline import Article, Extractor, InvalidArticle, Language, Publication, TimelineError

NOBODY = "127.0.0.1:1"
PATIENCE = 30.0
"""Seconds that a machine under load may take for what takes a moment."""
SOON = 0.05


@pytest.fixture(params=[TimelineClient, Awaited])
def client(request: pytest.FixtureRequest) -> Client:
    """Return the kind of client that a test is about: each in turn."""
    kind: Client = request.param
    return kind


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where a real server listens."""
    with local_server(workers=2) as server:
        yield server.address


CAIRO = Publication(dt.datetime(2024, 3, 27, 20, 0), country="EG")  # noqa: DTZ001 - civil time is what is tested


def test_answers_equal_those_in_process(
    client: Client, address: str, seeds: Mapping[str, Article], extractor: Extractor
) -> None:
    articles = [*seeds.values(), Article("وصل الوزير أمس", CAIRO, "naive"), Article("وصل الوزير أمس", id="bare")]
    with client(address) as connected:
        for article in articles:
            assert connected.extract(article) == extractor.extract(article)
        for article, timeline, error in connected.extract_many(articles):
            assert (timeline, error) == (extractor.extract(article), None)
        text = "يوم الجمعة"
        assert connected.resolve(text, CAIRO) == extractor.resolve(Article(text, CAIRO))
        assert connected.event_kinds() == extractor.event_kinds()
    arabic = Language.ARABIC
    with client(address, language=arabic) as connected:
        assert connected.extract(articles[0]) == extractor.extract(articles[0], arabic)


BAD = (
    Article(" "),
    Article("وصل", Publication(zone="Mars/Olympus")),
    Article("وصل", Publication(country="ZZ")),
    Article("وصل", Publication(dt.datetime(2024, 3, 27), zone="Mars/Olympus")),  # noqa: DTZ001
)


@pytest.mark.parametrize("article", BAD)
def test_a_bad_article_is_the_error_that_it_is_in_process(
    client: Client, address: str, extractor: Extractor, article: Article
) -> None:
    with pytest.raises(InvalidArticle) as here:
        extractor.extract(article)
    with client(address) as connected:
        with pytest.raises(InvalidArticle) as there:
            connected.extract(article)
        with pytest.raises(InvalidArticle) as resolved:
            connected.resolve(article.text, article.publication)
    for error in (there, resolved):
        assert (error.value.field, error.value.reason) == (here.value.field, here.value.reason)


@pytest.mark.parametrize("size", [(1 << 20) + 1, 3 << 20])
def test_a_text_over_the_limit_is_invalid(client: Client, address: str, size: int) -> None:
    good, large = Article("وصل أمس", id="good"), Article("x" * size, id="large")
    with client(address) as connected:
        with pytest.raises(InvalidArticle, match=f"article.text: .*{size:,}|{size}"):
            connected.extract(large)
        outcomes = list(connected.extract_many([good, large, good, large, good]))
    assert [isinstance(outcome.error, InvalidArticle) for outcome in outcomes] == [False, True, False, True, False]


def test_each_article_fails_alone_and_in_its_place(client: Client, address: str, seeds: Mapping[str, Article]) -> None:
    articles = [each for pair in zip(seeds.values(), itertools.cycle(BAD)) for each in pair]
    with client(address) as connected:
        outcomes = list(connected.extract_many(articles))
    assert [outcome.article for outcome in outcomes] == articles
    for good, bad in zip(outcomes[::2], outcomes[1::2], strict=True):
        assert good.result() is good.timeline is not None
        with pytest.raises(InvalidArticle):
            bad.result()


@pytest.mark.parametrize("in_flight", [1, 7])
def test_articles_are_read_only_so_far_ahead(client: Client, in_flight: int) -> None:
    read = itertools.count()
    articles = (Article("x", id=str(next(read))) for _ in itertools.repeat(None))
    with (
        scripted() as server,
        client(server.address) as connected,
        closing(connected.extract_many(articles, in_flight=in_flight)) as outcomes,
    ):
        for taken in range(50):
            assert next(outcomes).article.id == str(taken)
            assert server.asked.total() <= taken + 1 + in_flight
        assert next(read) <= 50 + in_flight


def test_an_outcome_comes_before_the_next_article_is_there() -> None:
    taken = threading.Event()

    def slow() -> Iterator[Article]:
        yield Article("x", id="first")
        assert taken.wait(PATIENCE)
        yield Article("x", id="second")

    with scripted() as server, TimelineClient(server.address) as connected:
        outcomes = connected.extract_many(slow())
        assert next(outcomes).article.id == "first"
        taken.set()
        assert next(outcomes).article.id == "second"


def test_what_reading_raises_comes_after_the_outcomes_before(client: Client) -> None:
    def broken() -> Iterator[Article]:
        yield Article("x", id="only")
        raise KeyError("lost")

    with scripted() as server, client(server.address) as connected:
        outcomes = connected.extract_many(broken())
        assert next(outcomes).article.id == "only"
        with pytest.raises(KeyError, match="lost"):
            next(outcomes)


def test_no_articles_are_no_outcomes_and_no_connection(client: Client) -> None:
    with client(NOBODY) as connected:
        assert list(connected.extract_many([])) == []


def test_streams_go_over_several_connections(client: Client) -> None:
    peers: set[str] = set()
    with scripted(lambda _, __, context: peers.add(context.peer())) as server, client(server.address, channels=3) as connected:
        assert len(list(connected.extract_many([Article("x")] * 30))) == 30
    assert (len(peers), server.streams) == (3, 3)


def test_an_iteration_that_is_left_leaves_the_client_working(client: Client, address: str) -> None:
    with client(address) as connected:
        for _ in range(3):
            for outcome in connected.extract_many(itertools.repeat(Article("وصل أمس"))):
                assert outcome.timeline
                break
        assert connected.extract(Article("وصل أمس"))


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
    def play(_: str, before: int, __: grpc.ServicerContext) -> object:
        return busy(SOON) if before < 3 else None

    with scripted(play) as server, client(server.address) as connected:  # type: ignore[arg-type]
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
        with pytest.raises(TimedOut, match="within 0.2 s"):
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
    with scripted() as server, client(server.address) as connected:
        connected.extract(Article("x"))
        port = int(server.address.rpartition(":")[2])
        with pytest.raises(Unavailable):
            TimelineClient(NOBODY, retries=0).extract(Article("x"))
    with client(f"127.0.0.1:{port}", retries=0) as connected:
        with pytest.raises(Unavailable):
            connected.extract(Article("x"))
        with scripted(port=port), client(f"127.0.0.1:{port}") as again:
            assert again.extract(Article("x")) == connected.extract(Article("x"), timeout=PATIENCE)


def test_a_closed_client_says_so(client: Client, address: str) -> None:
    with client(address) as connected:
        connected.extract(Article("وصل"))
        outcomes = connected.extract_many(itertools.repeat(Article("وصل")))
        next(outcomes)
        connected.close()
        with pytest.raises(ValueError, match="closed"):
            connected.extract(Article("وصل"))
        with pytest.raises(ValueError, match="closed"):
            list(outcomes)


def test_a_token_goes_with_every_call(client: Client) -> None:
    with scripted() as server, client(server.address, token="s3cret") as connected:
        connected.extract(Article("x"))
        list(connected.extract_many([Article("x")]))
        connected.resolve("x")
        connected.event_kinds()
    assert [sent.get("authorization") for sent in server.metadata] == ["Bearer s3cret"] * 4
    assert "s3cret" not in repr(connected)


@pytest.mark.parametrize(
    "target", ["10.0.0.1:1", "example.org:1", "dns:///example.org:1", "localhost.example.org:1", "xds:///localhost:1"]
)
def test_a_token_does_not_go_in_the_clear(client: Client, target: str) -> None:
    with pytest.raises(InsecureToken, match="in the clear"):
        client(target, token="s3cret")
    with client(target, token="s3cret", tls=Tls()), client(target, token="s3cret", insecure_token=True):
        pass


@pytest.mark.parametrize("target", ["localhost:1", "127.0.0.1:1", "[::1]:1", "unix:/run/server", "dns:///localhost:1"])
def test_this_machine_may_have_it(client: Client, target: str) -> None:
    with client(target, token="s3cret"):
        pass


def test_tls_vouches_for_both_sides(client: Client, tmp_path: Path) -> None:
    authority = trustme.CA()
    served, caller = authority.issue_cert("127.0.0.1"), authority.issue_cert("caller.example.org")
    ca = authority.cert_pem.bytes()
    credentials = grpc.ssl_server_credentials(
        [(served.private_key_pem.bytes(), served.cert_chain_pems[0].bytes())], ca, require_client_auth=True
    )
    files = {name: tmp_path / name for name in ("ca", "certificate", "key")}
    files["ca"].write_bytes(ca)
    files["certificate"].write_bytes(caller.cert_chain_pems[0].bytes())
    files["key"].write_bytes(caller.private_key_pem.bytes())
    with scripted(credentials=credentials) as server:
        with client(server.address, tls=Tls.from_files(**files), token="s3cret") as connected:
            connected.extract(Article("x"))
            assert server.metadata[0]["authorization"] == "Bearer s3cret"
        for tls in (None, Tls(), Tls(ca)):
            with client(server.address, tls=tls, retries=0) as connected, pytest.raises(Unavailable):
                connected.extract(Article("x"))
    assert server.asked.total() == 1


def test_settings_that_can_not_work_are_refused(client: Client) -> None:
    for make in (
        lambda: client(NOBODY, timeout=0),
        lambda: client(NOBODY, timeout=float("nan")),
        lambda: client(NOBODY, channels=0),
        lambda: client(NOBODY, retries=-1),
        lambda: client(NOBODY, token="two\nlines"),
        lambda: Tls(certificate=b"x"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
            make()
    with client(NOBODY) as connected:
        with pytest.raises(ValueError, match="in_flight"):
            list(connected.extract_many([], in_flight=0))
        with pytest.raises(ValueError, match="timeout"):
            connected.extract(Article("x"), timeout=-1)
