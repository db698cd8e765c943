"""Answers of a former engine that still hold: which articles a change of the lexicon or the rules can touch, and the others' answers.

A shard's answers are taken over where the input and the options are the same, nothing of it is damaged, the engine that made it is known
(`_engines` in the output folder) and differs by rules and words alone. Else the whole shard is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from client.batch.answering import Answer, Local
from client.batch.job import ARTICLES, JSONL, Job
from client.batch.manifest import ENDING, Manifest, changed_input, damage, load
from client.batch.packed import unpacked
from client.batch.places import is_folder, join, listed, look, opened, read
from client.batch.records import Record
from client.batch.shards import Shard
from client.batch.unfinished import written
from client.batch.words import segments
from client.exits import Exit, Failure
from client.inputs import reason
from timeline import Changes, Snapshot

ENGINES = "_engines"
UNDATED = re.compile(rb'"undatedEventIds":\[([^]]*)\]')


class Kept(NamedTuple):
    """An article of the former run: its answer, None where it must be read again, and its words."""

    line: bytes | None
    words: tuple[str, ...]


class Former:
    """The former run's folder, and what has changed since then."""

    def __init__(self, folder: str, job: Job) -> None:
        self._folder = folder
        self._job = job
        self._engine = Snapshot.of_this_engine()
        self._changes: dict[str, Changes | None] = {}

    def whole(self, shard: Shard) -> str:
        """Return why a shard is read again as a whole, "" where it is not."""
        manifest = load(self._folder, shard.name)
        if manifest is None:
            return "the former run has no such shard"
        if manifest.options != self._job.options() or changed_input(manifest, shard, self._job, thorough=False):
            return "its input or its options changed"
        if damaged := damage(manifest, self._folder, thorough=False):
            return damaged
        changes = self.changes(manifest)
        return "nobody knows the engine that made it" if changes is None else changes.everything

    def changes(self, manifest: Manifest) -> Changes | None:
        """Return what has changed since the engine that made a shard, None where that is not known."""
        name = str(manifest.engine.get("hash", ""))
        if name not in self._changes:
            old = snapshot(self._folder, name)
            self._changes[name] = None if old is None else Changes(old, self._engine)
        return self._changes[name]

    def kept(self, shard: Shard) -> Iterator[Kept]:
        """Yield the articles of a shard, in order; to be asked only where it is not read again as a whole.

        Raises Failure where the former answers can't be read.
        """
        try:
            yield from self._read(shard)
        except OSError as error:
            raise Failure(Exit.NO_INPUT, f"{join(self._folder, shard.name)}: {reason(error)}") from error

    def _read(self, shard: Shard) -> Iterator[Kept]:
        manifest = load(self._folder, shard.name)
        changes = None if manifest is None else self.changes(manifest)
        if manifest is None or changes is None:
            raise ValueError("asked for answers that can't be taken over")
        folder = join(self._folder, shard.name).rpartition("/")[0]
        renamed = _renamed(manifest, self._job)
        with opened(join(folder, manifest.words.name)) as index, opened(join(folder, manifest.output.name)) as file:
            lines = unpacked(file, self._job.packing)
            for words, articles in segments(index):
                touched = changes.touched([numbers or () for numbers in articles], words)
                for numbers, again in zip(articles, touched, strict=True):
                    line = None if numbers is None else lines.readline()
                    for old, new in renamed:
                        line = line and line.replace(old, new, 1)
                    yield Kept(None if again else line, tuple(words[number] for number in numbers or ()))


class Selective:
    """Answers what a change can touch with an engine, and all else with the former answers."""

    def __init__(self, local: Local, kept: Iterable[Kept]) -> None:
        self._local = local
        self._kept = kept

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer; raises ValueError where the former run has other records."""
        for record, (line, words) in zip(records, self._kept, strict=True):
            yield record, self._local.answer(record) if line is None else _taken(line, words)


def _taken(line: bytes, words: tuple[str, ...]) -> Answer:
    """Return a former answer with its counts, which show in it without reading it: no quote in a string of JSON stands alone."""
    events = line.count(b'"trigger":{')
    undated = UNDATED.search(line)
    return Answer(
        "",
        line,
        None,
        line.count(b'"calendar":"'),
        events,
        events - (undated[1].count(b",") + 1 if undated else 0),
        words,
        taken=True,
    )


def _renamed(manifest: Manifest, job: Job) -> list[tuple[bytes, bytes]]:
    """Return what of an answer names its engine, formerly and now."""
    return [
        (f'"{field}":"{manifest.engine[name]}"'.encode(), f'"{field}":"{job.engine[name]}"'.encode())
        for field, name in (("engineVersion", "version"), ("lexiconHash", "lexicon"))
    ]


def can_keep(job: Job) -> bool:
    """Tell whether answers in the form of a job can be taken over one by one."""
    return job.form == JSONL and job.rows == ARTICLES


def folder_of(since: str) -> str:
    """Return the output folder that --since names, itself or by a manifest in it; raises Failure where there is none."""
    try:
        if is_folder(since):
            return since.rstrip("/")
        if since.endswith(ENDING) and look(since):
            name = Manifest.from_json(read(since)).shard.name
            return since.removesuffix(f"{name}{ENDING}").rstrip("/") or "."
    except (OSError, ValueError) as error:
        raise Failure(Exit.NO_INPUT, f"--since {since}: {reason(error) if isinstance(error, OSError) else error}") from error
    raise Failure(Exit.NO_INPUT, f"--since {since}: no folder of answers and no manifest")


def engines(folder: str) -> Iterator[Snapshot]:
    """Yield the engines that made the answers of a folder, as far as they are known."""
    place = join(folder, ENGINES)
    for found in listed(place) if is_folder(place) else ():
        name = found.place.rpartition("/")[2].removesuffix(".json")
        if (known := snapshot(folder, name)) is not None:
            yield known


def snapshot(folder: str, name: str) -> Snapshot | None:
    """Return the engine with this hash, None where the folder does not know it."""
    try:
        return Snapshot.from_json(read(join(folder, f"{ENGINES}/{name}.json")).decode()) if name else None
    except (OSError, ValueError):
        return None


def remember(folder: str, engine: Snapshot) -> None:
    """Keep what an engine is made of beside its answers; raises Failure where that can't be written."""
    place = join(folder, f"{ENGINES}/{engine.hash}.json")
    try:
        if look(place) is None:
            with written(place) as file:
                file.write(engine.to_json().encode())
    except OSError as error:
        raise Failure(Exit.CANNOT_WRITE, f"{folder}: {reason(error)}") from error
