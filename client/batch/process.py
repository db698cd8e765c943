"""A shard, from its input to its manifest: the unit of every batch, whoever runs it."""

from __future__ import annotations

import contextlib
import errno
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from client.batch.answering import Answer, Answering, Local
from client.batch.job import Job
from client.batch.manifest import DEAD, ENDING, WORDS, Counts, Manifest, Run, load
from client.batch.places import join, remove
from client.batch.records import Record, Records
from client.batch.shards import Shard
from client.batch.unfinished import written
from client.batch.words import WordsWriter
from client.batch.writers import Whole, writer
from client.exits import Exit, Failure
from client.inputs import reason

Tick = Callable[[int, int, int], None]
"""Takes what is done of a shard so far: articles, failed ones, bytes of its input."""

OF_ITS_NAME = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EILSEQ)
"""What is wrong where an output can't be called as its input makes it."""
UNPUBLISHED = b'"code":"WARNING_CODE_PUBLICATION_MISSING"'
"""What stands in an answer that has no time of publication to count from; no quote in a string of JSON stands alone."""


def process_shard(shard: Shard, job: Job, answering: Answering | None = None, tick: Tick | None = None) -> Manifest:
    """Do a shard and return its manifest: the answers, the dead letters, the words, then the manifest, each whole or not there.

    Pure but for these files: the same input, options and engine give the same bytes. `answering` is by default an engine of its
    own. Raises Failure where the input can't be read or an output can't be written, and what `answering` raises as a whole.
    """
    try:
        return _process(shard, job, answering or Local(job), tick)
    except OSError as error:
        # A name that is too long, or taken by a folder, is the affair of this input; no room, or no right, that of all.
        code = Exit.INVALID if error.errno in OF_ITS_NAME else Exit.CANNOT_WRITE
        raise Failure(code, f"{job.out}: {shard.name}: {reason(error)}") from error


def _process(shard: Shard, job: Job, answering: Answering, tick: Tick | None) -> Manifest:
    begun = time.monotonic()
    folder, _, base = shard.name.rpartition("/")
    place = join(job.out, folder) if folder else job.out
    output, dead, words = (Whole(join(place, base + end), base + end) for end in (job.ending, DEAD, WORDS))
    former = load(job.out, shard.name)
    records = Records(shard, job.longest, job.columns.needed() if job.columns else None)
    with contextlib.ExitStack() as stack:
        lines = writer(stack.enter_context(output.opened()), job)
        stack.callback(lines.drop)
        index = WordsWriter(stack.enter_context(words.opened()))
        letters = _Letters(shard, dead, stack)
        tally = _Tally()
        for record, answer in answering.answers(records):
            if answer.fault is None:
                lines.write(answer.line)
            else:
                letters.write(record, answer)
            index.add(None if answer.fault else answer.words)
            tally.add(answer)
            if tick:
                tick(tally.articles, tally.failed, records.position)
        lines.close()
        index.close()
    if not tally.failed:
        remove(join(place, dead.file.name))  # of a former run
    manifest = Manifest(
        shard,
        records.digest,
        output.file,
        dead.file if tally.failed else None,
        words.file,
        tally.counts(),
        job.engine,
        job.options(),
        Run(round(time.monotonic() - begun, 3), tally.articles - tally.taken, tally.taken),
    )
    with written(join(place, base + ENDING)) as file:
        file.write(manifest.to_json())
    if former and former.output.name != output.file.name:
        remove(join(place, former.output.name))  # in another form
    return manifest


class _Letters:
    """Dead letters: a file that is there only if there are any."""

    def __init__(self, shard: Shard, file: Whole, stack: contextlib.ExitStack) -> None:
        self._shard = shard
        self._file = file
        self._stack = stack
        self._out: BinaryIO | None = None

    def write(self, record: Record, answer: Answer) -> None:
        out = self._out or self._stack.enter_context(self._file.opened())
        self._out = out
        fault = answer.fault
        letter = {
            "articleId": answer.article_id,
            "input": self._shard.place,
            ("offset" if isinstance(record.data, bytes) and self._shard.form == "jsonl" else "row"): record.at,
            **({"line": record.number} if self._shard.start == 0 else {}),
            "error": fault and fault._asdict(),
        }
        out.write(json.dumps(letter, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace") + b"\n")


@dataclass(slots=True)
class _Tally:
    """Counts while a shard goes by."""

    articles: int = 0
    failed: int = 0
    times: int = 0
    events: int = 0
    dated: int = 0
    unpublished: int = 0
    taken: int = 0

    def add(self, answer: Answer) -> None:
        self.articles += 1
        self.failed += answer.fault is not None
        self.times += answer.times
        self.events += answer.events
        self.dated += answer.dated
        self.unpublished += UNPUBLISHED in answer.line
        self.taken += answer.taken

    def counts(self) -> Counts:
        return Counts(self.articles, self.failed, self.times, self.events, self.dated, self.unpublished)
