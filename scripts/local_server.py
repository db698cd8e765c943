"""A server of this project on a free port of this machine, for as long as a script needs it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

COMMAND = Path(sys.executable).with_name("timeline-server")
READY = "listening on "
EDGES = {"--http": "http on ", "--admin": "admin on "}
"""What a server says where it listens besides, by the option that asks for it."""
START_SECONDS = 30.0
STOP_SECONDS = 30.0


class LocalServer(NamedTuple):
    """Where the server listens, the id of its process, where else it listens, by option, and the file of its log."""

    address: str
    pid: int
    edges: Mapping[str, str]
    log: Path
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """Tell the server to drain and return its exit code; it is killed where that takes too long."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@contextmanager
def local_server(workers: int, *options: str) -> Iterator[LocalServer]:
    """Start `timeline-server`, yield once it serves, and stop it; raises RuntimeError with its log where it fails."""
    with tempfile.NamedTemporaryFile() as log:
        command = [str(COMMAND), "--listen", "127.0.0.1:0", "--workers", str(workers), *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            late = threading.Timer(START_SECONDS, process.kill)
            late.start()
            address = _said(process, READY)
            edges = {option: _said(process, ready) for option, ready in EDGES.items() if address and option in options}
            late.cancel()
            server = LocalServer(address, process.pid, edges, Path(log.name), process)
            try:
                if address:
                    yield server
            finally:
                server.stop()
        if not address or process.returncode != 0:
            said = server.log.read_text(encoding="utf-8", errors="replace").strip()
            raise RuntimeError(f"the server ended with exit code {process.returncode}; it said:\n{said}")


def _said(process: subprocess.Popen[str], ready: str) -> str:
    """Return where the server says that it listens, "" where it says something else."""
    line = process.stdout.readline() if process.stdout else ""
    return line.removeprefix(ready).strip() if line.startswith(ready) else ""
