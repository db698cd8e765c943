"""Who runs shards: processes of this machine, or a Ray cluster. Which shards are done is the plan's affair, not theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from client.batch.manifest import Manifest
from client.batch.shards import Shard
from client.exits import Failure


class Outcome(NamedTuple):
    """What came of a shard: its manifest, or why it could not be done."""

    shard: Shard
    result: Manifest | Failure


class Watch(Protocol):
    """Looks on while shards are done."""

    @property
    def stopping(self) -> bool:
        """Whether no more shards are to be begun."""
        ...

    def live(self, articles: int, failed: int, size: int) -> None:
        """Take what is done of the shards in flight: articles, failed ones, bytes of input. Called a few times a second."""
        ...


class Runner(Protocol):
    """Runs shards."""

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[Outcome]:
        """Yield what came of every shard that was begun, in any order; begin no more of them once `watch.stopping`.

        Where the iteration is given up, what is in flight is ended at once; it leaves nothing half written.
        """
        ...
