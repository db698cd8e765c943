"""A Ray cluster gives the same bytes as the pool, whatever of it dies, and an interrupted batch goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.batch.command import ROOT, environment
from bench.batch.nodes import Nodes, free
from bench.batch.nodes import nodes as cluster
from client.batch.doing import Make
from client.batch.job import Job
from client.batch.runners.node import Home, do, engine, home
from client.batch.shards import inputs, shards
from client.exits import Exit, Failure
from timeline import ENGINE_VERSION

SENTENCES = (
    "أعلنت وزارة الصحة يوم الخميس الماضي عن افتتاح مستشفى جديد في المدينة.",
    "قال الوزير إن الحكومة ستوقع الاتفاق في الثالث من مايو المقبل.",
    "وقعت الشركتان عقدا بقيمة مليون دولار قبل ثلاثة أيام.",
    "بدأت المحادثات بين الجانبين عام 2019 وانتهت بعد شهرين.",
    "وصلت القافلة إلى الميناء مساء الاثنين بعد رحلة طويلة.",
    "استقال المدير من منصبه في يونيو الماضي لأسباب صحية.",
)
ARTICLES, SHARD = 300, "20K"
IN, OUT = "news", "answers"


@pytest.fixture(scope="module")
def ray() -> Iterator[Nodes]:
    """Return the cluster."""
    with cluster(2) as running:
        yield running


@pytest.fixture
def nodes(ray: Nodes) -> Nodes:
    """Return the cluster with both of its nodes."""
    ray.whole()
    return ray


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the archive lies, and what the pool made of it in `pool`."""
    folder = tmp_path_factory.mktemp("archive")
    chosen = random.Random(7)  # noqa: S311 - it must be the same each time
    publication = {"publishTime": "2024-03-27T18:00:00Z", "country": "EG"}
    lines = [
        json.dumps({"id": f"a{k}", "text": " ".join(chosen.choices(SENTENCES, k=12)), "publication": publication}) + "\n"
        for k in range(ARTICLES)
    ]
    (folder / IN).mkdir()
    (folder / IN / "a.jsonl").write_text("".join([*lines[:200], "{}\n"]))
    (folder / IN / "b.jsonl").write_text("".join(lines[200:]))
    done = batch(folder, environment(), "pool", "--workers", "2").communicate(timeout=60)
    assert b"1 articles have no answer" in done[1]
    return folder


@pytest.fixture
def place(archive: Path, tmp_path: Path) -> Path:
    """Return an empty folder with the same archive by the same name."""
    (tmp_path / IN).symlink_to(archive / IN)
    return tmp_path


def batch(folder: Path, env: dict[str, str], out: str, *options: str) -> subprocess.Popen[bytes]:
    """Start a batch in a folder, in a process group of its own."""
    line = [sys.executable, "-m", "client", "batch", f"{IN}/", f"{out}/", "--shard-size", SHARD, *options]
    return subprocess.Popen(line, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def started(nodes: Nodes, place: Path) -> subprocess.Popen[bytes]:
    """Start a batch on the cluster."""
    return batch(place, nodes.env, OUT, "--runner", "ray")


def finished(running: subprocess.Popen[bytes], *, quiet: bool = True) -> tuple[int, list[str]]:
    """Return the exit code of a batch, and the lines that it printed for a person; not `quiet` where Ray may tell of a dead node."""
    out, said = running.communicate(timeout=60)
    assert out == b"" or not quiet, out
    return running.returncode, said.decode().splitlines()


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder of answers; of manifests, of what the input and the engine decide."""
    found = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        data = path.read_bytes()
        if path.name.endswith(".manifest.json"):
            data = json.dumps(decided(json.loads(data))).encode()
        found[path.name] = hashlib.sha256(data).hexdigest()
    return found


def decided(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a manifest without what a run adds: how long it took, and when files were written."""
    if isinstance(node, dict):
        return {key: decided(value) for key, value in node.items() if key not in ("run", "stamp")}
    return node


def until_begun(folder: Path, running: subprocess.Popen[bytes], count: int = 3) -> None:
    """Wait until a batch has finished some shards."""
    last = time.monotonic() + 60
    while len(list(folder.glob("*.manifest.json"))) < count:
        assert time.monotonic() < last
        assert running.poll() is None, finished(running)
        time.sleep(0.01)


def shards_left(archive: Path, place: Path) -> int:
    """Return how many shards are not finished, and see that what is finished is whole."""
    done, there = hashes(archive / "pool"), hashes(place / OUT)
    manifests = [name for name in there if name.endswith(".manifest.json")]
    assert {name: there[name] for name in manifests} == {name: done[name] for name in manifests}
    return sum(name.endswith(".manifest.json") for name in done) - len(manifests)


def test_the_cluster_gives_the_bytes_of_the_pool_and_nothing_is_said_but_by_the_batch(
    nodes: Nodes, archive: Path, place: Path
) -> None:
    code, said = finished(started(nodes, place))
    assert code == Exit.SOME_FAILED
    assert len(said) == 2
    assert all(line.startswith("timeline batch: ") for line in said)
    assert hashes(place / OUT) == hashes(archive / "pool")


def test_a_node_that_dies_costs_no_shard(nodes: Nodes, archive: Path, place: Path) -> None:
    running = started(nodes, place)
    until_begun(place / OUT, running)
    nodes.kill()
    assert running.poll() is None
    code, said = finished(running, quiet=False)
    assert (code, len(said)) == (Exit.SOME_FAILED, 2)
    parts = [path.name for path in (place / OUT).glob(".*")]
    assert len(parts) <= 3, parts  # what the node was writing: the answers, the words, the dead letters
    assert {name: one for name, one in hashes(place / OUT).items() if name not in parts} == hashes(archive / "pool")


def test_a_batch_that_is_killed_goes_on_where_it_was(nodes: Nodes, archive: Path, place: Path) -> None:
    running = started(nodes, place)
    until_begun(place / OUT, running)
    os.killpg(running.pid, signal.SIGKILL)
    assert finished(running) == (-signal.SIGKILL, [])
    code, said = finished(started(nodes, place))
    assert code == Exit.SOME_FAILED
    assert "shards are done already" in said[0]
    assert hashes(place / OUT) == hashes(archive / "pool")
    ids = [json.loads(line)["articleId"] for path in (place / OUT).glob("*.jsonl") for line in path.read_bytes().splitlines()]
    assert sorted(ids) == sorted(f"a{k}" for k in range(ARTICLES))


def test_an_interrupted_batch_ends_the_shards_in_flight(archive: Path, place: Path) -> None:
    """On a cluster of its own, all of which gets the signals of the keyboard."""
    env = {name: value for name, value in environment().items() if not name.startswith("RAY_")}
    running = batch(place, env, OUT, "--runner", "ray", "--address", "local", "--workers", "2")
    until_begun(place / OUT, running)
    family = psutil.Process(running.pid).children(recursive=True)
    assert "raylet" in [process.name() for process in family]
    assert {process.nice() for process in family} == {os.nice(0)}, "its workers are not to wait for whatever else runs"
    os.killpg(running.pid, signal.SIGINT)
    code, said = finished(running)
    assert code == Exit.INTERRUPTED
    assert "interrupt once more" in said[0]
    assert all(line.startswith("timeline batch: ") for line in said)
    assert list((place / OUT).glob(".*")) == []
    assert shards_left(archive, place) > 0
    assert psutil.wait_procs(family, 20)[1] == []


@pytest.mark.parametrize(
    ("address", "code"),
    [("127.0.0.2:{free}", Exit.UNAVAILABLE), ("ray://127.0.0.2:10001", Exit.USAGE), ("x:y", 64)],
)
def test_a_cluster_that_is_not_there(place: Path, address: str, code: int) -> None:
    address = address.format(free=free())
    found, (said,) = finished(batch(place, environment(), OUT, "--runner", "ray", "--address", address))
    assert (found, address in said) == (code, True)


def test_without_ray_it_says_what_to_install(place: Path) -> None:
    blocked = "import sys; sys.modules['ray'] = None; from client.__main__ import main; sys.exit(main())"
    line = [sys.executable, "-c", blocked, "batch", f"{place / IN}/", f"{place / OUT}/", "--runner", "ray"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=False, env=environment())
    assert (done.returncode, b"pip install 'eventtimeline[ray]'" in done.stderr) == (Exit.USAGE, True)


@pytest.fixture
def ask(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Home], tuple[Exit, str]]:
    """Return a function that has a node try to do a shard, and returns the code and the message of why it can't."""
    monkeypatch.chdir(place)
    job = Job(OUT, engine={"version": ENGINE_VERSION})
    (shard, *_) = shards(inputs([IN]), 10_000)

    def ask(started: Home) -> tuple[Exit, str]:
        result = do(pickle.dumps(Make(job)), started, shard, careful=False)
        assert isinstance(result, tuple)
        return result

    return ask


def test_a_node_does_shards_of_its_own_version_only(ask: Callable[[Home], tuple[Exit, str]]) -> None:
    with home(OUT) as here:
        code, said = ask(here._replace(engine="0.0.1 (0123)"))
    assert code == Exit.UNAVAILABLE
    assert "0.0.1" in said
    assert engine() in said


def test_a_node_with_another_folder_by_the_name_of_the_output_writes_nothing(
    ask: Callable[[Home], tuple[Exit, str]],
    place: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with home(OUT) as here:
        there = tmp_path_factory.mktemp("node")
        (there / OUT).mkdir()
        monkeypatch.chdir(there)
        code, said = ask(here._replace(folder=str(there)))
    assert code == Exit.CANNOT_WRITE
    assert OUT in said
    assert [*(place / OUT).iterdir(), *(there / OUT).iterdir()] == []


def test_a_node_without_the_folder_of_relative_names_says_so(
    ask: Callable[[Home], tuple[Exit, str]], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("node"))
    code, said = ask(Home("/nowhere", engine(), ""))
    assert (code, "/nowhere" in said) == (Exit.NO_INPUT, True)


def test_an_output_that_cannot_be_marked_is_said_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / OUT).write_bytes(b"")
    with pytest.raises(Failure) as failure, home(str(tmp_path / OUT)):
        pass
    assert failure.value.code == Exit.CANNOT_WRITE
