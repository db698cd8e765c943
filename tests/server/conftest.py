"""Real servers on real sockets: one process tree for the session, others for tests that end them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest

from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds that a machine under load may take for what takes one."""

Served = tuple["subprocess.Popen[str]", str]
Serve = Callable[..., Served]


def start(*arguments: str) -> Served:
    """Start `python -m server` on any free port and return the process and the address that it says."""
    command = [sys.executable, "-m", "server", "--listen", "127.0.0.1:0", *arguments]
    # A file, since nobody would empty a pipe while the server runs.
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is read while the server runs, and closed by `end`
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
    process.stderr = log
    assert process.stdout
    said = process.stdout.readline()
    assert said.startswith("listening on 127.0.0.1:"), said + log_of(process)
    return process, said.split()[-1]


def log_of(process: subprocess.Popen[str]) -> str:
    """Return what a server has logged by now."""
    assert process.stderr
    process.stderr.seek(0)
    return process.stderr.read()


def end(process: subprocess.Popen[str]) -> str:
    """End a server in order, unless it has ended, and return its log."""
    process.terminate()
    process.wait(PATIENCE)
    log = log_of(process)
    for pipe in (process.stdout, process.stderr):
        assert pipe
        pipe.close()
    return log


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where a server with one worker listens."""
    process, where = start("--workers", "1")
    yield where
    log = end(process)
    assert process.returncode == 0, log
    assert "reference" not in log, log


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that end with the test, if it does not end them itself."""
    processes = []

    def started(*arguments: str) -> Served:
        process, where = start(*arguments)
        processes.append(process)
        return process, where

    yield started
    for process in processes:
        end(process)


@pytest.fixture
def log() -> Callable[[subprocess.Popen[str]], str]:
    """What a server has logged by now."""
    return log_of


@pytest.fixture
def channel(address: str) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(address) as opened:
        yield opened


@pytest.fixture
def stub(channel: grpc.Channel) -> TimelineServiceStub:
    return TimelineServiceStub(channel)
