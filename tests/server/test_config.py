"""Options from flags, the environment and a file: one table, one precedence, every fault at once."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from server.config import TABLE, Options, check, from_line, read, to_line
from server.config.table import DEFAULTS, PREFIX
from tests.server.processes import PATIENCE, ROOT


def faults(arguments: list[str], **environment: str) -> list[str]:
    settings = read(arguments, environment)
    return [*settings.faults, *check.faults(settings.options)]


def test_every_field_is_in_the_table_and_every_default_is_read_back() -> None:
    assert {field.name for field in dataclasses.fields(Options)} == {option.name for option in TABLE}
    assert from_line(to_line(DEFAULTS)) == DEFAULTS
    assert read([], {}).options == DEFAULTS


def test_a_flag_goes_before_a_variable_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('workers = 3\ngrace = 7\nmax_calls = 9\nlog_level = "debug"\nhttp_origins = ["https://a.example", "*"]\n')
    environment = {f"{PREFIX}CONFIG": str(file), f"{PREFIX}GRACE": "8", f"{PREFIX}MAX_CALLS": "10", "PATH": "/bin"}
    settings = read(["--max-calls", "11"], environment)
    options = settings.options
    assert (options.workers, options.grace, options.max_calls, options.log_level) == (3, 8.0, 11, "debug")
    assert options.http_origins == ("https://a.example", "*")
    assert settings.faults == ()
    assert settings.sources["workers"] == f"{file}: workers"
    assert settings.sources["grace"] == f"{PREFIX}GRACE"
    assert settings.sources["max_calls"] == "--max-calls"
    assert settings.sources["listen"] == "default"
    assert read(["--config", str(file)], {}).options.workers == 3


@pytest.mark.parametrize("said", [["--insecure"], ["--insecure=true"], ["--insecure", "1"]])
def test_a_switch_is_set(said: list[str]) -> None:
    assert read(said, {}).options.insecure
    assert not read([*said, "--insecure=false"], {}).options.insecure


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('worker = 3\ngrace = "soon"\n')
    said = faults(
        ["--config", str(file), "--max-calls", "0", "--colour", "red", "--listen", "0.0.0.0:1", "--tls-key", "key.pem"],
        **{f"{PREFIX}LOG_LEVEL": "loud", f"{PREFIX}LOGLEVEL": "info"},
    )
    for part in (
        "worker:",
        "grace: 'soon'",
        "--max-calls: '0'",
        "--colour",
        "LOG_LEVEL: 'loud'",
        "LOGLEVEL",
        "tls_cert and tls_key",
    ):
        assert any(part in fault for fault in said), (part, said)


BAD = [
    (["--listen", "here"], "HOST:PORT"),
    (["--listen", ":1"], "HOST:PORT"),
    (["--listen", "a:99999"], "HOST:PORT"),
    (["--workers", "0"], "from 1"),
    (["--workers", "9" * 30], "from 1"),
    (["--max-response-bytes", "10"], "65536"),
    (["--article-seconds", "0"], "seconds"),
    *((["--grace", seconds], "seconds") for seconds in ("-1", "nan", "inf", "1e10", "soon")),
    (["--insecure", "perhaps"], "true or false"),
    (["--reflection", "maybe"], "auto"),
    (["--http", "127.0.0.1:1", "--http-origins", "desk.example"], "origins"),
    (["--http-origins", "https://desk.example"], "http is off"),
    (["--tls-cert", "missing.pem", "--tls-key", "missing.pem"], "missing.pem"),
    (["--tls-client-ca", "ca.pem"], "tls_client_ca"),
    (["--tokens", "missing.toml"], "missing.toml"),
    (["--listen", "127.0.0.1:7", "--admin", "127.0.0.1:7"], "different"),
    (["--listen", "10.0.0.1:1"], "insecure"),
    (["--config", "missing.toml"], "missing.toml"),
]


@pytest.mark.parametrize(("arguments", "wanted"), BAD)
def test_a_bad_option_is_said_so(arguments: list[str], wanted: str) -> None:
    said = faults(arguments)
    assert any(wanted in fault for fault in said), said


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "[::1]", "localhost"])
def test_addresses_of_this_machine_need_no_tls(host: str) -> None:
    assert faults(["--listen", f"{host}:1"]) == []


def test_the_admin_address_may_be_public_since_no_article_passes_there() -> None:
    assert faults(["--admin", "0.0.0.0:1"]) == []


def test_a_key_of_another_certificate_is_found(tmp_path: Path) -> None:
    ca = trustme.CA()
    one, other = ca.issue_cert("a.example"), ca.issue_cert("a.example")
    one.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    other.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    (fault,) = faults(["--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem")])
    assert "belong together" in fault


TOKENS = [
    ("", "[[token]]"),
    ("token = 1", "[[token]]"),
    ("[[token]]\n", "name must be"),
    ('[[token]]\nname = "a"\nsha256 = "' + "0" * 63 + '"\n', "sha256 must be"),
    ('[[token]]\nname = "a b"\nsha256 = "' + "0" * 64 + '"\n', "name must be"),
    ('[[token]]\nname = "a"\nsha256 = "' + "0" * 64 + '"\nmax_calls = 0\n', "max_calls"),
    ('[[token]]\nname = "a"\nsha256 = "' + "0" * 64 + '"\nexpires = "2027"\n', "expires"),
    ('[[token]]\nname = "a"\nsha256 = "' + "0" * 64 + '"\nrole = "x"\n', "role"),
    (('[[token]]\nname = "a"\nsha256 = "' + "0" * 64 + '"\n') * 2, "the same sha256"),
    ("[[token", "not TOML"),
]


@pytest.mark.parametrize(("text", "wanted"), TOKENS)
def test_a_bad_file_of_tokens_is_said_so(tmp_path: Path, text: str, wanted: str) -> None:
    file = tmp_path / "tokens.toml"
    file.write_text(text)
    said = faults(["--tokens", str(file)])
    assert any(wanted in fault for fault in said), said


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def test_check_config_prints_each_option_with_its_source() -> None:
    done = command("check-config", "--grace", "7")
    assert done.returncode == 0
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert rows.keys() == {option.name for option in TABLE}
    assert rows["grace"] == ["7.0", "--grace"]
    assert rows["http"] == ["-", "default"]


def test_check_config_says_what_is_wrong_and_ends_with_2() -> None:
    done = command("check-config", "--grace", "soon", "--listen", "0.0.0.0:1")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["", "a b", "../x", "x" * 65])
def test_a_token_has_a_name_that_a_log_can_hold(name: str) -> None:
    assert command("new-token", name).returncode == 2


def test_the_version_is_that_of_the_engine_and_the_build() -> None:
    done = command("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("timeline-server 0.")
    assert "(build source)" in done.stdout


@pytest.mark.parametrize("name", ["server.toml", "container.toml", "kubernetes/server.toml"])
def test_the_files_of_deploy_are_good(tmp_path: Path, name: str) -> None:
    ca = trustme.CA()
    certificate = ca.issue_cert("a.example")
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    (tmp_path / "tokens.toml").write_text('[[token]]\nname = "a"\nsha256 = "' + "0" * 64 + '"\n')
    files = {"TLS_CERT": "cert.pem", "TLS_KEY": "key.pem", "TLS_CLIENT_CA": "ca.pem", "TOKENS": "tokens.toml"}
    environment = {f"{PREFIX}{variable}": str(tmp_path / file) for variable, file in files.items()}
    assert faults(["--config", str(ROOT / "deploy" / name)], **environment) == []
