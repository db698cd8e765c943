"""A Ray cluster of two nodes on this machine, each with one processor, which nobody without its secret can use."""

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

ROOT = Path(__file__).parent.parent.parent.parent
HEAD, SECOND = "127.0.0.2", "127.0.0.3"
"""Ray takes 127.0.0.1 for a slip and listens at the machine's outer address instead; these are loopback as well."""
NODE = ("--block", "--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats")


class Cluster:
    """Two nodes; the second may be killed and comes again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        port = free()
        self.address = f"{HEAD}:{port}"
        self.env = os.environ | {
            "PYTHONPATH": f"{ROOT}:{ROOT / 'proto'}",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "RAY_ADDRESS": self.address,
            "RAY_worker_niceness": "0",  # else whatever else runs on the machine, as other tests do, comes before its workers
        }
        head = (f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}")
        self._processes = [self._started("head", HEAD, "--head", *head)]
        self._second: psutil.Popen | None = None

    def whole(self) -> None:
        """Have both nodes there."""
        if self._second is None:
            self._wait("head")
            self._second = self._started("second", SECOND, f"--address={self.address}")
            self._processes.append(self._second)
            self._wait("second")

    def kill(self) -> None:
        """Kill the second node and whatever runs on it, as when its machine loses power."""
        assert self._second
        found = self._second.children(recursive=True)
        raylets = [process for process in found if process.name() == "raylet"]
        assert raylets
        for process in [*raylets, *(process for process in found if process not in raylets)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._second.wait(20)
        self._second = None

    def stop(self) -> None:
        """End every process of the cluster."""
        found = [
            process for start in self._processes if start.is_running() for process in [start, *start.children(recursive=True)]
        ]
        for process in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(found, 10)
        for start in self._processes:
            start.wait(10)

    def left(self) -> list[str]:
        """Return the names of the processes of this cluster that still run."""
        return [process.name() for process in psutil.process_iter() if _says(process, str(self._folder))]

    def _started(self, name: str, ip: str, *options: str) -> psutil.Popen:
        line = [str(Path(sys.executable).with_name("ray")), "start", *NODE, f"--node-ip-address={ip}", *options]
        with self._log(name).open("wb") as log:
            return psutil.Popen(line, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _wait(self, name: str) -> None:
        last = time.monotonic() + 60
        while "Ray runtime started" not in (said := self._log(name).read_text(encoding="utf-8")):
            assert time.monotonic() < last, said
            time.sleep(0.1)

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


def free() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server((HEAD, 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a cluster; nothing of it is left at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ray"))  # its sockets' names must be short
    try:
        running = Cluster(folder)
        try:
            running.whole()
            yield running
        finally:
            running.stop()
            last = time.monotonic() + 20  # workers see that their node is gone
            while (left := running.left()) and time.monotonic() < last:
                time.sleep(0.1)
            assert left == []
    finally:
        shutil.rmtree(folder)


def _says(process: psutil.Process, text: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return any(text in word for word in process.cmdline())
    return False
