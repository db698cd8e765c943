"""Columns that nothing stands in are named at once."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from client.batch.columns import Columns
from client.batch.job import Job
from client.batch.shards import inputs, shards
from client.batch.unseen import unseen

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ROW = {"id": "a", "text": "وصل الوفد أمس.", "meta": {"date": "2024-03-27", "cc": None}, "a.b": "x"}


def found(tmp_path: Path, rows: list[object], **columns: object) -> list[str]:
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (first, *_) = shards(inputs([str(tmp_path / "in.jsonl")]), 1 << 20)
    return unseen(first, Job("", columns=Columns(**columns)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        ([ROW], {}, []),
        ([ROW], {"published": "meta.date", "country": "EG", "zone": "Africa/Cairo"}, []),
        ([ROW], {"published": "meta.dat", "country": "sa", "zone": "Cairo"}, ["Cairo", "meta.dat", "sa"]),
        ([ROW], {"zone": "a.b", "country": "meta.cc"}, ["meta.cc"]),
        ([ROW, ROW | {"cc": "EG"}], {"country": "cc"}, []),
        ([ROW | {"cc": ""}], {"country": "cc"}, ["cc"]),
        ([ROW | {"at": 0}], {"published": "at", "published_format": "epoch"}, []),
        ([{"body": "x"}], {"text": ("title", "body")}, ["title"]),
        ([{"text": "x"}], {"id": "id"}, []),
        ([{"text": "x"}], {"id": "uid"}, ["uid"]),
        ([], {"country": "sa"}, []),
        (["no object", 7, None], {"country": "sa"}, []),
        ([*[ROW] * 100, ROW | {"late": "EG"}], {"country": "late"}, ["late"]),
    ],
)
def test_columns_in_which_nothing_stands(
    tmp_path: Path, rows: list[object], columns: dict[str, object], expected: list[str]
) -> None:
    assert found(tmp_path, rows, **columns) == expected


def test_what_can_not_be_read_is_told_by_others(tmp_path: Path) -> None:
    job = Job("", columns=Columns(country="sa"))
    for name, data in {"a.jsonl": b"\xff\xfe{\n{\n" + b"[" * 100_000, "b.jsonl.gz": b"no gzip", "c.parquet": b"PAR1"}.items():
        (tmp_path / name).write_bytes(data)
    given = inputs([str(tmp_path / name) for name in ("a.jsonl", "b.jsonl.gz")])
    assert [unseen(shard, job) for shard in shards(given, 1 << 20)] == [[], []]
    (first, *_) = shards(given, 1 << 20)
    assert unseen(first._replace(form="parquet"), job) == []
    assert unseen(first._replace(place=f"{tmp_path}/gone.jsonl"), job) == []


@pytest.mark.parametrize("out", ["out/", "out.jsonl"])
def test_they_are_told_before_the_work(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROW).encode()))
    done = run(
        "batch", tmp_path / "in.jsonl.gz", f"{tmp_path}/{out}", "--published", "meta.date", "--country", "sa", "--zone", "Cairo"
    )
    assert done.returncode == 0
    zone, country = done.stderr.decode().splitlines()[:2]
    assert "has anything in the column Cairo; the zone of all articles has a slash, as in Africa/Cairo" in zone
    assert "has anything in the column sa; the country of all articles has two capitals, as in SA" in country


def test_a_pipe_is_read_once(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(json.dumps(ROW).encode(),))
    writer.start()
    done = run("batch", tmp_path / "pipe", "-", "--country", "sa")
    writer.join()
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
