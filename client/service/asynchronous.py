"""The client for asyncio."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from typing import Self, Unpack

from client.service.async_calls import AsyncCalls
from client.service.async_streams import AsyncStreams
from client.service.messages import Answer, Outcome, article_message, expressions_of, kinds_of, outcome_of, timeline_of
from client.service.settings import Connection, Settings
from timeline import Article, EventKind, Publication, Timeline


class AsyncTimelineClient:
    """Asks a server at `host:port` for timelines; in one event loop. To be closed, or used in an `async with` statement.

    Connects when it is first asked. `settings` are described at `Connection`, and so is what they raise.
    """

    def __init__(self, address: str, **settings: Unpack[Settings]) -> None:
        self._connection = Connection(address, **settings)
        self._calls = AsyncCalls(self._connection)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; what is under way fails, and what comes after raises ValueError."""
        await self._calls.close()

    async def extract(self, article: Article, *, timeout: float | None = None) -> Timeline:
        """Return the timeline of an article, the same that an extractor in process returns.

        `timeout` is in seconds, all attempts included; None is the client's own. Raises InvalidArticle or CallFailed.
        """
        response = await self._calls.extract(article_message(article), self._connection.limit(timeout))
        return timeline_of(response, article.publication)

    def extract_many(
        self, articles: Iterable[Article] | AsyncIterable[Article], *, in_flight: int = 64, timeout: float | None = None
    ) -> AsyncGenerator[Outcome, None]:
        """Yield what came of each article, in the order of the articles; each has its timeline or its error alone.

        The articles may be without end. They are read in another task, as they are needed and at most `in_flight` of them ahead
        of the outcomes that were taken. `timeout` bounds the seconds that an article may wait for its answer when those sent
        before it have theirs. Raises CallFailed where no article would get an answer, because the server is gone or refuses,
        and whatever the iteration of the articles raises, after the outcomes of those before.
        """
        streams = AsyncStreams(self._calls, in_flight, self._connection.limit(timeout))
        return _outcomes(streams.answers(articles))

    async def resolve(self, text: str, publication: Publication | None = None, *, timeout: float | None = None) -> Timeline:
        """Return the time expressions of a short text, as a timeline without events; otherwise as `extract`."""
        message = article_message(Article(text, publication))
        return expressions_of(await self._calls.resolve(message, self._connection.limit(timeout)), publication)

    async def event_kinds(self, *, timeout: float | None = None) -> tuple[EventKind, ...]:
        """Return every kind of event that the server knows, by group, then by name; otherwise as `extract`."""
        return kinds_of(await self._calls.event_kinds(self._connection.limit(timeout)))


async def _outcomes(answers: AsyncGenerator[Answer, None]) -> AsyncGenerator[Outcome, None]:
    async with aclosing(answers):
        async for answer in answers:
            yield outcome_of(answer)
