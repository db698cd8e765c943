"""A batch keeps order and bytes whatever the number of workers, outlives bad lines, and leaves no half file behind."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from google.protobuf.json_format import MessageToJson, Parse

from eventtimeline.mapping import article_to_proto, response_to_timeline, timeline_to_response
from eventtimeline.v1.timeline_pb2 import ExtractTimelineResponse
from tests.client.batch.conftest import until
from timeline import Article, Extractor

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]

BAD = (
    (b"{", "INVALID_ARGUMENT", "article", ""),
    (b"[]", "INVALID_ARGUMENT", "article", ""),
    (b'"text"', "INVALID_ARGUMENT", "article", ""),
    (b"[" * 100_000, "INVALID_ARGUMENT", "article", ""),
    (b"\xd3\xc7", "INVALID_ARGUMENT", "article", ""),
    (b'{"id": "k1", "text": " \\n"}', "INVALID_ARGUMENT", "article.text", "k1"),
    (b'{"id": "k2"}', "INVALID_ARGUMENT", "article.text", "k2"),
    (b'{"id": "k3", "text": "x", "body": "x"}', "INVALID_ARGUMENT", "article", "k3"),
    (b'{"id": 7, "text": "x"}', "INVALID_ARGUMENT", "article", ""),
    (b'{"id": "\\ud800", "text": ""}', "INVALID_ARGUMENT", "article.text", "\ud800"),
    (
        b'{"id": "k4", "text": "x", "publication": {"publishDate": {"year": 2023, "month": 2, "day": 29}}}',
        "INVALID_ARGUMENT",
        "article.publication.publish_date",
        "k4",
    ),
)


def part(out: Path) -> Path:
    """Return the file in which a job gathers what will be `out`."""
    return out.with_name(f".{out.name}.timeline.part")


def test_each_answer_is_that_of_the_library(run: Run, seeds: Mapping[str, Article], extractor: Extractor) -> None:
    lines = [MessageToJson(article_to_proto(article), indent=None) for article in seeds.values()]
    done = run("batch", "-", "-", stdin="\n".join(lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [Parse(line, ExtractTimelineResponse()) for line in done.stdout.splitlines()]
    assert [answer.article_id for answer in answers] == list(seeds)
    for answer, article in zip(answers, seeds.values(), strict=True):
        expected = timeline_to_response(extractor.extract(article), article)
        assert response_to_timeline(answer) == response_to_timeline(expected)


def test_the_bytes_do_not_depend_on_the_workers(run: Run, articles: list[bytes], tmp_path: Path) -> None:
    lines = [*articles[:70], *(data + b"\n" for data, *_ in BAD), b"\n", *articles[70:]]
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(lines))
    results = set()
    for workers in (1, 2, 3):
        out = tmp_path / f"out{workers}.jsonl"
        done = run("batch", source, out, "--workers", str(workers))
        assert done.returncode == 1
        assert done.stdout == b""
        assert f"{len(BAD)} of {len(articles) + len(BAD)} articles failed" in done.stderr.decode()
        results.add(out.read_bytes())
    (result,) = results
    assert len(result.splitlines()) == len(articles) + len(BAD)


def test_shuffled_articles_give_the_same_answers(run: Run, articles: list[bytes]) -> None:
    shuffled = random.Random(1).sample(articles, len(articles))  # noqa: S311
    straight = run("batch", "-", "-", "--workers", "2", stdin=b"".join(articles)).stdout.splitlines()
    mixed = run("batch", "-", "-", "--workers", "2", stdin=b"".join(shuffled)).stdout.splitlines()
    assert straight != mixed
    assert sorted(straight) == sorted(mixed)
    assert [json.loads(line)["articleId"] for line in mixed] == [json.loads(line)["id"] for line in shuffled]


def test_a_bad_line_becomes_a_record(run: Run) -> None:
    good = b'{"id": "good", "text": "x"}'
    done = run("batch", "-", "-", stdin=b"\n".join(line for data, *_ in BAD for line in (good, b"", data, b"   ", good)))
    assert done.returncode == 1
    answers = list(map(json.loads, done.stdout.decode().splitlines()))
    assert len(answers) == 3 * len(BAD)
    for number, (_, code, field, name) in enumerate(BAD):
        first, record, last = answers[3 * number : 3 * number + 3]
        assert first["articleId"] == last["articleId"] == "good"
        assert (record["line"], record["articleId"]) == (5 * number + 3, name)
        assert (record["error"]["code"], record["error"]["field"]) == (code, field)
        assert record["error"]["message"]


def test_an_empty_input_gives_an_empty_output(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("batch", "-", out, stdin=b"\n \n").returncode == 0
    assert out.read_bytes() == b""


def test_a_mark_of_byte_order_and_dos_line_ends_do_no_harm(run: Run) -> None:
    done = run("batch", "-", "-", stdin=b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n\r\n{"id": "b", "text": "x"}\r\n')
    assert done.returncode == 0
    assert [json.loads(line)["articleId"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_a_killed_job_leaves_no_half_file_and_no_workers(run: Run, start: Start, articles: list[bytes], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start("batch", "-", out, "--workers", "2")
    assert process.stdin
    process.stdin.write(b"".join(articles * 2))
    process.stdin.flush()
    until(lambda: part(out).exists() and part(out).stat().st_size > 0)
    process.kill()
    # The workers hold the other end of standard error: this returns when the last of them is gone.
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not out.exists()
    assert run("batch", "-", out, "--workers", "2", stdin=b"".join(articles)).returncode == 0
    assert out.read_bytes() == run("batch", "-", "-", "--workers", "1", stdin=b"".join(articles)).stdout
    assert list(tmp_path.iterdir()) == [out]


def test_a_failed_job_keeps_the_former_output(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"former\n")
    assert run("batch", tmp_path / "missing.jsonl", out).returncode == 66
    assert out.read_bytes() == b"former\n"
    assert list(tmp_path.iterdir()) == [out]


def test_the_input_is_not_written_over(run: Run, tmp_path: Path) -> None:
    source, link = tmp_path / "in.jsonl", tmp_path / "link.jsonl"
    source.write_bytes(b'{"text": "x"}\n')
    link.symlink_to(source)
    for target in (source, link):
        done = run("batch", source, target)
        assert done.returncode == 64
        assert b"is the input too" in done.stderr
    assert source.read_bytes() == b'{"text": "x"}\n'


def test_interrupting_is_quiet_and_leaves_nothing(start: Start, articles: list[bytes], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start("batch", "-", out, "--workers", "2")
    assert process.stdin
    process.stdin.write(b"".join(articles * 2))
    process.stdin.flush()
    until(lambda: part(out).exists() and part(out).stat().st_size > 0)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == b"\ntimeline: interrupted\n"
    assert not list(tmp_path.iterdir())


def test_two_jobs_do_not_write_one_file(run: Run, start: Start, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = start("batch", "-", out, "--workers", "1")
    until(lambda: part(out).exists())
    second = run("batch", "-", out, stdin=b'{"id": "second", "text": "x"}\n')
    assert second.returncode == 75
    assert b"another job" in second.stderr
    first.communicate(b'{"id": "first", "text": "x"}\n', timeout=60)
    assert first.returncode == 0
    assert json.loads(out.read_bytes())["articleId"] == "first"


def test_a_worker_that_is_killed_costs_no_article(start: Start, articles: list[bytes], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start("batch", "-", out, "--workers", "2")
    assert process.stdin
    process.stdin.write(b"".join(articles * 2))
    process.stdin.flush()
    until(lambda: part(out).exists() and part(out).stat().st_size > 0)
    worker = next(child for child in psutil.Process(process.pid).children() if "spawn_main" in " ".join(child.cmdline()))
    worker.kill()
    _, errors = process.communicate(b"".join(articles), timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert [json.loads(line)["articleId"] for line in out.read_bytes().splitlines()] == [f"a{n}" for n in range(200)] * 3


def test_memory_stays_flat_where_the_reader_is_slow(start: Start, articles: list[bytes]) -> None:
    process = start("batch", "-", "-", "--workers", "2")
    accepted = 0
    block = b"".join(articles)

    def feed() -> None:
        nonlocal accepted
        assert process.stdin
        try:
            for _ in range(20):
                for line in articles:
                    process.stdin.write(line)
                    accepted += len(line)
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    before = -1
    while before != accepted:
        before = accepted
        time.sleep(1.5)
    offered = 20 * len(block)
    process.kill()
    feeder.join()
    process.communicate()
    assert 0 < before < offered / 2


def test_progress_is_for_terminals_only(command: list[str], articles: list[bytes], tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(articles))
    ours, theirs = os.openpty()
    line = [*command, "batch", str(source), str(tmp_path / "out.jsonl"), "--workers", "1"]
    process = subprocess.Popen(line, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(ours)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b"")
    assert re.search(rb"\[#+\] 100%  200 articles", shown)


def test_what_is_no_file_is_written_as_it_is(run: Run) -> None:
    assert run("batch", "-", os.devnull, stdin=b'{"text": "x"}\n').returncode == 0
    assert not Path(os.devnull).is_file()
