"""A server of this project on a free port of this machine, for as long as a script needs it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

COMMAND = Path(sys.executable).with_name("timeline-server")
READY = "listening on "
START_SECONDS = 30.0
STOP_SECONDS = 30.0


class LocalServer(NamedTuple):
    """Where the server listens, and the id of its process."""

    address: str
    pid: int


@contextmanager
def local_server(workers: int) -> Iterator[LocalServer]:
    """Start `timeline-server`, yield once it serves, and stop it; raises RuntimeError with its log where it fails."""
    with tempfile.TemporaryFile() as log:
        command = [str(COMMAND), "--listen", "127.0.0.1:0", "--workers", str(workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            late = threading.Timer(START_SECONDS, process.kill)
            late.start()
            line = process.stdout.readline() if process.stdout else ""
            late.cancel()
            try:
                if line.startswith(READY):
                    yield LocalServer(line.removeprefix(READY).strip(), process.pid)
            finally:
                _stop(process)
        if not line.startswith(READY) or process.returncode != 0:
            log.seek(0)
            said = log.read().decode(errors="replace").strip()
            raise RuntimeError(f"the server ended with exit code {process.returncode}; it said:\n{said}")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
