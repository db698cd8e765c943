"""The client library, both of its clients, against real servers: answers, their order, what is read ahead."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from client import TimelineClient
from scripts.local_server import local_server
from tests.client.scripted import Client, scripted
from timeline import Article, Extractor, InvalidArticle, Language, Publication

NOBODY = "127.0.0.1:1"
PATIENCE = 30.0
"""Seconds that a machine under load may take for what takes a moment."""


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
