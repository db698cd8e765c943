"""How long a batch will take: from the manifests of what is done, else from a sample that is read now."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from client.batch.answering import Local
from client.batch.job import Job
from client.batch.plan import Plan
from client.batch.progress import clock, in_bytes
from client.batch.records import Record, Records

SAMPLE, WARM = 80, 40
"""Articles that are read where no shard is done yet, and how many of them only warm the engine up."""


def estimate(planned: Plan, job: Job, workers: int) -> str:
    """Return a sentence: what is to do, and how long that takes so many workers."""
    todo = f"{len(planned.todo)} shards to do, {in_bytes(planned.size)} of input"
    if not planned.todo:
        return "nothing to do"
    rate = _past(planned) or _sampled(planned, job)
    if not rate:
        return f"{todo}; nobody can tell how long it takes"
    articles, seconds = (int(planned.size * each) for each in rate)
    busy = min(workers, len(planned.todo))
    return f"{todo}, about {articles:,} articles, about {clock(max(seconds / busy, 1))} on {busy} workers"


def _past(planned: Plan) -> tuple[float, float] | None:
    """Return articles and seconds a byte of what is done."""
    whole = [manifest for manifest in planned.done if not manifest.run.taken and manifest.counts.articles]
    size = sum(manifest.shard.size for manifest in whole)
    if not size:
        return None
    return sum(each.counts.articles for each in whole) / size, sum(each.run.seconds for each in whole) / size


def _sampled(planned: Plan, job: Job) -> tuple[float, float] | None:
    """Return articles and seconds a byte of the first articles that are to do, but for those that warm the engine up."""
    local = Local(job)
    timed = [(size, _seconds(local, record)) for record, size in itertools.islice(_records(planned, job), SAMPLE)]
    timed = timed[min(WARM, len(timed) // 2) :]
    size = sum(size for size, _ in timed)
    return (len(timed) / size, sum(seconds for _, seconds in timed) / size) if size else None


def _records(planned: Plan, job: Job) -> Iterator[tuple[Record, int]]:
    """Yield what is to be done, each with the bytes that it takes in its file."""
    for shard in planned.todo:
        before = 0
        for record in (records := Records(shard, job.longest, job.columns.needed() if job.columns else None)):
            yield record, records.position - before
            before = records.position


def _seconds(local: Local, record: Record) -> float:
    begun = time.perf_counter()
    local.answer(record)
    return time.perf_counter() - begun
