"""The systemd unit keeps to what its settings file says."""

from __future__ import annotations

import re

import pytest

from tests.deploy.facts import DEPLOY, KILL_SECONDS, bytes_of, port, settings

SETTINGS = settings(DEPLOY / "server.toml")
MOST_WORKER_BYTES = 256 << 20
"""Above what a worker may hold, busy with many articles of the largest size."""


def unit() -> list[tuple[str, str]]:
    """Return the settings of the unit in order; a name may come more than once."""
    lines = (DEPLOY / "timeline-server.service").read_text(encoding="utf-8").splitlines()
    read = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return [(name, value) for name, _, value in read]


UNIT = unit()


def values(name: str) -> list[str]:
    """Return every value of a setting."""
    return [value for one, value in UNIT if one == name]


def the(name: str) -> str:
    """Return the value of a setting that stands once."""
    (value,) = values(name)
    return value


def test_a_drain_ends_before_systemd_kills() -> None:
    assert int(the("TimeoutStopSec")) > SETTINGS.grace + KILL_SECONDS


def test_the_first_process_alone_is_told_to_stop() -> None:
    assert the("KillMode") == "mixed"
    assert the("KillSignal") == "SIGTERM"


def test_a_crash_is_mended_and_wrong_settings_are_not_tried_again() -> None:
    assert the("Restart") == "on-failure"
    assert the("RestartPreventExitStatus") == "2"


def test_memory_is_reckoned_for_the_workers() -> None:
    assert SETTINGS.workers * MOST_WORKER_BYTES <= bytes_of(the("MemoryHigh")) < bytes_of(the("MemoryMax"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("PrivateTmp", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("CapabilityBoundingSet", ""),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ],
)
def test_the_service_has_no_more_rights_than_it_needs(name: str, value: str) -> None:
    assert the(name) == value


def test_system_calls_are_a_list_less_the_privileged() -> None:
    assert values("SystemCallFilter") == ["@system-service", "~@privileged @resources"]


def test_every_credential_is_used_and_loaded() -> None:
    loaded = {value.partition(":")[0] for value in values("LoadCredential")}
    used = set(re.findall(r"=%d/(\S+)", " ".join(values("Environment"))))
    assert used == loaded == {"tls.crt", "tls.key", "tokens.toml"}


def test_the_settings_are_those_beside_it() -> None:
    assert the("ExecStart") == "/opt/eventtimeline/bin/timeline-server --config /etc/eventtimeline/server.toml"


def test_metrics_stay_on_the_machine() -> None:
    assert SETTINGS.admin.startswith("127.0.0.1:")
    assert port(SETTINGS.admin) != port(SETTINGS.listen)
