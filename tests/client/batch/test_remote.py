"""A batch that asks a server has the bytes of one that computes here, and outlives what happens to the server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from scripts.local_server import LocalServer, local_server
from tests.client.batch.conftest import SMALL, manifests, outputs, until
from tests.client.batch.test_kills import parts

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]
BAD = b'{"id": "k1", "text": ""}\n{\n{"id": "k2", "text": "x", "publication": {"timeZone": "Moon/Base"}}\n'


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    """Start a server of two workers."""
    with local_server(2) as server:
        yield server


def said(done: subprocess.CompletedProcess[bytes], code: int = 0) -> str:
    """Return what a command said that ended with a code."""
    text = done.stderr.decode()
    assert done.returncode == code, text
    assert "Traceback" not in text
    return text


def test_a_folder_has_the_same_bytes(run: Run, server: LocalServer, archive: Path, tmp_path: Path) -> None:
    (archive / "bad.jsonl").write_bytes(BAD + (archive / "2024" / "b.jsonl").read_bytes()[:3000])
    here, there = tmp_path / "here", tmp_path / "there"
    said(run("batch", archive, f"{here}/", *SMALL), 1)
    assert "4 articles have no answer" in said(run("batch", archive, f"{there}/", *SMALL, "--server", server.address), 1)
    assert outputs(here) == outputs(there)
    counts = [[(name, each["counts"]) for name, each in manifests(out).items()] for out in (here, there)]
    assert counts[0] == counts[1]
    # What one of them has done is done for the other one.
    assert "6 of 6 shards are done already" in said(run("batch", archive, f"{there}/", *SMALL), 1)
    assert "6 of 6 shards are done already" in said(run("batch", archive, f"{here}/", *SMALL, "--server", server.address), 1)


def test_a_stream_has_the_same_bytes(run: Run, server: LocalServer, finished: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(BAD + (finished / "news" / "2024" / "b.jsonl").read_bytes())
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    assert run("batch", source, here).returncode == 1
    assert run("batch", source, there, "--server", server.address).returncode == 1
    assert here.read_bytes() == there.read_bytes()


def test_a_worker_of_the_server_that_is_killed_changes_nothing(
    start: Start, server: LocalServer, finished: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    driver = start("batch", finished / "news", f"{out}/", *SMALL, "--server", server.address)
    until(lambda: bool(parts(out)))
    psutil.Process(server.pid).children()[-1].kill()
    _, errors = driver.communicate(timeout=60)
    assert driver.returncode == 0, errors
    assert outputs(out) == outputs(finished / "out")


def test_a_server_that_goes_ends_the_run_and_another_one_goes_on(
    run: Run, start: Start, finished: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with local_server(1) as gone:
        driver = start("batch", finished / "news", f"{out}/", "--shard-size", "3K", "--workers", "1", "--server", gone.address)
        until(lambda: bool(manifests(out)))
        gone.stop()
        _, errors = driver.communicate(timeout=110)
    text = errors.decode()
    assert driver.returncode == 69, text
    assert "To go on, run the same command again" in text
    assert "Traceback" not in text
    done = manifests(out)
    assert done
    assert parts(out) == []
    with local_server(1) as other:
        again = said(run("batch", finished / "news", f"{out}/", "--shard-size", "3K", "--server", other.address))
    assert f"{len(done)} of " in again
    assert "60 articles" in again


def test_no_server_at_all(run: Run, finished: Path, tmp_path: Path) -> None:
    failed = said(run("batch", finished / "news", f"{tmp_path}/out/", "--server", "127.0.0.1:9"), 69)
    assert "Start one: timeline-server" in failed
    assert not (tmp_path / "out").exists()
