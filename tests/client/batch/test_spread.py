"""Worker processes end with their work, and a record that kills one costs no other record."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from client.batch.answering import Answer
from client.batch.job import Job
from client.batch.records import Record
from client.batch.spread import CHUNK_RECORDS, Spread

JOB = Job("")


@pytest.mark.parametrize("count", [0, 1, CHUNK_RECORDS, CHUNK_RECORDS + 1, 4 * CHUNK_RECORDS])
def test_workers_stop_when_all_of_them_are_idle_at_the_end(count: int) -> None:
    records = [Record(number, number, b'{"text": "x", "id": "%d"}' % number) for number in range(count)]
    answered = list(Spread(JOB, 2).answers(records))
    assert [record for record, _ in answered] == records
    assert [answer.article_id for _, answer in answered] == [str(number) for number in range(count)]


def mortal() -> Callable[[Record], Answer]:
    """Return what repeats records, and dies of those that say so: always, or so long as a file has fewer lines than they say."""

    def answer(record: Record) -> Answer:
        word, _, rest = bytes(record.data).partition(b" ")  # type: ignore[arg-type]
        if word == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == b"perhaps":
            seen = Path(rest.decode())
            with seen.open("ab") as file:
                file.write(b".")
            if seen.stat().st_size < 3:
                os.kill(os.getpid(), signal.SIGKILL)
        return Answer("", bytes(record.data))  # type: ignore[arg-type]

    return answer


def test_a_record_that_goes_on_killing_its_worker_gets_a_fault(tmp_path: Path) -> None:
    perhaps = b"perhaps " + str(tmp_path / "seen").encode()
    data = [b"one", b"die", b"three", perhaps, b"die", b"six"]
    records = [Record(number, number, each) for number, each in enumerate(data)]
    answers = [answer for _, answer in Spread(JOB, 2, mortal).answers(records)]
    assert [answer.line for answer in answers] == [b"one", b"", b"three", perhaps, b"", b"six"]
    for answer in (answers[1], answers[4]):
        assert answer.fault
        assert answer.fault.code == "INTERNAL"
        assert "exit code -9" in answer.fault.message
