"""How long a batch will take: from the manifests of what is done, else from a sample that is read now."""

from __future__ import annotations

import itertools
import time

from client.batch.answering import Local
from client.batch.job import Job
from client.batch.plan import Plan
from client.batch.progress import clock, in_bytes
from client.batch.records import Records

SAMPLE = 40
"""Articles that are read where no shard is done yet; as many more before them warm the engine up."""


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
    """Return articles and seconds a byte of the first articles that are to do."""
    local = Local(job)
    records = Records(planned.todo[0], job.longest, job.columns.needed() if job.columns else None)
    source = iter(records)
    for record in itertools.islice(source, SAMPLE):
        local.answer(record)
    before, begun, count = records.position, time.perf_counter(), 0
    for record in itertools.islice(source, SAMPLE):
        local.answer(record)
        count += 1
    size = records.position - before
    return (count / size, (time.perf_counter() - begun) / size) if count and size else None
