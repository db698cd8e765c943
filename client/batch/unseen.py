"""Columns that an archive of JSON lines does not seem to have: said before the work begins, which may take hours.

Parquet says by itself which columns it has, and a run over it ends where one is missing.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Mapping

from client.batch.columns import Columns, value_of
from client.batch.job import PARQUET, Job
from client.batch.records import Records
from client.batch.shards import Shard
from client.exits import Failure

SAMPLE = 100
"""Records that are looked at."""


def tell_of_unseen(shard: Shard, job: Job) -> None:
    """Name on standard error each column of a job in which none of the first records of a shard has anything."""
    for column in unseen(shard, job):
        said = f"none of the first {SAMPLE} articles of {shard.place} has anything in the column {column}"
        print(f"timeline batch: {said}{_meant(column, job.columns)}", file=sys.stderr, flush=True)


def unseen(shard: Shard, job: Job) -> list[str]:
    """Return these columns; none where the job names no columns, and where what they stand in can't be read: others tell that."""
    if job.columns is None or shard.form == PARQUET:
        return []
    left = {name for name in job.columns.needed() if name != Columns().id}
    seen = 0
    try:
        for record in itertools.islice(Records(shard, job.longest), SAMPLE):
            if not left:
                break
            try:
                row = json.loads(record.data) if isinstance(record.data, bytes) else None
            except (ValueError, RecursionError):
                continue
            if isinstance(row, Mapping):
                seen += 1
                left = {name for name in left if value_of(row, name) in (None, "")}
    except Failure:
        return []
    return sorted(left) if seen else []


def _meant(column: str, columns: Columns | None) -> str:
    """Return what else may have been meant by a column."""
    if columns and column == columns.country:
        return "; the country of all articles has two capitals, as in SA"
    if columns and column == columns.zone:
        return "; the zone of all articles has a slash, as in Africa/Cairo"
    return ""
