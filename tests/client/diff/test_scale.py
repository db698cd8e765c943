"""Archives are compared in memory that does not grow with them, in whatever order they stand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent.parent
MEASURED = """
import re, resource, sys
from pathlib import Path
from client.__main__ import main
code = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
# Unlike ru_maxrss, this counts from the start of the program, not from the fork of its parent.
most = re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())[1]
print(int(most) // 1024, used.ru_utime + used.ru_stime, file=sys.stderr)
sys.exit(code)
"""
MIB = 1024 * 1024


class Measured(NamedTuple):
    """A report, and what it took: MiB of memory at most, and seconds of a processor."""

    report: dict[str, object]
    mib: float
    seconds: float


def written(path: Path, lines: Iterable[bytes]) -> Path:
    path.write_bytes(b"".join(lines))
    return path


def measured(old: Path, new: Path) -> Measured:
    line = [sys.executable, "-c", MEASURED, "diff", str(old), str(new), "--format", "json"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=True)
    mib, seconds = map(float, done.stderr.split())
    return Measured(json.loads(done.stdout), mib, seconds)


def lines(number: int, version: str) -> list[bytes]:
    """Return tiny answers, each with a kilobyte that does not shrink when it is packed."""
    padding = random.Random(1)  # noqa: S311
    return [
        b'{"articleId":"a%07d","timeline":{"madeUp":"%s"},"engineVersion":"%s"}\n'
        % (each, padding.randbytes(512).hex().encode(), version.encode())
        for each in range(number)
    ]


def test_memory_is_flat_and_time_is_short_in_any_order(tmp_path: Path) -> None:
    taken = {}
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    for number in (10_000, 50_000):
        news = lines(number, "2")
        random.Random(2).shuffle(news)  # noqa: S311
        taken[number] = measured(written(old, lines(number, "1")), written(new, news))
        assert taken[number].report["articles"]["same"] == number  # type: ignore[index]
    assert old.stat().st_size > 50 * MIB
    assert taken[50_000].mib - taken[10_000].mib < 12
    assert taken[50_000].mib < 90
    assert taken[50_000].seconds < 40


def test_in_order_nothing_waits_and_nothing_is_parsed(tmp_path: Path) -> None:
    # Lines that begin and end as answers do, and are none in between: parsed, they would be refused.
    broken = [line.replace(b'{"madeUp"', b'{"madeUp') for line in lines(50_000, "1")]
    old = written(tmp_path / "old.jsonl", broken)
    new = written(tmp_path / "new.jsonl", (line.replace(b'"engineVersion":"1"', b'"engineVersion":"2"') for line in broken))
    for paths in ((old, old), (old, new)):
        taken = measured(*paths)
        assert taken.report["different"] is False
        assert taken.mib < 45
        assert taken.seconds < 10


def test_one_article_that_is_missing_does_not_put_all_others_into_the_database(tmp_path: Path) -> None:
    answers = lines(30_000, "1")
    old, new = written(tmp_path / "old.jsonl", answers), written(tmp_path / "new.jsonl", answers[1:])
    taken = measured(old, new)
    assert taken.report["articles"]["onlyOld"] == 1  # type: ignore[index]
    assert taken.mib < 45


def test_a_disk_without_room_is_said_so(command: list[str], tmp_path: Path) -> None:
    answers = lines(40_000, "1")
    old, new = written(tmp_path / "old.jsonl", answers), written(tmp_path / "new.jsonl", reversed(answers))
    line = ["sh", "-c", 'ulimit -f 1; exec "$@"', "sh", *command, "diff", str(old), str(new)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (73, b"")
    assert "set TMPDIR" in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
