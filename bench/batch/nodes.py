"""A Ray cluster of nodes on this machine, of one processor each, that is there for as long as a script needs it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from bench.batch.command import ROOT, environment

RAY = Path(sys.executable).with_name("ray")
NODE = ("--block", "--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats")
HOST = "127.0.0.{}"
"""Loopback from .2 on: Ray takes 127.0.0.1 for a slip and listens at the machine's outer address instead."""
READY = "Ray runtime started"
START_SECONDS = 90.0
STOP_SECONDS = 20.0


class Nodes(NamedTuple):
    """Where the cluster is, and the environment with the secret that opens it."""

    address: str
    env: Mapping[str, str]


@contextmanager
def nodes(count: int) -> Iterator[Nodes]:
    """Start a cluster, yield it, and end every process of it; raises RuntimeError with its log where a node does not start."""
    folder = Path(tempfile.mkdtemp(prefix="ray"))  # the names of its sockets must be short
    address = f"{HOST.format(2)}:{_free()}"
    env = environment() | {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_ADDRESS": address,
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
        "RAY_worker_niceness": "0",
    }
    running: list[psutil.Popen] = []
    try:
        for number in range(count):
            running.append(_started(number, address, folder, env))
            _wait(folder / f"{number}.log")
        yield Nodes(address, env)
    finally:
        _stop(running, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _started(number: int, address: str, folder: Path, env: Mapping[str, str]) -> psutil.Popen:
    port = address.rpartition(":")[2]
    head = (
        "--head", f"--port={port}", f"--ray-client-server-port={_free()}", "--include-dashboard=false", f"--temp-dir={folder}",
    )  # fmt: skip
    options = head if number == 0 else (f"--address={address}",)
    command = [str(RAY), "start", *NODE, f"--node-ip-address={HOST.format(number + 2)}", *options]
    with (folder / f"{number}.log").open("w") as log:
        return psutil.Popen(command, cwd=ROOT, env=dict(env), stdout=log, stderr=log)


def _wait(log: Path) -> None:
    last = time.monotonic() + START_SECONDS
    while READY not in (said := log.read_text(encoding="utf-8")):
        if time.monotonic() > last:
            raise RuntimeError(f"a node did not start; it said:\n{said}")
        time.sleep(0.1)


def _stop(running: list[psutil.Popen], folder: Path) -> None:
    """Kill the nodes and what they started: their children, and what still names the cluster's folder, which is its own."""
    found: list[psutil.Process] = []
    for each in running:
        with contextlib.suppress(psutil.NoSuchProcess):
            found += [each, *each.children(recursive=True)]
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, STOP_SECONDS)
    for each in running:
        each.wait(STOP_SECONDS)
    last = time.monotonic() + STOP_SECONDS
    while (left := [each for each in psutil.process_iter() if _names(each, str(folder))]) and time.monotonic() < last:
        time.sleep(0.2)  # workers see that their node is gone
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _names(process: psutil.Process, folder: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.pid != os.getpid() and any(folder in word for word in process.cmdline())
    return False


def _free() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server((HOST.format(2), 0)) as server:
        port: int = server.getsockname()[1]
        return port
