"""What a worker does with shards, whoever runs it: it holds an engine, or a connection to a server, from one shard to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.batch.answering import Answering, Local
from client.batch.job import Job
from client.batch.manifest import Manifest
from client.batch.process import Tick, process_shard
from client.batch.shards import Shard
from client.batch.since import Former, Selective
from client.batch.spread import Spread

if TYPE_CHECKING:
    from client.service.settings import Connection


@dataclass(frozen=True, slots=True)
class Doing:
    """Does the shards of a job; `former` is a run whose answers are taken where they still hold."""

    job: Job
    answering: Answering
    former: Former | None = None

    def __call__(self, shard: Shard, tick: Tick, careful: bool) -> Manifest:  # noqa: FBT001 - as a runner calls it
        """Do a shard; with care, each article that kills its process costs only itself."""
        answering = self.answering
        if isinstance(answering, Local):
            if careful:
                answering = Spread(self.job, 1)
            elif self.former and not self.former.whole(shard):
                answering = Selective(answering, self.former.kept(shard))
        return process_shard(shard, self.job, answering, tick)


@dataclass(frozen=True, slots=True)
class Make:
    """Makes what does the shards of a job: what of it can be sent to another process or machine.

    `connection` is to a server that answers; `since` the folder of a former run; `processes` how many do one shard together, which
    is of use where there are fewer shards than processors.
    """

    job: Job
    connection: Connection | None = None
    since: str = ""
    processes: int = 1

    def __call__(self) -> Doing:
        """Load the engine, or connect to the server."""
        return Doing(self.job, self.answering(), Former(self.since, self.job) if self.since else None)

    def answering(self) -> Answering:
        """Return what answers records."""
        if self.connection is None:
            return Local(self.job) if self.processes == 1 else Spread(self.job, self.processes)
        from client.batch.remote import Remote

        return Remote(self.job, self.connection)
