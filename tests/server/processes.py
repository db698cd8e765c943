"""Servers as processes of their own, for tests."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds that a machine under load may take for what takes one."""

Served = tuple["subprocess.Popen[str]", str]
Serve = Callable[..., Served]
LogOf = Callable[["subprocess.Popen[str]"], str]


def start(*arguments: str, environment: Mapping[str, str] | None = None) -> Served:
    """Start `python -m server` on any free port and return the process and the address that it says."""
    command = [sys.executable, "-m", "server", "--listen", "127.0.0.1:0", *arguments]
    # A file, since nobody would empty a pipe while the server runs.
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is read while the server runs, and closed by `end`
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    process.stderr = log
    assert process.stdout
    said = process.stdout.readline()
    assert said.startswith("listening on "), said + log_of(process)
    return process, said.split()[-1]


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened, for PATIENCE seconds at most."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


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
