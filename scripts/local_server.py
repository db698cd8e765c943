"""A server of this project on a free port of this machine, for as long as a script needs it."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import grpc

from eventtimeline.v1 import timeline_pb2, timeline_pb2_grpc

COMMAND = Path(sys.executable).with_name("timeline-server")
START_SECONDS = 30.0
STOP_SECONDS = 15.0


class LocalServer(NamedTuple):
    """Where the server listens, and the id of its process."""

    address: str
    pid: int


@contextmanager
def local_server(workers: int) -> Iterator[LocalServer]:
    """Start `timeline-server`, yield once it serves, and stop it; raises RuntimeError with its log where it fails."""
    address = f"127.0.0.1:{_free_port()}"
    with tempfile.TemporaryFile() as log:
        command = [str(COMMAND), "--listen", address, "--workers", str(workers)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            if not _serves(address, process):
                raise RuntimeError(f"the server did not start; it said:\n{_content(log.fileno())}")
            yield LocalServer(address, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"the server did not stop in order: exit code {process.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _serves(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Ask for the kinds of events until an answer comes, the process ends, or the time is up."""
    last = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < last:
        # A new channel each time: one that was refused waits longer and longer before it tries again.
        with grpc.insecure_channel(address) as channel:
            try:
                timeline_pb2_grpc.TimelineServiceStub(channel).ListEventKinds(timeline_pb2.ListEventKindsRequest(), timeout=5.0)
            except grpc.RpcError:
                time.sleep(0.05)
            else:
                return True
    return False


def _content(descriptor: int) -> str:
    with open(descriptor, "rb", closefd=False) as file:
        file.seek(0)
        return file.read().decode(errors="replace").strip()
