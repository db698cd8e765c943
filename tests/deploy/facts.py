"""What the files of deploy/ say, read so that tests can compare it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import yaml

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
KILL_SECONDS = 5
"""Seconds beyond its grace after which the server kills a worker that does not end."""


class Settings(NamedTuple):
    """What a settings file says that something outside of the server depends on."""

    listen: str
    admin: str
    workers: int
    grace: int


def settings(path: Path) -> Settings:
    """Read a settings file of the server; raises KeyError where it leaves one of these to the default."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return Settings(read["listen"], read["admin"], read["workers"], read["grace"])


def port(address: str) -> int:
    """Return the port of HOST:PORT."""
    return int(address.rpartition(":")[2])


def documents(path: Path) -> list[object]:
    """Return every YAML document of a file."""
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def at(node: object, *path: str | int) -> object:
    """Follow keys and positions into parsed YAML; raises LookupError with the path where it leads nowhere."""
    for step in path:
        inside = dict(enumerate(node)) if isinstance(node, list) else node
        if not isinstance(inside, dict) or step not in inside:
            raise LookupError(f"no {step!r} of {path}")
        node = inside[step]
    return node


def number(node: object, *path: str | int) -> int:
    """Follow a path as `at` does, to a whole number."""
    found = at(node, *path)
    assert isinstance(found, int)
    return found


def text(node: object, *path: str | int) -> str:
    """Follow a path as `at` does, to a string."""
    found = at(node, *path)
    assert isinstance(found, str)
    return found


def items(node: object, *path: str | int) -> list[object]:
    """Follow a path as `at` does, to a list."""
    found = at(node, *path)
    assert isinstance(found, list)
    return found


def bytes_of(quantity: str) -> int:
    """Return the bytes of `64Mi`, or of systemd's `1536M` and `1G`, which count by 1024 too."""
    read = re.fullmatch(r"(\d+)([KMG])i?", quantity)
    assert read
    return int(read[1]) << {"K": 10, "M": 20, "G": 30}[read[2]]
