"""Only what a change can touch is read again, and the outcome is that of reading everything: with engines that really differ."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client.batch.job import Job
from client.batch.manifest import load
from client.batch.since import Former
from client.exits import Exit, Failure
from tests.client.batch.conftest import DONE, SMALL, lines, manifests, outputs

ROOT = Path(__file__).parents[3]
Engine = Callable[..., subprocess.CompletedProcess[bytes]]
Edit = tuple[str, str, str]
"""A file of the library, what is replaced in it, and by what."""

A_WORD_LESS: Edit = ("lexicon/events/communication.toml", "'كشف يكشف'", "'زرر يزرر'")
A_WORD_MORE: Edit = ("lexicon/relative.toml", "0 = ['اليوم', ", "0 = ['اليوم', 'كواليس', ")
A_PHRASE: Edit = ("lexicon/relative.toml", "0 = ['اليوم', ", "0 = ['اليوم', 'المتضرر الأكبر', ")
A_RULE: Edit = ("dates/rules/days.py", "return DayOfWeek(weekday, aim)", "return Every(Grain.WEEK, weekday)")
A_REMARK: Edit = (
    "dates/rules/days.py",
    '"""Name a weekday near the publication.',
    '"""Name a weekday close to the publication.',
)
CODE: Edit = ("dates/resolve.py", "from __future__ import annotations\n", "from __future__ import annotations\n\nX = 1\n")
WORDING: Edit = ("lexicon/explanations.toml", "stated in full", "stated wholly")


@pytest.fixture
def engine(tmp_path: Path) -> Callable[[Edit], Engine]:
    """Return what makes a command with another engine: a copy of the packages, with an edit."""

    def changed(edit: Edit) -> Engine:
        root = tmp_path / "engine"
        # Compiled modules are copied too: Python sees which of them no longer hold.
        for name in ("timeline", "client", "proto/eventtimeline"):
            shutil.copytree(ROOT / name, root / Path(name).name)
        path, old, new = edit
        source = (root / "timeline" / path).read_text(encoding="utf-8")
        assert old in source
        (root / "timeline" / path).write_text(source.replace(old, new, 1), encoding="utf-8")

        def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
            line = [sys.executable, "-m", "client", *map(str, arguments)]
            environment = os.environ | {"PYTHONPATH": str(root)}
            return subprocess.run(line, cwd=root, env=environment, capture_output=True, timeout=120, check=False)

        return run

    return changed


def read(folder: Path) -> tuple[int, int]:
    """Return how many articles of a folder were read in its run, and how many answers were taken over."""
    runs = [manifest["run"] for manifest in manifests(folder).values()]
    return sum(run["read"] for run in runs), sum(run["taken"] for run in runs)


@pytest.mark.parametrize("edit", [A_WORD_LESS, A_WORD_MORE, A_PHRASE, A_RULE, A_REMARK])
def test_what_a_change_can_touch_is_read_again(
    engine: Callable[[Edit], Engine], finished: Path, tmp_path: Path, edit: Edit
) -> None:
    run, whole, part = engine(edit), tmp_path / "whole", tmp_path / "part"
    assert run("batch", finished / "news", f"{whole}/", *SMALL).returncode == 0
    done = run("batch", finished / "news", f"{part}/", *SMALL, "--since", finished / "out")
    assert (done.returncode, done.stdout) == (0, b"")
    assert outputs(part) == outputs(whole)
    again, taken = read(part)
    assert again + taken == DONE
    assert again < DONE
    different = sum(old != new for old, new in zip(said_by(finished / "out"), said_by(part), strict=True))
    assert different <= again
    assert (different > 0) == (edit is not A_REMARK)


def said_by(folder: Path) -> list[bytes]:
    """Return the answers of a folder without the name of their lexicon."""
    return [re.sub(rb'"lexiconHash":"\w+"', b"", line) for line in lines(folder)]


@pytest.mark.parametrize(("edit", "why"), [(CODE, "code"), (WORDING, "explanations.toml")])
def test_what_can_touch_everything_is_said(
    engine: Callable[[Edit], Engine], finished: Path, done: Path, edit: Edit, why: str
) -> None:
    run = engine(edit)
    again = run("batch", finished / "news", f"{done}/", *SMALL, "--since", done)
    assert again.returncode == 0
    assert why in again.stderr.decode()
    assert read(done) == (DONE, 0)


def test_a_folder_is_brought_up_to_date_in_place(
    engine: Callable[[Edit], Engine], finished: Path, done: Path, tmp_path: Path
) -> None:
    run, whole = engine(A_WORD_MORE), tmp_path / "whole"
    manifest = done / "2024" / "b.jsonl-00000.manifest.json"
    again = run("batch", finished / "news", f"{done}/", *SMALL, "--since", manifest)
    assert again.returncode == 0
    assert "5 to do: the lexicon changed from" in again.stderr.decode()
    assert "+ " in again.stderr.decode()
    assert 0 < read(done)[0] < DONE
    assert run("batch", finished / "news", f"{whole}/", *SMALL).returncode == 0
    assert outputs(done) == outputs(whole)
    assert "5 of 5 shards are done already" in run("batch", finished / "news", f"{done}/", *SMALL).stderr.decode()


def test_what_is_not_of_the_same_input_is_read_again(run: Engine, archive: Path, done: Path, tmp_path: Path) -> None:
    source, out = archive / "a.jsonl", tmp_path / "new"
    source.write_bytes(source.read_bytes().replace(b'"a0"', b'"z0"'))
    (done / "_engines").joinpath("other.json").write_text("{}")
    assert run("batch", archive, f"{out}/", *SMALL, "--since", done).returncode == 0
    again, taken = read(out)
    assert again == json.loads((out / "a.jsonl-00000.manifest.json").read_bytes())["counts"]["articles"]
    assert taken == DONE - again
    shutil.rmtree(done / "_engines")
    blind = run("batch", archive, f"{out}/", *SMALL, "--since", done, "--force")
    assert "does not say which engine made it" in blind.stderr.decode()
    assert read(out) == (DONE, 0)


def test_articles_without_an_answer_are_read_again(run: Engine, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(b'{"id": "a", "text": "x"}\n{"id": "b", "text": ""}\n{"id": "c", "text": "x"}\n')
    assert run("batch", source, f"{out}/").returncode == 1
    before = outputs(out)
    assert run("batch", source, f"{out}/", "--since", out, "--force").returncode == 1
    assert read(out) == (1, 2)
    assert outputs(out) == before


def test_former_answers_that_break_are_no_fault_of_the_output(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = next(iter(manifests(done)))
    manifest = load(str(done), shard)
    assert manifest

    def breaks(place: str) -> object:
        raise OSError(errno.EIO, os.strerror(errno.EIO), place)

    monkeypatch.setattr("client.batch.since.opened", breaks)
    with pytest.raises(Failure, match=f"{re.escape(shard)}: input/output error") as failure:
        next(Former(str(done), Job(str(done), engine=manifest.engine)).kept(manifest.shard))
    assert failure.value.code == Exit.NO_INPUT
