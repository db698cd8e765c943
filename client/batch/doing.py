"""What a worker does with shards, whoever runs it: it holds an engine, or a connection to a server, from one shard to the next."""

from __future__ import annotations

from dataclasses import dataclass

from client.batch.answering import Answering, Local
from client.batch.job import Job
from client.batch.manifest import Manifest
from client.batch.process import Tick, process_shard
from client.batch.shards import Shard


@dataclass(frozen=True, slots=True)
class Doing:
    """Does the shards of a job."""

    job: Job
    answering: Answering

    def __call__(self, shard: Shard, tick: Tick, careful: bool) -> Manifest:  # noqa: FBT001 - as a runner calls it
        """Do a shard; with care, each article that kills its process costs only itself."""
        from client.batch.spread import Spread

        return process_shard(shard, self.job, Spread(self.job, 1) if careful else self.answering, tick)


@dataclass(frozen=True, slots=True)
class Make:
    """Makes what does the shards of a job: what of it can be sent to another process or machine."""

    job: Job

    def __call__(self) -> Doing:
        """Load the engine."""
        return Doing(self.job, Local(self.job))
