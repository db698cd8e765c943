"""Where a batch writes: a file that appears under its name when it is whole, or a stream."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from client.batch.places import is_url
from client.batch.unfinished import part_name, written
from client.exits import Exit, Failure
from client.inputs import STDIN, reason

STREAM = ".timeline"
"""The mark in the name of an unfinished file: nobody else's file is called like that."""


@contextlib.contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """Open a path for writing; "-" is standard output; a URL is fsspec's.

    A regular file is written under a hidden name, brought to the disk and renamed when the block ends, or removed when it raises;
    the name is always the same, so that a second job finds it in use. What is not a regular file (a pipe, /dev/null) is written as
    it is. Raises Failure where it can't be written, or where another job is writing it.
    """
    target = Path(os.path.realpath(path))
    try:
        if is_url(path):
            with written(path) as file:
                yield file
        elif path == STDIN:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
        else:
            with _whole(target) as file:
                yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        name = "standard output" if path == STDIN else path
        raise Failure(Exit.CANNOT_WRITE, f"{name}: {reason(error)}") from error


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(part_name(target.name, STREAM))
    with part.open("ab") as file:
        _lock(file, part)
        try:
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
            _sync(target.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _lock(file: BinaryIO, part: Path) -> None:
    """Make sure that no other job writes the file; the lock goes with the process, however that ends."""
    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Between our opening and our locking, the former owner may have renamed the file or removed it.
        if part.exists() and os.path.samestat(part.stat(), os.fstat(file.fileno())):
            return
    raise Failure(Exit.TRY_LATER, f"{part}: another job is writing this file; wait for it, or choose another name")


def _sync(folder: Path) -> None:
    """Bring the renaming to the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
