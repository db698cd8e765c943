"""The library in processes of its own, without any server: what a server is measured against."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench.article import REAL
from timeline import Extractor

ROOT = Path(__file__).resolve().parents[2]


def articles_a_second(processes: int, seconds: float) -> float:
    """Return how many articles so many processes read together in a second, each for so many seconds."""
    command = [sys.executable, "-m", "bench.server.library", str(seconds)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return sum(float(each.communicate()[0]) for each in running)


def main() -> int:
    """Print how many articles this process reads in a second."""
    extractor = Extractor()
    for _ in range(100):
        extractor.extract(REAL)
    # Together with the others, which may have begun to load a little later.
    time.sleep(1.0)
    begin, read = time.perf_counter(), 0
    while time.perf_counter() - begin < float(sys.argv[1]):
        extractor.extract(REAL)
        read += 1
    print(read / (time.perf_counter() - begin))
    return 0


if __name__ == "__main__":
    sys.exit(main())
