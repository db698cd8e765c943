"""The lexicon as a value: the tables of `timeline/lexicon`, or of another edition of it, from which all else is compiled."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from timeline.digest import digest
from timeline.errors import LexiconError


class Lexicon:
    """An edition of the lexicon: the TOML text of each table by its name, such as `calendar.toml` or `events/conflict.toml`."""

    __slots__ = ("_hash", "_texts")

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(sorted(texts.items()))
        self._hash = ""

    @classmethod
    def packaged(cls, *names: str) -> Lexicon:
        """Read the tables that come with this package, or only those that are named."""
        folder = resources.files("timeline") / "lexicon"
        if names:
            return cls({name: folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names})
        return cls(dict(_read(folder, "")))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, sorted."""
        return tuple(self._texts)

    @property
    def texts(self) -> dict[str, str]:
        """The text of each table, as a copy."""
        return dict(self._texts)

    @property
    def hash(self) -> str:
        """What tells this edition from others: the digest of all names and texts, 16 hex digits. Taken once: it costs 2 ms."""
        self._hash = self._hash or digest(part for row in self._texts.items() for part in row)
        return self._hash

    def table(self, name: str) -> dict[str, Any]:
        """Return a table, parsed anew; raises LexiconError where there is none of that name or its text is no TOML."""
        if name not in self._texts:
            raise LexiconError([f"{name}: there is no such table"])
        try:
            return tomllib.loads(self._texts[name])
        except tomllib.TOMLDecodeError as error:
            raise LexiconError([f"{name}: {error}"]) from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        return f"<Lexicon {self.hash}>"


def _read(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _read(file, f"{prefix}{file.name}/")
        elif file.name.endswith(".toml"):
            yield prefix + file.name, file.read_text(encoding="utf-8")
