"""The Dockerfile keeps to what its settings, its ignore file and the Kubernetes manifests say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.facts import DEPLOY, KILL_SECONDS, documents, number, port, settings

ROOT = DEPLOY.parent
SETTINGS = settings(DEPLOY / "container.toml")
DOCKER_STOP_SECONDS = 10
"""How long `docker stop` waits unless told otherwise."""


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with its arguments on one line, in order."""
    said = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in said.splitlines() if not line.startswith("#"))
    read = (line.partition(" ") for line in lines.replace("\\\n", "").splitlines() if line)
    return [(name, re.sub(r"\s+", " ", arguments)) for name, _, arguments in read]


ALL = instructions()
LAST_STAGE = ALL[max(place for place, (name, _) in enumerate(ALL) if name == "FROM") :]


def the(name: str) -> str:
    """Return the arguments of the one instruction of this name in the last stage."""
    (arguments,) = (arguments for one, arguments in LAST_STAGE if one == name)
    return arguments


def test_the_user_is_a_number_and_not_root() -> None:
    user, _, group = the("USER").partition(":")
    assert int(user) > 0
    assert int(group) > 0
    (deployment,) = documents(DEPLOY / "kubernetes" / "deployment.yaml")
    assert number(deployment, "spec", "template", "spec", "securityContext", "runAsUser") == int(user)
    assert number(deployment, "spec", "template", "spec", "securityContext", "runAsGroup") == int(group)


def test_the_last_stage_runs_nothing_and_takes_only_what_was_built() -> None:
    names = [name for name, _ in LAST_STAGE]
    assert "RUN" not in names
    assert "CMD" not in names
    copies = [arguments for name, arguments in LAST_STAGE if name == "COPY"]
    assert copies == [
        "--from=build /opt/eventtimeline /opt/eventtimeline",
        "deploy/container.toml /etc/eventtimeline/server.toml",
    ]


def test_nothing_runs_in_a_shell() -> None:
    assert json.loads(the("ENTRYPOINT")) == ["timeline-server"]
    assert json.loads(the("HEALTHCHECK").partition(" CMD ")[2])[0] == "/opt/eventtimeline/bin/python"


def test_the_health_check_asks_the_admin_port() -> None:
    code = json.loads(the("HEALTHCHECK").partition(" CMD ")[2])[-1]
    assert f"'127.0.0.1', {port(SETTINGS.admin)}," in code
    assert "'/readyz'" in code


@pytest.mark.parametrize(("answer", "code"), [(HTTPStatus.OK, 0), (HTTPStatus.SERVICE_UNAVAILABLE, 1)])
def test_the_health_check_fails_with_the_server(answer: HTTPStatus, code: int) -> None:
    class Admin(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answer if self.path == "/readyz" else HTTPStatus.NOT_FOUND)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    _, *flags, said = json.loads(the("HEALTHCHECK").partition(" CMD ")[2])
    with HTTPServer(("127.0.0.1", 0), Admin) as admin:
        threading.Thread(target=admin.handle_request, daemon=True).start()
        said = said.replace(str(port(SETTINGS.admin)), str(admin.server_port))
        assert subprocess.run([sys.executable, *flags, said], check=False).returncode == code


def test_the_ports_are_those_of_the_settings() -> None:
    assert the("EXPOSE").split() == [str(port(SETTINGS.listen)), str(port(SETTINGS.admin))]


def test_a_drain_ends_before_docker_kills() -> None:
    assert the("STOPSIGNAL") == "SIGTERM"
    assert SETTINGS.grace + KILL_SECONDS < DOCKER_STOP_SECONDS


def test_the_way_in_is_left_to_the_operator() -> None:
    said = (DEPLOY / "container.toml").read_text(encoding="utf-8")
    assert re.search(r"^(insecure|tls_cert|tls_key)\b", said, re.MULTILINE) is None
    assert "INSECURE" not in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").upper()


def test_the_build_label_comes_from_an_argument() -> None:
    assert ("ARG", "BUILD=unknown") in LAST_STAGE
    assert "TIMELINE_BUILD=${BUILD}" in the("ENV").split()


def test_packages_are_pinned_by_the_lock() -> None:
    runs = " ".join(arguments for name, arguments in ALL if name == "RUN")
    installs = re.findall(r"pip (?:--python \S+ )?install (\S+ \S+)", runs)
    assert installs == ["--constraint requirements.lock"] * 2


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock", "LICENSE", "README.md", "deploy/container.toml"])
def test_what_the_build_needs_is_not_ignored(name: str) -> None:
    assert (ROOT / name).is_file()
    assert f"!{name}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_every_package_of_the_wheel_is_not_ignored() -> None:
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert kept[1] == "*"
    assert {f"!{name}" for name in ("timeline", "server", "client", "proto")} <= set(kept)
