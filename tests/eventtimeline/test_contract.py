"""The wire contract: what is checked in is what timeline.proto generates, and buf finds nothing to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("timeline_pb2.py", "timeline_pb2.pyi", "timeline_pb2_grpc.py", "timeline_pb2_grpc.pyi")


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generated")
    generate("--out", str(out))
    return out / "eventtimeline" / "v1"


def generate(*arguments: str) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "generate.py"), *arguments]
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("name", GENERATED)
def test_checked_in_modules_are_what_the_contract_generates(regenerated: Path, name: str) -> None:
    checked_in = ROOT / "proto" / "eventtimeline" / "v1" / name
    assert checked_in.read_bytes() == (regenerated / name).read_bytes(), "run `make generate` and commit what it writes"


def test_nothing_else_is_generated(regenerated: Path) -> None:
    assert sorted(path.name for path in regenerated.iterdir()) == sorted(GENERATED)


def test_contract_is_clean_under_buf_lint() -> None:
    generate("--lint")
