"""Runs the command as a person would: a process of its own, its streams in pipes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client import TimelineClient
from tests.client.scripted import Awaited, Client

ROOT = Path(__file__).parent.parent.parent


if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # A shell that starts the tests in the background has them ignore interrupts, and the commands that they start too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def imports(*arguments: str) -> set[str]:
    """Return the names of the modules that a Python with some arguments imports: what a start takes, on any machine."""
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip() for line in lines[1:]}


@pytest.fixture(scope="session")
def command() -> list[str]:
    """Return what starts `timeline`; to be run in the project's folder."""
    return [sys.executable, "-m", "client"]


@pytest.fixture(scope="session")
def run(command: list[str]) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return a function that runs `timeline` with arguments and, as `stdin`, bytes, and returns what came of it."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        line = [*command, *map(str, arguments)]
        return subprocess.run(line, cwd=ROOT, input=stdin, capture_output=True, timeout=120, check=False)

    return run


@pytest.fixture(scope="session")
def start(command: list[str]) -> Callable[..., subprocess.Popen[bytes]]:
    """Return a function that starts `timeline` in a process group of its own, with pipes for its streams."""

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        line = [*command, *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(line, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)

    return start


@pytest.fixture(params=[TimelineClient, Awaited])
def client(request: pytest.FixtureRequest) -> Client:
    """Return the kind of client that a test is about: each in turn."""
    kind: Client = request.param
    return kind
