"""What only the asyncio client does: many calls in one loop, asynchronous articles, cancelling."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Mapping

import grpc
import pytest

from client import AsyncTimelineClient, TimedOut
from tests.client.scripted import scripted
from timeline import Article, TimelineError

PATIENCE = 30.0
"""Seconds that a machine under load may take for what takes a moment."""
ARTICLE = Article("x", id="x")


def test_many_calls_are_under_way_at_a_time() -> None:
    together = threading.Barrier(8)

    async def main(address: str) -> None:
        async with AsyncTimelineClient(address) as client:
            await asyncio.gather(*(client.extract(ARTICLE) for _ in range(8)))

    def play(_: str, __: int, ___: grpc.ServicerContext) -> None:
        together.wait(PATIENCE)

    with scripted(play) as server:
        asyncio.run(main(server.address))
    assert not together.broken


def test_articles_may_come_asynchronously(seeds: Mapping[str, Article]) -> None:
    taken: asyncio.Queue[Article] = asyncio.Queue()

    async def slow() -> AsyncIterator[Article]:
        for article in seeds.values():
            yield article
            # The next one is there only when the outcome of this one was taken.
            assert await asyncio.wait_for(taken.get(), PATIENCE) == article

    async def main(address: str) -> list[Article]:
        done = []
        async with AsyncTimelineClient(address) as client:
            async for outcome in client.extract_many(slow()):
                done.append(outcome.article)
                taken.put_nowait(outcome.article)
        return done

    with scripted() as server:
        assert asyncio.run(main(server.address)) == list(seeds.values())


def test_a_task_that_is_cancelled_ends_and_the_client_goes_on() -> None:
    over = threading.Event()

    def play(name: str, _: int, __: grpc.ServicerContext) -> None:
        if name == "slow":
            over.wait(PATIENCE)

    async def main(address: str) -> None:
        slow = Article("x", id="slow")
        async with AsyncTimelineClient(address, timeout=PATIENCE) as client:

            async def stream() -> None:
                async for _ in client.extract_many([slow]):
                    pass

            for work in (client.extract(slow), stream()):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(work, 0.2)
            assert await client.extract(ARTICLE)
            with pytest.raises(TimedOut):
                await client.extract(slow, timeout=0.2)

    with scripted(play) as server:
        asyncio.run(main(server.address))
        over.set()


def test_a_call_under_way_when_the_client_closes_fails() -> None:
    begun, over = threading.Event(), threading.Event()

    def play(_: str, __: int, ___: grpc.ServicerContext) -> None:
        begun.set()
        over.wait(PATIENCE)

    async def main(address: str) -> list[BaseException | object]:
        client = AsyncTimelineClient(address, timeout=PATIENCE)

        async def stream() -> None:
            async for _ in client.extract_many([ARTICLE]):
                pass

        tasks = [asyncio.create_task(client.extract(ARTICLE)), asyncio.create_task(stream())]
        await asyncio.to_thread(begun.wait, PATIENCE)
        await client.close()
        return await asyncio.gather(*tasks, return_exceptions=True)

    with scripted(play) as server:
        for error in asyncio.run(main(server.address)):
            assert isinstance(error, ValueError | TimelineError)
        over.set()


def test_an_iteration_that_is_left_leaves_nothing_behind() -> None:
    async def main(address: str) -> set[asyncio.Task[object]]:
        async with AsyncTimelineClient(address) as client:
            outcomes = client.extract_many(itertools.repeat(ARTICLE))
            async for outcome in outcomes:
                assert outcome.timeline
                break
            await outcomes.aclose()
            return asyncio.all_tasks() - {asyncio.current_task()}

    with scripted() as server:
        left = asyncio.run(main(server.address))
    assert all("client/service" not in repr(task) for task in left)
