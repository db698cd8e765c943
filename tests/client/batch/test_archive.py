"""An archive in shards: the same bytes however it is cut and run, gone on with where it stopped, and done again where it changed."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from tests.client.batch.conftest import DONE, SMALL, ids, lines, manifests, outputs

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stderr.decode()
    assert "Traceback" not in text
    return text


def test_the_answers_are_those_of_one_stream(run: Run, articles: list[bytes], done: Path) -> None:
    stream = run("batch", "-", "-", stdin=b"".join(articles[:DONE])).stdout.splitlines()
    found = [line for path in sorted(done.rglob("*.jsonl")) for line in path.read_bytes().splitlines()]
    assert sorted(found) == sorted(stream)
    assert set(manifests(done)) == {*(f"a.jsonl-{k:05}" for k in range(3)), "2024/b.jsonl-00000", "2024/b.jsonl-00001"}
    assert [json.loads(line)["id"] for line in articles[:40]] == [id_ for id_ in ids(done) if int(id_[1:]) < 40]


@pytest.mark.parametrize(("size", "count"), [("1", 8), ("999", 60), ("7K", 60)])
def test_however_it_is_cut_no_article_is_lost_or_twice_there(
    run: Run, articles: list[bytes], tmp_path: Path, size: str, count: int
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    short = [b'{"id": "a%d", "text": "%s"}\n' % (number, b"x" * (number % 40)) for number in range(count)]
    source.write_bytes(b"".join(short if size in ("1", "999") else articles[:count]))
    assert run("batch", source, f"{out}/", "--shard-size", size).returncode == (1 if size in ("1", "999") else 0)
    found = ids(out) + [json.loads(line)["articleId"] for line in lines(out, "*.ndjson")]
    assert sorted(found) == sorted(f"a{number}" for number in range(count))


def test_the_bytes_do_not_depend_on_workers_or_shares(run: Run, archive: Path, done: Path, tmp_path: Path) -> None:
    two, shared = tmp_path / "two", tmp_path / "shared"
    assert run("batch", archive, f"{two}/", *SMALL, "--workers", "2").returncode == 0
    for index in (2, 0, 1):
        assert run("batch", archive, f"{shared}/", *SMALL, "--shard-index", str(index), "--num-shards", "3").returncode == 0
    assert outputs(two) == outputs(done) == outputs(shared)
    decided = [{key: value for key, value in each.items() if key != "run"} for each in map(_stampless, manifests(two).values())]
    assert decided == [
        {key: value for key, value in each.items() if key != "run"} for each in map(_stampless, manifests(shared).values())
    ]


def _stampless(manifest: dict[str, object]) -> dict[str, object]:
    return {
        key: {k: v for k, v in value.items() if k != "stamp"} if isinstance(value, dict) else value
        for key, value in manifest.items()
    }


def test_a_manifest_says_what_its_shard_is_made_of(finished: Path, done: Path) -> None:
    manifest = manifests(done)["a.jsonl-00001"]
    output = (done / "a.jsonl-00001.jsonl").read_bytes().splitlines()
    answers = [json.loads(line)["timeline"] for line in output]
    assert manifest["counts"]["articles"] == len(output)
    assert manifest["counts"]["failed"] == 0
    assert manifest["counts"]["times"] == sum(len(answer.get("times", ())) for answer in answers)
    assert manifest["counts"]["events"] == sum(len(answer["events"]) for answer in answers)
    assert manifest["counts"]["dated"] == sum(len(item["eventIds"]) for answer in answers for item in answer.get("items", ()))
    assert manifest["input"]["place"] == str(finished / "news" / "a.jsonl")
    assert manifest["engine"].keys() == {"version", "lexicon", "hash"}
    assert {json.loads(line)["lexiconHash"] for line in output} == {manifest["engine"]["lexicon"]}
    assert (done / "_engines" / f"{manifest['engine']['hash']}.json").is_file()


def test_what_is_finished_is_skipped(run: Run, archive: Path, done: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.rglob("*")}
    again = run("batch", archive, f"{done}/", *SMALL)
    assert (again.returncode, again.stdout) == (0, b"")
    assert "5 of 5 shards are done already" in said(again)
    assert {path: path.stat().st_mtime_ns for path in done.rglob("*")} == before
    verified = run("batch", archive, f"{done}/", *SMALL, "--verify")
    assert "5 of 5 shards are done already" in said(verified)


def test_a_copied_archive_and_copied_answers_are_known_by_their_content(
    run: Run, archive: Path, done: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "copied"
    shutil.copytree(done, moved, copy_function=shutil.copyfile)
    for path in archive.rglob("*.jsonl"):
        os.utime(path)
    assert "5 of 5 shards are done already" in said(run("batch", archive, f"{moved}/", *SMALL))


def test_an_input_that_grew_costs_its_last_shard_and_the_new_ones(
    run: Run, articles: list[bytes], archive: Path, done: Path
) -> None:
    with (archive / "a.jsonl").open("ab") as file:
        file.write(b"".join(articles[:20]).replace(b'"id":"', b'"id":"again-').replace(b'"id": "', b'"id": "again-'))
    again = said(run("batch", archive, f"{done}/", *SMALL))
    assert "4 of 6 shards are done already" in again or "4 of 7 shards are done already" in again
    assert "1 to do: the input changed" in again
    assert sorted(ids(done)) == sorted([f"a{k}" for k in range(DONE)] + [f"again-a{k}" for k in range(20)])


def test_a_line_that_changed_costs_its_shard(run: Run, archive: Path, done: Path) -> None:
    source = archive / "2024" / "b.jsonl"
    source.write_bytes(source.read_bytes().replace(b"a41", b"z41"))
    again = said(run("batch", archive, f"{done}/", *SMALL))
    assert "4 of 5 shards are done already" in again
    assert "z41" in ids(done)


def test_options_that_change_the_answers_are_noticed(run: Run, archive: Path, done: Path) -> None:
    arabic = said(run("batch", archive, f"{done}/", *SMALL, "--language", "ar", "--dry-run"))
    assert "5 to do: options changed: language" in arabic
    exploded = said(run("batch", archive, f"{done}/", *SMALL, "--explode", "events", "--dry-run"))
    assert "5 to do: options changed: rows" in exploded


def test_an_engine_that_changed_is_noticed(run: Run, archive: Path, done: Path) -> None:
    for path in done.rglob("*.manifest.json"):
        manifest = json.loads(path.read_bytes())
        manifest["engine"] = {"version": "0.0.9", "lexicon": "x", "hash": "y"}
        path.write_text(json.dumps(manifest))
    before = outputs(done)
    again = said(run("batch", archive, f"{done}/", *SMALL))
    assert "5 to do: the engine changed from 0.0.9 to" in again
    assert outputs(done) == before
    assert "5 of 5 shards are done already" in said(run("batch", archive, f"{done}/", *SMALL))


@pytest.mark.parametrize("harms", [("gone", "shorter", "other"), ("no words", "no manifest", "half a manifest")])
def test_damage_is_noticed_and_repaired(run: Run, archive: Path, done: Path, harms: tuple[str, ...]) -> None:
    before = outputs(done)
    for number, harm in enumerate(harms):
        output, words, manifest = (done / f"a.jsonl-{number:05}.{end}" for end in ("jsonl", "words", "manifest.json"))
        data = output.read_bytes()
        match harm:
            case "gone":
                output.unlink()
            case "shorter":
                output.write_bytes(data[:-1])
            case "other":
                output.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
            case "no words":
                words.unlink()
            case "no manifest":
                manifest.unlink()
            case _:
                manifest.write_bytes(manifest.read_bytes()[:200])
    assert "2 of 5 shards are done already" in said(run("batch", archive, f"{done}/", *SMALL))
    assert outputs(done) == before


def test_force_does_all_again(run: Run, archive: Path, done: Path) -> None:
    before, stamp = outputs(done), (done / "a.jsonl-00000.jsonl").stat().st_mtime_ns
    assert "5 to do: forced" in said(run("batch", archive, f"{done}/", *SMALL, "--force"))
    assert outputs(done) == before
    assert (done / "a.jsonl-00000.jsonl").stat().st_mtime_ns > stamp


def test_a_dry_run_plans_estimates_and_writes_nothing(run: Run, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dry = run("batch", archive, f"{out}/", *SMALL, "--dry-run")
    assert dry.returncode == 0
    assert "5 to do: not done before" in said(dry)
    assert re.search(r"about \d+ articles, about 0:\d\d on", said(dry))
    assert not out.exists()
    assert run("batch", archive, f"{out}/", *SMALL).returncode == 0
    (out / "a.jsonl-00001.manifest.json").unlink()
    assert "1 shards to do" in said(run("batch", archive, f"{out}/", *SMALL, "--dry-run"))


def test_outputs_without_an_input_are_said(run: Run, archive: Path, done: Path) -> None:
    (archive / "2024" / "b.jsonl").unlink()
    again = said(run("batch", archive, f"{done}/", *SMALL))
    assert "2 finished shards in" in again
    assert "belong to no input any more: 2024/b.jsonl-00000, 2024/b.jsonl-00001" in again


def test_what_was_cut_or_written_otherwise_is_not_left_beside(run: Run, archive: Path, done: Path) -> None:
    again = run("batch", archive, f"{done}/", "--compress", "gzip")
    assert again.returncode == 0
    assert "removed 3 shards of inputs that were cut otherwise before" in said(again)
    assert set(manifests(done)) == {"a.jsonl-00000", "2024/b.jsonl-00000"}
    left = [path.name for path in done.rglob("*") if path.is_file() and "_engines" not in path.parts]
    assert sorted(left) == sorted(
        f"{name}.jsonl-00000{end}" for name in "ab" for end in (".jsonl.gz", ".manifest.json", ".words")
    )


@pytest.mark.parametrize("kind", ["gz", "zst", "pattern"])
def test_packed_inputs_and_patterns(run: Run, archive: Path, tmp_path: Path, kind: str) -> None:
    packed, out = tmp_path / "packed", tmp_path / "answers"
    packed.mkdir()
    data = (archive / "a.jsonl").read_bytes()
    half = data.index(b"\n", len(data) // 2) + 1
    if kind == "gz":  # of two members, as `cat a.gz b.gz` makes it
        (packed / "a.jsonl.gz").write_bytes(gzip.compress(data[:half]) + gzip.compress(data[half:]))
    elif kind == "zst":
        (packed / "a.jsonl.zst").write_bytes(zstd.compress(data[:half]) + zstd.compress(data[half:]))
    else:
        (packed / "a.jsonl").write_bytes(data)
        (packed / "b.txt").write_bytes(data)
    source = f"{packed}/**/*.jsonl" if kind == "pattern" else packed
    assert run("batch", source, f"{out}/").returncode == 0
    assert ids(out) == [f"a{number}" for number in range(40)]


@pytest.mark.parametrize("compress", ["gzip", "zstd"])
def test_packed_outputs_hold_the_same_and_are_always_alike(
    run: Run, archive: Path, done: Path, tmp_path: Path, compress: str
) -> None:
    out, again = tmp_path / "packed", tmp_path / "again"
    for folder in (out, again):
        assert run("batch", archive, f"{folder}/", *SMALL, "--compress", compress).returncode == 0
    assert outputs(out) == outputs(again)
    opened = gzip.decompress if compress == "gzip" else zstd.decompress
    for path in done.rglob("*.jsonl"):
        packed = out / path.relative_to(done).with_name(f"{path.name}.{'gz' if compress == 'gzip' else 'zst'}")
        assert opened(packed.read_bytes()) == path.read_bytes()


def test_several_inputs_need_names_of_their_own(run: Run, archive: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin" / "a.jsonl"
    twin.parent.mkdir()
    shutil.copy(archive / "a.jsonl", twin)
    clash = run("batch", archive / "a.jsonl", twin, f"{tmp_path}/out/")
    assert clash.returncode == 64
    assert "give the folder that holds both" in said(clash)
    assert run("batch", archive / "a.jsonl", archive / "2024", f"{tmp_path}/out/").returncode == 0
    assert sorted(ids(tmp_path / "out")) == sorted(f"a{number}" for number in range(DONE))


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("missing.jsonl", "out/"), 66, "missing.jsonl: no such file"),
        (("*.nothing", "out/"), 66, "no file matches"),
        (("-", "out/"), 64, "standard input can't be read in shards"),
        (("README.md", "out.jsonl", "--since", "x"), 64, "--since: only where OUT is a folder"),
        (("README.md", "README.md", "-"), 64, "several inputs go to a folder"),
        (("README.md", "out/", "--shard-index", "3", "--num-shards", "3"), 64, "--shard-index counts from 0"),
        (("README.md", "out/", "--shard-size", "x"), 64, "'x' is not a number of bytes"),
        (("README.md", "out/", "--published-format", "epoch"), 64, "--published-format needs --published"),
        (("README.md", "out/", "--since", "missing"), 66, "--since missing: no folder of answers"),
        (("tests", "tests/corpus/"), 64, "lies in the output folder"),
    ],
)
def test_what_can_not_be_is_said(run: Run, arguments: tuple[str, ...], code: int, says: str) -> None:
    failed = run("batch", *arguments)
    assert (failed.returncode, failed.stdout) == (code, b"")
    assert says in said(failed)
    assert not Path("out").exists()
