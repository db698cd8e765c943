"""The table on a terminal, and in a pipe that says how wide it is."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from client.cells import FSI, PDI, width

ROOT = Path(__file__).parent.parent.parent
MANIFEST = ROOT / "seeds" / "manifest.toml"
SEED = ROOT / "seeds" / "000_2bec395e0abb6206.txt"


def test_the_table_in_a_pipe_is_cut_to_the_columns_that_are_said(command: list[str]) -> None:
    def shown(columns: str) -> list[str]:
        environment = os.environ | {"COLUMNS": columns}
        line = [*command, "extract", str(SEED), "--published", "2024-03-27"]
        return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode().splitlines()

    whole, narrow = shown(""), shown("140")
    assert max(map(width, whole)) > 140 >= max(map(width, narrow))
    assert len(whole) == len(narrow)
    assert shown("999") == shown("nonsense") == whole


@pytest.mark.parametrize("columns", [80, 132])
def test_the_table_fits_the_terminal(command: list[str], columns: int) -> None:
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")} | {"TERM": "xterm"}
    line = [*command, "extract", "--manifest", str(MANIFEST)]
    process = subprocess.Popen(line, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(ours)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert b"\x1b[1m" in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).splitlines()
    assert max(map(width, lines)) <= columns
    assert all(line.count(FSI) == line.count(PDI) for line in lines)
