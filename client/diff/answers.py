"""The answers of a run, line by line: those of a file, or of the files of a folder in the order of their names."""

from __future__ import annotations

import codecs
import gzip
import itertools
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from client.exits import Exit, Failure
from client.inputs import reason

SUFFIXES = (".jsonl", ".jsonl.gz")


def answers(path: str) -> Iterator[bytes]:
    """Return the lines of a run that are not blank, without their ends; raises Failure where it can't be read."""
    files = _files(Path(path))
    return (data for _, _, data in _lines(files))


def place(path: str, ordinal: int) -> str:
    """Return the file and the line of the answer that `answers` yields at a place counted from 0."""
    file, number, _ = next(itertools.islice(_lines(_files(Path(path))), ordinal, None))
    return f"{file}, line {number}"


def _files(path: Path) -> Sequence[Path]:
    if not path.exists():
        raise Failure(Exit.NO_INPUT, f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.name.endswith(SUFFIXES) and _shown(file.relative_to(path)))
    if not files:
        raise Failure(Exit.NO_INPUT, f"{path}: there are no answers in this folder ({', '.join(SUFFIXES)})")
    return files


def _shown(path: Path) -> bool:
    """Tell whether a file of a folder is no scratch of the job that wrote it."""
    return not any(part.startswith(("_", ".")) for part in path.parts)


def _lines(files: Sequence[Path]) -> Iterator[tuple[Path, int, bytes]]:
    for file in files:
        try:
            with _open(file) as stream:
                for number, line in enumerate(stream, start=1):
                    data = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
                    if data:
                        yield file, number, data
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Failure(Exit.INVALID, f"{file}: not a whole gzip file: {error}") from error
        except OSError as error:
            raise Failure(Exit.NO_INPUT, f"{file}: {reason(error)}") from error


def _open(file: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(file) if file.suffix == ".gz" else file.open("rb")
