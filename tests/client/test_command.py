"""The command as a whole: help, start, exit codes, messages, streams. Each test is a run in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from client.__main__ import _patient
from tests.client.conftest import imports
from timeline import ENGINE_VERSION

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).parent.parent.parent
ARABIC = "وصل الوزير إلى القاهرة يوم الجمعة."
SUBCOMMANDS = ("extract", "batch", "explain", "kinds")
HEAVY = ("grpc", "google", "timeline", "eventtimeline", "rich")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARABIC, encoding="utf-8")
    return path


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a run said on standard error, which is never a traceback."""
    text = done.stderr.decode()
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_has_help_with_examples(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"examples:\n  timeline {name}" in done.stdout.decode()


def test_the_main_help_names_subcommands_and_exit_codes(run: Run) -> None:
    text = run("--help").stdout.decode()
    assert all(re.search(rf"^ +{command} +\w", text, re.MULTILINE) for command in SUBCOMMANDS)
    assert all(re.search(rf"^ +{code}  \w", text, re.MULTILINE) for code in (0, 1, 64, 65, 66, 69, 70, 73, 75, 77, 130))


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["batch", "--help"]])
def test_help_imports_little(arguments: list[str]) -> None:
    imported = imports("-m", "client", *arguments)
    assert "argparse" in imported
    assert {name.split(".")[0] for name in imported}.isdisjoint(HEAVY)
    assert len(imported) < 120


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"timeline {ENGINE_VERSION}\n".encode()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 64, "timeline --help"),
        (["extrakt"], 64, "extrakt"),
        (["extract"], 64, "name the files"),
        (["extract", "-", "-"], 64, "only once"),
        (["extract", "-", "--format", "xml"], 64, "xml"),
        (["extract", "-", "--published", "27/3/2024"], 64, "2024-03-27"),
        (["extract", "-", "--published", "2024-02-30"], 64, "2024-02-30"),
        (["extract", "-", "--server", "localhost"], 64, "HOST:PORT"),
        (["extract", "-", "--timeout", "0"], 64, "--timeout"),
        (["extract", "--manifest", "seeds/manifest.toml", "--country", "EG"], 64, "--country"),
        (["extract", "--manifest", "seeds/manifest.toml", "other.txt"], 64, "other.txt"),
        (["batch", "in.jsonl"], 64, "OUT"),
        (["batch", "-", "-", "--workers", "0"], 64, "--workers"),
        (["extract", "-"], 65, "the text"),
        (["extract", "--manifest", "README.md"], 65, "README.md"),
        (["explain", " "], 65, "the text"),
        (["extract", "missing.txt"], 66, "missing.txt"),
        (["extract", "seeds"], 66, "seeds"),
        (["extract", "--manifest", "missing.toml"], 66, "missing.toml"),
        (["batch", "missing.jsonl", "-"], 66, "missing.jsonl"),
        (["batch", "/dev/null", "missing/out.jsonl"], 73, "missing/out.jsonl"),
    ],
)
def test_what_is_wrong_gets_its_code_and_a_message(run: Run, arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, b"")
    assert message in said(done)
    assert len(done.stderr.splitlines()) <= 2


@pytest.mark.parametrize(
    ("option", "value", "published"),
    [
        ("--zone", "Africa/Kairo", "2024-03-27"),
        ("--zone", "../../etc/passwd", "2024-03-27T20:00"),
        ("--zone", "localtime", "2024-03-27T20:00+02:00"),
        ("--country", "Egypt", "2024-03-27"),
        ("--country", "ZZ", "2024-03-27T20:00"),
        ("--country", "eg", "2024-03-27T20:00+02:00"),
    ],
)
def test_an_unknown_zone_or_country_is_named(run: Run, article: Path, option: str, value: str, published: str) -> None:
    done = run("extract", article, option, value, "--published", published)
    assert (done.returncode, done.stdout) == (65, b"")
    assert option in said(done)
    assert value in said(done)


def test_a_manifest_without_articles_is_said_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_bytes(b"")
    done = run("extract", "--manifest", path)
    assert done.returncode == 65
    assert "names no article" in said(done)


@pytest.mark.parametrize(
    ("table", "named"), [('["a.txt"]\npublishd = 2024-03-27\n', "not publishd"), ('zone = "UTC"\n', "zone must stand below")]
)
def test_a_key_that_a_manifest_does_not_know_is_named(run: Run, tmp_path: Path, table: str, named: str) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(table, encoding="utf-8")
    done = run("extract", "--manifest", path)
    assert done.returncode == 65
    assert named in said(done)


def test_a_bad_value_in_a_manifest_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text('["a.txt"]\ncountry = "eg"\n', encoding="utf-8")
    done = run("extract", "--manifest", path)
    assert done.returncode == 65
    assert "manifest.toml: [\"a.txt\"] country: 'eg' is not in capitals: write EG" in said(done)


@pytest.mark.parametrize(
    ("closed", "code", "message"),
    [
        ("<&-", 66, "standard input is closed"),
        (">&-", 73, "standard output is closed"),
        ("<&- >&-", 73, "standard output is closed"),
        ("<&- >&- 2>&-", 73, ""),
        ("<&- 2>&-", 66, ""),
    ],
)
def test_a_stream_that_is_closed_is_said_so(command: list[str], closed: str, code: int, message: str) -> None:
    for arguments in (["extract", "-"], ["batch", "-", "-"]):
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command, *arguments]
        done = subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (code, b"")
        assert message in said(done)
        assert len(done.stderr.splitlines()) == bool(message)


def test_text_that_is_not_utf8_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes(ARABIC.encode("cp1256"))
    done = run("extract", path)
    assert done.returncode == 65
    assert "not UTF-8" in said(done)
    assert "iconv -f WINDOWS-1256 -t UTF-8" in said(done)


def test_a_message_does_not_say_the_same_twice_and_nothing_of_python(run: Run) -> None:
    assert said(run("explain", " ")) == "timeline explain: the text is empty\n"
    assert "timedelta" not in said(run("extract", "-", "--published", "2024-03-27T20:00+25:00"))


def test_one_bad_file_does_not_cost_the_others(run: Run, article: Path) -> None:
    done = run("extract", article, "missing.txt", article, "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "missing.txt: no such file" in said(done)


def test_the_same_failure_for_all_keeps_its_code(run: Run) -> None:
    assert run("extract", "missing.txt", "lost.txt").returncode == 66


@pytest.mark.parametrize("arguments", [["extract", "seeds/manifest.toml"], ["explain", ARABIC], ["batch", "-", "-"]])
def test_output_that_finds_no_room_is_reported(command: list[str], tmp_path: Path, arguments: list[str]) -> None:
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *command, *arguments]
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(limited, cwd=ROOT, input=b"{}\n", stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 73
    assert "file too large" in said(done).lower()


@pytest.mark.parametrize("arguments", [["extract", *["seeds/manifest.toml"] * 3], ["batch", "-", "-"]])
def test_a_reader_that_stops_reading_is_no_error(start: Callable[..., subprocess.Popen[bytes]], arguments: list[str]) -> None:
    process = start(*arguments)
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate(b'{"id": "a", "text": "x"}\n' * 9, timeout=60)
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_no_escape_codes_in_a_pipe(run: Run, form: str) -> None:
    done = run("extract", "--manifest", "seeds/manifest.toml", "--format", form)
    assert done.returncode == 0
    assert done.stdout
    assert b"\x1b" not in done.stdout


def test_output_is_utf8_whatever_the_locale(command: list[str], article: Path) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    named = article.rename(article.with_name("خبر.txt"))
    done = subprocess.run([*command, "extract", str(named)], cwd=ROOT, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "خبر.txt" in done.stdout.decode()


@pytest.mark.parametrize("gone", [False, True])
def test_messages_that_nobody_takes_hold_nothing_up(*, gone: bool) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with os.fdopen(reader, "rb", buffering=0) as taker, os.fdopen(writer, "w") as stream:
        if gone:
            taker.close()
        print("x" * 1_000_000, file=_patient(stream))
