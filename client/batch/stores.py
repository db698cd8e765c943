"""Stores, as fsspec knows them: their errors as those of a disk, their files as streams."""

from __future__ import annotations

import contextlib
import errno
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from client.exits import Failure

BUFFER = 1 << 20


@contextlib.contextmanager
def asked() -> Iterator[None]:
    """Raise OSError for all that a store raises: each has errors of its own for what does not answer or lets nobody in."""
    try:
        yield
    except (OSError, Failure):
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}") from error


class Stream(io.RawIOBase):
    """A file of a store, to be buffered: fsspec's own have no lines of a bounded length, and raise what stores raise."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; raises OSError."""
        view = memoryview(cast("bytearray", buffer))
        with asked():
            data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a position."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
