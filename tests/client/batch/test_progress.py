"""Progress shows what is done, in all of its forms, and costs no work where it can't be shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from client.batch import progress
from client.batch.progress import Extent, Progress, clock, in_bytes
from tests.client.batch.conftest import DONE, SMALL, manifests
from tests.client.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which progress goes."""
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_the_rest_is_reckoned_from_what_is_done_since_engines_are_loaded(time: Clock) -> None:
    shown = Progress(Extent(1000, 4))
    assert (shown.state().left, shown.state().rate) == (None, 0)
    time.now += 10  # they are loaded
    shown.live(1, 0, 100)
    shown.state()
    time.now += 10
    shown.live(5, 1, 300)
    state = shown.state()
    assert (state.articles, state.failed, state.size, state.shards, state.elapsed) == (5, 1, 300, 0, 20)
    assert state.left == pytest.approx(700 / 20)
    assert state.rate == pytest.approx(5 / 20)
    shown.live(0, 0, 0)
    shown.advance(1000, 20, 2, 4)
    assert (shown.state().articles, shown.state().failed, shown.state().left) == (20, 2, 0)


def test_lines_of_json_where_there_is_no_terminal(time: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(Extent(1000, 4)) as shown:
        for _ in range(13):
            time.now += 10
            shown.advance(50, 10, 1, 0)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first == {
        "articles": 60, "articlesPerSecond": 1.0, "failed": 6, "bytes": 300, "totalBytes": 1000, "shards": 0, "totalShards": 4,
        "elapsedSeconds": 60.0, "remainingSeconds": None,
    }  # fmt: skip
    assert (second["elapsedSeconds"], second["remainingSeconds"]) == (120.0, 80.0)


def test_an_unknown_extent_is_not_made_up(time: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "batch.prom"
    with Progress(Extent(), str(file)) as shown:
        time.now += 61
        shown.advance(50, 10, 1, 0)
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["totalBytes"], line["totalShards"], line["remainingSeconds"]) == (None, None, None)
    assert "eventtimeline_batch_remaining_seconds" not in file.read_text(encoding="utf-8")


def test_a_file_of_metrics_that_is_lost_costs_no_work(time: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    with Progress(Extent(1000, 4), str(folder / "batch.prom")) as shown:
        (folder / "batch.prom").unlink()
        folder.rmdir()
        for _ in range(3):
            time.now += 10
            shown.advance(50, 10, 1, 0)
    said = capsys.readouterr().err
    assert said.count("no such file or directory; going on without it") == 1


def test_a_file_of_metrics_that_can_not_be_is_said_before_the_work(run: Run, archive: Path, tmp_path: Path) -> None:
    failed = run("batch", archive, f"{tmp_path}/out/", "--metrics-file", tmp_path / "nowhere" / "batch.prom")
    assert failed.returncode == 73
    assert failed.stderr.decode() == f"timeline batch: {tmp_path}/nowhere/batch.prom: no such file or directory\n"
    assert not list(tmp_path.rglob("*.jsonl-*"))


def metrics(file: Path) -> dict[str, float]:
    """Return the figures of a file of metrics by their names."""
    families = list(text_string_to_metric_families(file.read_text(encoding="utf-8")))
    assert all(family.documentation and family.type == "gauge" for family in families)
    return {sample.name.removeprefix("eventtimeline_batch_"): sample.value for family in families for sample in family.samples}


def test_on_a_terminal_and_in_metrics_all_is_told_at_the_end(command: list[str], archive: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "batch.prom"
    (archive / "bad.jsonl").write_bytes(b"{\n")
    ours, theirs = os.openpty()
    line = [*command, "batch", str(archive), f"{out}/", *SMALL, "--metrics-file", str(file)]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(ours)
    process.communicate(timeout=60)
    assert process.returncode == 1
    text = shown.decode()
    assert "{" not in text
    drawn = re.findall(r"\r\[(#* *)\] +(\d+)%  (\d+)/6 shards  ([\d,]+) articles  ([\d,]+)/s  ([\d.]+ k?B)", text)
    assert len(drawn) > 1
    assert [int(each[1]) for each in drawn] == sorted(int(each[1]) for each in drawn)
    bar, percent, shards, articles, rate, _ = drawn[-1]
    assert (set(bar), percent, shards, articles) == ({"#"}, "100", "6", str(DONE + 1))
    assert int(rate) > 0
    assert re.search(r"1 failed  0:00 left *\r?\n", text)
    assert max(map(len, re.split(r"[\r\n]", text.partition("timeline batch: ")[0]))) <= 79
    found = metrics(file)
    counts = [manifest["counts"] for manifest in manifests(out).values()]
    assert found["articles_done"] == sum(each["articles"] for each in counts) == DONE + 1
    assert found["articles_failed"] == 1
    assert found["shards_done"] == found["shards"] == 6
    assert found["input_bytes_done"] == found["input_bytes"] == sum(path.stat().st_size for path in archive.rglob("*.jsonl"))
    assert found["remaining_seconds"] == 0
    assert found["elapsed_seconds"] > 0
    assert found["articles_per_second"] == pytest.approx((DONE + 1) / found["elapsed_seconds"], rel=0.1)
    assert [path.name for path in tmp_path.iterdir() if "prom" in path.name] == ["batch.prom"]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (3599.6, "1:00:00"), (36_000, "10:00:00")]
)
def test_clocks(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_345_678, "2.3 MB"), (10**13, "10.0 TB")]
)
def test_sizes(size: int, shown: str) -> None:
    assert in_bytes(size) == shown
