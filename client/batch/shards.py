"""Shards: the parts of an archive that are done one by one. The same inputs and size give the same shards, wherever they are cut."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from client.batch.job import JSONL, PARQUET
from client.batch.options import SHARD_SIZE
from client.batch.packed import packing, without_ending
from client.batch.places import Found, below, is_folder, is_url, listed, look, matching, opened, pyarrow
from client.exits import Exit, Failure
from client.inputs import reason

FORMS = {".jsonl": JSONL, ".ndjson": JSONL, ".parquet": PARQUET, ".pq": PARQUET}
"""What the files of a folder hold, by the ends of their names (before that of their packing)."""
MAGIC = frozenset("*?[")


class Shard(NamedTuple):
    """A part of an input: of plain JSON lines those that begin in the bytes from `start` to `end`, of Parquet those row groups.

    `end` -1 is the end of the file. `name` is its own among the shards of an archive, and of its outputs; `size` its bytes, as they
    lie there; `stamp` changes with the file.
    """

    name: str
    place: str
    form: str
    packing: str
    start: int
    end: int
    size: int
    stamp: str

    @property
    def whole(self) -> bool:
        """Whether it is all of its file."""
        return self.start == 0 and self.end == -1


class Input(NamedTuple):
    """A file of an archive: the name that its shards begin with, what it holds, and what is known of it."""

    name: str
    form: str
    found: Found


def inputs(specs: Sequence[str], form: str = "") -> list[Input]:
    """Return the files that specs name, by name: files, folders with all that they hold, patterns, here or at URLs.

    `form` says what they hold, by default their names do; of a folder only files with a known ending count. Raises Failure where
    one is missing, can't be read, or has the name of another.
    """
    found: dict[str, Input] = {}
    for spec in specs:
        for one in _of(spec, form):
            other = found.setdefault(one.name, one)
            if other.found.place != one.found.place:
                reason = (
                    f"{other.found.place} and {one.found.place} would have outputs of one name: give the folder that holds both"
                )
                raise Failure(Exit.USAGE, reason)
    return [found[name] for name in sorted(found)]


def is_pattern(spec: str) -> bool:
    """Tell whether a spec is a pattern: a file may have such a name, too."""
    return not MAGIC.isdisjoint(spec) and (is_url(spec) or not os.path.lexists(spec))


def _of(spec: str, form: str) -> Iterator[Input]:
    try:
        if not is_pattern(spec):
            if is_folder(spec):
                some = list(_named(listed(spec), spec, form))
                if not some:
                    raise Failure(Exit.NO_INPUT, f"{spec}: no file in this folder is called {', '.join(FORMS)}, packed or not")
                yield from some
                return
            one = look(spec)
            if one is None:
                raise Failure(Exit.NO_INPUT, f"{spec}: no such file or directory")
            yield Input(posixpath.basename(spec), form or form_of(spec) or JSONL, one)
        else:
            some = list(
                _named(matching(spec), posixpath.dirname(spec[: min(spec.index(mark) for mark in MAGIC if mark in spec)]), form)
            )
            if not some:
                raise Failure(Exit.NO_INPUT, f"{spec}: no file matches")
            yield from some
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{error.filename or spec}: {reason(error)}") from error


def _named(files: Iterable[Found], root: str, form: str) -> Iterator[Input]:
    for one in files:
        known = form_of(one.place)
        if known:
            yield Input(below(one.place, root), form or known, one)


def form_of(name: str) -> str:
    """Return what a file holds by its name, "" where that doesn't say."""
    return FORMS.get(posixpath.splitext(without_ending(name))[1].lower(), "")


def shards(files: Iterable[Input], size: int = SHARD_SIZE) -> Iterator[Shard]:
    """Yield the shards of inputs, in order: of about `size` bytes where a file can be cut, which a packed one can't be."""
    for name, form, (place, length, stamp) in files:
        kind = packing(place)
        if form == PARQUET:
            cuts = _groups(place, size) if length > size else [(0, -1, length)]
        elif kind or length <= size:
            cuts = [(0, -1, length)]
        else:
            cuts = [(at, min(at + size, length), min(size, length - at)) for at in range(0, length, size)]
        for number, (start, end, part) in enumerate(cuts):
            yield Shard(f"{name}-{number:05}", place, form, "" if form == PARQUET else kind, start, end, part, stamp)


def input_of(name: str) -> str:
    """Return the name of the input that a shard is of, by its own."""
    return name.rpartition("-")[0]


def _groups(place: str, size: int) -> list[tuple[int, int, int]]:
    """Return runs of row groups of a Parquet file, each of about so many bytes unpacked; all in one where it can't be read."""
    pq = pyarrow("parquet")
    try:
        with opened(place) as file:
            metadata = pq.ParquetFile(file).metadata
            sizes = [metadata.row_group(k).total_byte_size for k in range(metadata.num_row_groups)]
    except (OSError, ValueError):  # it is said where the shard is read
        return [(0, -1, 0)]
    cuts: list[tuple[int, int, int]] = []
    start = held = 0
    for k, bytes_ in enumerate(sizes):
        held += bytes_
        if held >= size or k == len(sizes) - 1:
            cuts.append((start, k + 1, held))
            start, held = k + 1, 0
    return cuts or [(0, -1, 0)]
