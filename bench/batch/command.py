"""Runs the real `timeline batch`, and compares what it wrote byte by byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("timeline")
MANIFEST = ".manifest.json"


class Ended(NamedTuple):
    """A run: its exit code, wall seconds from the start of its process to its end, what it said, and its seconds of processors."""

    code: int
    seconds: float
    said: str
    processor: float


def environment(*first: Path) -> dict[str, str]:
    """Return the environment in which packages are those of some folders and, of what is not there, of this very tree."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*first, ROOT, ROOT / "proto")))}


@contextmanager
def started(
    source: Path, out: Path, *options: str, said: IO[str], env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a batch that writes what it says into a file, yield it, and kill it where it still lives after the block."""
    command = [str(COMMAND), "batch", str(source), f"{out}/", *options]
    with subprocess.Popen(command, cwd=ROOT, env=env or environment(), stderr=said, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ran(source: Path, out: Path, *options: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run a batch to its end; raises RuntimeError where not every article has an answer."""
    log = out.with_name(f"{out.name}.log")
    begin, before = time.perf_counter(), os.times()
    with log.open("w") as said, started(source, out, *options, said=said, env=env) as process:
        code = process.wait()
    seconds, after = time.perf_counter() - begin, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    ended = Ended(code, seconds, log.read_text(encoding="utf-8"), processor)
    if code:
        raise RuntimeError(f"the batch ended with exit code {code}; it said:\n{ended.said}")
    return ended


def manifests(out: Path) -> dict[str, dict[str, Any]]:
    """Return the manifests of an output folder, by the names of their files, in order."""
    found = sorted(out.rglob(f"*{MANIFEST}"))
    return {str(path.relative_to(out)): json.loads(path.read_bytes()) for path in found}


def hashes(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below an output folder; of a manifest, that of what input, options and engine decide."""
    found = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = str(path.relative_to(out))
        if name.endswith(MANIFEST):
            data = json.dumps(_decided(json.loads(path.read_bytes())), sort_keys=True).encode()
            found[name] = hashlib.sha256(data).hexdigest()
        else:
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def sizes(out: Path) -> dict[str, float]:
    """Return what a finished folder holds: articles, bytes in and out an article, of its words too, shards, files a shard."""
    known = list(manifests(out).values())
    articles = sum(each["counts"]["articles"] for each in known)
    files = sum(1 for path in out.rglob("*") if path.is_file())
    return {
        "articles": articles,
        "events_an_article": round(sum(each["counts"]["events"] for each in known) / articles, 1),
        "bytes_in": round(sum(each["input"]["bytes"] for each in known) / articles),
        "bytes_out": round(sum(each["output"]["size"] for each in known) / articles),
        "bytes_words": round(sum(each["words"]["size"] for each in known) / articles),
        "bytes_manifest": round(sum(path.stat().st_size for path in out.rglob(f"*{MANIFEST}")) / len(known)),
        "shards": len(known),
        "files_a_shard": round((files - 1) / len(known), 2),
    }


def _decided(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest without how and when it was made."""
    kept = {name: value for name, value in manifest.items() if name != "run"}
    kept["input"] = {name: value for name, value in kept["input"].items() if name not in ("place", "stamp")}
    for name in ("output", "dead", "words"):
        kept[name] = kept[name] and {key: value for key, value in kept[name].items() if key != "stamp"}
    return kept
