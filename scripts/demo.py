"""Sends the seed articles to a real server over gRPC and prints their timelines.

It starts `timeline-server` on a free port of this machine, runs the command that anyone would type, and stops the server.
The exit code is 0 only if every article was answered and the server stopped in order.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.local_server import local_server

COMMAND = Path(sys.executable).with_name("timeline")
MANIFEST = Path("seeds/manifest.toml")
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the demonstration and return its exit code."""
    try:
        with local_server(workers=2) as server:
            arguments = ["extract", "--manifest", str(MANIFEST), "--server", server.address]
            print(f"$ timeline {' '.join(arguments)}\n", flush=True)
            code = subprocess.run([str(COMMAND), *arguments], cwd=ROOT, check=False).returncode
    except RuntimeError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    print(f"\n{'every article was answered' if code == 0 else 'demo: the command failed'}; the server has stopped", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
