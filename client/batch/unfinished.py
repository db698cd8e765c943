"""Unfinished files: a file is written whole or not at all, beside its place under a name of its own, brought to the disk, renamed.

While it is written, its writer holds a lock on it, so that what a killed job left behind can be told from what another one is writing.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import posixpath
import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from client.batch.places import below, is_hidden, is_url, remote
from client.batch.stores import asked

PART = ".part"
"""How the names of unfinished files end; they begin with a dot."""
OURS = re.compile(rf"\..+\.[0-9a-f]{{8}}{re.escape(PART)}", re.DOTALL)
"""The names of those that may be swept away: others may have files with that end."""
LONGEST_NAME = 255
"""Bytes of a name, as nearly all file systems have them."""
OBJECT_STORES = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"))
"""Schemes of stores in which an object appears when it is whole, so that no renaming is needed, and would cost a copy."""


@contextlib.contextmanager
def written(place: str) -> Iterator[BinaryIO]:
    """Open a file for writing. It appears in its place, with its folders, when the block ends, and not at all when that raises."""
    if is_url(place):
        with tempfile.NamedTemporaryFile() as spool:
            yield cast("BinaryIO", spool)
            spool.flush()
            with asked():
                _upload(spool.name, place)
        return
    target = Path(place)
    target.parent.mkdir(parents=True, exist_ok=True)
    part, file = _part(target)
    with file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def part_name(name: str, mark: str) -> str:
    """Return the name of an unfinished file, with a mark of its writer's; of a long name as much as a name may have."""
    room = LONGEST_NAME - len(f".{mark}{PART}")
    return f".{os.fsdecode(os.fsencode(name)[:room])}{mark}{PART}"


def _part(target: Path) -> tuple[Path, BinaryIO]:
    """Return a new file beside a place, with a lock on it."""
    while True:
        part = target.with_name(part_name(target.name, f".{secrets.token_hex(4)}"))
        file = part.open("xb")
        with contextlib.suppress(OSError):  # some file systems know no locks: then nothing is swept
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return part, file
        file.close()  # between our opening and our locking, another job swept it away


def sync(folder: str) -> None:
    """Bring the names of a folder's files to the disk."""
    if not is_url(folder):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: str) -> int:
    """Remove what killed jobs left unfinished in a folder and below it; return how many files that were."""
    if is_url(folder) or not Path(folder).is_dir():
        return 0
    return sum(
        _swept(part)
        for part in Path(folder).rglob(f".*{PART}")
        if OURS.fullmatch(part.name) and not _within_hidden(part, folder)
    )


def _within_hidden(path: Path, folder: str) -> bool:
    """Tell whether a folder between a path and the one that it lies below is hidden: no job writes into such."""
    return is_hidden(below(str(path.parent), folder))


def _swept(part: Path) -> bool:
    with contextlib.suppress(OSError), part.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its writer lives; NFS locks what can be written only
        part.unlink()
        return True
    return False


def _upload(file: str, place: str) -> None:
    fs, path = remote(place)
    schemes = (fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol
    if OBJECT_STORES.isdisjoint(schemes):
        folder, name = posixpath.split(path)
        fs.makedirs(folder, exist_ok=True)
        part = f"{folder}/.{name}.{secrets.token_hex(4)}{PART}"
        fs.put_file(file, part)
        fs.mv(part, path)
    else:
        fs.put_file(file, path)
