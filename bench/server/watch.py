"""What a running server's processes do: which workers there are, how much memory they hold, how many were replaced."""

from __future__ import annotations

import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psutil

from scripts.local_server import LocalServer

ADMIN = ("--admin", "127.0.0.1:0")
"""The options of a server that is watched."""
MB = 2**20
RESTARTS = re.compile(r"^eventtimeline_worker_restarts_total (\S+)$", re.MULTILINE)


def workers(server: LocalServer) -> dict[int, psutil.Process]:
    """Return the workers that live, by number."""
    found = {}
    for process in psutil.Process(server.pid).children():
        try:
            found[int(process.cmdline()[-1])] = process
        except (psutil.Error, IndexError, ValueError):  # it is ending, or has not become a worker yet
            continue
    return found


def resident_mb(server: LocalServer) -> dict[int, float]:
    """Return the resident memory of each worker in MB of 2**20 bytes, by number."""
    found = {}
    for number, worker in workers(server).items():
        try:
            found[number] = worker.memory_info().rss / MB
        except psutil.Error:  # it has just ended
            continue
    return found


def restarts(server: LocalServer) -> int:
    """Return how many workers the server has replaced, as its metrics say."""
    with urllib.request.urlopen(f"http://{server.edges['--admin']}/metrics", timeout=10) as answer:
        (count,) = RESTARTS.findall(answer.read().decode())
    return int(float(count))


def connections(worker: psutil.Process) -> int:
    """Return how many callers are connected to a worker."""
    try:
        return sum(each.status == psutil.CONN_ESTABLISHED for each in worker.net_connections("tcp"))
    except psutil.Error:
        return 0


class Sample(NamedTuple):
    """The memory of one worker at a moment: seconds since the beginning, the process, MB."""

    at: float
    pid: int
    mb: float


@contextmanager
def sampled(server: LocalServer, seconds: float = 1.0) -> Iterator[dict[int, list[Sample]]]:
    """Yield samples of each worker's memory, by number, that grow every so many seconds while the block lasts."""
    found: dict[int, list[Sample]] = {}
    ended = threading.Event()
    begin = time.monotonic()

    def follow() -> None:
        while not ended.wait(seconds):
            for number, worker in workers(server).items():
                try:
                    sample = Sample(time.monotonic() - begin, worker.pid, worker.memory_info().rss / MB)
                except psutil.Error:  # it has just ended
                    continue
                found.setdefault(number, []).append(sample)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()
