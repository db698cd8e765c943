"""Real servers on real sockets: one process tree for the session, others for tests that end them."""

from __future__ import annotations

import subprocess
import sys
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
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.readline()
    assert said.startswith("listening on 127.0.0.1:"), said
    return process, said.split()[-1]


def end(process: subprocess.Popen[str]) -> str:
    """End a server in order, unless it has ended, and return its log."""
    process.terminate()
    return process.communicate(timeout=PATIENCE)[1]


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
def channel(address: str) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(address) as opened:
        yield opened


@pytest.fixture
def stub(channel: grpc.Channel) -> TimelineServiceStub:
    return TimelineServiceStub(channel)
