"""The heap of a worker: what a process that reads for hours gains by leaving its garbage alone, and by large pages."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from pathlib import Path

GARBAGE = 20_000, 20, 50
"""When garbage is collected: an article leaves thousands of values behind and hardly ever a cycle of them."""
COLLAPSE = 25
"""The advice MADV_COLLAPSE of Linux 6.1: to hold a range of memory in large pages at once. Python has no name for it yet."""
MAPS, SETTING, LARGE = Path("/proc/self/maps"), Path("/sys/kernel/mm/transparent_hugepage/enabled"), 2 << 20


def settle() -> None:
    """Take what is loaded as there to stay: collecting garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    enlarge()


def enlarge() -> int:
    """Hold the heap in pages of 2 MiB and return how many bytes are in such; 0 where the system has none, or none for this.

    An engine is tens of megabytes through which every article jumps, and a processor knows where 4 to 8 of them are while
    pages have 4 KiB. Large pages save up to a tenth of the time. To be repeated when the heap has grown.
    """
    try:
        if "[never]" in SETTING.read_text():
            return 0
        advise = ctypes.CDLL(None).madvise
        ranges = list(heap_of(MAPS.read_text()))
    except (OSError, AttributeError):
        return 0
    advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    return sum(size for start, size in ranges if advise(start, size, COLLAPSE) == 0)


def heap_of(maps: str) -> Iterator[tuple[int, int]]:
    """Yield where the memory of a process that is its own begins, and its size, in whole large pages."""
    for line in maps.splitlines():
        bounds, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights == "rw-p" and name in ([], ["[heap]"]):
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            first, last = -(-start // LARGE) * LARGE, end // LARGE * LARGE
            if last > first:
                yield first, last - first
