"""`timeline extract`: here or over gRPC, the same bytes; on a terminal, a table that fits it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import termios
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import grpc
import pytest
from google.protobuf.json_format import Parse

from client.cells import FSI, PDI, width
from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceServicer, add_TimelineServiceServicer_to_server
from scripts.local_server import local_server
from timeline import Article

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).parent.parent.parent
MANIFEST = ROOT / "seeds" / "manifest.toml"
SEED = ROOT / "seeds" / "000_2bec395e0abb6206.txt"
NOBODY = "127.0.0.1:1"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where a real server listens."""
    with local_server(workers=1) as server:
        yield server.address


@contextmanager
def breaking(code: grpc.StatusCode, after: int, alone: grpc.StatusCode | None = None) -> Iterator[tuple[str, list[int]]]:
    """Serve echoes of ids; break each stream with `code` after some answers, and count the articles of each stream.

    An article that is asked alone breaks with the code `alone`, where there is one.
    """
    streams: list[int] = []

    class Breaking(TimelineServiceServicer):
        def ExtractTimeline(  # noqa: N802
            self, request: pb.ExtractTimelineRequest, context: grpc.ServicerContext
        ) -> pb.ExtractTimelineResponse:
            if alone:
                context.abort(alone, "no room")
            return pb.ExtractTimelineResponse(article_id=request.article.id)

        def ExtractTimelines(  # noqa: N802
            self, requests: Iterable[pb.ExtractTimelinesRequest], context: grpc.ServicerContext
        ) -> Iterator[pb.ExtractTimelinesResponse]:
            streams.append(0)
            for request in requests:
                if streams[-1] == after:
                    context.abort(code, "broken")
                streams[-1] += 1
                identifier = request.article.id
                yield pb.ExtractTimelinesResponse(
                    article_id=identifier, result=pb.ExtractTimelineResponse(article_id=identifier)
                )

        def ResolveExpressions(self, request: object, context: object) -> NoReturn:  # noqa: N802
            raise NotImplementedError

        def ListEventKinds(self, request: object, context: object) -> NoReturn:  # noqa: N802
            raise NotImplementedError

    server = grpc.server(ThreadPoolExecutor(4))
    add_TimelineServiceServicer_to_server(Breaking(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}", streams
    finally:
        server.stop(None).wait()


def ids(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """Return the ids of the articles answered with --format jsonl."""
    return [json.loads(line)["articleId"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_here_and_over_grpc_print_the_same_bytes(run: Run, address: str, form: str) -> None:
    here = run("extract", "--manifest", MANIFEST, "--format", form)
    there = run("extract", "--manifest", MANIFEST, "--format", form, "--server", address)
    assert (here.returncode, here.stderr) == (0, b"")
    assert (there.returncode, there.stderr) == (0, b"")
    assert here.stdout
    assert here.stdout == there.stdout


@pytest.mark.parametrize(
    ("form", "context"),
    [
        ("jsonl", []),
        ("table", ["--published", "2024-03-27"]),
        ("jsonl", ["--published", "2024-03-27T20:00", "--country", "EG"]),
        ("table", ["--published", "2024-03-27T20:00", "--zone", "Asia/Riyadh"]),
        ("jsonl", ["--published", "2024-03-27T23:30Z", "--zone", "Asia/Riyadh", "--country", "AE"]),
        ("jsonl", ["--country", "SA"]),
        ("jsonl", ["--published", "2024-03-27", "--language", "ar"]),
        ("table", ["--published", "2024-03-27", "--language", "ar"]),
    ],
)
def test_every_context_means_the_same_here_and_there(run: Run, address: str, form: str, context: list[str]) -> None:
    here = run("extract", SEED, *context, "--format", form)
    there = run("extract", SEED, *context, "--format", form, "--server", address)
    assert (here.returncode, here.stdout) == (0, there.stdout)


def test_one_bad_article_in_a_stream(run: Run, address: str, tmp_path: Path) -> None:
    blank = tmp_path / "blank.txt"
    blank.write_bytes(b" \n")
    arguments = ["extract", SEED, blank, SEED, "--format", "jsonl"]
    here, there = run(*arguments), run(*arguments, "--server", address)
    assert (here.returncode, len(here.stdout.splitlines())) == (1, 2)
    assert (there.returncode, there.stdout, there.stderr) == (1, here.stdout, here.stderr)


@pytest.mark.parametrize("context", [["--zone", "Africa/Kairo"], ["--country", "ZZ"]])
def test_what_the_server_refuses_reads_as_it_does_here(run: Run, address: str, context: list[str]) -> None:
    here, there = run("extract", SEED, *context), run("extract", SEED, *context, "--server", address)
    assert here.returncode == 65
    assert (there.returncode, there.stderr) == (65, here.stderr)


@pytest.mark.parametrize("size", [(1 << 20) + 1, 3 << 20])
def test_a_text_over_the_limit_of_the_server_is_not_valid(run: Run, address: str, tmp_path: Path, size: int) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * size)
    alone = run("extract", large, "--server", address)
    assert alone.returncode == 65
    assert re.search(f"{size:,}|{size}", alone.stderr.decode())
    among = run("extract", SEED, large, SEED, "--server", address, "--format", "jsonl")
    assert (among.returncode, len(ids(among)), among.stderr) == (1, 2, alone.stderr)


def test_a_busy_server_is_to_be_asked_later(run: Run) -> None:
    with breaking(grpc.StatusCode.RESOURCE_EXHAUSTED, after=0, alone=grpc.StatusCode.RESOURCE_EXHAUSTED) as (server, _):
        done = run("extract", SEED, "--server", server)
    assert done.returncode == 75
    assert "is busy" in done.stderr.decode()


def test_formats_hold_the_same_answers(run: Run) -> None:
    indented = run("extract", "--manifest", MANIFEST, "--format", "json").stdout.decode()
    lines = run("extract", "--manifest", MANIFEST, "--format", "jsonl").stdout.decode().splitlines()
    decoder = json.JSONDecoder()
    found = []
    while indented.strip():
        value, end = decoder.raw_decode(indented.lstrip())
        found.append(value)
        indented = indented.lstrip()[end:]
    assert found == [json.loads(line) for line in lines]
    assert all(Parse(line, pb.ExtractTimelineResponse()).article_id for line in lines)


def test_arabic_is_printed_as_arabic(run: Run, seeds: Mapping[str, Article]) -> None:
    printed = run("extract", "--manifest", MANIFEST, "--format", "jsonl").stdout.decode()
    assert r"\u06" not in printed
    assert all(name in printed for name in seeds)


def test_a_manifest_serves_the_files_that_are_named(run: Run) -> None:
    whole = run("extract", "--manifest", MANIFEST, "--format", "jsonl").stdout.splitlines()
    assert run("extract", SEED, "--manifest", MANIFEST, "--format", "jsonl").stdout.splitlines() == whole[:1]


def test_standard_input_is_an_article(run: Run) -> None:
    context = ("--published", "2024-03-27", "--country", "EG", "--format", "jsonl")
    piped, named = run("extract", "-", *context, stdin=SEED.read_bytes()), run("extract", SEED, *context)
    assert json.loads(piped.stdout)["timeline"] == json.loads(named.stdout)["timeline"]


def test_explanations_come_in_the_language_that_is_asked_for(run: Run) -> None:
    text = "وصل الوفد أمس"
    line = json.dumps({"text": text, "publication": {"publishDate": {"year": 2024, "month": 3, "day": 27}}}).encode()
    context = ("--published", "2024-03-27", "--language", "ar")
    extracted = json.loads(run("extract", "-", *context, "--format", "jsonl", stdin=text.encode()).stdout)
    batch = json.loads(run("batch", "-", "-", "--language", "ar", stdin=line).stdout)
    arabic = "أمس: قبل يوم من الأربعاء 2024-03-27"
    assert [answer["timeline"]["times"][0]["explanation"] for answer in (extracted, batch)] == [arabic, arabic]
    assert arabic in run("explain", "أمس", *context).stdout.decode()
    assert run("extract", SEED, "--language", "fr").returncode == 64


@pytest.mark.parametrize("files", [[SEED], [SEED, SEED]])
def test_no_server(run: Run, files: list[Path]) -> None:
    done = run("extract", *files, "--server", NOBODY)
    assert (done.returncode, done.stdout) == (69, b"")
    assert f"no server answers at {NOBODY}" in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


def test_a_server_that_says_nothing_is_given_up(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent_address = f"127.0.0.1:{silent.getsockname()[1]}"
        done = run("extract", SEED, "--server", silent_address, "--timeout", "0.5")
    assert done.returncode == 75
    assert "did not answer within 0.5 s" in done.stderr.decode()


def test_a_broken_stream_is_taken_up_where_it_broke(run: Run) -> None:
    with breaking(grpc.StatusCode.UNAVAILABLE, after=2) as (server, streams):
        done = run("extract", "--manifest", MANIFEST, "--format", "jsonl", "--server", server)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ids(done) == [path.name for path in sorted(ROOT.glob("seeds/*.txt"))]
    assert streams == [2, 2, 1]


def test_a_message_that_ends_the_stream_is_asked_alone(run: Run) -> None:
    with breaking(grpc.StatusCode.RESOURCE_EXHAUSTED, after=2) as (server, streams):
        done = run("extract", "--manifest", MANIFEST, "--format", "jsonl", "--server", server)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ids(done) == [path.name for path in sorted(ROOT.glob("seeds/*.txt"))]
    assert streams == [2, 2]


@pytest.mark.parametrize(
    ("code", "exits"),
    [
        (grpc.StatusCode.UNAVAILABLE, 69),
        (grpc.StatusCode.INTERNAL, 70),
        (grpc.StatusCode.DEADLINE_EXCEEDED, 75),
        (grpc.StatusCode.UNAUTHENTICATED, 77),
        (grpc.StatusCode.PERMISSION_DENIED, 77),
    ],
)
def test_a_server_that_fails_ends_the_command_with_its_code(run: Run, code: grpc.StatusCode, exits: int) -> None:
    with breaking(code, after=0) as (server, _):
        done = run("extract", SEED, SEED, "--format", "jsonl", "--server", server)
    assert (done.returncode, done.stdout) == (exits, b"")
    assert server in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("columns", [80, 132])
def test_the_table_fits_the_terminal(command: list[str], columns: int) -> None:
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")} | {"TERM": "xterm"}
    line = [*command, "extract", "--manifest", str(MANIFEST)]
    process = subprocess.Popen(line, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(ours)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert b"\x1b[1m" in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).splitlines()
    assert max(map(width, lines)) <= columns
    assert all(line.count(FSI) == line.count(PDI) for line in lines)
