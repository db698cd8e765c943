"""Writes the timeline that the README shows, as the command prints it: `python scripts/readme.py` after the engine has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = "seeds/004_6066f5c852812abd.txt"
BEGIN, END = "<!-- timeline of a seed: begin -->\n```\n", "```\n<!-- timeline of a seed: end -->"


def timeline() -> str:
    """Return the dated part of the seed's timeline, as `timeline extract` prints it."""
    command = [sys.executable, "-X", "utf8", "-m", "client", "extract", "--manifest", "seeds/manifest.toml", SEED]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT).stdout
    return printed.partition("\nundated\n")[0]


def main() -> None:
    """Put the timeline into the README."""
    readme = ROOT / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text(head + BEGIN + timeline() + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
