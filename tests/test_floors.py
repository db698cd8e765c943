"""Imports go down only, the edges see the library's face only, and it reads no clock, locale or network."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FLOORS = (
    (("timeline.errors", "timeline.model", "timeline.version", "timeline.digest"),),
    (("timeline.tables",),),
    (("timeline.reasons", "timeline.wording"),),
    (("timeline.text",),),
    (("timeline.dates",), ("timeline.events",)),
    (("timeline.anchors", "timeline.families"),),
    (("timeline.extract",), ("timeline.fingerprints", "timeline.identity")),
    (("timeline.changes", "timeline.differences", "timeline.needs", "timeline.readings"),),
    (("timeline",),),
    (("eventtimeline",),),
    (("server",), ("client",)),
)
"""From the ground up. A floor holds rooms, a room holds modules: imports go to one's own room or to a floor below."""

NOT_IN_LIBRARY = frozenset(
    {
        "asyncio",
        "ftplib",
        "google",
        "grpc",
        "http",
        "locale",
        "requests",
        "smtplib",
        "socket",
        "ssl",
        "time",
        "tzlocal",
        "urllib",
    }
)
"""Top-level modules that `timeline` may not import: the wire, the network, the clock, the machine's locale and zone."""

CLOCK = frozenset({"now", "today", "utcnow"})
"""Attributes of `datetime` and `date` that read the clock."""

Room = tuple[int, int]


def top(module: str) -> str:
    """Return the top-level package of a module."""
    return module.split(".", maxsplit=1)[0]


def room_of(module: str) -> Room | None:
    """Return the floor and room of one of the project's modules by its longest known prefix, None for any other."""
    parts = module.split(".")
    for size in range(len(parts), 0, -1):
        prefix = ".".join(parts[:size])
        # The face is `timeline` itself and nothing below it, or a new folder would count as the face unseen.
        if prefix == "timeline" and module != "timeline":
            return None
        for floor, rooms in enumerate(FLOORS):
            for number, room in enumerate(rooms):
                if prefix in room:
                    return floor, number
    return None


def imports(module: str, tree: ast.AST, known: frozenset[str], *, package: bool) -> Iterator[tuple[int, str]]:
    """Yield the line and full name of each import; `from a import b` is `a.b` where that is a module of the project."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                parents = parents[: len(parents) - node.level + package]
                base = ".".join([*parents, base] if base else parents)
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield node.lineno, name if name in known else base


def clock_reads(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of whatever reads the clock or the machine's own time zone."""
    classes = {"date", "datetime"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "datetime":
            classes.update(alias.asname for alias in node.names if alias.asname and alias.name in {"date", "datetime"})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK and ast.unparse(node.value).split(".")[-1] in classes:
            yield node.lineno, f".{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            bare = not node.args and not node.keywords
            if node.func.attr == "astimezone" and bare:
                yield node.lineno, ".astimezone() without a zone"


def faults(module: str, source: str, known: frozenset[str], *, package: bool = False) -> list[str]:
    """Return every breach of the floors in one module's source, a sentence each."""
    found: list[str] = []
    tree = ast.parse(source)
    home = room_of(module)
    library = top(module) == "timeline"
    if home is None:
        return [f"{module}: stands on no floor"]
    for line, target in imports(module, tree, known, package=package):
        there = room_of(target)
        if there is None and top(target) in {"timeline", "eventtimeline", "server", "client"}:
            found.append(f"{module}:{line}: {target} stands on no floor")
        elif there is not None and there != home and there[0] >= home[0]:
            found.append(f"{module}:{line}: {target} is not below it")
        elif not library and top(target) == "timeline" and target != "timeline":
            found.append(f"{module}:{line}: {target} is behind the library's face")
        if library and top(target) in NOT_IN_LIBRARY:
            found.append(f"{module}:{line}: the library may not import {target}")
    if library:
        found.extend(f"{module}:{line}: {what} reads the clock or the local zone" for line, what in clock_reads(tree))
    return found


def project() -> dict[str, Path]:
    """Return the project's modules by name."""
    found: dict[str, Path] = {}
    for base, package in (("", "timeline"), ("proto", "eventtimeline"), ("", "server"), ("", "client")):
        for path in sorted((ROOT / base / package).rglob("*.py")):
            parts = path.relative_to(ROOT / base).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = project()
KNOWN = frozenset(MODULES)
EXAMPLE = frozenset({"timeline", "timeline.text", "timeline.text.words", "eventtimeline", "eventtimeline.mapping"})


def test_the_whole_project_is_seen() -> None:
    rooms = {room_of(module) for module in MODULES}
    assert {(floor, room) for floor, rooms in enumerate(FLOORS) for room in range(len(rooms))} <= rooms
    assert {"timeline.model", "timeline.extract", "timeline"} <= MODULES.keys()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_down_only(module: str) -> None:
    path = MODULES[module]
    assert faults(module, path.read_text(encoding="utf-8"), KNOWN, package=path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source", "said"),
    [
        ("timeline.model", "from timeline.text import words", "timeline.text.words is not below it"),
        ("timeline.text.words", "import timeline.dates.find", "timeline.dates.find is not below it"),
        ("timeline.text.words", "from timeline import Article", "timeline is not below it"),
        ("timeline.text.words", "from ..dates import find", "timeline.dates is not below it"),
        ("timeline.dates.find", "from timeline.events import find", "timeline.events is not below it"),
        ("timeline.events.link", "from timeline.dates import resolve", "timeline.dates is not below it"),
        ("timeline.extract", "from eventtimeline import mapping", "eventtimeline.mapping is not below it"),
        ("timeline.lexicon.load", "", "stands on no floor"),
        ("timeline.text.words", "import timeline.utils", "timeline.utils stands on no floor"),
        ("eventtimeline.mapping", "def f():\n    from server import service", "server is not below it"),
        ("server.service", "import client.remote", "client.remote is not below it"),
        ("client.remote", "from server.service import serve", "server.service is not below it"),
        ("client.extract", "from timeline.text import words", "timeline.text.words is behind the library's face"),
        ("timeline.extract", "import grpc", "may not import grpc"),
        ("timeline.extract", "from google.protobuf import message", "may not import google.protobuf"),
        ("timeline.text.words", "import locale", "may not import locale"),
        ("timeline.text.words", "from urllib import request", "may not import urllib"),
        ("timeline.dates.resolve", "import time\ntime.time()", "may not import time"),
        ("timeline.dates.resolve", "import datetime as dt\ndt.datetime.now(dt.UTC)", ".now reads the clock"),
        ("timeline.dates.resolve", "from datetime import date\nclock = date.today", ".today reads the clock"),
        ("timeline.dates.resolve", "from datetime import datetime as When\nWhen.utcnow()", ".utcnow reads the clock"),
        ("timeline.dates.resolve", "moment.astimezone()", ".astimezone() without a zone"),
    ],
)
def test_a_breach_is_found(module: str, source: str, said: str) -> None:
    (found,) = faults(module, source, EXAMPLE)
    assert said in found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("timeline.model", "from timeline.errors import InvalidArticle"),
        ("timeline.dates.rules.offsets", "from timeline.dates.expressions import Shift\nfrom timeline.model import Grain"),
        ("timeline.dates.resolve", "import datetime as dt\nmoment.astimezone(dt.UTC)\ndt.time(12)"),
        ("timeline.dates.resolve", "def f(context):\n    return context.today"),
        ("timeline", "from timeline.extract import Extractor"),
        ("eventtimeline.mapping", "from timeline import Timeline\nfrom eventtimeline.v1 import timeline_pb2\nimport google"),
        ("server.worker", "import grpc, time\nfrom eventtimeline import mapping\ntime.time()"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    assert faults(module, source, EXAMPLE) == []


def test_a_relative_import_is_read_from_its_own_package() -> None:
    source = "from .text import words"
    assert faults("timeline.extract", source, EXAMPLE) == []
    assert faults("timeline", source, EXAMPLE, package=True) == []
    assert len(faults("timeline.text", source.replace(".text", "..dates"), EXAMPLE, package=True)) == 1
