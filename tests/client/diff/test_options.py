"""The command line of diff, its start, and what its documentation says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.client.diff.conftest import Diff
from tests.client.diff.edits import Answer, Json, by, events

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Write = Callable[..., Path]
ROOT = Path(__file__).parent.parent.parent.parent
DOCUMENT = (ROOT / "docs/diff.md").read_text(encoding="utf-8")


def test_help_has_every_option_and_examples(run: Run) -> None:
    text = run("diff", "--help").stdout.decode()
    options = set(re.findall(r"--[a-z-]+", text)) - {"--help"}
    assert options == set(re.findall(r"^\| `(--[a-z-]+)", DOCUMENT, re.MULTILINE))
    assert "examples:\n  timeline diff" in text
    assert re.search(r"^ +diff +\w", run("--help").stdout.decode(), re.MULTILINE)


def test_help_imports_nothing_heavy() -> None:
    line = [sys.executable, "-X", "importtime", "-m", "client", "diff", "--help"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=True)
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.decode().splitlines() if "|" in line}
    assert imported.isdisjoint({"grpc", "google", "timeline", "eventtimeline", "rich", "sqlite3", "json", "gzip"})


@pytest.mark.parametrize("arguments", [[], ["old"], ["old", "new", "third"], ["old", "new", "--format", "xml"]])
def test_a_wrong_command_line_ends_with_64(run: Run, arguments: list[str]) -> None:
    done = run("diff", *arguments)
    assert (done.returncode, done.stdout) == (64, b"")
    assert " --help" in done.stderr.decode()


def names(value: Json) -> Iterator[str]:
    """Yield the names of an object and of those in it, as paths; what names rules, kinds and fields is left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name not in ("rules", "kinds", "fields"):
                yield from (f"{name}.{each}" for each in names(inner))
    if isinstance(value, list) and value:
        yield from names(value[0])


def test_the_documented_shape_is_the_one_printed(diff: Diff, write: Write, answers: list[Answer]) -> None:
    whole, case = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL))
    old = write(answers)
    events(answers[3])[0].pop("interval")
    report = diff(old, write(map(by, answers)))
    (found,) = report["cases"]["events"]["redated"]
    assert list(case) == list(found)
    report["cases"]["events"]["redated"] = []
    assert list(names(report)) == list(names(whole))
