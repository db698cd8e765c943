"""A job may be killed or interrupted at any moment: nothing is half written, and the same command goes on to the same bytes."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from client.batch.answering import Answer
from client.batch.doing import Make
from client.batch.job import Job
from client.batch.manifest import Manifest
from client.batch.process import Tick, process_shard
from client.batch.records import Record
from client.batch.runners import Outcome
from client.batch.runners.pool import DEATHS, PATIENCE, Pool
from client.batch.shards import Shard, inputs, shards
from client.batch.spread import Spread
from client.exits import Exit, Failure
from tests.client.batch.conftest import DONE, ids, lines, manifests, outputs, until

ROUNDS = 4
"""Jobs that are killed; more of them find more."""
FINE = ("--shard-size", "3K", "--workers", "2")
SOON = 10.0
"""Seconds in which workers must have noticed that their parent is gone."""
Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]


def parts(folder: Path) -> list[Path]:
    """Return the unfinished files of shards in a folder."""
    return [path for path in folder.rglob("*.part") if "_engines" not in path.parts]


def workers(driver: int) -> list[psutil.Process]:
    """Return the worker processes of a job."""
    try:
        children = psutil.Process(driver).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


@pytest.fixture(scope="module")
def whole(run: Run, finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the answers of a job that nobody interrupted."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run("batch", finished / "news", f"{out}/", *FINE).returncode == 0
    return out


def test_jobs_that_are_killed_at_any_moment_lose_nothing(
    run: Run, start: Start, finished: Path, whole: Path, tmp_path: Path
) -> None:
    out, chance = tmp_path / "out", random.Random(7)  # noqa: S311
    for _ in range(ROUNDS):
        again = ("--force",) if chance.random() < 0.5 else ()
        driver = start("batch", finished / "news", f"{out}/", *FINE, *again)
        _kill(driver, out, chance)
        known = manifests(out)
        assert known.keys() <= manifests(whole).keys()
        assert all((out / f"{name}.jsonl").exists() and (out / f"{name}.words").exists() for name in known)
    last = run("batch", finished / "news", f"{out}/", *FINE)
    assert last.returncode == 0, last.stderr
    assert outputs(out) == outputs(whole)
    assert sorted(ids(out)) == sorted(f"a{number}" for number in range(DONE))
    assert parts(out) == []
    count = len(manifests(whole))
    verified = run("batch", finished / "news", f"{out}/", *FINE, "--verify").stderr.decode()
    assert f"{count} of {count} shards are done already" in verified


def _kill(driver: subprocess.Popen[bytes], out: Path, chance: random.Random) -> None:
    """Kill a job at a moment of its life, sometimes a worker of it before, and wait until all of its processes are gone."""
    begun = chance.random() < 0.8
    until(lambda: driver.poll() is not None or bool(parts(out) if begun else workers(driver.pid)))
    time.sleep(chance.uniform(0, 0.3 if begun else 1.0))
    if chance.random() < 0.5 and (some := workers(driver.pid)):
        chance.choice(some).kill()
        time.sleep(chance.uniform(0, 0.5))
    left = workers(driver.pid)
    driver.kill()
    driver.communicate(timeout=60)
    _, alive = psutil.wait_procs(left, timeout=SOON)
    assert alive == []


def _in_flight(start: Start, finished: Path, out: Path) -> subprocess.Popen[bytes]:
    driver = start("batch", finished / "news", f"{out}/", *FINE)
    until(lambda: bool(manifests(out)) and bool(parts(out)))
    return driver


@pytest.mark.parametrize(("number", "everyone"), [(signal.SIGINT, True), (signal.SIGTERM, False)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_job_ends_its_shards_and_says_how_to_go_on(
    run: Run, start: Start, finished: Path, whole: Path, tmp_path: Path, number: signal.Signals, *, everyone: bool
) -> None:
    out = tmp_path / "out"
    driver = _in_flight(start, finished, out)
    (os.killpg if everyone else os.kill)(driver.pid, number)
    _, errors = driver.communicate(timeout=60)
    said = errors.decode()
    assert driver.returncode == 130, said
    assert "stopping after the shards in flight; interrupt once more to give them up" in said
    assert re.search(r"shards done, [\d,]+ articles", said)
    assert "To go on, run the same command again" in said
    assert "Traceback" not in said
    assert parts(out) == []
    done, expected = manifests(out), outputs(whole)
    assert 0 < len(done) < len(manifests(whole))
    # What is there is whole, shard by shard.
    found = outputs(out)
    assert found.items() <= expected.items()
    assert {name.rpartition(".")[0] for name in found} == set(done)
    assert run("batch", finished / "news", f"{out}/", *FINE).returncode == 0
    assert outputs(out) == expected


def test_an_interrupt_while_the_workers_start_is_quiet(start: Start, finished: Path, tmp_path: Path) -> None:
    driver = start("batch", finished / "news", f"{tmp_path}/out/", *FINE)
    until(lambda: bool(workers(driver.pid)))
    os.killpg(driver.pid, signal.SIGINT)
    _, errors = driver.communicate(timeout=60)
    assert driver.returncode == 130
    assert "Traceback" not in errors.decode()


def test_a_second_interrupt_ends_at_once_and_leaves_nothing_half(start: Start, finished: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    # Shards that take half a minute: who waits for them does not pass.
    source.write_bytes((finished / "news" / "a.jsonl").read_bytes() * 200)
    driver = start("batch", source, f"{out}/", "--workers", "2", "--shard-size", "3M")
    until(lambda: bool(parts(out)))
    time.sleep(0.3)
    left = workers(driver.pid)
    for _ in range(4):  # as impatient people do
        os.kill(driver.pid, signal.SIGINT)
        time.sleep(0.1)
    begun = time.monotonic()
    _, errors = driver.communicate(timeout=60)
    assert time.monotonic() - begun < SOON
    assert driver.returncode == 130, errors
    assert errors.decode().endswith("timeline: interrupted\n")
    assert psutil.wait_procs(left, timeout=SOON)[1] == []
    assert parts(out) == []
    assert manifests(out) == {}


def test_workers_that_are_killed_cost_no_article(start: Start, finished: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    driver = _in_flight(start, finished, out)
    for worker in workers(driver.pid):
        worker.kill()
    _, errors = driver.communicate(timeout=60)
    assert driver.returncode == 0, errors
    assert outputs(out) == outputs(whole)
    assert parts(out) == []


@dataclass(frozen=True)
class Dying:
    """Makes what does shards but kills its process the first times, each of which leaves a mark."""

    job: Job
    marks: Path
    times: int

    def __call__(self) -> Callable[[Shard, Tick, bool], Manifest]:
        """Return what does shards."""
        return self._do

    def _do(self, shard: Shard, tick: Tick, careful: bool) -> Manifest:  # noqa: FBT001 - as a runner calls it
        before = len(list(self.marks.iterdir()))
        if before < self.times:
            (self.marks / str(before)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Make(self.job)()(shard, tick, careful)


@dataclass(frozen=True)
class Killed:
    """Makes what does shards as batches do, but for articles of the name `killer`, of which the process that reads them dies."""

    job: Job

    def __call__(self) -> Callable[[Shard, Tick, bool], Manifest]:
        """Return what does shards."""
        return self._do

    def _do(self, shard: Shard, tick: Tick, careful: bool) -> Manifest:  # noqa: FBT001 - as a runner calls it
        return process_shard(shard, self.job, Spread(self.job, 1, self.reader) if careful else Mortal(), tick)

    def reader(self) -> Callable[[Record], Answer]:
        """Return what reads articles in a process of its own."""
        return Mortal().answer


class Mortal:
    """Repeats records, and dies of some."""

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer."""
        return ((record, self.answer(record)) for record in records)

    def answer(self, record: Record) -> Answer:
        """Return the answer of a record, or die."""
        if b"killer" in bytes(record.data):  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)
        return Answer("", bytes(record.data))  # type: ignore[arg-type]


class _Patient:
    stopping = False

    def live(self, articles: int, failed: int, size: int) -> None:
        """Look away."""


def _run(pool: Pool, source: Path) -> Iterator[Outcome]:
    return pool.run(list(shards(inputs([str(source)]))), _Patient())


@pytest.mark.parametrize("deaths", [DEATHS + 1, PATIENCE])
def test_a_shard_whose_workers_die_again_and_again(tmp_path: Path, deaths: int) -> None:
    source, out, marks = tmp_path / "in.jsonl", tmp_path / "out", tmp_path / "marks"
    marks.mkdir()
    source.write_bytes(b'{"id": "one", "text": "x"}\n{"id": "two", "text": "x"}\n')
    (outcome,) = _run(Pool(Dying(Job(str(out)), marks, deaths), 1), source)
    if deaths < PATIENCE:
        assert isinstance(outcome.result, Manifest)
        assert ids(out) == ["one", "two"]
    else:
        assert isinstance(outcome.result, Failure)
        assert outcome.result.code == Exit.TRY_LATER
        assert "died 8 times (the last time with exit code -9)" in outcome.result.message


def test_an_article_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(b"".join(b'{"id": "%s", "text": "x"}\n' % name for name in (b"one", b"killer", b"three", b"four")))
    (outcome,) = _run(Pool(Killed(Job(str(out))), 1), source)
    assert isinstance(outcome.result, Manifest)
    good = source.read_bytes().splitlines()
    assert lines(out) == [good[0], *good[2:]]
    (letter,) = [json.loads(line) for line in (out / "in.jsonl-00000.dead.ndjson").read_bytes().splitlines()]
    assert (letter["articleId"], letter["line"], letter["error"]["code"]) == ("killer", 2, "INTERNAL")
    assert "exit code -9" in letter["error"]["message"]
    assert source.read_bytes()[letter["offset"] :].startswith(b'{"id": "killer"')
    assert outcome.result.counts.failed == 1
