"""`timeline explain` and `timeline kinds`: what the engine did and knows, in words that a person can follow."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from google.protobuf import json_format

from client.exits import Exit
from client.explain import lines
from client.parser import Arguments, build
from eventtimeline.mapping import response_to_kinds
from eventtimeline.v1 import timeline_pb2 as pb
from tests.client.conftest import imports
from timeline import (
    Alternative,
    Basis,
    Calendar,
    Extractor,
    Grain,
    Interval,
    Language,
    Span,
    TimeExpression,
    TimeType,
    Trace,
)

Run = Callable[..., subprocess.CompletedProcess[bytes]]
CAIRO = ZoneInfo("Africa/Cairo")
FRIDAY = "يوم الجمعة"


def day(number: int) -> Interval:
    start = dt.datetime(2024, 3, number, tzinfo=CAIRO)
    return Interval(start, start + dt.timedelta(days=1))


def test_every_stage_and_every_reason_is_shown() -> None:
    read = TimeExpression(
        id="t1",
        span=Span(0, len(FRIDAY)),
        text=FRIDAY,
        type=TimeType.DATE,
        value="2024-03-22",
        mod=None,
        interval=day(22),
        grain=Grain.DAY,
        calendar=Calendar.GREGORIAN,
        basis=Basis.RELATIVE_TO_PUBLICATION,
        anchor_id="",
        confidence=0.875,
        alternatives=(Alternative("2024-03-29", day(29), 0.1, "the next Friday"),),
        rule="weekday",
        explanation="the latest Friday",
        quant="",
        freq="",
    )
    trace = Trace(("يوم  unit\x1b[31m",), ("mention: rule",), ("joined: pair",), (read,))
    assert list(lines(trace, CAIRO)) == [
        *("words", "\u200e  يوم  unit [31m", "", "mentions", "  mention: rule", "", "joins", "  joined: pair", ""),
        f"\u2068{FRIDAY}\u2069",
        "  value        2024-03-22 (DATE)",
        "  covers       2024-03-22",
        "  grain        day",
        "  basis        relative to publication",
        "  confidence   0.88",
        "  rule         weekday",
        "  because      the latest Friday",
        "  or           2024-03-29, 2024-03-29 (0.10): the next Friday",
    ]


def test_a_phrase_without_a_time_says_so() -> None:
    assert list(lines(Trace((), (), (), ()), CAIRO)) == ["no time expression found"]


@pytest.mark.parametrize("context", [["--country", "EG"], ["--zone", "Africa/Cairo"], []])
def test_explain_reads_a_weekday_against_its_publication(run: Run, context: list[str]) -> None:
    done = run("explain", FRIDAY, "--published", "2024-03-27", *context)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert [name for name in ("words", "mentions") if f"{name}\n" not in text] == []
    assert "2024-03-22" in text


def test_explain_reads_standard_input(run: Run) -> None:
    context = ("--published", "2024-03-27", "--country", "EG")
    assert run("explain", "-", *context, stdin=FRIDAY.encode()).stdout == run("explain", FRIDAY, *context).stdout != b""


def test_explain_imports_little_more_than_the_engine() -> None:
    engine = imports("-c", "from timeline import Extractor; Extractor()")
    more = imports("-m", "client", "explain", FRIDAY, "--published", "2024-03-27") - engine
    assert "client.explain" in more
    assert {name.split(".")[0] for name in more} - sys.stdlib_module_names == {"client"}
    assert len(more) < 40


def test_kinds_lists_every_kind_with_an_example(run: Run, extractor: Extractor) -> None:
    done = run("kinds")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    kinds = extractor.event_kinds()
    assert kinds
    for kind in kinds:
        assert f"  {kind.name} " in text
        assert kind.definition in text
        assert not kind.examples or kind.examples[0] in text
        assert kind.words[0] in text


def test_kinds_of_one_group(run: Run, extractor: Extractor) -> None:
    lines = run("kinds", "--group", "general").stdout.decode().splitlines()
    assert lines[0] == "general"
    kinds = extractor.event_kinds()
    listed = {line.split()[0] for line in lines if line[:2] == "  " and line[2:3].strip()}
    assert listed == {kind.name for kind in kinds if kind.group == "general"}
    done = run("kinds", "--group", "sport")
    assert done.returncode == Exit.USAGE
    assert b"economy-and-society" in done.stderr


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_kinds_as_json_is_what_the_server_answers(run: Run, extractor: Extractor, form: str) -> None:
    done = run("kinds", "--format", form)
    answer = json_format.Parse(done.stdout, pb.ListEventKindsResponse())
    assert response_to_kinds(answer) == extractor.event_kinds()
    assert done.stdout.count(b"\n") == 1 or form == "json"


@pytest.mark.parametrize("language", Language)
def test_every_language_of_the_library_is_a_choice(language: Language) -> None:
    arguments = build().parse_args(["explain", FRIDAY, "--language", language.value], Arguments())
    assert arguments.language == language.value
