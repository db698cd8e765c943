"""An archive to a folder, shard by shard: plan, run, and say what was done and how to go on."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

from client.batch.doing import Make
from client.batch.job import Job
from client.batch.manifest import Counts, Manifest, discard
from client.batch.places import canonical, is_url, join
from client.batch.plan import Plan, plan, twice
from client.batch.progress import Extent, Progress
from client.batch.runners import Runner
from client.batch.shards import Shard, input_of, inputs, is_pattern, shards
from client.batch.since import can_keep, engines, folder_of, remember
from client.batch.unfinished import sweep, sync
from client.batch.unseen import tell_of_unseen
from client.exits import Exit, Failure
from client.inputs import reason
from client.parser import Arguments
from timeline import Changes, Snapshot

if TYPE_CHECKING:
    from client.service.settings import Connection

TOLD = 5
"""Faults, and shards without an input, that are named; of more there is only the number."""


def run(arguments: Arguments, job: Job, connection: Connection | None, workers: int) -> Exit:
    """Do what is to be done of the archive.

    Returns SOME_FAILED where articles have no answer, in shards of former runs too, and the code of the first shard that failed.
    """
    engine = Snapshot.of_this_engine() if connection is None else None
    job = replace(job, engine=_named(engine, connection))
    found = _shards(arguments, job)
    planned = _planned(arguments, job, found)
    _tell_plan(planned, job, dry=arguments.dry_run)
    if planned.todo:
        tell_of_unseen(planned.todo[0], job)
    since = _since(arguments, job, engine) if arguments.since and engine else ""
    if arguments.dry_run:
        from client.batch.estimate import estimate

        say(estimate(planned, job, workers))
        return Exit.OK
    if stale := sweep(job.out):
        say(f"removed {stale} unfinished files of a job that was killed")
    if engine and planned.todo:
        remember(job.out, engine)
    # Packed files can't be cut: where there are few of them, several processes share one.
    together = 1 if since or arguments.runner == "ray" else max(workers // max(len(planned.todo), 1), 1)
    runner = _runner(arguments, Make(job, connection, since, together), workers)
    made = _Made()
    try:
        with _Stopping() as stopping, Progress(Extent(planned.size, len(planned.todo)), arguments.metrics_file) as progress:
            for outcome in runner.run(planned.todo, _Watching(stopping, progress)):
                made.add(outcome.shard, outcome.result, progress)
                stopping.now |= made.hopeless
    finally:
        sweep(job.out)  # what workers that died, or were given up, leave behind
        for folder in made.folders:
            sync(join(job.out, folder))
    code = _summary(planned, made, stopping, job)
    if code in (Exit.OK, Exit.SOME_FAILED):
        _tidy(planned, found, job)
    return code


def _tidy(planned: Plan, found: list[Shard], job: Job) -> None:
    """Remove the shards of inputs that were cut otherwise in a former run; of several jobs, the last one finds them."""
    try:
        superfluous = twice(planned.gone, found, job)
        for name in superfluous:
            discard(job.out, name)
    except OSError as error:
        raise Failure(Exit.CANNOT_WRITE, f"{job.out}: {reason(error)}") from error
    if superfluous:
        say(f"removed {len(superfluous)} shards of inputs that were cut otherwise before")


def _named(engine: Snapshot | None, connection: Connection | None) -> dict[str, Any]:
    """Return what names the engine of this run: that of this package, or that of a server."""
    if engine:
        return {"version": engine.version, "lexicon": engine.lexicon.hash, "hash": engine.hash}
    from client.batch.remote import engine_of

    return engine_of(connection) if connection else {}


def _since(arguments: Arguments, job: Job, engine: Snapshot) -> str:
    """Return the folder whose answers are taken where they still hold, and say what has changed since then."""
    folder = folder_of(arguments.since or "")
    if not can_keep(job):
        say("--since takes answers from JSON lines of whole articles only: all articles are read again")
        return ""
    known = list(engines(folder))
    for old in known:
        changes = Changes(old, engine)
        lines = [*changes.words, *changes.rules]
        said = changes.everything or f"{len(lines)} changes" + "".join(f"\n  {line}" for line in lines[:TOLD])
        say(f"since engine {old.version} {old.hash}: {said if lines or changes.everything else 'no change'}")
    if not known:
        say(f"{folder} does not say which engine made it: all articles are read again")
    return folder


def say(text: str) -> None:
    """Tell the person who runs the batch."""
    begin = "\r\x1b[K" if sys.stderr.isatty() else ""  # in the place of the progress that is shown there
    print(f"{begin}timeline batch: {text}", file=sys.stderr, flush=True)


def _shards(arguments: Arguments, job: Job) -> list[Shard]:
    """Return all shards of the archive; raises Failure, too where an input lies in the output or the output in an input."""
    found = inputs(arguments.inputs, arguments.input_format)
    inside = [one.found.place for one in found if _within(one.found.place, job.out)]
    if inside:
        raise Failure(Exit.USAGE, f"{inside[0]} lies in the output folder {job.out}: write the answers elsewhere")
    around = [spec for spec in arguments.inputs if not is_pattern(spec) and _within(job.out, spec)]
    if around:
        raise Failure(
            Exit.USAGE, f"{job.out} lies in {around[0]}, where the answers would be taken for articles: write them elsewhere"
        )
    return list(shards(found, arguments.shard_size))


def _planned(arguments: Arguments, job: Job, found: list[Shard]) -> Plan:
    mine = slice(arguments.shard_index, None, arguments.num_shards)
    return plan(found, job, mine=mine, force=arguments.force, thorough=arguments.verify)


def _within(place: str, folder: str) -> bool:
    if is_url(place) and is_url(folder):
        return canonical(place).startswith(canonical(folder).rstrip("/") + "/")
    if is_url(place) or is_url(folder):
        return False
    # Path.resolve fails over a link to itself
    return Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder))


def _tell_plan(planned: Plan, job: Job, *, dry: bool) -> None:
    if planned.done:
        say(f"{len(planned.done)} of {len(planned.done) + len(planned.todo)} shards are done already")
    for why, count in planned.reasons.most_common():
        if dry or why != "not done before" or planned.done:
            say(f"{count} to do: {why}")
    gone = [name for name in planned.gone if input_of(name) not in planned.inputs]
    if gone:
        names = ", ".join(gone[:TOLD]) + (", ..." if len(gone) > TOLD else "")
        say(f"{len(gone)} finished shards in {job.out} belong to no input any more: {names}")


def _runner(arguments: Arguments, make: Make, workers: int) -> Runner:
    if arguments.runner == "ray":
        from client.batch.runners.ray import Ray

        return Ray(make, arguments.address, workers)
    from client.batch.runners.pool import Pool

    return Pool(make, workers)


class _Stopping:
    """Listens to SIGINT and SIGTERM: the first says to begin no more shards, the second to give up those in flight."""

    def __init__(self) -> None:
        self.now = False
        self.asked = False

    def __enter__(self) -> Self:
        self._former: dict[signal.Signals, Any] = {
            number: signal.signal(number, self._heard) for number in (signal.SIGINT, signal.SIGTERM)
        }
        return self

    def __exit__(self, *_error: object) -> None:
        for number, former in self._former.items():
            signal.signal(number, former)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            # A third one must not disturb the end, which is near: it is not heard any more.
            self._former = dict.fromkeys(self._former, signal.SIG_IGN)
            self.__exit__()
            raise KeyboardInterrupt
        self.now = self.asked = True
        say("stopping after the shards in flight; interrupt once more to give them up")


class _Watching:
    """What runners see of the job."""

    def __init__(self, stopping: _Stopping, progress: Progress) -> None:
        self._stopping = stopping
        self.live = progress.live

    @property
    def stopping(self) -> bool:
        return self._stopping.now


class _Made:
    """What this run has made of its shards."""

    def __init__(self) -> None:
        self.manifests: list[Counts] = []
        self.read = self.taken = 0
        self.failures: list[Failure] = []
        self.folders: set[str] = set()

    def add(self, shard: Shard, result: Manifest | Failure, progress: Progress) -> None:
        if isinstance(result, Failure):
            self.failures.append(result)
            if len(self.failures) <= TOLD:
                say(result.message)
            progress.advance(0, 0, 0)
        else:
            self.manifests.append(result.counts)
            self.folders.add(shard.name.rpartition("/")[0])
            self.read += result.run.read
            self.taken += result.run.taken
            progress.advance(shard.size, result.counts.articles, result.counts.failed, 1)

    @property
    def hopeless(self) -> bool:
        """Whether going on is of no use: there is no room, no server, or no permission."""
        return any(failure.code in (Exit.CANNOT_WRITE, Exit.UNAVAILABLE, Exit.REFUSED) for failure in self.failures)


def _column(job: Job) -> str:
    """Return what to look at where articles have no time of publication."""
    if job.columns is None:
        return ""
    return f"; it is taken from {job.columns.published}" if job.columns.published else "; --published names its column"


def _summary(planned: Plan, made: _Made, stopping: _Stopping, job: Job) -> Exit:
    left = len(planned.todo) - len(made.manifests)
    counts = [*(manifest.counts for manifest in planned.done), *made.manifests]
    articles, failed = sum(each.articles for each in counts), sum(each.failed for each in counts)
    events, dated = sum(each.events for each in counts), sum(each.dated for each in counts)
    again = f", {made.read:,} of them read in this run, {made.taken:,} answers taken from the former one" if made.taken else ""
    say(f"{len(counts)} shards done, {articles:,} articles{again}, {events:,} events, {dated:,} of them dated")
    if failed:
        say(f"{failed} articles have no answer; why stands in *.dead.ndjson in {job.out}")
    if unpublished := sum(each.unpublished for each in counts):
        say(f"{unpublished:,} articles have no time of publication, so that relative dates in them are unknown{_column(job)}")
    if left:
        said = f"{len(made.failures)} shards failed, " if made.failures else ""
        say(f"{said}{left} of {len(planned.todo)} shards are still to do. To go on, run the same command again")
    if made.failures:
        return made.failures[0].code
    if stopping.asked and left:
        return Exit.INTERRUPTED
    return Exit.SOME_FAILED if failed else Exit.OK
