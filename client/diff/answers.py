"""The answers of a run, line by line: those of a file, or of the files of a folder, here or at a URL, in the order of their names.

A folder that `timeline batch` wrote has its answers in JSON lines or in Parquet, and its dead letters beside them: they are lines, too,
each where its article stood, which the file of words tells.
"""

from __future__ import annotations

import codecs
import contextlib
import itertools
import json
from collections.abc import Iterator, Sequence

from client.batch.manifest import DEAD, WORDS
from client.batch.packed import PackedError, packing, unpacked
from client.batch.places import below, is_folder, listed, look, opened, pyarrow
from client.batch.rows import EVENT_ROW, answer_of
from client.batch.words import segments
from client.exits import Exit, Failure
from client.inputs import reason

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
ROWS = 64
"""Rows of Parquet that are held at a time."""


def answers(path: str) -> Iterator[bytes]:
    """Return the lines of a run that are not blank, without their ends; raises Failure where it can't be read."""
    files = _files(path)
    return (data for _, _, data in _lines(files))


def place(path: str, ordinal: int) -> str:
    """Return the file and the line of the answer that `answers` yields at a place counted from 0."""
    file, number, _ = next(itertools.islice(_lines(_files(path)), ordinal, None))
    return f"{file}, line {number}"


def _files(path: str) -> Sequence[str]:
    try:
        if not is_folder(path):
            if look(path) is None:
                raise Failure(Exit.NO_INPUT, f"{path}: no such file or folder")
            return [path]
        files = [
            found.place
            for found in listed(path)
            if found.place.endswith((*SUFFIXES, DEAD)) and _shown(below(found.place, path))
        ]
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{path}: {reason(error)}") from error
    if not files:
        raise Failure(Exit.NO_INPUT, f"{path}: there are no answers in this folder ({', '.join(SUFFIXES)})")
    return files


def _shown(name: str) -> bool:
    """Tell whether a file of a folder is no scratch of the job that wrote it."""
    return not any(part.startswith(("_", ".")) for part in name.split("/"))


Line = tuple[str, int, bytes]
"""A line with the file and the place, from 1, where it stands."""


def _lines(files: Sequence[str]) -> Iterator[Line]:
    letters = {file.removesuffix(DEAD): file for file in files if file.endswith(DEAD)}
    for file in files:
        if not file.endswith(DEAD):
            beside = letters.pop(_base(file), "")
            yield from _merged(file, beside) if beside else _lines_of(file)
    for file in letters.values():  # of shards of which no article has an answer
        yield from _lines_of(file)


def _base(file: str) -> str:
    """Return the name of a shard's file without what tells it from the others of the shard."""
    return file.removesuffix(next((suffix for suffix in SUFFIXES if file.endswith(suffix)), ""))


def _merged(answers: str, letters: str) -> Iterator[Line]:
    """Yield the lines of both files of a shard in the order of its articles; without its words, the answers come first."""
    sources = {True: _lines_of(answers), False: _lines_of(letters)}
    for answered in _order(f"{_base(answers)}{WORDS}"):
        yield from itertools.islice(sources[answered], 1)
    for rest in sources.values():
        yield from rest


def _order(words: str) -> Iterator[bool]:
    """Yield for each article of a shard whether it has an answer, as far as the file of words tells."""
    with contextlib.suppress(OSError, ValueError), opened(words) as file:
        for segment in segments(file):
            yield from (article is not None for article in segment.articles)


def _lines_of(file: str) -> Iterator[Line]:
    try:
        for number, line in enumerate(_rows(file) if file.endswith(".parquet") else _json(file), start=1):
            data = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
            if data:
                yield file, number, data
    except PackedError as error:
        raise Failure(Exit.INVALID, f"{file}: {error}") from error
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{file}: {reason(error)}") from error


def _json(file: str) -> Iterator[bytes]:
    with opened(file) as raw, unpacked(raw, packing(file)) as stream:
        yield from stream


def _rows(file: str) -> Iterator[bytes]:
    """Yield the answers of a Parquet file as the lines of JSON that they would have been."""
    arrow, parquet = pyarrow(), pyarrow("parquet")
    with opened(file) as raw:
        try:
            source = parquet.ParquetFile(raw, pre_buffer=False)
            if source.schema_arrow.names == list(EVENT_ROW):
                raise Failure(Exit.INVALID, f"{file}: its rows are events (--explode); diff compares answers of articles")
            for batch in source.iter_batches(batch_size=ROWS, use_threads=False):
                for row in batch.to_pylist():
                    yield json.dumps(answer_of(row), ensure_ascii=False, separators=(",", ":")).encode()
        except (arrow.ArrowException, KeyError) as error:
            raise Failure(Exit.INVALID, f"{file}: no answers in Parquet: {error}") from error
