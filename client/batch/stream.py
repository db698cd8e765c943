"""`timeline batch`: a file of articles in, a file of timelines out, in order, on all processors."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from client.exits import Exit, Failure
from client.inputs import STDIN, binary_lines
from client.lines import Answers, Line, Reader
from client.outputs import output
from client.parser import Arguments
from client.progress import Progress
from timeline import Language

SMALL, SMALL_BYTES = 64, 512 * 1024
"""Articles, and bytes of them, up to which starting processes costs more than it saves."""
CHUNK_LINES, CHUNK_BYTES = 32, 256 * 1024
"""Where a chunk ends: at so many lines, or at the line that reaches so many bytes."""


def run(arguments: Arguments) -> Exit:
    """Answer every line; an article that fails leaves an error record and the exit code SOME_FAILED."""
    if _same(arguments.input, arguments.output):
        raise Failure(Exit.USAGE, f"{arguments.output} is the input too, and would be replaced: give the answers another name")
    lines = _articles(arguments.input)
    workers = arguments.workers or _processors()
    head, small = _head(lines) if workers > 1 else ([], True)
    total = failed = 0
    with output(arguments.output) as file, Progress(arguments.input) as progress:
        for answers in _answers(itertools.chain(head, lines), 1 if small else workers, Language(arguments.language)):
            file.write(answers.data)
            if arguments.output == STDIN:
                file.flush()
            progress.advance(answers.size, answers.articles, answers.failed)
            total, failed = total + answers.articles, failed + answers.failed
    if failed:
        print(f'timeline batch: {failed} of {total} articles failed; their lines have an "error" field', file=sys.stderr)
    return Exit.SOME_FAILED if failed else Exit.OK


def _same(source: str, target: str) -> bool:
    """Tell whether both are one regular file, under whatever names; what is no file (a terminal, /dev/null) may be both."""
    try:
        return STDIN not in (source, target) and Path(source).is_file() and Path(source).samefile(target)
    except OSError:  # the target is still to be made, or can't be: who opens it will say so
        return False


def _head(lines: Iterator[Line]) -> tuple[list[Line], bool]:
    """Return the first lines, and whether they are all."""
    head: list[Line] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line.data)
        if len(head) > SMALL or size > SMALL_BYTES:
            return head, False
    return head, True


def _answers(lines: Iterator[Line], workers: int, language: Language) -> Iterator[Answers]:
    if workers == 1:
        reader = Reader(language)
        return (reader.answers([line]) for line in lines)
    from client.workers import spread

    return spread(_chunks(lines), workers, partial(Reader, language))


def _articles(path: str) -> Iterator[Line]:
    """Yield the lines that are not blank, numbered from 1 as an editor numbers them."""
    for number, data in enumerate(binary_lines(path), start=1):
        if data.strip():
            yield Line(number, data)


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line.data)
        if len(chunk) == CHUNK_LINES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _processors() -> int:
    """Return the processors that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
