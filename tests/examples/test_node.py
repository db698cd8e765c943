"""The example of Node.js holds the protos that the server uses, and its lock pins without naming where packages come from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import google.rpc
import google.type
import pytest

NODE = Path(__file__).parent.parent.parent / "examples" / "node"
PROTOS = NODE / "protos"
COPIES = sorted(path.relative_to(PROTOS) for path in PROTOS.rglob("*") if path.is_file())
INSTALLED = {"rpc": Path(google.rpc.__path__[0]), "type": Path(google.type.__path__[0])}
CONTRACT = Path(__file__).parent.parent.parent / "proto" / "eventtimeline" / "v1" / "timeline.proto"
LOCK = (NODE / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("copy", COPIES, ids=str)
def test_a_copy_is_the_proto_of_the_installed_package(copy: Path) -> None:
    folder, name = copy.parts[-2:]
    assert (PROTOS / copy).read_bytes() == (INSTALLED[folder] / name).read_bytes()


def test_every_import_of_the_contract_has_a_copy() -> None:
    imported = set(re.findall(r'^import "(google/.+)";$', CONTRACT.read_text(encoding="utf-8"), re.MULTILINE))
    known = {name for name in imported if name.startswith("google/protobuf/")}
    assert imported - known <= {copy.as_posix() for copy in COPIES}


def test_the_lock_pins_by_checksum_and_names_no_registry() -> None:
    packages = json.loads(LOCK)["packages"]
    for name, package in packages.items():
        assert "resolved" not in package
        assert name == "" or package["integrity"].startswith("sha512-")
    assert "registry" not in LOCK


def test_the_lock_is_that_of_the_package() -> None:
    package = json.loads((NODE / "package.json").read_text(encoding="utf-8"))
    assert json.loads(LOCK)["packages"][""]["dependencies"] == package["dependencies"]
