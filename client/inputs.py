"""The articles that a command is to read: files, standard input, or a manifest of files and their publication contexts."""

from __future__ import annotations

import datetime as dt
import errno
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from client.exits import CONVERT, Exit, Failure, invalid
from timeline import Article, InvalidArticle, Publication

STDIN = "-"
MANIFEST_KEYS = {"published", "zone", "country"}


class Source(NamedTuple):
    """Where an article comes from and when it was published; the path "-" is standard input."""

    path: str
    publication: Publication | None


def publication(published: dt.datetime | dt.date | None, zone: str, country: str) -> Publication | None:
    """Return the publication context of the options, None where none of them was given; raises Failure for a bad one."""
    if published is None and not zone and not country:
        return None
    try:
        return Publication(published, zone, country)
    except InvalidArticle as error:
        raise invalid(error.field, error.reason) from error


def read(source: Source) -> Article:
    """Return the article of a source under its file's name; raises Failure where it can't be read or is not UTF-8."""
    standard = source.path == STDIN
    try:
        data = standard_input().read() if standard else Path(source.path).read_bytes()
    except OSError as error:
        raise Failure(Exit.NO_INPUT, reason(error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(Exit.INVALID, f"not UTF-8 text ({error.reason} at byte {error.start}): {CONVERT}") from error
    return Article(text, source.publication, "stdin" if standard else Path(source.path).name)


def standard_input() -> BinaryIO:
    """Return standard input as bytes; raises OSError where the process has none."""
    # Python has none where the process was started without one, whatever its type says.
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer


def reason(error: OSError) -> str:
    """Return what went wrong, without the errno and without the path."""
    said = error.strerror or str(error) or "cannot be read"
    return said[0].lower() + said[1:]


def manifest(path: str, only: Sequence[str]) -> list[Source]:
    """Return the files of a manifest, in its order, or of these the ones that `only` names.

    A manifest is TOML: a table for each file, named relative to the manifest, with `published` (a date or date-time),
    `zone` and `country`, each of which may be missing. Raises Failure where it can't be read or says something else.
    """
    try:
        with Path(path).open("rb") as file:
            tables = tomllib.load(file)
    except OSError as error:
        raise Failure(Exit.NO_INPUT, f"{path}: {reason(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Failure(Exit.INVALID, f"{path}: not a manifest: {error}") from error
    if not tables:
        raise Failure(Exit.INVALID, f"{path}: names no article")
    sources = {name: Source(str(Path(path).parent / name), _context(path, name, table)) for name, table in tables.items()}
    missing = [file for file in only if Path(file).name not in sources]
    if missing:
        raise Failure(Exit.USAGE, f"{path} says nothing about {', '.join(missing)}; it knows {', '.join(sources)}")
    return [sources[Path(file).name]._replace(path=file) for file in only] or list(sources.values())


def _context(path: str, name: str, table: object) -> Publication | None:
    if not isinstance(table, dict):
        raise Failure(Exit.INVALID, f'{path}: {name} must stand below the name of a file, such as ["article.txt"]')
    if unknown := sorted(table.keys() - MANIFEST_KEYS):
        raise Failure(Exit.INVALID, f'{path}: ["{name}"] may hold published, zone and country, but not {", ".join(unknown)}')
    published, zone, country = table.get("published"), table.get("zone", ""), table.get("country", "")
    if not isinstance(published, dt.date | None):
        raise Failure(Exit.INVALID, f'{path}: ["{name}"] published must be a date or a date-time, without quotes')
    if not isinstance(zone, str) or not isinstance(country, str):
        raise Failure(Exit.INVALID, f'{path}: ["{name}"] zone and country must be strings')
    try:
        return publication(published, zone, country)
    except Failure as failure:
        raise Failure(failure.code, f'{path}: ["{name}"] {failure.message.removeprefix("--")}') from failure
