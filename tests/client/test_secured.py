"""`timeline extract --server` where the server wants TLS, a certificate or a token."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.server.processes import end, start

SEED = Path(__file__).parents[2] / "seeds" / "000_2bec395e0abb6206.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tls")
    ca = trustme.CA()
    for name in ("server", "desk"):
        certificate = ca.issue_cert("localhost", "127.0.0.1")
        certificate.private_key_pem.write_to_path(str(made / f"{name}.key"))
        certificate.cert_chain_pems[0].write_to_path(str(made / f"{name}.pem"))
    ca.cert_pem.write_to_path(str(made / "ca.pem"))
    return made


@pytest.fixture(scope="module")
def token(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "server", "new-token", "desk"], capture_output=True, text=True, check=True, cwd=SEED.parents[1]
    )
    made, _, entry = done.stdout.partition("\n\n")
    (folder / "tokens.toml").write_text(entry, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(folder: Path, token: str) -> Iterator[str]:
    assert token
    files = {"tls-cert": "server.pem", "tls-key": "server.key", "tls-client-ca": "ca.pem", "tokens": "tokens.toml"}
    process, where = start("--workers", "1", *(f"--{option}={folder / file}" for option, file in files.items()))
    yield where
    end(process)


def extract(address: str, *options: str, token: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "TIMELINE_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "client", "extract", str(SEED), "--format", "jsonl", "--server", address, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=SEED.parents[1],
        env=environment | ({"TIMELINE_TOKEN": token} if token else {}),
        timeout=60,
    )


def test_a_caller_with_all_of_it_is_answered_as_in_process(address: str, folder: Path, token: str) -> None:
    mine = ("--ca", str(folder / "ca.pem"), "--certificate", str(folder / "desk.pem"), "--key", str(folder / "desk.key"))
    done = extract(address, *mine, token=token)
    assert done.returncode == 0, done.stderr
    here = subprocess.run(
        [sys.executable, "-m", "client", "extract", str(SEED), "--format", "jsonl"],
        capture_output=True,
        text=True,
        check=True,
        cwd=SEED.parents[1],
    )
    assert done.stdout == here.stdout


def test_what_is_missing_is_said(address: str, folder: Path, token: str) -> None:
    ca = ("--ca", str(folder / "ca.pem"))
    mine = (*ca, "--certificate", str(folder / "desk.pem"), "--key", str(folder / "desk.key"))
    assert extract(address, *mine).returncode == 77
    assert "TOKEN" in extract(address, *mine, token=token[::-1]).stderr.upper()
    assert extract(address, *ca, token=token).returncode == 69
    assert extract(address, token=token).returncode == 69
    assert extract(address, "--tls", token=token).returncode == 69
    half = extract(address, *ca, "--certificate", str(folder / "desk.pem"), token=token)
    assert half.returncode == 64
    assert "key" in half.stderr
    assert extract(address, "--ca", "missing.pem").returncode == 66


def test_a_token_does_not_travel_in_the_clear(token: str) -> None:
    done = extract("192.0.2.1:50051", token=token)
    assert done.returncode == 64
    assert "--tls" in done.stderr
    assert token not in done.stderr
