"""The built wheel holds all that a user needs, nothing else, and runs by itself; the lock pins and names no host."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from importlib.metadata import distribution
from pathlib import Path

import pytest

from timeline import ENGINE_VERSION

ROOT = Path(__file__).parent.parent
SHIPPED = {".py", ".pyi", ".toml", ".proto", ".typed"}
TRIAL = """
import sys
sys.path.insert(0, sys.argv[1])
import client, eventtimeline, server, timeline
for package in client, eventtimeline, server, timeline:
    assert package.__file__.startswith(sys.argv[1]), package
article = timeline.Article("وصل الوزير إلى القاهرة يوم الجمعة", timeline.Publication(country="EG"))
timeline.Extractor().extract(article)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `pip` would and return its path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def names(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def metadata(wheel: Path) -> Message:
    """Return the METADATA of a wheel."""
    (name,) = (name for name in names(wheel) if name.endswith(".dist-info/METADATA"))
    with zipfile.ZipFile(wheel) as archive:
        return Parser().parsestr(archive.read(name).decode())


def test_every_module_lexicon_and_contract_ships(wheel: Path) -> None:
    expected = {
        path.relative_to(base).as_posix()
        for base, package in ((ROOT, "timeline"), (ROOT, "server"), (ROOT, "client"), (ROOT / "proto", "eventtimeline"))
        for path in (base / package).rglob("*")
        if path.suffix in SHIPPED
    }
    assert any(name.startswith("timeline/lexicon/events/") for name in expected)
    assert expected - names(wheel) == set()


def test_nothing_else_ships(wheel: Path) -> None:
    tops = {name.split("/", maxsplit=1)[0] for name in names(wheel)}
    assert tops == {"timeline", "server", "client", "eventtimeline", f"eventtimeline-{ENGINE_VERSION}.dist-info"}


def test_the_version_is_the_engine_version(wheel: Path) -> None:
    assert metadata(wheel)["Version"] == ENGINE_VERSION


def test_the_licence_ships_and_is_named(wheel: Path) -> None:
    assert metadata(wheel)["License-Expression"] == "Apache-2.0"
    assert f"eventtimeline-{ENGINE_VERSION}.dist-info/licenses/LICENSE" in names(wheel)


def test_the_unpacked_wheel_runs_by_itself(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    subprocess.run([sys.executable, "-P", "-W", "error", "-c", TRIAL, str(tmp_path)], cwd=tmp_path, check=True)


def test_the_commands_can_be_loaded() -> None:
    commands = distribution("eventtimeline").entry_points.select(group="console_scripts")
    assert {entry.name for entry in commands} == {"timeline", "timeline-server"}
    for entry in commands:
        assert callable(entry.load())


def test_the_lock_pins_versions_and_names_no_host() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
