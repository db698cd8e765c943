"""A run is a file or a folder of files, packed or not; what is missing, torn or something else is said with its place."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.client.diff.conftest import Diff
from tests.client.diff.edits import Answer, by, events

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Write = Callable[..., Path]


@pytest.fixture
def old(write: Write, answers: list[Answer]) -> Path:
    return write(answers)


@pytest.fixture
def new(write: Write, answers: list[Answer]) -> Path:
    events(answers[4])[0]["kind"] = "visit"
    return write(map(by, answers))


def test_packed_files_and_folders_say_the_same(diff: Diff, old: Path, new: Path, tmp_path: Path) -> None:
    packed = tmp_path / "new.jsonl.gz"
    packed.write_bytes(gzip.compress(new.read_bytes()))
    folder = tmp_path / "new"
    lines = new.read_bytes().splitlines(keepends=True)
    for name, part in (("b/2.jsonl", lines[5:]), ("a/1.jsonl", lines[:2]), ("b/1.jsonl.gz", lines[2:5])):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = b"".join(part)
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    for name in ("a/1.words", "a/1.manifest.json", "_scratch/3.jsonl", "a/_temporary/3.jsonl", ".x.jsonl"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"no answer\n")
    expected = diff(old, new)
    assert expected["events"]["changed"] == 1
    for path in (packed, folder):
        report = diff(old, path)
        assert report["new"].pop("path") == str(path)
        assert report == expected | {"new": report["new"]}


def test_articles_of_one_id_are_told_apart_where_some_have_no_answer(run: Run, diff: Diff, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    texts = ("", "وصل الوزير أمس", "", "عاد الوزير اليوم", "")
    source.write_text("".join(json.dumps({"id": "x", "text": text}) + "\n" for text in texts))
    for out in ("stream.jsonl", "folder/", "packed/"):
        packed = ("--format", "parquet") if out == "packed/" else ()
        assert run("batch", source, f"{tmp_path}/{out}", "--workers", "1", *packed).returncode == 1
    for old, new in (("stream.jsonl", "folder"), ("folder", "stream.jsonl"), ("packed", "folder")):
        report = diff(tmp_path / old, tmp_path / new)
        assert (report["different"], report["articles"]["same"]) == (False, 2)
    (tmp_path / "folder" / "in.jsonl-00000.words").unlink()
    assert diff(tmp_path / "folder", tmp_path / "stream.jsonl")["different"] is True


def test_blank_lines_dos_ends_and_a_mark_of_byte_order_do_no_harm(diff: Diff, old: Path, tmp_path: Path) -> None:
    path = tmp_path / "dos.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + old.read_bytes().replace(b"\n", b"\r\n\r\n").rstrip())
    assert diff(old, path)["articles"]["same"] == 12


def test_an_empty_run_has_no_article(diff: Diff, old: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"\n")
    assert diff(old, path)["articles"]["onlyOld"] == 12
    assert diff(path, path)["different"] is False


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_missing_is_named(run: Run, old: Path, tmp_path: Path, place: int) -> None:
    (tmp_path / "bare").mkdir()
    for path, why in ((tmp_path / "missing", "no such file"), (tmp_path / "bare", "no answers")):
        paths = [old, old]
        paths[place] = path
        done = run("diff", *paths)
        assert (done.returncode, done.stdout) == (66, b"")
        assert f"timeline diff: {path}: " in done.stderr.decode()
        assert why in done.stderr.decode()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not JSON"),
        (b"text", "not JSON"),
        (b"\xd3\xc7", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "not a JSON object"),
        (b"{}", "neither an engineVersion nor an error"),
        (b'{"id":"a","text":"x"}', "neither an engineVersion nor an error"),
        (b'{"articleId":7,"engineVersion":"1"}', "articleId"),
        (b'{"articleId":"a","timeline":[],"engineVersion":"1"}', "timeline"),
        (b'{"articleId":"a","timeline":{"events":{}},"engineVersion":"1"}', "events are no list"),
        (b'{"articleId":"a","timeline":{"events":[1]},"engineVersion":"1"}', "events is no object"),
        (b'{"articleId":"a","timeline":{"events":[{}]},"engineVersion":"1"}', "no trigger"),
        (b'{"articleId":"a","timeline":{"events":[{"trigger":{},"clause":5}]},"engineVersion":"1"}', "no clause"),
        (b'{"articleId":"a","timeline":{"times":[{"span":{"end":"4"}}]},"engineVersion":"1"}', "span"),
        (b'{"articleId":"a","timeline":{"items":[{"eventIds":[1]}]},"engineVersion":"1"}', "eventIds"),
        (b'{"articleId":"a","timeline":{"ev,"engineVersion":"1"}', "not JSON"),
    ],
)
def test_what_is_no_answer_is_named_with_its_place(run: Run, tmp_path: Path, line: bytes, why: str) -> None:
    good = b'{"articleId":"a","timeline":{},"engineVersion":"0"}\n'
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "1.jsonl").write_bytes(good)
    (folder / "2.jsonl").write_bytes(b"\n" + good + line + b"\n")
    straight = tmp_path / "straight.jsonl"
    straight.write_bytes(good * 3)
    done = run("diff", folder, straight)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (65, b"")
    assert message.startswith(f"timeline diff: {folder}/2.jsonl, line 3: not an answer of batch: ")
    assert why in message
    assert len(message.splitlines()) == 1


def test_what_is_no_answer_is_named_in_the_second_run_too(run: Run, old: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"{")
    done = run("diff", old, broken)
    assert (done.returncode, done.stdout) == (65, b"")
    assert done.stderr.decode().startswith(f"timeline diff: {broken}, line 1: not an answer of batch: ")


def test_other_files_are_refused_even_where_both_are_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"id":"a","text":"x"}\n')
    done = run("diff", path, path)
    assert done.returncode == 65
    assert f"{path}, line 1" in done.stderr.decode()


def test_a_torn_file_is_named(run: Run, old: Path, tmp_path: Path) -> None:
    whole = gzip.compress(old.read_bytes())
    for name, data in (("torn.jsonl.gz", whole[:-30]), ("other.jsonl.gz", b"{}\n")):
        path = tmp_path / name
        path.write_bytes(data)
        done = run("diff", old, path)
        assert (done.returncode, done.stdout) == (65, b"")
        assert f"{path}: it can't be unpacked to its end" in done.stderr.decode()


def test_exit_code_is_that_of_diff(run: Run, old: Path, new: Path) -> None:
    assert run("diff", old, new).returncode == 0
    assert run("diff", old, new, "--exit-code").returncode == 1
    assert run("diff", old, new, "--exit-code", "--format", "html").returncode == 1
    assert run("diff", new, new, "--exit-code").returncode == 0


def test_shapes_of_fields_that_no_engine_writes_do_no_harm(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    head = '{"articleId":"a","timeline":{"events":[{"trigger":{},"clause":{},"kind":"k","id":"e1"'
    odd = (
        '"interval":5', '"interval":{"startTime":"0001-01-01T00:00:00Z","endTime":"9999-12-31T23:00:00Z"}',
        '"interval":{"endTime":"nonsense"}', '"participants":{"a":[1]}', '"participants":[1,{"role":5,"span":7}]',
        '"times":"t1"', '"times":[[],{}]', '"sameAs":["e1"]', '"explanation":{"x":1}', '"kind":7',
        '"relation":["x"]', '"madeUp":{"text":5}',
    )  # fmt: skip
    old.write_text("".join(f'{head}}}]}},"engineVersion":"1"}}\n' for _ in odd), encoding="utf-8")
    new.write_text("".join(f'{head},{each}}}]}},"engineVersion":"1"}}\n' for each in odd), encoding="utf-8")
    for form in ("table", "json", "html"):
        done = run("diff", old, new, "--format", form, "--reworded")
        assert (done.returncode, done.stderr) == (0, b"")
