"""Generates and lints the wire contract, offline; needs the development dependencies.

    python scripts/generate.py              write the Python modules beside timeline.proto
    python scripts/generate.py --out DIR    write them under DIR instead
    python scripts/generate.py --lint       lint timeline.proto with buf (configuration: proto/buf.yaml)

The generator is pinned low on purpose: its output imports on the same and every newer runtime, never on an older one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import google.type

PROTO_ROOT = Path(__file__).resolve().parent.parent / "proto"
PROTO_FILE = "eventtimeline/v1/timeline.proto"
# google/type and google/rpc come with googleapis-common-protos, as importable files.
GOOGLE_ROOT = Path(next(iter(google.type.__path__))).parent.parent


def main() -> int:
    """Run what the command line asks for and return the tool's exit code."""
    parser = argparse.ArgumentParser(description="Generate the Python modules of the wire contract, or lint it.")
    parser.add_argument("--out", type=Path, default=PROTO_ROOT, help="where to write (default: proto/)")
    parser.add_argument("--lint", action="store_true", help="lint instead of writing")
    arguments = parser.parse_args()
    return lint() if arguments.lint else generate(arguments.out)


def generate(out: Path) -> int:
    """Write the messages, the service and their type stubs under `out`."""
    failed = protoc(
        f"--python_out={out}", f"--grpc_python_out={out}", f"--mypy_out=quiet:{out}", f"--mypy_grpc_out=quiet:{out}"
    )
    if failed:
        return failed
    # The stubs of googleapis-common-protos come from another generator, in which an enum is its own value type.
    stub = (out / PROTO_FILE).with_name("timeline_pb2.pyi")
    text = stub.read_text(encoding="utf-8")
    stub.write_text(text.replace("_dayofweek_pb2.DayOfWeek.ValueType", "_dayofweek_pb2.DayOfWeek"), encoding="utf-8")
    return 0


def lint() -> int:
    """Lint an image of the contract: buf alone could find the imported files on the network only."""
    with tempfile.TemporaryDirectory() as directory:
        image = Path(directory) / "timeline.binpb"
        compiled = protoc("--include_imports", "--include_source_info", f"--descriptor_set_out={image}")
        return compiled or run("buf", "lint", str(image), "--config", str(PROTO_ROOT / "buf.yaml"))


def protoc(*options: str) -> int:
    """Run the pinned protoc on the contract."""
    return run(sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO_ROOT}", f"-I{GOOGLE_ROOT}", *options, PROTO_FILE)


def run(*command: str) -> int:
    """Run a command that finds its plugins beside this Python and return its exit code."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return subprocess.run(command, check=False, env={**os.environ, "PATH": path}).returncode


if __name__ == "__main__":
    sys.exit(main())
