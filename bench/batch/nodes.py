"""A Ray cluster of nodes on this machine, of one processor each, which nobody without its secret can use; the tests have it too."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.batch.command import ROOT, environment

RAY = Path(sys.executable).with_name("ray")
NODE = ("--block", "--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats")
HOST = "127.0.0.{}"
"""Loopback from .2 on: Ray takes 127.0.0.1 for a slip and listens at the machine's outer address instead."""
READY = "Ray runtime started"
START_SECONDS = 90.0
STOP_SECONDS = 20.0


class Nodes:
    """The nodes: the first is the head, the last may be killed and comes again. `env` has what opens the cluster at `address`."""

    def __init__(self, count: int, folder: Path) -> None:
        """Take how many nodes there are to be, and a folder for their logs and sockets."""
        self._count = count
        self._folder = folder
        self.address = f"{HOST.format(2)}:{free()}"
        self.env = environment() | {
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "RAY_ADDRESS": self.address,
            "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
            "RAY_worker_niceness": "0",  # else whatever else runs on the machine, as other tests do, comes before its workers
        }
        self._running: list[psutil.Popen] = []

    def whole(self) -> None:
        """Have all nodes there; raises RuntimeError with its log where one does not start."""
        for number in range(len(self._running), self._count):
            log = self._folder / f"{number}.log"
            self._running.append(self._started(number, log))
            _wait(log)

    def kill(self) -> None:
        """Kill the last node and whatever runs on it, as when its machine loses power."""
        node = self._running.pop()
        found = node.children(recursive=True)
        raylets = [process for process in found if process.name() == "raylet"]
        if not raylets:
            raise RuntimeError("the node to be killed did not run")
        _kill([*raylets, *(process for process in found if process not in raylets)])
        node.wait(STOP_SECONDS)

    def stop(self) -> None:
        """End every process of the cluster; raises RuntimeError where one still runs."""
        found = [process for node in self._running if node.is_running() for process in [node, *node.children(recursive=True)]]
        _kill(found)
        psutil.wait_procs(found, STOP_SECONDS)
        for node in self._running:
            node.wait(STOP_SECONDS)
        last = time.monotonic() + STOP_SECONDS
        while (left := self._left()) and time.monotonic() < last:
            time.sleep(0.1)  # workers see that their node is gone
        if left:
            raise RuntimeError(f"still running: {[process.name() for process in left]}")

    def _started(self, number: int, log: Path) -> psutil.Popen:
        port = self.address.rpartition(":")[2]
        head = (
            "--head", f"--port={port}", f"--ray-client-server-port={free()}", "--include-dashboard=false",
            f"--temp-dir={self._folder}",
        )  # fmt: skip
        options = (f"--address={self.address}",) if number else head
        command = [str(RAY), "start", *NODE, f"--node-ip-address={HOST.format(number + 2)}", *options]
        with log.open("wb") as said:
            return psutil.Popen(command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)

    def _left(self) -> list[psutil.Process]:
        """Return the processes that still name the cluster's folder, which is its own."""
        return [process for process in psutil.process_iter() if _names(process, str(self._folder))]


@contextlib.contextmanager
def nodes(count: int) -> Iterator[Nodes]:
    """Start a cluster, yield it, and end it; nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="ray"))  # the names of its sockets must be short
    try:
        running = Nodes(count, folder)
        try:
            running.whole()
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server((HOST.format(2), 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _wait(log: Path) -> None:
    last = time.monotonic() + START_SECONDS
    while READY not in (said := log.read_text(encoding="utf-8")):
        if time.monotonic() > last:
            raise RuntimeError(f"a node did not start; it said:\n{said}")
        time.sleep(0.1)


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _names(process: psutil.Process, folder: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.pid != os.getpid() and any(folder in word for word in process.cmdline())
    return False
