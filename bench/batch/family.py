"""The processes of a running batch and the memory that each holds, over time."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

MB = 2**20
DRIVER, WORKER, OTHER = "driver", "worker", "other"
EVERY = 0.2
"""Seconds between two looks."""
FULLY = 10
"""Looks after which what is each process's own is looked at too: that costs the kernel more."""
HIGHEST = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class Held(NamedTuple):
    """The memory of one process at a moment, in MB of 2**20 bytes.

    `peak` is the most that was resident up to then, between two looks too. `pss` divides what is shared among who shares it, `uss`
    leaves it out; both are 0 where they were not looked at.
    """

    at: float
    role: str
    pid: int
    rss: float
    peak: float
    pss: float = 0.0
    uss: float = 0.0


def workers(driver: int) -> list[psutil.Process]:
    """Return the processes of a driver that do shards, as far as they live; raises psutil.NoSuchProcess where the batch has ended."""
    return [each for each in psutil.Process(driver).children(recursive=True) if _role(each) == WORKER]


def watched(process: subprocess.Popen[str]) -> Iterator[Held]:
    """Yield what each process of a batch holds, look by look, until it ends."""
    begin, looks = time.monotonic(), 0
    while process.poll() is None:
        at, fully = time.monotonic() - begin, looks % FULLY == 0
        for each in _family(process.pid):
            try:
                yield _held(each, at, fully=fully)
            except (psutil.Error, OSError):  # it has just ended
                continue
        looks += 1
        time.sleep(EVERY)


def _family(pid: int) -> list[psutil.Process]:
    try:
        driver = psutil.Process(pid)
        return [driver, *driver.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _held(process: psutil.Process, at: float, *, fully: bool) -> Held:
    role = _role(process)
    found = HIGHEST.search(Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace"))
    rss = process.memory_info().rss / MB
    held = Held(at, role, process.pid, rss, max(rss, int(found[1]) / 1024 if found else 0))
    if not fully:
        return held
    memory = process.memory_full_info()
    return held._replace(pss=memory.pss / MB, uss=memory.uss / MB)


def _role(process: psutil.Process) -> str:
    """Tell what a process is: multiprocessing starts one beside the workers that keeps its books."""
    try:
        line = " ".join(process.cmdline())
    except psutil.Error:
        return OTHER
    return DRIVER if " batch " in line else WORKER if "spawn_main" in line else OTHER
