"""What may be wrong with an archive costs nothing but itself: garbage, bombs, files that break off, disks that are full."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from backports import zstd

from client.batch.options import SHARD_SIZE
from tests.client.batch.conftest import SMALL, lines, manifests, outputs, until
from tests.client.batch.test_kills import parts, workers

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]
GOOD = [b'{"id": "g%d", "text": "x"}\n' % number for number in range(6)]
FEW = b"".join(GOOD[:3])
LONG = 100_000_000
MEBIBYTE = 1 << 20
MEMORY = 200
"""Mebibytes that a worker may need, whatever it reads."""
SECONDS = 60.0
"""How long the whole folder of faults may take; it takes a few."""
SHAPES: dict[bytes, tuple[str, str]] = {
    b"[]": ("", "not a JSON object"),
    b"null": ("", "not a JSON object"),
    b'{"title": "x"}': ("", "title is no field"),
    b'{"id": "s1"': ("", "not JSON"),
    b'{"id": "s2", "text": ""}': ("s2", "empty"),
    b'{"id": "s3", "text": 7}': ("s3", "text must be a string"),
    b'{"id": "s4", "text": ["x"]}': ("s4", "text must be a string"),
    b'{"id": 5, "text": "x"}': ("", "id must be a string"),
    b"[" * 60_000: ("", "nested too deeply"),
    b'{"id": "s6", "text": "x", "publication": ' + b"[" * 60_000 + b"]" * 60_000 + b"}": ("", "nested too deeply"),
    b'{"id": "s7", "text": "x", "week": ' + b"9" * 5_000 + b"}": ("", "too many digits"),
    b'{"id": "s8", "text": "x", "publication": {"publishTime": 1e999}}': ("s8", "publishTime must be"),
    b'{"id": "s9", "text": "x", "publication": {"country": "\\udc80"}}': ("s9", "half a surrogate pair"),
    b'{"id": "t1", "text": "x", "publication": {"country": "Egypt"}}': ("t1", "Egypt"),
    b'{"id": "t2", "text": "x", "publication": {"timeZone": "Moon/Base"}}': ("t2", "Moon/Base"),
    b'{"id": "t3", "text": "x"} {"id": "t4", "text": "x"}': ("", "not JSON"),
    b'{"id": "t5", "text": "\xc7\xe1"}': ("", "not UTF-8"),
    b"\x00" * 50: ("", "not JSON"),
}
"""Lines that are no article: the id that can be told, and what is said."""
ODD = [
    b'{"id": "\\ud800", "text": "x \\udfff"}\n',
    b'{"id": "nul\\u0000", "text": "x\\u0000y"}\n',
    b'{"id": "twice", "text": "x"}\n',
    b'{"id": "twice", "text": "x"}\n',
    b'{"text": "x"}\n',
]
"""Articles that are odd, and none the less articles."""


def _packed(pack: Callable[[bytes], bytes], block: bytes) -> bytes:
    """Return a GiB of a repeated block, packed."""
    return pack(block * (16 * MEBIBYTE // len(block))) * 64


def _write(news: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    files = {
        "bytes.jsonl": chance.randbytes(20_000),
        "utf16.jsonl": FEW.decode().encode("utf-16"),
        "windows.jsonl": '{"id": "w", "text": "قال"}\n'.encode("cp1256"),
        "shapes.jsonl": GOOD[0] + b"".join(shape + b"\n" for shape in SHAPES) + GOOD[1],
        "odd.jsonl": b"".join(ODD),
        "empty.jsonl": b"",
        "blank.jsonl": b"\n  \n\r\n\t\n",
        "mark.jsonl": b"\xef\xbb\xbf" + FEW.replace(b"\n", b"\r\n"),
        "onlymark.jsonl": b"\xef\xbb\xbf\r\n",
        "unended.jsonl": FEW[:-1],
        "line.jsonl.gz": _packed(gzip.compress, b"\0"),
        "blank.jsonl.gz": _packed(gzip.compress, b"\n"),
        "prefix.jsonl.gz": gzip.compress(FEW) + _packed(gzip.compress, b"\0"),
        "line.jsonl.zst": _packed(zstd.compress, b"\0"),
        "prefix.jsonl.zst": zstd.compress(FEW) + _packed(zstd.compress, b" "),
        "whole.jsonl.gz": gzip.compress(FEW) + gzip.compress(b"".join(GOOD[3:])),
    }
    for ending, pack in ((".gz", gzip.compress), (".zst", zstd.compress)):
        noise = b"".join(
            b'{"id": "n%d", "text": "x", "title": "%s"}\n' % (n, chance.randbytes(2000).hex().encode()) for n in range(40)
        )
        files |= {
            f"cut.jsonl{ending}": pack(noise)[:-2000],
            f"after.jsonl{ending}": pack(FEW) + b"garbage",
            f"magic.jsonl{ending}": FEW,
            f"empty.jsonl{ending}": b"",
        }
    for name, data in files.items():
        (news / name).write_bytes(data)
    with (news / "long.jsonl").open("wb") as file:
        file.write(GOOD[0])
        for part in (b'{"id": "long", "text": "', *[b"x" * MEBIBYTE] * (LONG // MEBIBYTE), b'"}\n'):
            file.write(part)
        file.write(GOOD[1])


@dataclass(frozen=True)
class Faulty:
    """A folder of faults, its answers, and what the run was like."""

    news: Path
    out: Path
    code: int
    said: str
    seconds: float
    memory: dict[int, int]

    def answers(self, name: str) -> list[str]:
        """Return the ids of the articles of a file that have answers."""
        return [json.loads(line).get("articleId", "") for line in lines(self.out, f"{name}-*.jsonl")]

    def letters(self, name: str) -> list[dict[str, Any]]:
        """Return the dead letters of a file."""
        return [json.loads(line) for line in lines(self.out, f"{name}-*.dead.ndjson")]


@pytest.fixture(scope="module")
def faulty(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Faulty:
    """Run a batch over all of the faults at once."""
    root = tmp_path_factory.mktemp("faulty")
    (root / "news").mkdir()
    _write(root / "news")
    begun, memory = time.monotonic(), dict[int, int]()
    driver = start("batch", root / "news", f"{root}/out/", "--workers", "2")
    while driver.poll() is None:
        for worker in workers(driver.pid):
            memory[worker.pid] = max(memory.get(worker.pid, 0), _peak(worker.pid))
        time.sleep(0.02)
    _, errors = driver.communicate(timeout=60)
    return Faulty(root / "news", root / "out", driver.returncode, errors.decode(), time.monotonic() - begun, memory)


def _peak(pid: int) -> int:
    """Return the most memory, in MiB, that a process has had in use."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def test_faults_end_the_run_with_1_and_need_little(faulty: Faulty) -> None:
    assert faulty.code == 1, faulty.said
    assert "Traceback" not in faulty.said
    assert "articles have no answer; why stands in *.dead.ndjson" in faulty.said
    assert faulty.seconds < SECONDS
    assert len(faulty.memory) == 2  # no worker died
    assert max(faulty.memory.values()) < MEMORY


def test_each_shape_gets_a_letter_that_leads_to_its_line(faulty: Faulty) -> None:
    assert faulty.answers("shapes.jsonl") == ["g0", "g1"]
    data = (faulty.news / "shapes.jsonl").read_bytes()
    letters = faulty.letters("shapes.jsonl")
    assert len(letters) == len(SHAPES)
    for number, (letter, (shape, (name, says))) in enumerate(zip(letters, SHAPES.items(), strict=True), start=2):
        assert letter["input"] == str(faulty.news / "shapes.jsonl")
        assert (letter["line"], letter["articleId"]) == (number, name)
        assert letter["error"]["code"] == "INVALID_ARGUMENT"
        assert says in letter["error"]["message"], letter
        assert data[letter["offset"] :].startswith(shape + b"\n")


@pytest.mark.parametrize("name", ["bytes.jsonl", "utf16.jsonl", "windows.jsonl"])
def test_what_is_no_text_gets_letters_line_by_line(faulty: Faulty, name: str) -> None:
    data = (faulty.news / name).read_bytes()
    at, begins = 0, []
    for line in data.split(b"\n"):
        if line.strip():
            begins.append(at)
        at += len(line) + 1
    assert faulty.answers(name) == []
    assert [letter["offset"] for letter in faulty.letters(name)] == begins
    if name == "windows.jsonl":
        assert "iconv -f WINDOWS-1256" in faulty.letters(name)[0]["error"]["message"]


def test_what_is_odd_has_answers(faulty: Faulty) -> None:
    assert faulty.answers("odd.jsonl") == ["\ufffd", "nul\0", "twice", "twice", ""]
    assert faulty.letters("odd.jsonl") == []


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("empty.jsonl", 0), ("blank.jsonl", 0), ("onlymark.jsonl", 0), ("empty.jsonl.gz", 0), ("empty.jsonl.zst", 0),
        ("mark.jsonl", 3), ("unended.jsonl", 3), ("whole.jsonl.gz", 6),
    ],
)  # fmt: skip
def test_what_is_no_fault(faulty: Faulty, name: str, count: int) -> None:
    assert faulty.answers(name) == [f"g{number}" for number in range(count)]
    assert faulty.letters(name) == []
    assert (faulty.out / f"{name}-00000.manifest.json").exists()


@pytest.mark.parametrize(
    ("name", "before", "says"),
    [
        ("line.jsonl.gz", 0, "more than 250 times its size"),
        ("blank.jsonl.gz", 0, "more than 250 times its size"),
        ("prefix.jsonl.gz", 3, "more than 250 times its size"),
        ("line.jsonl.zst", 0, "more than 250 times its size"),
        ("prefix.jsonl.zst", 3, "more than 250 times its size"),
        ("after.jsonl.gz", 3, "can't be unpacked to its end"),
        ("after.jsonl.zst", 3, "can't be unpacked to its end"),
        ("magic.jsonl.gz", 0, "can't be unpacked to its end"),
        ("magic.jsonl.zst", 0, "can't be unpacked to its end"),
    ],
)
def test_what_can_not_be_unpacked_gets_a_letter_for_all_that_is_not_read(
    faulty: Faulty, name: str, before: int, says: str
) -> None:
    assert faulty.answers(name) == [f"g{number}" for number in range(before)]
    (letter,) = faulty.letters(name)
    assert letter["error"]["code"] == "INVALID_ARGUMENT"
    assert says in letter["error"]["message"]
    assert letter["error"]["message"].endswith("; what comes after this place is not read")
    if name != "blank.jsonl.gz":
        assert (letter["offset"], letter["line"]) == (len(b"".join(GOOD[:before])), before + 1)


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.jsonl.zst"])
def test_what_comes_before_a_file_breaks_off_is_answered(faulty: Faulty, name: str) -> None:
    found = faulty.letters(name)
    assert len(found) > 20
    assert [letter["line"] for letter in found] == list(range(1, len(found) + 1))
    assert "title is no field" in found[0]["error"]["message"]
    assert "what comes after this place is not read" in found[-1]["error"]["message"]


def test_a_line_that_is_too_long_costs_only_itself(faulty: Faulty) -> None:
    assert faulty.answers("long.jsonl") == ["g0", "g1"]
    (letter,) = faulty.letters("long.jsonl")
    size = LONG // MEBIBYTE * MEBIBYTE + len(b'{"id": "long", "text": ""}\n')
    assert letter["error"]["message"] == f"a line of {size:,} bytes, more than {16 * MEBIBYTE:,}"
    assert (letter["line"], letter["offset"]) == (2, len(GOOD[0]))
    assert len([name for name in manifests(faulty.out) if name.startswith("long.jsonl")]) == size // SHARD_SIZE + 1


def test_the_letters_stand_again(run: Run, faulty: Faulty) -> None:
    again = run("batch", faulty.news, f"{faulty.out}/")
    assert again.returncode == 1
    count = len(manifests(faulty.out))
    assert f"{count} of {count} shards are done already" in again.stderr.decode()


def test_no_line_of_a_packed_file_is_lost_among_many_blank_ones(run: Run, tmp_path: Path) -> None:
    packed, plain = tmp_path / "in.jsonl.gz", tmp_path / "in.jsonl"
    data = b"\n" * 5_000 + b"{\n" + b" \r\n" * 200_000 + GOOD[0] + b"\n" * 999 + b"  {\n" + b"\n" * 1000 + GOOD[1] + b" " * 3000
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data, 1))
    found = []
    for source in (packed, plain):
        assert run("batch", source, f"{tmp_path}/out/", "--shard-size", "1G", "--force").returncode == 1
        found.append(
            [
                (letter["line"], letter["offset"])
                for letter in map(json.loads, lines(tmp_path / "out", f"{source.name}-*.ndjson"))
            ]
        )
        assert data[found[0][1][1] :].startswith(b"  {\n")
    assert found[0] == found[1] == [(5001, 5000), (206002, data.index(b"  {\n"))]


def _limited(command: list[str], *arguments: str | Path, limit: int) -> subprocess.CompletedProcess[bytes]:
    """Run the command where no file can have more bytes than a limit, as where a disk is full."""
    limited = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    code = f"import resource, runpy; {limited}; runpy.run_module('client', run_name='__main__')"
    line = [command[0], "-c", code, *map(str, arguments)]
    return subprocess.run(line, cwd=Path(__file__).parents[3], capture_output=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("limit", "options"),
    [(12_000, ()), (4_200, ("--compress", "zstd")), (12_000, ("--format", "parquet"))],
    ids=["jsonl", "zst", "parquet"],
)
def test_a_full_disk_ends_the_run_and_leaves_nothing_half(
    command: list[str], run: Run, archive: Path, done: Path, limit: int, options: tuple[str, ...]
) -> None:
    for path in done.rglob("*.jsonl-*"):
        path.unlink()
    failed = _limited(command, "batch", archive, f"{done}/", *SMALL, *options, limit=limit)
    said = failed.stderr.decode()
    assert failed.returncode == 73, said
    assert "file too large" in said
    assert str(done) in said
    assert "To go on, run the same command again" in said
    assert "Traceback" not in said
    assert "ignored" not in said
    assert parts(done) == []
    assert all(path.stat().st_size <= limit for path in done.rglob("*.jsonl*"))
    assert run("batch", archive, f"{done}/", *SMALL, *options).returncode == 0
    assert len(manifests(done)) == 5


def test_a_disk_that_is_full_at_once(command: list[str], archive: Path, tmp_path: Path) -> None:
    failed = _limited(command, "batch", archive, f"{tmp_path}/out/", *SMALL, limit=10)
    assert failed.returncode == 73
    assert failed.stderr.decode().splitlines()[-1] == f"timeline batch: {tmp_path}/out: file too large"
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("below", ["", "/deep/er"])
def test_an_output_that_can_not_be(run: Run, archive: Path, tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    failed = run("batch", archive, f"{file}{below}/")
    assert (failed.returncode, failed.stdout) == (73, b"")
    assert str(file) in failed.stderr.decode()
    assert "Traceback" not in failed.stderr.decode()
    assert file.read_bytes() == b"mine"


def test_inputs_that_can_not_be_read_cost_only_themselves(run: Run, archive: Path, done: Path, tmp_path: Path) -> None:
    (archive / "2024" / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    (archive / "folder.jsonl").mkdir()
    (archive / "2024" / "itself.jsonl").symlink_to("itself.jsonl")
    os.mkfifo(archive / "2024" / "pipe.jsonl")  # is no input: nobody writes into it
    for source, count in ((archive, 7), (f"{archive}/2024/*.jsonl", 4)):
        out = tmp_path / f"out{count}"
        failed = run("batch", source, f"{out}/", *SMALL)
        said = failed.stderr.decode()
        assert failed.returncode == 66, said
        assert f"{archive}/2024/gone.jsonl: no such file or directory" in said
        assert f"{archive}/2024/itself.jsonl: too many levels of symbolic links" in said
        assert f"2 shards failed, 2 of {count} shards are still to do" in said
        assert len(manifests(out)) == count - 2
    assert outputs(tmp_path / "out7") == outputs(done)
    assert run("batch", archive / "2024" / "gone.jsonl", f"{tmp_path}/none/").returncode == 66


def test_an_input_that_vanishes_costs_only_itself(start: Start, archive: Path, done: Path, tmp_path: Path) -> None:
    last = archive / "z.jsonl"
    last.write_bytes(GOOD[0])
    driver = start("batch", archive, f"{tmp_path}/late/", *SMALL)
    until(lambda: bool(parts(tmp_path / "late")))
    last.unlink()
    _, errors = driver.communicate(timeout=60)
    assert driver.returncode == 66
    assert f"{last}: no such file or directory" in errors.decode()
    assert outputs(tmp_path / "late") == outputs(done)
