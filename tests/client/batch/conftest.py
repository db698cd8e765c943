"""What tests of batches share: articles as lines, folders told by their bytes, and waiting."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToJson

from eventtimeline.mapping import article_to_proto
from timeline import Article

COUNT = 200
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


@pytest.fixture
def archive(articles: list[bytes], tmp_path: Path) -> Path:
    """Return a folder with all articles in two files, one of them in a folder of its own."""
    root = tmp_path / "news"
    (root / "2024").mkdir(parents=True)
    (root / "a.jsonl").write_bytes(b"".join(articles[:120]))
    (root / "2024" / "b.jsonl").write_bytes(b"".join(articles[120:]))
    return root


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


def ids(folder: Path) -> list[str]:
    """Return the ids of the articles that have answers in a folder, in the order of its shards."""
    return [
        json.loads(line)["articleId"] for path in sorted(folder.rglob("*.jsonl")) for line in path.read_bytes().splitlines()
    ]


def until(happens: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something happens."""
    last = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(0.01)
