"""The manifests are valid, and agree with one another, with the server's settings and with the image."""

from __future__ import annotations

from pathlib import Path

import pytest
from kubernetes_validate import utils

from tests.deploy.facts import DEPLOY, KILL_SECONDS, at, bytes_of, documents, items, number, port, settings, text
from timeline import ENGINE_VERSION

KUBERNETES = "1.36"
FOLDER = DEPLOY / "kubernetes"
KUSTOMIZATION = FOLDER / "kustomization.yaml"
MANIFESTS = sorted(set(FOLDER.glob("*.yaml")) - {KUSTOMIZATION})
NAME = "timeline-server"
WORKER_BYTES = 150 << 20
"""What a worker holds in memory, and half as much again for what it is busy with."""


def only(name: str) -> object:
    """Return the one document of a file of the folder."""
    (document,) = documents(FOLDER / name)
    return document


DEPLOYMENT = only("deployment.yaml")
POD = at(DEPLOYMENT, "spec", "template", "spec")
CONTAINER = at(POD, "containers", 0)
KUSTOMIZED = only("kustomization.yaml")
SETTINGS = settings(FOLDER / "server.toml")
PORTS = {text(one, "name"): number(one, "containerPort") for one in items(CONTAINER, "ports")}
MOUNTS = {text(one, "name"): text(one, "mountPath") for one in items(CONTAINER, "volumeMounts")}


def version_of(document: object) -> str:
    """Return the version of Kubernetes by whose schema a document is valid; raises ValidationError where it is not."""
    assert isinstance(document, dict)
    return str(utils.validate(document, KUBERNETES, strict=True))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_is_valid(path: Path) -> None:
    assert [version_of(document) for document in documents(path)] == [KUBERNETES]


def test_a_slip_of_the_pen_is_found() -> None:
    service = only("service.yaml")
    spec = at(service, "spec")
    assert isinstance(spec, dict)
    spec["clusterIp"] = spec.pop("clusterIP")
    with pytest.raises(utils.ValidationError):
        version_of(service)


def test_every_manifest_is_listed() -> None:
    assert items(KUSTOMIZED, "resources") == [path.name for path in MANIFESTS]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_everything_is_named_and_labelled_alike(path: Path) -> None:
    (document,) = documents(path)
    assert text(document, "metadata", "name") == NAME
    assert text(document, "metadata", "labels", "app.kubernetes.io/name") == NAME


@pytest.mark.parametrize(
    "selector",
    [
        at(DEPLOYMENT, "spec", "selector", "matchLabels"),
        at(only("service.yaml"), "spec", "selector"),
        at(only("networkpolicy.yaml"), "spec", "podSelector", "matchLabels"),
        at(only("poddisruptionbudget.yaml"), "spec", "selector", "matchLabels"),
        *(at(one, "labelSelector", "matchLabels") for one in items(POD, "topologySpreadConstraints")),
    ],
)
def test_every_selector_finds_the_pods(selector: object) -> None:
    assert selector == at(DEPLOYMENT, "spec", "template", "metadata", "labels")


def test_the_autoscaler_scales_the_deployment_alone() -> None:
    target = at(only("horizontalpodautoscaler.yaml"), "spec", "scaleTargetRef")
    assert target == {"apiVersion": text(DEPLOYMENT, "apiVersion"), "kind": text(DEPLOYMENT, "kind"), "name": NAME}
    with pytest.raises(LookupError):
        at(DEPLOYMENT, "spec", "replicas")


def test_a_drain_ends_before_the_pod_is_killed() -> None:
    pause = number(CONTAINER, "lifecycle", "preStop", "sleep", "seconds")
    assert number(POD, "terminationGracePeriodSeconds") > pause + SETTINGS.grace + KILL_SECONDS


def test_the_ports_are_those_of_the_settings() -> None:
    assert PORTS["grpc"] == port(SETTINGS.listen)
    assert PORTS["admin"] == port(SETTINGS.admin)
    notes = at(DEPLOYMENT, "spec", "template", "metadata", "annotations")
    assert text(notes, "prometheus.io/port") == str(PORTS["admin"])
    assert text(notes, "prometheus.io/path") == "/metrics"


def test_the_service_and_the_policy_name_ports_that_exist() -> None:
    service = at(only("service.yaml"), "spec")
    assert text(service, "clusterIP") == "None"
    (one,) = items(service, "ports")
    assert (text(one, "targetPort"), number(one, "port")) == ("grpc", PORTS["grpc"])
    policy = only("networkpolicy.yaml")
    allowed = [text(rule, "ports", 0, "port") for rule in items(policy, "spec", "ingress")]
    assert allowed == ["grpc", "admin"]


@pytest.mark.parametrize(("probe", "path"), [("startup", "/readyz"), ("liveness", "/livez"), ("readiness", "/readyz")])
def test_a_probe_asks_the_admin_port(probe: str, path: str) -> None:
    assert at(CONTAINER, f"{probe}Probe", "httpGet") == {"path": path, "port": "admin"}


def test_a_pod_has_no_more_rights_than_it_needs() -> None:
    """The restricted profile of the Pod Security Standards, and a root file system that nobody writes to."""
    pod = at(POD, "securityContext")
    assert at(pod, "runAsNonRoot") is True
    assert number(pod, "runAsUser") > 0
    assert text(pod, "seccompProfile", "type") == "RuntimeDefault"
    container = at(CONTAINER, "securityContext")
    assert at(container, "allowPrivilegeEscalation") is False
    assert at(container, "readOnlyRootFilesystem") is True
    assert at(container, "capabilities") == {"drop": ["ALL"]}
    assert at(POD, "automountServiceAccountToken") is False


def test_a_service_adds_no_variables() -> None:
    assert at(POD, "enableServiceLinks") is False


def test_temporary_files_have_a_place() -> None:
    volumes = {text(one, "name"): one for one in items(POD, "volumes")}
    assert MOUNTS.keys() == volumes.keys()
    assert MOUNTS["tmp"] == "/tmp"  # noqa: S108 - the pod's own
    assert at(volumes["tmp"], "emptyDir", "sizeLimit") == "64Mi"


def test_the_settings_are_mounted_where_the_server_looks() -> None:
    (variable,) = items(CONTAINER, "env")
    assert at(variable) == {"name": "TIMELINE_SERVER_CONFIG", "value": f"{MOUNTS['config']}/server.toml"}
    (generated,) = items(KUSTOMIZED, "configMapGenerator")
    assert at(generated, "files") == ["server.toml"]
    assert text(items(POD, "volumes")[0], "configMap", "name") == text(generated, "name")


def test_the_settings_name_mounted_secrets() -> None:
    said = (FOLDER / "server.toml").read_text(encoding="utf-8")
    for file in (f"{MOUNTS['tls']}/tls.crt", f"{MOUNTS['tls']}/tls.key", f"{MOUNTS['tokens']}/tokens.toml"):
        assert f'"{file}"' in said


def test_a_pod_asks_for_what_its_workers_use() -> None:
    assert text(CONTAINER, "resources", "requests", "cpu") == str(SETTINGS.workers)
    room = bytes_of(text(CONTAINER, "resources", "requests", "memory"))
    limit = bytes_of(text(CONTAINER, "resources", "limits", "memory"))
    assert SETTINGS.workers * WORKER_BYTES < room < limit


def test_the_image_is_that_of_this_version() -> None:
    (image,) = items(KUSTOMIZED, "images")
    assert text(image, "name") == text(CONTAINER, "image")
    assert text(image, "newTag") == ENGINE_VERSION
