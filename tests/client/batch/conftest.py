"""What tests of batches share: articles as lines, folders told by their bytes, and waiting."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToJson

from eventtimeline.mapping import article_to_proto
from timeline import Article

COUNT = 200
DONE = 60
SMALL = ("--shard-size", "11K", "--workers", "1")
"""What cuts the archive of the tests into five shards; one worker does them faster than two get ready."""
Answers = list[dict[str, Any]]


@pytest.fixture(scope="session")
def articles(seeds: Mapping[str, Article]) -> list[bytes]:
    """Return 200 different articles as lines: each seed many times, cut at another place each time."""
    lines = []
    for number in range(COUNT):
        article = list(seeds.values())[number % len(seeds)]
        cut = Article(article.text[: 200 + 5 * number], article.publication, f"a{number}")
        lines.append(MessageToJson(article_to_proto(cut), indent=None, ensure_ascii=False).encode() + b"\n")
    return lines


@pytest.fixture(scope="session")
def finished(
    run: Callable[..., subprocess.CompletedProcess[bytes]], articles: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with an archive, `news`, and its answers, `out`: 60 short articles in five shards of two files."""
    root = tmp_path_factory.mktemp("finished")
    (root / "news" / "2024").mkdir(parents=True)
    (root / "news" / "a.jsonl").write_bytes(b"".join(articles[:40]))
    (root / "news" / "2024" / "b.jsonl").write_bytes(b"".join(articles[40:60]))
    done = run("batch", root / "news", f"{root}/out/", *SMALL)
    assert (done.returncode, done.stdout) == (0, b"")
    return root


@pytest.fixture
def archive(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of the archive."""
    return Path(shutil.copytree(finished / "news", tmp_path / "news"))


@pytest.fixture
def done(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of its answers."""
    return Path(shutil.copytree(finished / "out", tmp_path / "out"))


def outputs(folder: Path) -> dict[str, str]:
    """Return what a run decides: the hash of each file that is no manifest, by its name."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".manifest.json") and "_engines" not in path.parts
    }


def manifests(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the manifests of a folder by the names of their shards."""
    found = [json.loads(path.read_bytes()) for path in sorted(folder.rglob("*.manifest.json"))]
    return {manifest["shard"]: manifest for manifest in found}


def lines(folder: Path, pattern: str = "*.jsonl") -> list[bytes]:
    """Return the lines of the files of a folder, in the order of their names."""
    return [line for path in sorted(folder.rglob(pattern)) for line in path.read_bytes().splitlines()]


def ids(folder: Path) -> list[str]:
    """Return the ids of the articles that have answers in a folder, in the order of its shards."""
    return [json.loads(line)["articleId"] for line in lines(folder)]


def until(happens: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something happens."""
    last = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(0.01)
