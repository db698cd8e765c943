"""Archives and answers on object stores: as on a disk, but that what is written appears at once."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from tests.client.batch.conftest import SMALL, outputs
from tests.client.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ONE = ("--workers", "1")


@pytest.fixture(scope="module")
def store() -> Iterator[s3fs.S3FileSystem]:
    """Start a store of this machine and make it that of the processes that tests start."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        files = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
        files.mkdir("bucket")
        yield files
    server.stop()


def fetched(store: s3fs.S3FileSystem, place: str, folder: Path) -> Path:
    """Copy a folder of the store to the disk."""
    for name in store.find(place):
        target = folder / name.removeprefix(f"{place}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(store.cat_file(name))
    return folder


def said(done: subprocess.CompletedProcess[bytes], code: int = 0) -> str:
    """Return what a command said that ended with a code."""
    text = done.stderr.decode()
    assert done.returncode == code, text
    assert "Traceback" not in text
    return text


def test_an_archive_of_a_store_to_a_store(
    run: Run, store: s3fs.S3FileSystem, finished: Path, done: Path, tmp_path: Path
) -> None:
    store.put(str(finished / "news"), "bucket/one/news", recursive=True)
    job = ("batch", "s3://bucket/one/news/", "s3://bucket/one/out", *SMALL)
    assert "5 shards done, 60 articles" in said(run(*job))
    assert outputs(fetched(store, "bucket/one/out", tmp_path / "fetched")) == outputs(done)
    assert "5 of 5 shards are done already" in said(run(*job))
    # What is lost or harmed is done again, and all of it is as it was.
    store.rm("bucket/one/out/a.jsonl-00001.manifest.json")
    store.pipe_file("bucket/one/out/2024/b.jsonl-00000.jsonl", b"other\n")
    again = said(run(*job, "--verify"))
    assert "3 of 5 shards are done already" in again
    assert "1 to do: an output was changed or is missing" in again
    assert outputs(fetched(store, "bucket/one/out", tmp_path / "again")) == outputs(done)
    # An input that changed is noticed by its tag.
    store.pipe_file("bucket/one/news/2024/b.jsonl", (finished / "news/2024/b.jsonl").read_bytes().replace(b"a41", b"z41"))
    assert "1 to do: the input changed" in said(run(*job, "--dry-run"))
    since = said(run("batch", "s3://bucket/one/news/", "s3://bucket/one/since", *SMALL, "--since", "s3://bucket/one/out/"))
    assert "no change" in since
    assert "answers taken from the former one" in since


def test_patterns_and_packed_files_of_a_store(run: Run, store: s3fs.S3FileSystem, finished: Path, tmp_path: Path) -> None:
    data = (finished / "news" / "2024" / "b.jsonl").read_bytes()
    for name in ("x.jsonl.gz", "deep/er/y.jsonl.gz"):
        store.pipe_file(f"bucket/two/{name}", gzip.compress(data))
    store.pipe_file("bucket/two/z.jsonl", data)
    assert "2 shards done, 40 articles" in said(run("batch", "s3://bucket/two/**/*.jsonl.gz", f"{tmp_path}/out/", *ONE))
    assert {path.name for path in tmp_path.rglob("*.jsonl")} == {"x.jsonl.gz-00000.jsonl", "y.jsonl.gz-00000.jsonl"}
    one = said(run("batch", "s3://bucket/two/z.jsonl", "s3://bucket/two/answers.jsonl", *ONE))
    assert one == ""
    assert len(store.cat_file("bucket/two/answers.jsonl").splitlines()) == 20


@pytest.mark.usefixtures("store")
def test_parquet_of_a_store(run: Run, finished: Path, tmp_path: Path) -> None:
    events = said(
        run("batch", finished / "news" / "2024", "s3://bucket/three/out/", "--format", "parquet", "--explode", "events", *ONE)
    )
    assert "1 shards done, 20 articles" in events
    place = "s3://bucket/three/out/b.jsonl-00000.parquet"
    again = said(
        run("batch", place, f"{tmp_path}/again/", "--id", "event_id", "--text", "text", "--published", "start_time", *ONE)
    )
    assert "1 shards done" in again


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("source", "out", "code", "says"),
    [
        ("s3://bucket/nothing/", "out/", 66, "s3://bucket/nothing/: no such file or directory"),
        ("s3://bucket/nothing/*.jsonl", "out/", 66, "no file matches"),
        ("s3://nobodys/news/", "out/", 66, "s3://nobodys/news/: no such file or directory"),
        ("news", "s3://nobodys/out/", 73, "s3://nobodys/out"),
        ("nonsense://x/", "out/", 64, "nonsense://x/: "),
    ],
)
def test_what_is_not_there_is_said(
    run: Run, finished: Path, tmp_path: Path, source: str, out: str, code: int, says: str
) -> None:
    failed = run(
        "batch",
        source if ":" in source else finished / source,
        out if ":" in out else f"{tmp_path}/{out}",
    )
    assert says in said(failed, code)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID"])
def test_a_store_that_does_not_answer_is_no_bug(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    if name == "AWS_ENDPOINT_URL":
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    else:
        monkeypatch.delenv(name)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    failed = said(run("batch", "s3://bucket/news/", f"{tmp_path}/out/"), 66)
    assert "s3://bucket/news/: " in failed
    assert "internal error" not in failed


def test_urls_of_files_are_as_paths(run: Run, archive: Path, done: Path, tmp_path: Path) -> None:
    assert "5 shards done" in said(run("batch", f"file://{archive}", f"file://{tmp_path}/answers", *SMALL))
    assert outputs(tmp_path / "answers") == outputs(done)
    assert "5 of 5 shards are done already" in said(run("batch", f"file://{archive}", f"file://{tmp_path}/answers", *SMALL))
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("fsspec", ("s3://bucket/news/", "{}/out/")),
        ("s3fs", ("s3://bucket/news/", "{}/out/")),
        ("pyarrow", ("{}/in.jsonl", "{}/out/", "--format", "parquet")),
        ("backports.zstd", ("{}/in.jsonl", "{}/out/", "--compress", "zstd")),
    ],
)
def test_a_package_that_is_missing_is_named(tmp_path: Path, module: str, arguments: tuple[str, ...]) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"text": "x"}\n')
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{module!r}] = None\n", encoding="utf-8")
    line = [sys.executable, "-m", "client", "batch", *[each.format(tmp_path) for each in arguments]]
    path = os.pathsep.join((str(tmp_path), str(ROOT), str(ROOT / "proto")))
    failed = subprocess.run(
        line, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=60, check=False
    )
    assert "pip install 'eventtimeline[archive]'" in said(failed, 64)
    assert not list(tmp_path.rglob("*.jsonl-*"))


def test_the_metadata_of_a_store_stands_in_manifests(run: Run, store: s3fs.S3FileSystem, tmp_path: Path) -> None:
    store.pipe_file("bucket/four/a.jsonl", b'{"id": "a", "text": "x"}\n{\n')
    assert "1 articles have no answer" in said(run("batch", "s3://bucket/four/a.jsonl", f"{tmp_path}/out/"), 1)
    manifest = json.loads((tmp_path / "out" / "a.jsonl-00000.manifest.json").read_bytes())
    assert manifest["input"]["place"] == "s3://bucket/four/a.jsonl"
    assert manifest["input"]["stamp"] == store.info("bucket/four/a.jsonl")["ETag"].strip('"')
    letter = json.loads((tmp_path / "out" / "a.jsonl-00000.dead.ndjson").read_bytes())
    assert (letter["input"], letter["offset"]) == ("s3://bucket/four/a.jsonl", 25)
