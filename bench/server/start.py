"""Measures how long a server takes to start; prints seconds and, last, one line of JSON. Exits with 1 over the bound.

From the start of the process to the line by which it says that every worker serves.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from scripts.local_server import local_server

WORKERS = 2
STARTS = 5
MOST_SECONDS = 1.5


def start_seconds() -> float:
    """Return the seconds from starting a server to its serving."""
    begin = time.perf_counter()
    with local_server(WORKERS):
        return time.perf_counter() - begin


def main() -> int:
    """Measure, print; return the exit code."""
    taken = [start_seconds() for _ in range(STARTS)]
    median = statistics.median(taken)
    print(
        f"timeline-server --workers {WORKERS} serves after {median:.2f} s, median of {STARTS}; the slowest {max(taken):.2f} s"
    )
    print(json.dumps({"start_s": round(median, 3), "slowest_start_s": round(max(taken), 3), "most_s": MOST_SECONDS}))
    return 0 if median <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
