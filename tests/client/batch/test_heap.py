"""A worker's heap in large pages: where the system gives some, they are there, and nothing else changes."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from client.batch import heap

ASKED = """
from pathlib import Path
from client.batch.heap import enlarge
held = [b"%d" % number * 20 for number in range(500_000)]
large = enlarge()
assert held == [b"%d" % number * 20 for number in range(500_000)]
rollup = Path("/proc/self/smaps_rollup")
lines = rollup.read_text().splitlines() if rollup.exists() else []
there = sum(int(line.split()[1]) << 10 for line in lines if line.startswith("AnonHugePages"))
print(large, there, enlarge() >= large)
"""
MAPS = """\
55d0c0000000-55d0c0001000 r-xp 00000000 fe:00 1 /usr/bin/python3
55d0c1000000-55d0c1500000 rw-p 00000000 00:00 0 [heap]
7f0000100000-7f0000800000 rw-p 00000000 00:00 0
7f0001000000-7f0001100000 rw-p 00000000 00:00 0
7f0002000000-7f0003000000 rw-s 00000000 00:01 5 /dev/shm/one (deleted)
7f0004000000-7f0005000000 rw-p 00000000 00:00 0 [stack]
7f0006000000-7f0007000000 rw-p 00000000 fe:00 9 /lib/libc.so.6
"""


def test_a_heap_of_some_megabytes_is_in_large_pages_where_there_are_any() -> None:
    ran = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, check=True, text=True)
    large, there, again = ran.stdout.split()
    kernel = tuple(map(int, platform.release().split("-")[0].split(".")[:2]))
    some = (
        platform.system() == "Linux"
        and kernel >= (6, 1)
        and heap.SETTING.exists()
        and "[never]" not in heap.SETTING.read_text()
    )
    assert int(large) > (10 << 20) if some else int(large) == 0
    assert int(large) <= int(there)
    assert again == "True"


def test_only_the_heap_is_taken_in_whole_pages() -> None:
    mebibyte = 1 << 20
    assert [(start, size // mebibyte) for start, size in heap.heap_of(MAPS)] == [(0x55D0C1000000, 4), (0x7F0000200000, 6)]


def test_where_there_is_no_such_thing_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(heap, "SETTING", tmp_path / "missing")
    assert heap.enlarge() == 0
    (tmp_path / "off").write_text("always madvise [never]\n")
    monkeypatch.setattr(heap, "SETTING", tmp_path / "off")
    assert heap.enlarge() == 0
