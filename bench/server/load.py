"""Callers of a server that go on until told to stop, with the retries of the client library: good, bad and cancelled calls."""

from __future__ import annotations

import datetime as dt
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

import grpc

from client import TimelineClient
from eventtimeline.mapping import article_to_proto
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, Extractor, InvalidArticle, Publication, Timeline, TimelineError

SEEDS = Path(__file__).parent.parent.parent / "seeds"
EXTRACT = f"/{pb.DESCRIPTOR.services_by_name['TimelineService'].full_name}/ExtractTimeline"
BAD, CANCELLED = 0.02, 0.01
"""Shares of the calls."""
STREAMED, STREAM = 0.05, 20
"""Share of the turns in which a caller streams so many good articles."""
CHANNELS = 4
TIMEOUT = 20.0
"""Seconds that a call may take, all attempts included."""
KEPT = 10

BAD_ARTICLES = (
    (Article(""), "article.text"),
    (Article("زار الوزير القاهرة أمس.", Publication(zone="Mars/Olympus")), "article.publication.time_zone"),
    (Article("أمس " * 160_000), "article.text"),
)
"""Articles that no server takes, and the field that it must name: empty, of no zone, over the limit."""
MALFORMED = (b"\xff\xff\xff", b"\x0a\x05\x12\x03\xed\xa0\x80", b"\x0a\xff\x01")


class Good(NamedTuple):
    """An article and the timeline that it must have."""

    article: Article
    timeline: Timeline


def good_articles() -> list[Good]:
    """Return the seeds: 2,000 to 3,700 characters each, 2,970 on average."""
    extractor = Extractor()
    found = []
    for name, context in tomllib.loads((SEEDS / "manifest.toml").read_text(encoding="utf-8")).items():
        at = context["published"]
        if not isinstance(at, dt.datetime):
            raise TypeError(f"{name}: {at} is no moment")
        publication = Publication(at=at, zone=context["zone"], country=context["country"])
        article = Article((SEEDS / name).read_text(encoding="utf-8"), publication, id=name)
        found.append(Good(article, extractor.extract(article)))
    return found


class Tally:
    """What came of the calls by now; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.ms: list[float] = []
        self.said: list[str] = []

    def good(self, ms: float | None = None, wrong: str = "") -> None:
        """Count a good article; `wrong` says why it failed, `ms` how long a call of its own took."""
        with self._lock:
            self.counts["good"] += 1
            if ms is not None:
                self.ms.append(ms)
        if wrong:
            self.wrong("good_failed", wrong)

    def count(self, name: str) -> None:
        """Count something."""
        with self._lock:
            self.counts[name] += 1

    def wrong(self, name: str, said: str) -> None:
        """Count something that must not be, and keep the first words about it."""
        with self._lock:
            self.counts[name] += 1
            if len(self.said) < KEPT:
                self.said.append(f"{name}: {said}")

    def figures(self, seconds: float) -> dict[str, float]:
        """Return counts, articles a second, and what a call took, in milliseconds."""
        ms = sorted(self.ms) or [0.0]
        named = ("good", "good_failed", "streamed", "bad", "bad_wrong", "cancelled")
        return {
            **{name: self.counts[name] for name in named},
            "articles_a_second": round(self.counts["good"] / seconds, 1),
            "p50_ms": round(ms[len(ms) // 2], 2),
            "p99_ms": round(ms[len(ms) * 99 // 100], 2),
            "slowest_ms": round(ms[-1], 1),
        }


class Caller:
    """Makes one call after the other."""

    def __init__(
        self, client: TimelineClient, channel: grpc.Channel, goods: Sequence[Good], tally: Tally, random: Random
    ) -> None:
        self._client = client
        self._raw: grpc.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(EXTRACT)
        self._goods = goods
        self._tally = tally
        self._random = random

    def turn(self) -> None:
        """Make one call, or one stream, of one sort or another."""
        share = self._random.random()
        if share < BAD:
            self._bad()
        elif share < BAD + CANCELLED:
            self._cancelled()
        elif share < BAD + CANCELLED + STREAMED:
            self._stream()
        else:
            self._good()

    def _good(self) -> None:
        good = self._random.choice(self._goods)
        began = time.perf_counter()
        try:
            found = self._client.extract(good.article, timeout=TIMEOUT)
        except TimelineError as error:
            self._tally.good(wrong=repr(error))
            return
        ms = (time.perf_counter() - began) * 1000
        self._tally.good(ms, "" if found == good.timeline else "another timeline than in process")

    def _stream(self) -> None:
        goods = [self._random.choice(self._goods) for _ in range(STREAM)]
        outcomes = self._client.extract_many([good.article for good in goods], timeout=TIMEOUT)
        done = 0
        try:
            for good, outcome in zip(goods, outcomes, strict=True):
                done += 1
                self._tally.count("streamed")
                same = outcome.timeline == good.timeline
                self._tally.good(wrong="" if same else f"in a stream: {outcome.error or 'another timeline than in process'!r}")
        except (TimelineError, ValueError) as error:
            for _ in goods[done:]:
                self._tally.good(wrong=f"in a stream that ended: {error!r}")

    def _bad(self) -> None:
        self._tally.count("bad")
        if self._random.random() < 0.25:
            code = self._malformed(self._random.choice(MALFORMED))
            if code is not grpc.StatusCode.INVALID_ARGUMENT:
                self._tally.wrong("bad_wrong", f"malformed bytes: {code}")
            return
        article, field = self._random.choice(BAD_ARTICLES)
        try:
            self._client.extract(article, timeout=TIMEOUT)
        except InvalidArticle as error:
            if error.field != field:
                self._tally.wrong("bad_wrong", f"{error.field} instead of {field}")
        except TimelineError as error:
            self._tally.wrong("bad_wrong", repr(error))
        else:
            self._tally.wrong("bad_wrong", f"a bad {field} was answered")

    def _malformed(self, data: bytes) -> grpc.StatusCode:
        """Return the status of bytes that the client library would never send, asked again while no worker answers."""
        until = time.monotonic() + TIMEOUT
        while True:
            try:
                self._raw(data, timeout=TIMEOUT)
            except grpc.RpcError as error:
                if error.code() is not grpc.StatusCode.UNAVAILABLE or time.monotonic() > until:
                    return error.code()
                time.sleep(0.1)
            else:
                return grpc.StatusCode.OK

    def _cancelled(self) -> None:
        self._tally.count("cancelled")
        if self._random.random() < 0.5:
            outcomes = self._client.extract_many([good.article for good in self._goods], timeout=TIMEOUT)
            try:
                next(outcomes)
            except TimelineError as error:
                self._tally.good(wrong=f"in a stream that is left: {error!r}")
            outcomes.close()
            return
        request = pb.ExtractTimelineRequest(article=article_to_proto(self._random.choice(self._goods).article))
        call = self._raw.future(request.SerializeToString(), timeout=TIMEOUT)
        time.sleep(self._random.random() * 0.01)
        call.cancel()


@contextmanager
def load(target: str, goods: Sequence[Good], threads: int, seed: int = 1) -> Iterator[Tally]:
    """Call a server, or several behind one target of gRPC, from so many threads while the block lasts; yield the tally."""
    tally = Tally()
    ended = threading.Event()

    def call(number: int) -> None:
        caller = Caller(client, channel, goods, tally, Random(seed * 1000 + number))  # noqa: S311 - nothing secret
        while not ended.is_set():
            try:
                caller.turn()
            except Exception as error:  # noqa: BLE001 - what the client library must not raise
                tally.wrong("good_failed", f"unexpected: {error!r}")

    with TimelineClient(target, channels=CHANNELS) as client, grpc.insecure_channel(target) as channel:
        callers = [threading.Thread(target=call, args=(number,)) for number in range(threads)]
        for caller in callers:
            caller.start()
        try:
            yield tally
        finally:
            ended.set()
            for caller in callers:
                caller.join()
