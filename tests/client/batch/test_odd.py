"""Odd archives, odd outputs and odd terminals: nothing is lost, twice there, or destroyed, and what can't be is said at once."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow as pa
import pytest
from backports import zstd
from pyarrow import parquet

from tests.client.batch.conftest import DONE, SMALL, ids, manifests, outputs

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]
ROOT = Path(__file__).parents[3]


@pytest.mark.usefixtures("archive")
def test_a_folder_is_itself_however_it_is_written(command: list[str], done: Path, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'proto'}"}
    for source, out in (("./news", "./out/"), ("news/../news", f"{tmp_path}/./out"), (".//news/", "out/.")):
        again = subprocess.run(
            [*command, "batch", source, out, *SMALL], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        assert (again.returncode, b"5 of 5 shards are done already" in again.stderr) == (0, True), again.stderr
        assert len(manifests(done)) == 5


def test_several_jobs_that_cut_otherwise_leave_each_article_once(run: Run, archive: Path, done: Path) -> None:
    expected = sorted(f"a{number}" for number in range(DONE))
    for index in (0, 1):
        shared = ("--shard-size", "25K", "--workers", "1", "--num-shards", "2", "--shard-index", str(index))
        assert run("batch", archive, f"{done}/", *shared).returncode == 0
    assert sorted(ids(done)) == expected
    assert len(manifests(done)) == 3


def test_a_name_that_no_output_can_have_costs_only_its_input(run: Run, archive: Path, done: Path, tmp_path: Path) -> None:
    longest = "a" + "م" * 112 + ".jsonl"
    too_long = "b" + "م" * 118 + ".jsonl"
    for name in (longest, too_long):
        (archive / name).write_bytes(b'{"id": "long", "text": "x"}\n')
    (archive / "c.jsonl").write_bytes(b'{"id": "taken", "text": "x"}\n')
    taken = tmp_path / "new" / "c.jsonl-00000.jsonl"
    taken.mkdir(parents=True)
    ended = run("batch", archive, f"{tmp_path}/new/", *SMALL)
    said = ended.stderr.decode()
    assert ended.returncode == 65, said
    assert f"{too_long}-00000: file name too long" in said
    assert "c.jsonl-00000: is a directory" in said
    assert "2 shards failed, 2 of 8 shards are still to do" in said
    odd = ("a" + "م", "c.jsonl")
    assert {name: kept for name, kept in outputs(tmp_path / "new").items() if not name.startswith(odd)} == outputs(done)
    taken.rmdir()
    assert "long" in ids(tmp_path / "new")


def test_a_name_that_is_not_utf8(run: Run, archive: Path, tmp_path: Path) -> None:
    (archive / "a.jsonl").rename(archive / os.fsdecode(b"caf\xe9.jsonl"))
    assert run("batch", archive, f"{tmp_path}/new/", *SMALL).returncode == 0
    again = run("batch", archive, f"{tmp_path}/new/", *SMALL)
    assert (again.returncode, b"5 of 5 shards are done already" in again.stderr) == (0, True)
    assert sorted(ids(tmp_path / "new")) == sorted(f"a{number}" for number in range(DONE))


def test_a_hidden_file_that_is_named_is_done_once(run: Run, tmp_path: Path) -> None:
    source = tmp_path / ".hidden.jsonl"
    source.write_bytes(b'{"id": "x", "text": "x"}\n')
    assert run("batch", source, f"{tmp_path}/out/").returncode == 0
    assert b"1 of 1 shards are done already" in run("batch", source, f"{tmp_path}/out/").stderr


def test_endings_in_capitals_are_endings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "capitals").mkdir()
    for name, pack in (("A.JSONL", bytes), ("B.JSONL.GZ", gzip.compress), ("C.NdJson.Zst", zstd.compress)):
        (tmp_path / "capitals" / name).write_bytes(pack(b'{"id": "%s", "text": "x"}\n' % name[:1].encode()))
    assert run("batch", tmp_path / "capitals", f"{tmp_path}/out/").returncode == 0
    assert ids(tmp_path / "out") == ["A", "B", "C"]


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_standard_input_may_be_packed(run: Run, pack: Callable[[bytes], bytes]) -> None:
    done = run("batch", "-", "-", stdin=pack(b'{"id": "x", "text": "x"}\n'))
    assert (done.returncode, json.loads(done.stdout)["articleId"]) == (0, "x")


def test_parquet_can_not_come_through_a_pipe(run: Run) -> None:
    done = run("batch", "-", "-", "--input-format", "parquet", stdin=b"PAR1")
    assert (done.returncode, b"can't be read through a pipe" in done.stderr) == (66, True)


@pytest.mark.parametrize("missing", ["nothing.csv", ""])
def test_a_folder_without_an_input_is_no_archive(run: Run, tmp_path: Path, missing: str) -> None:
    (tmp_path / "news").mkdir()
    if missing:
        (tmp_path / "news" / missing).touch()
    done = run("batch", tmp_path / "news", f"{tmp_path}/out/")
    assert (done.returncode, b"no file in this folder is called .jsonl" in done.stderr) == (66, True)
    assert not (tmp_path / "out").exists()


def test_an_output_in_an_input_is_refused_at_once(run: Run, archive: Path) -> None:
    done = run("batch", archive, f"{archive}/out/", *SMALL)
    assert (done.returncode, b"would be taken for articles" in done.stderr) == (64, True)
    assert not (archive / "out").exists()
    assert run("batch", f"{archive}/*.jsonl", f"{archive}/out/", *SMALL).returncode == 0


def test_a_file_may_be_called_like_a_pattern_and_a_folder_like_a_packed_file(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a[1].jsonl"
    source.write_bytes(b'{"id": "x", "text": "x"}\n')
    assert run("batch", source, tmp_path / "out.jsonl").returncode == 0
    folder = tmp_path / "of.gz"
    folder.mkdir()
    for out in (folder, f"{folder}/"):
        assert run("batch", source, out).returncode == 0
        assert [path.name for path in folder.glob("*.jsonl*")].count("a[1].jsonl-00000.jsonl") == 1
        assert not list(folder.glob("*.gz"))


def test_a_file_with_the_end_of_an_unfinished_one_is_not_harmed(run: Run, tmp_path: Path) -> None:
    source, other = tmp_path / "x.jsonl.part", tmp_path / ".x.jsonl.part"
    source.write_bytes(b'{"id": "x", "text": "x"}\n')
    other.write_bytes(b"mine")
    assert run("batch", source, tmp_path / "x.jsonl").returncode == 0
    assert source.read_bytes() == b'{"id": "x", "text": "x"}\n'
    assert other.read_bytes() == b"mine"
    assert json.loads((tmp_path / "x.jsonl").read_bytes())["articleId"] == "x"


def test_metrics_take_the_place_of_a_file_only(run: Run, archive: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", archive):
        done = run("batch", archive, f"{tmp_path}/new/", *SMALL, "--metrics-file", place)
        assert (done.returncode, b"a file would take its place" in done.stderr) == (64, True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("messages", ["2>/dev/full", "2>&1 >/dev/null | true", "2>&-"])
def test_a_job_goes_on_where_nobody_takes_its_messages(
    command: list[str], archive: Path, done: Path, tmp_path: Path, messages: str
) -> None:
    (archive / "gone.jsonl").symlink_to("nothing")
    shell = [
        "bash",
        "-c",
        f'set -o pipefail; "$@" {messages}',
        "bash",
        *command,
        "batch",
        str(archive),
        f"{tmp_path}/new/",
        *SMALL,
    ]
    ended = subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 66
    assert outputs(tmp_path / "new") == outputs(done)


def test_there_are_no_more_workers_than_work(start: Start, archive: Path, tmp_path: Path) -> None:
    job = start("batch", archive / "a.jsonl", f"{tmp_path}/new/", "--workers", "50")
    most = 0
    while job.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            most = max(most, len(psutil.Process(job.pid).children(recursive=True)))
        time.sleep(0.01)
    job.communicate(timeout=60)
    assert job.returncode == 0
    assert most <= 5, "two chunks of one shard need a worker that shares them with two, and what counts their memory"


@pytest.mark.parametrize(
    "faults",
    [
        [(("options",), None), (("engine",), []), (("output", "name"), None), (("counts", "articles"), "x")],
        [(("input", "start"), "0"), (("run", "read"), None), (("words",), "x"), ((), None)],
        [((), {"format": {}})],
    ],
    ids=len,
)  # fmt: skip
def test_a_manifest_that_is_none_is_as_if_it_were_not_there(
    run: Run, archive: Path, done: Path, faults: list[tuple[tuple[str, ...], object]]
) -> None:
    before = outputs(done)
    for path, (place, value) in zip(sorted(done.rglob("*.manifest.json")), faults, strict=False):
        manifest = json.loads(path.read_bytes())
        inner = manifest
        for name in place[:-1]:
            inner = inner[name]
        if place:
            inner[place[-1]] = value
        path.write_text(json.dumps(manifest if place else value))
    again = run("batch", archive, f"{done}/", *SMALL)
    assert (again.returncode, f"{5 - len(faults)} of 5 shards are done already" in again.stderr.decode()) == (0, True), (
        again.stderr
    )
    assert outputs(done) == before


def test_parquet_of_a_shard_that_fails_is_let_go_of_quietly(run: Run, archive: Path, tmp_path: Path) -> None:
    shutil.rmtree(archive)
    archive.mkdir()
    parquet.write_table(pa.table({"id": ["x"], "body": ["x"]}), archive / "a.parquet")
    done = run("batch", archive, f"{tmp_path}/new/", "--text", "text", "--format", "parquet")
    assert done.returncode == 65
    assert b"it has no column text" in done.stderr
    assert b"ignored" not in done.stderr


def test_columns_of_bytes_and_of_numbers(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.parquet"
    table = {"id": [b"x"], "text": ["وصل الوزير أمس".encode()], "day": [20240328]}
    parquet.write_table(pa.table(table), source)
    done = run("batch", source, "-", "--published", "day", "--published-format", "%Y%m%d")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["articleId"]) == (0, "x")
    assert answer["timeline"]["times"][0]["value"] == "2024-03-27"
