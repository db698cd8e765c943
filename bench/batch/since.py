"""What `--since` saves: one word of the lexicon is taken away, and an archive is read again by it and as a whole.

    python -m bench.batch.since [--articles 20000] [--table events/society.toml] [--share 0.01]

The word is a noun of an event, the one of its table that stands in about such a share of the articles. The changed engine is a copy
of `timeline/` that the real command imports. Exits with 1 where the two ways differ in a byte.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.batch.articles import RARE, articles, write
from bench.batch.command import ROOT, environment, hashes, manifests, ran
from bench.batch.texts import ARTICLE

SAMPLE = 1000
"""Articles in which words are counted."""
LISTED = re.compile("'([\u0621-\u064a]+)', ")
"""A word of a list in a table that is no list's last."""
WORD = re.compile("[\u0621-\u064a]+")


def words(table: str, share: float) -> Iterator[tuple[str, float]]:
    """Yield the words of a table, each with the share of articles that it stands in: first what comes nearest to `share`."""
    counts = Counter(word for made in articles(SAMPLE) for word in set(WORD.findall(made.text)))
    listed = Counter(LISTED.findall(table))
    shares = {word: (counts[word] + counts[ARTICLE + word]) / SAMPLE for word, often in listed.items() if often == 1}
    yield from sorted(shares.items(), key=lambda item: (abs(item[1] - share), item[0]))


def changed(folder: Path, table: str, share: float) -> tuple[str, float]:
    """Copy the library into a folder without one word; return that and its share. Raises RuntimeError where no word can go."""
    shutil.copytree(ROOT / "timeline", folder / "timeline", ignore=shutil.ignore_patterns("__pycache__"))
    place = folder / "timeline" / "lexicon" / table
    text = place.read_text(encoding="utf-8")
    for word, often in islice(words(text, share), 20):
        place.write_text(text.replace(f"'{word}', ", "", 1), encoding="utf-8")
        loads = [sys.executable, "-c", "from timeline import Extractor; Extractor()"]
        if subprocess.run(loads, check=False, capture_output=True, cwd=folder, env=environment(folder)).returncode == 0:
            return word, often
    raise RuntimeError(f"no word of {table} can be taken away: others of the lexicon build on each")


def differing(old: Path, new: Path) -> int:
    """Return how many answers of two runs differ, but for the name of the lexicon."""
    count, before = 0, manifests(old)
    for name, manifest in manifests(new).items():
        formerly, now = (str(each["engine"]["lexicon"]).encode() for each in (before[name], manifest))
        places = [(out / name).with_name(manifest["output"]["name"]) for out in (old, new)]
        with places[0].open("rb") as first, places[1].open("rb") as second:
            count += sum(line.replace(formerly, now) != other for line, other in zip(first, second, strict=True))
    return count


def main() -> int:
    """Change, run, compare, print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--table", default="events/society.toml", help="a file below timeline/lexicon/")
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--rare", type=int, default=RARE)
    parser.add_argument("--shard-size", default="1M", help="as of the command; smaller for small trials")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    said = parser.parse_args()
    options = ("--workers", str(said.workers), "--shard-size", said.shard_size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = write(folder / "archive" / "news.jsonl", said.articles, said.rare).parent
        old, new, full = folder / "old", folder / "new", folder / "full"
        ran(archive, old, *options)
        word, share = changed(folder / "engine", said.table, said.share)
        env = environment(folder / "engine")
        selective = ran(archive, new, *options, "--since", str(old), env=env)
        whole = ran(archive, full, *options, env=env)
        runs = [manifest["run"] for manifest in manifests(new).values()]
        equal = hashes(new) == hashes(full)
        other = differing(old, full)
    figures: dict[str, object] = {
        "articles": said.articles,
        "word": word,
        "share_of_articles": share,
        "read": sum(run["read"] for run in runs),
        "taken": sum(run["taken"] for run in runs),
        "answers_changed": other,
        "since_s": round(selective.seconds, 1),
        "full_s": round(whole.seconds, 1),
        "times_faster": round(whole.seconds / selective.seconds, 1),
        "equal": equal,
    }
    print(selective.said.rstrip())
    for figure, value in figures.items():
        print(f"{figure:<20}{value}")
    print(json.dumps(figures, ensure_ascii=False))
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
