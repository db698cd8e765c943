"""Real servers on real sockets: one process tree for the session, others for tests that end them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import grpc
import pytest

from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.processes import LogOf, Serve, Served, end, log_of, start


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

    def started(*arguments: str, environment: Mapping[str, str] | None = None) -> Served:
        process, where = start(*arguments, environment=environment)
        processes.append(process)
        return process, where

    yield started
    for process in processes:
        end(process)


@pytest.fixture
def log() -> LogOf:
    """Return what says what a server has logged by now."""
    return log_of


@pytest.fixture
def channel(address: str) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(address) as opened:
        yield opened


@pytest.fixture
def stub(channel: grpc.Channel) -> TimelineServiceStub:
    return TimelineServiceStub(channel)
