"""Worker processes end with their work, and a line that kills one costs no other line."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence

import pytest

from client.lines import Answers, Line
from client.workers import spread


@pytest.mark.parametrize("chunks", range(4))
def test_workers_stop_when_all_of_them_are_idle_at_the_end(chunks: int) -> None:
    line = b'{"text": "x"}'
    answers = list(spread(iter([[Line(number, line)] for number in range(chunks)]), 2))
    assert [answer.articles for answer in answers] == [1] * chunks


class Mortal:
    """Repeats lines, and dies of one that says so."""

    def answers(self, lines: Sequence[Line]) -> Answers:
        if any(line.data == b"die" for line in lines):
            os.kill(os.getpid(), signal.SIGKILL)
        return Answers(b"".join(line.data + b"\n" for line in lines), 0, len(lines), 0)


def test_a_line_that_kills_its_worker_twice_becomes_a_record() -> None:
    written = [b"one", b"die", b"three", b"die", b"five"]
    lines = [Line(number, data) for number, data in enumerate(written, start=1)]
    first, second, last = spread(iter([lines[:3], lines[3:4], lines[4:]]), 2, Mortal)
    assert [first.articles, second.articles, last.articles] == [3, 1, 1]
    assert [first.failed, second.failed, last.failed] == [1, 1, 0]
    one, record, three = first.data.splitlines()
    assert (one, three, last.data) == (b"one", b"three", b"five\n")
    for number, data in ((2, record), (4, second.data)):
        found = json.loads(data)
        assert (found["line"], found["error"]["code"]) == (number, "INTERNAL")
        assert "exit code -9" in found["error"]["message"]
