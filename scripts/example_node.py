"""Runs the example of Node.js against a real server on a free port of this machine.

Installs the packages that its lock names, starts `timeline-server`, runs the example and stops the server. The exit code is
0 only if the example found what it looks for and the server stopped in order. Needs node and npm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.local_server import local_server

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "node"
SECONDS = 300.0


def main() -> int:
    """Run the example and return its exit code."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        print("example-node: needs Node.js 20 or newer, with npm", file=sys.stderr)
        return 1
    try:
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, timeout=SECONDS)
        with local_server(workers=1) as server:
            # Only the address: what a caller's own variables say of TLS and tokens is about another server.
            environment = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINE_")}
            environment["TIMELINE_ADDRESS"] = server.address
            subprocess.run([node, "example.js"], cwd=FOLDER, env=environment, check=True, timeout=SECONDS)
    except (RuntimeError, subprocess.SubprocessError) as error:
        print(f"example-node: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
