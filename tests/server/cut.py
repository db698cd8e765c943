"""Cuts an engine at random moments while it reads, then compares what it says with a fresh one; prints how many of each."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from server.alarm import Alarm, Cut
from timeline import Article, Extractor

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ROUNDS = 300


def cut(alarm: Alarm, extractor: Extractor, article: Article, seconds: float) -> bool:
    """Return whether the reading was cut."""
    try:
        alarm.run(lambda: extractor.extract(article), seconds)
    except Cut:
        return True
    return False


def main() -> int:
    """Print how often an engine was cut, and of how many articles it then says what a fresh one says."""
    articles = [Article(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    alarm, extractor = Alarm(), Extractor()
    chance = random.Random(7)  # noqa: S311 - the same moments in every run, as far as a clock can
    times = 0
    for _ in range(ROUNDS):
        if chance.random() < 0.05:
            # A new engine every so often, since what is made on first sight is made once.
            extractor = Extractor()
        times += cut(alarm, extractor, chance.choice(articles), chance.uniform(0.0002, 0.004))
    fresh = Extractor()
    same = sum(extractor.extract(article) == fresh.extract(article) for article in articles)
    sys.stdout.write(f"{times} {same}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
