"""Manifests: what a finished shard is made of. A shard is done when its manifest says so and what it names is there.

It is written last, so that a job that is killed leaves a shard without one, to be done again. All of it but `run` is decided by
the input, the options and the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from types import UnionType
from typing import Any, Self

from client.batch.job import Job
from client.batch.places import join, look, opened, read, remove
from client.batch.records import Records
from client.batch.shards import Shard
from client.batch.writers import File
from client.exits import Failure

ENDING, DEAD, WORDS = ".manifest.json", ".dead.ndjson", ".words"
"""How the names of a shard's files end, beside its output."""
FORMAT = 1
"""The version of the form of manifests; one with another number is not read."""
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a shard: articles, those without an answer, time expressions, events, and those with a date.

    `unpublished` are articles with an answer but no time of publication from which it could count.
    """

    articles: int = 0
    failed: int = 0
    times: int = 0
    events: int = 0
    dated: int = 0
    unpublished: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """How a shard was done: seconds, articles that were read again, and those whose answers were taken from a former run."""

    seconds: float
    read: int
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """A finished shard. `digest` is the SHA-256 of its input's records; `dead` is None where every article has an answer."""

    shard: Shard
    digest: str
    output: File
    dead: File | None
    words: File
    counts: Counts
    engine: dict[str, Any]
    options: dict[str, Any]
    run: Run

    def to_json(self) -> bytes:
        """Return the file's content."""
        fields = {
            "format": FORMAT,
            "shard": self.shard.name,
            "input": {
                "place": self.shard.place,
                "form": self.shard.form,
                "packing": self.shard.packing,
                "start": self.shard.start,
                "end": self.shard.end,
                "bytes": self.shard.size,
                "stamp": self.shard.stamp,
                "sha256": self.digest,
            },
            "output": self.output._asdict(),
            "dead": self.dead and self.dead._asdict(),
            "words": self.words._asdict(),
            "counts": asdict(self.counts),
            "engine": self.engine,
            "options": self.options,
            "run": asdict(self.run),
        }
        # backslashreplace writes what a name has that is not UTF-8 as JSON escapes it.
        return json.dumps(fields, ensure_ascii=False, indent=1).encode(errors="backslashreplace") + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Return the manifest that a file holds; raises ValueError where it holds none that this version can read."""
        try:
            fields = json.loads(data)
            source = {FORMAT: fields["input"]}[fields["format"]]
            found = cls(
                Shard(
                    fields["shard"], source["place"], source["form"], source["packing"], source["start"], source["end"],
                    source["bytes"], source["stamp"],
                ),
                source["sha256"],
                File(**fields["output"]),
                fields["dead"] and File(**fields["dead"]),
                File(**fields["words"]),
                Counts(**fields["counts"]),
                fields["engine"],
                fields["options"],
                Run(**fields["run"]),
            )  # fmt: skip
            _check(found)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            raise ValueError(f"not a manifest: {error}") from error
        return found

    @property
    def files(self) -> list[File]:
        """The files that belong to it."""
        return [self.output, self.words, *([self.dead] if self.dead else [])]


def _check(found: Manifest) -> None:
    """Raise TypeError where a value is not of the type that it is said to be."""
    shard, files, run = found.shard, found.files, found.run
    wanted: list[tuple[type | UnionType, Iterable[object]]] = [
        (str, (shard.name, shard.place, shard.form, shard.packing, shard.stamp, found.digest)),
        (str, (text for file in files for text in (file.name, file.sha256, file.stamp))),
        (int, (shard.start, shard.end, shard.size, run.read, run.taken, *asdict(found.counts).values(), *(file.size for file in files))),
        (int | float, (run.seconds,)),
        (dict, (found.engine, found.options)),
    ]  # fmt: skip
    for kind, values in wanted:
        for value in values:
            if not isinstance(value, kind):
                raise TypeError(f"{value!r} is not of type {kind}")


def load(out: str, name: str) -> Manifest | None:
    """Return the manifest of a shard in an output folder, None where there is none that can be read; raises OSError."""
    try:
        return Manifest.from_json(read(join(out, name + ENDING)))
    except (FileNotFoundError, ValueError):
        return None


def discard(out: str, name: str) -> None:
    """Remove a finished shard, its manifest first; raises OSError."""
    manifest = load(out, name)
    remove(join(out, name + ENDING))
    folder = join(out, name).rpartition("/")[0]
    for file in manifest.files if manifest else ():
        remove(join(folder, file.name))


def damage(manifest: Manifest, out: str, *, thorough: bool) -> str:
    """Return what is wrong with the files of a finished shard, "" where nothing is.

    A file that has its size and its stamp is taken for whole; of others, and of all where `thorough`, the hash is compared.
    """
    folder = join(out, manifest.shard.name).rpartition("/")[0]
    for file in manifest.files:
        place = join(folder, file.name)
        found = look(place)
        if found is None:
            return f"{file.name} is missing"
        if found.size != file.size or ((thorough or found.stamp != file.stamp) and sha256(place) != file.sha256):
            return f"{file.name} was changed"
    return ""


def changed_input(manifest: Manifest, shard: Shard, job: Job, *, thorough: bool) -> bool:
    """Tell whether a shard's input is another than the one that its manifest is of: by its stamp, else by what it holds."""
    if manifest.shard == shard and not thorough:
        return False
    if manifest.shard._replace(stamp="", place="") != shard._replace(stamp="", place=""):
        return True
    records = Records(shard, job.longest, job.columns.needed() if job.columns else None)
    try:
        for _ in records:
            pass
    except Failure:  # who does it again will say so
        return True
    return records.digest != manifest.digest


def sha256(place: str) -> str:
    """Return the hash of a file in hexadecimal digits."""
    import hashlib

    with opened(place) as file:
        if hasattr(file, "fileno"):
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        hashed = hashlib.sha256()
        while block := file.read(BLOCK):
            hashed.update(block)
        return hashed.hexdigest()
