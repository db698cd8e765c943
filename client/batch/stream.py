"""One stream of articles to one file or pipe, in order, on all processors; what can't be read leaves an error record in its place.

Nothing is kept for a later run: archives go to a folder (archive.py).
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from client.batch.answering import Answer, Answering, Local
from client.batch.job import ARTICLES, JSONL, Job
from client.batch.packed import packing
from client.batch.places import Found, look
from client.batch.progress import Extent, Progress
from client.batch.records import Record, Records
from client.batch.shards import Shard, form_of
from client.batch.spread import Spread
from client.batch.unseen import tell_of_unseen
from client.batch.writers import writer
from client.exits import Exit, Failure
from client.inputs import STDIN, reason
from client.outputs import output

SMALL, SMALL_BYTES = 64, 512 * 1024
"""Articles, and bytes of them, up to which starting processes costs more than it saves."""


def run(source: str, target: str, job: Job, answering: Answering, form: str = "", metrics: str = "") -> Exit:
    """Answer every record of a file or of standard input; returns SOME_FAILED where one has no answer.

    `form` says what the file holds, by default its name does.
    """
    if _same(source, target):
        raise Failure(Exit.USAGE, f"{target} is the input too, and would be replaced: give the answers another name")
    found = None if source == STDIN else _found(source)
    size = found.size if found else 0
    shard = Shard("", source, form or form_of(source) or JSONL, packing(source), 0, -1, size, "")
    if size:  # a pipe has none, and can't be read twice
        tell_of_unseen(shard, job)
    records = Records(shard, job.longest, job.columns.needed() if job.columns else None)
    with output(target) as file, Progress(Extent(size), metrics) as progress:
        written = _Written(file, job, live=target == STDIN)
        position = 0
        for record, answer in answering.answers(records):
            written.add(record, answer)
            progress.advance(records.position - position, 1, answer.fault is not None)
            position = records.position
        written.close()
    if written.failed:
        where = 'their lines have an "error" field' if written.inline else "their records are above"
        print(f"timeline batch: {written.failed} of {written.articles} articles failed; {where}", file=sys.stderr)
    return Exit.SOME_FAILED if written.failed else Exit.OK


class Here:
    """Answers in this process where there is little to do, else on several."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._workers = workers

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer."""
        source = iter(records)
        head = list(_head(source)) if self._workers > 1 else []
        few = len(head) < SMALL and sum(len(record.data) for record in head) < SMALL_BYTES
        answering = Local(self._job) if few else Spread(self._job, self._workers)
        return answering.answers(itertools.chain(head, source))


def _head(records: Iterator[Record]) -> Iterator[Record]:
    size = 0
    for record in itertools.islice(records, SMALL):
        yield record
        size += len(record.data)
        if size >= SMALL_BYTES:
            return


class _Written:
    """The output: answers, with an error record in the place of one that is missing, or on standard error where it has no such place."""

    def __init__(self, file: BinaryIO, job: Job, *, live: bool) -> None:
        self._file = file
        self._lines = writer(file, job)
        self._live = live
        self.inline = job.form == JSONL and job.rows == ARTICLES
        self.articles = self.failed = 0

    def add(self, record: Record, answer: Answer) -> None:
        self.articles += 1
        if answer.fault is None:
            self._lines.write(answer.line)
        else:
            self.failed += 1
            error = {"line": record.number, "articleId": answer.article_id, "error": answer.fault._asdict()}
            text = json.dumps(error, ensure_ascii=False, separators=(",", ":"))
            if self.inline:
                # backslashreplace writes a lone surrogate as JSON escapes it.
                self._lines.write(text.encode(errors="backslashreplace") + b"\n")
            else:
                print(text, file=sys.stderr)
        if self._live:
            self._file.flush()

    def close(self) -> None:
        self._lines.close()


def _found(source: str) -> Found:
    try:
        found = look(source)
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{source}: {reason(error)}") from error
    if found is None:
        raise Failure(Exit.NO_INPUT, f"{source}: no such file or directory")
    return found


def _same(source: str, target: str) -> bool:
    """Tell whether both are one regular file, under whatever names; what is no file (a terminal, /dev/null) may be both."""
    try:
        return STDIN not in (source, target) and Path(source).is_file() and Path(source).samefile(target)
    except OSError:  # the target is still to be made, or can't be: who opens it will say so
        return False
