"""The command `timeline-server`, also `python -m server`."""

from __future__ import annotations

import sys

from server import options, supervisor


def main() -> int:
    """Serve until told to stop; return the exit code: 0 after a drain, 1 where serving could not start or end in order."""
    return supervisor.run(options.parse())


if __name__ == "__main__":
    sys.exit(main())
