"""Identity: what an engine is made of, as a value that is kept beside the answers that it gave (timeline/changes.py compares two)."""

from __future__ import annotations

import json
import sys
import unicodedata
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from timeline.dates.grammar import rules_of
from timeline.dates.rules import MODULES
from timeline.digest import digest
from timeline.fingerprints import fingerprints
from timeline.tables import Lexicon
from timeline.version import ENGINE_VERSION

_FORMAT = 1
_PACKAGES = ("dateparser", "hijri-converter", "hijridate", "python-dateutil", "pytz", "regex", "tzlocal")
_RULES, _VERSION = "dates/rules/", "version.py"
_ZONES = ("tzdata.zi", "+VERSION")  # either names its version in its first line


class RuleMark(NamedTuple):
    """A rule of time: its module in `timeline.dates.rules`, its name and pattern, and the fingerprint of all that it is made of."""

    module: str
    name: str
    pattern: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an engine is made of: the rules in their order, a digest of its other code, and the versions of what answers depend on.

    `packages` are pairs of name and version: packages, Python, its table of characters, and the time zones.
    """

    version: str
    lexicon: Lexicon
    rules: tuple[RuleMark, ...]
    code: str
    packages: tuple[tuple[str, str], ...]

    @classmethod
    def of_this_engine(cls, lexicon: Lexicon | None = None) -> Snapshot:
        """Return the snapshot of this package, with the lexicon that it comes with or another; it takes about 0.1 s."""
        code, rules = _code(), _rules()
        return cls(ENGINE_VERSION, lexicon or Lexicon.packaged(), rules, code, tuple(sorted(_packages().items())))

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Return the snapshot that `to_json` wrote; raises ValueError where the text is none, or is not as it was written."""
        try:
            row = json.loads(text)
            if row["format"] != _FORMAT:
                raise ValueError(f"this snapshot of an engine has format {row['format']!r}, not {_FORMAT}")
            rules = tuple(RuleMark(*map(_text, rule)) for rule in row["rules"])
            packages = tuple((_text(name), _text(version)) for name, version in row["packages"].items())
            lexicon = Lexicon({_text(name): _text(table) for name, table in row["lexicon"].items()})
            found = cls(_text(row["version"]), lexicon, rules, _text(row["code"]), packages)
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError("this is no snapshot of an engine") from error
        if row.get("hash") != found.hash:
            raise ValueError("this snapshot of an engine is not as it was written: its hash is another")
        return found

    def to_json(self) -> str:
        """Return the snapshot as JSON, which `from_json` reads; the lexicon is most of its 300 KB."""
        row = {
            "format": _FORMAT,
            "hash": self.hash,
            "version": self.version,
            "code": self.code,
            "packages": dict(self.packages),
            "rules": self.rules,
            "lexicon": self.lexicon.texts,
        }
        return json.dumps(row, ensure_ascii=False, indent=1)

    @property
    def hash(self) -> str:
        """What tells this engine from others, 16 hex digits."""
        rules = (part for rule in self.rules for part in rule)
        packages = (part for package in self.packages for part in package)
        return digest((self.version, self.lexicon.hash, str(len(self.rules)), *rules, self.code, *packages))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _rules() -> tuple[RuleMark, ...]:
    folder = resources.files("timeline") / "dates" / "rules"
    names = {module.__name__: module.__name__.rpartition(".")[2] for module in MODULES}
    sources = {module: (folder / f"{name}.py").read_text(encoding="utf-8") for module, name in names.items()}
    made_of = fingerprints(sources)
    return tuple(
        RuleMark(names[module.__name__], rule.name, rule.pattern, made_of[module.__name__, rule.name])
        for module in MODULES
        for rule in rules_of((module,))
    )


def _code() -> str:
    """Return the digest of all modules but those of rules, which are told one by one, and the version."""
    found = sorted(row for row in _sources(resources.files("timeline"), "") if row[0] != _VERSION)
    return digest(part for name, text in found if not name.startswith(_RULES) for part in (name, text))


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for file in folder.iterdir():
        if file.name.endswith(".py"):
            yield prefix + file.name, file.read_text(encoding="utf-8")
        elif file.is_dir() and file.name != "__pycache__":
            yield from _sources(file, f"{prefix}{file.name}/")


def _packages() -> dict[str, str]:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        **{name: _version(name) for name in _PACKAGES},
        "python": python,
        "unicode": unicodedata.unidata_version,
        "tzdata": _zones(),
    }


def _version(package: str) -> str:
    from importlib import metadata  # noqa: PLC0415  it takes a while to import, and who only extracts never needs it

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _zones() -> str:
    """Return the version of the time zones, which Python takes from the system where it has them, else from the package tzdata."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "UTC").is_file():
            told = next((folder / name for name in _ZONES if (folder / name).is_file()), None)
            return "system" if told is None else f"system {told.read_text(encoding='utf-8').partition(chr(10))[0]}"
    return _version("tzdata")
