"""Places: where the files of a batch lie. A path is of this machine; what has a scheme, as in s3://bucket/key, is fsspec's.

client/batch/unfinished.py writes there.
"""

from __future__ import annotations

import contextlib
import io
import os
import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple, cast

from client.batch.stores import BUFFER, Stream, asked
from client.exits import Exit, Failure

FileSystem = Any
"""What fsspec returns: it is not typed."""


class Found(NamedTuple):
    """A file: its place, its bytes, and what changes with it: the time of its last change in ns, or a store's ETag or checksum."""

    place: str
    size: int
    stamp: str


def is_url(place: str) -> bool:
    """Tell whether a place is fsspec's."""
    return "://" in place


def join(folder: str, name: str) -> str:
    """Return the place of a name, which may hold slashes, in a folder."""
    return posixpath.join(folder, name) if is_url(folder) else str(Path(folder) / name)


def look(place: str) -> Found | None:
    """Return what is known of a file, None where there is none; raises OSError where nobody can tell."""
    try:
        if is_url(place):
            fs, path = remote(place)
            with asked():
                return _found(fs, path, fs.info(path))
        status = Path(place).stat()
    except FileNotFoundError:
        return None
    return Found(place, status.st_size, str(status.st_mtime_ns))


def is_folder(place: str) -> bool:
    """Tell whether a place is a folder that exists; raises OSError where nobody can tell."""
    if is_url(place):
        fs, path = remote(place)
        with asked():
            return bool(fs.isdir(path))
    return Path(place).is_dir()


def listed(folder: str) -> Iterator[Found]:
    """Yield the files of a folder and of all folders below it, in the order of their names, but for those that are hidden.

    Links are followed, but not round in circles. Pipes, sockets and devices are no files: they hold no archive, and to open one may
    take for ever. Raises OSError for a folder that can't be read: what it holds must not be missed.
    """
    if is_url(folder):
        fs, path = remote(folder)
        with asked():
            found = sorted(fs.find(path, detail=True).items())
        for name, info in found:
            if not is_hidden(name.removeprefix(path)):
                yield _found(fs, name, info)
        return
    yield from map(_there, _walked(str(Path(folder)), ()))


def _walked(folder: str, above: tuple[str, ...]) -> Iterator[str]:
    """Yield the files below a folder; `above` are the true names of the folders that lead to it."""
    real = os.path.realpath(folder)
    if real in above:
        return
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    inner = []
    for entry in entries:
        if _is(entry.is_dir):
            inner.append(entry.path)
        elif _is(entry.is_file) or not _is(Path(entry.path).exists):
            yield entry.path.removeprefix("./")
    for path in inner:
        yield from _walked(path, (*above, real))


def _is(ask: Callable[[], bool]) -> bool:
    """Ask about a path; of one that nobody can tell about, such as a link to itself, nothing is true."""
    try:
        return ask()
    except OSError:
        return False


def matching(pattern: str) -> Iterator[Found]:
    """Yield the files that a pattern names, with * ? [] and ** as shells have them, in the order of their names."""
    if is_url(pattern):
        fs, path = remote(pattern)
        with asked():
            found = sorted(fs.glob(path, detail=True).items())
        for name, info in found:
            if info["type"] == "file":
                yield _found(fs, name, info)
        return
    from glob import glob

    for name in sorted(glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        if _is(Path(name).is_file) or not _is(Path(name).exists):
            yield _there(name)


def canonical(url: str) -> str:
    """Return a URL as the files that lie there are named: several schemes may be one store's."""
    fs, path = remote(url)
    return str(fs.unstrip_protocol(path))


def below(place: str, folder: str) -> str:
    """Return the name of a place below a folder, however both are written (./news, s3a://)."""
    if is_url(folder):
        return place.removeprefix(canonical(folder).rstrip("/")).lstrip("/")
    name = PurePath(place).relative_to(PurePath(folder)).as_posix()
    return "" if name == "." else name


def _there(place: str) -> Found:
    """Return what is known of a file that a folder names; who opens a link that leads nowhere will say so."""
    with contextlib.suppress(OSError):
        return look(place) or Found(place, 0, "")
    return Found(place, 0, "")


def opened(place: str) -> BinaryIO:
    """Open a file for reading, from any position; raises OSError."""
    if is_url(place):
        fs, path = remote(place)
        with asked():
            return cast("BinaryIO", io.BufferedReader(Stream(fs.open(path, "rb")), BUFFER))
    return Path(place).open("rb")


def read(place: str) -> bytes:
    """Return a small file; raises OSError."""
    with opened(place) as file:
        return file.read()


def remove(place: str) -> None:
    """Remove a file if it is there."""
    if is_url(place):
        fs, path = remote(place)
        with asked():
            if fs.exists(path):
                fs.rm_file(path)
    else:
        Path(place).unlink(missing_ok=True)


def is_hidden(path: str) -> bool:
    """Tell whether a name, or a folder that leads to it, begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


def _found(fs: FileSystem, path: str, info: dict[str, Any]) -> Found:
    stamp = next(
        (info[key] for key in ("ETag", "etag", "md5Hash", "md5", "checksum", "LastModified", "mtime") if info.get(key)), ""
    )
    return Found(fs.unstrip_protocol(path), int(info.get("size") or 0), str(stamp).strip('"'))


def remote(url: str) -> tuple[FileSystem, str]:
    """Return the file system of a URL and the path in it; fsspec keeps its file systems."""
    find: Callable[[str], tuple[FileSystem, str]] = extra("fsspec.core", "archive").url_to_fs
    try:
        return find(url)
    except ImportError as error:
        raise Failure(Exit.USAGE, f"{url}: {error}; for S3: pip install 'eventtimeline[archive]'") from error
    except ValueError as error:
        raise Failure(Exit.USAGE, f"{url}: {error}") from error


def extra(module: str, name: str) -> Any:  # noqa: ANN401 - a module
    """Import a module of one of the project's extras; raises Failure where that is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise Failure(Exit.USAGE, f"this needs {module}: pip install 'eventtimeline[{name}]'") from error


def pyarrow(part: str = "") -> Any:  # noqa: ANN401 - a module
    """Import pyarrow, or a part of it; it takes its memory from malloc, unless the environment says otherwise.

    A pool of its own would keep 30 MB more. `pyarrow.set_memory_pool` comes too late: what writes Parquet has taken the pool that was
    there when its library was loaded.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    return extra(f"pyarrow.{part}" if part else "pyarrow", "archive")
