"""The manifests and scripts of a batch on many machines are valid, agree with one another and with the command line, and run."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kubernetes_validate import utils

from client.exits import Exit
from client.parser import Arguments, build
from tests.deploy.facts import DEPLOY, at, bytes_of, documents, items, number, text
from timeline import ENGINE_VERSION

KUBERNETES = "1.36"
ROOT = DEPLOY.parent
BATCH = DEPLOY / "batch"
NAME = "timeline-batch"
WORKER_BYTES = 256 << 20
"""What a worker holds in memory, with Parquet."""
JOBS = sorted((BATCH / "kubernetes").glob("*.yaml"))
SBATCH = BATCH / "slurm" / "batch.sbatch"
RAYJOB = BATCH / "ray" / "rayjob.yaml"
ARTICLE = '{"id": "a%d", "text": "وصل الوزير إلى القاهرة يوم الجمعة.", "publication": {"country": "EG"}}\n'
each_job = pytest.mark.parametrize("path", JOBS, ids=lambda path: path.name)


def only(path: Path) -> object:
    """Return the one document of a file."""
    (document,) = documents(path)
    return document


def container(path: Path) -> object:
    """Return the container of a job."""
    return at(only(path), "spec", "template", "spec", "containers", 0)


def parsed(words: list[str]) -> Arguments:
    """Return what a command line says; a wrong one ends the test."""
    assert words[0] == "timeline"
    return build().parse_args(words[1:], Arguments())


def of_job(path: Path) -> Arguments:
    """Return what the command line of a job says, in its first pod."""
    words = [*items(container(path), "command"), *items(container(path), "args")]
    return parsed([str(word).replace("$(JOB_COMPLETION_INDEX)", "0") for word in words])


def directives() -> dict[str, str]:
    """Return the options that the script gives to sbatch."""
    said = re.findall(r"^#SBATCH --([a-z-]+)(?:=(.*))?$", SBATCH.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(said)


@each_job
def test_a_job_is_valid(path: Path) -> None:
    job = only(path)
    assert isinstance(job, dict)
    assert utils.validate(job, KUBERNETES, strict=True) == KUBERNETES
    assert text(job, "metadata", "name") == text(container(path), "name") == NAME
    assert (
        at(job, "metadata", "labels") == at(job, "spec", "template", "metadata", "labels") == {"app.kubernetes.io/name": NAME}
    )


@each_job
def test_every_part_has_a_pod(path: Path) -> None:
    spec, said = at(only(path), "spec"), of_job(path)
    assert text(spec, "completionMode") == "Indexed"
    assert said.num_shards == number(spec, "completions") >= number(spec, "parallelism")
    assert "--shard-index=$(JOB_COMPLETION_INDEX)" in items(container(path), "args")


@each_job
def test_exit_codes_are_known_and_have_one_meaning(path: Path) -> None:
    spec = at(only(path), "spec")
    assert text(spec, "template", "spec", "restartPolicy") == "Never"  # or there could be no policy
    assert number(spec, "backoffLimitPerIndex") > 0
    disrupted, *rules = items(spec, "podFailurePolicy", "rules")
    assert (text(disrupted, "action"), text(disrupted, "onPodConditions", 0, "type")) == ("Ignore", "DisruptionTarget")
    assert {text(rule, "onExitCodes", "containerName") for rule in rules} == {NAME}
    actions = {code: text(rule, "action") for rule in rules for code in items(rule, "onExitCodes", "values")}
    assert actions == {
        Exit.USAGE: "FailJob",
        Exit.NO_INPUT: "FailJob",
        Exit.REFUSED: "FailJob",
        Exit.SOME_FAILED: "FailIndex",
    }


@each_job
def test_a_pod_has_no_more_rights_than_it_needs(path: Path) -> None:
    pod = at(only(path), "spec", "template", "spec")
    server = at(only(DEPLOY / "kubernetes" / "deployment.yaml"), "spec", "template", "spec")
    for name in ("runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"):
        assert at(pod, "securityContext", name) == at(server, "securityContext", name)
    assert at(container(path), "securityContext") == at(server, "containers", 0, "securityContext")
    assert at(pod, "automountServiceAccountToken") is False
    assert at(pod, "enableServiceLinks") is False


@each_job
def test_a_pod_asks_for_what_its_workers_use(path: Path) -> None:
    workers = of_job(path).workers
    assert workers is not None
    assert text(container(path), "resources", "requests", "cpu") == str(workers)
    room = bytes_of(text(container(path), "resources", "requests", "memory"))
    assert workers * WORKER_BYTES < room < bytes_of(text(container(path), "resources", "limits", "memory"))


@each_job
def test_what_is_read_and_written_has_a_place(path: Path) -> None:
    said, pod = of_job(path), at(only(path), "spec", "template", "spec")
    mounts = {text(one, "name"): text(one, "mountPath") for one in items(container(path), "volumeMounts")}
    volumes = {text(one, "name"): one for one in items(pod, "volumes")}
    assert mounts.keys() == volumes.keys()
    assert mounts["tmp"] == "/tmp"  # noqa: S108 - the pod's own
    spool = bytes_of(text(volumes["tmp"], "emptyDir", "sizeLimit"))
    for place in (*said.inputs, said.output):
        assert place.startswith("s3://") or any(place.startswith(f"{mount}/") for mount in mounts.values())
    if said.output.startswith("s3://"):
        assert spool >= 10 * said.shard_size * (said.workers or 1)
        assert text(container(path), "envFrom", 0, "secretRef", "name") == "timeline-batch-s3"


@each_job
def test_the_image_is_that_of_this_version(path: Path) -> None:
    assert text(container(path), "image") == f"timeline-server:{ENGINE_VERSION}"


def test_the_ray_job_says_what_the_command_line_knows() -> None:
    said = parsed(shlex.split(text(only(RAYJOB), "spec", "entrypoint")))
    assert (said.runner, said.address) == ("ray", "auto")


def test_the_nodes_of_the_ray_job_are_alike() -> None:
    cluster = at(only(RAYJOB), "spec", "rayClusterSpec")
    (group,) = items(cluster, "workerGroupSpecs")
    head, worker = (at(node, "template", "spec") for node in (at(cluster, "headGroupSpec"), group))
    assert at(head, "securityContext") == at(worker, "securityContext")
    assert at(head, "securityContext", "runAsNonRoot") is True
    for name in ("image", "envFrom", "securityContext"):
        assert at(head, "containers", 0, name) == at(worker, "containers", 0, name)
    assert text(head, "containers", 0, "image") == f"timeline-ray:{ENGINE_VERSION}"
    assert text(cluster, "authOptions", "mode") == "token"
    assert number(group, "minReplicas") <= number(group, "replicas") <= number(group, "maxReplicas")


def test_the_ray_job_does_shards_where_processors_are_asked_for() -> None:
    cluster = at(only(RAYJOB), "spec", "rayClusterSpec")
    assert text(cluster, "headGroupSpec", "rayStartParams", "num-cpus") == "0"
    (group,) = items(cluster, "workerGroupSpecs")
    resources = at(group, "template", "spec", "containers", 0, "resources")
    workers = int(text(group, "rayStartParams", "num-cpus"))
    assert text(resources, "requests", "cpu") == str(workers)
    assert workers * WORKER_BYTES < bytes_of(text(resources, "requests", "memory"))


def test_the_image_of_ray_has_the_ray_of_the_manifest() -> None:
    said = (BATCH / "ray" / "Dockerfile").read_text(encoding="utf-8")
    assert f"ARG RAY={text(only(RAYJOB), 'spec', 'rayClusterSpec', 'rayVersion')}-py311" in said
    assert "[archive]" in said


def test_every_command_in_the_readme_is_one() -> None:
    said = (DEPLOY / "README.md").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [shlex.split(line)[: line.count(" ") + 1] for line in re.findall(r"\btimeline batch .*", said) if "`" not in line]
    assert len(lines) >= 4
    for words in lines:
        assert parsed(words).command == "batch"


def test_the_array_has_an_element_for_every_part() -> None:
    parts = re.search(r"^parts=(\d+)$", SBATCH.read_text(encoding="utf-8"), re.MULTILINE)
    assert parts
    assert directives()["array"] == f"0-{int(parts[1]) - 1}"
    assert directives()["signal"] == "B:TERM@60"
    assert "requeue" in directives()
    assert int(directives()["cpus-per-task"]) * WORKER_BYTES < bytes_of(directives()["mem"])


def test_the_script_is_one() -> None:
    assert subprocess.run(["/bin/bash", "-n", str(SBATCH)], check=False).returncode == 0


@pytest.fixture
def element(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Return a function that starts the script for an element of an array, of as many parts as it says, as Slurm would."""
    (tmp_path / "bin").mkdir()
    for name, line in {
        "timeline": f'cd {ROOT} && PYTHONPATH=.:proto exec {sys.executable} -m client "$@"',
        "scontrol": f'echo "$@" >> {tmp_path}/scontrol',
    }.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o700)

    def start(number: int, parts: int) -> subprocess.Popen[bytes]:
        script = tmp_path / "script"
        script.write_text(re.sub(r"^parts=\d+$", f"parts={parts}", SBATCH.read_text(encoding="utf-8"), flags=re.MULTILINE))
        env = {
            "PATH": f"{tmp_path}/bin:/usr/bin:/bin", "IN": f"{tmp_path}/in/", "OUT": f"{tmp_path}/out/", "SLURM_CPUS_PER_TASK": "1",
            "SLURM_ARRAY_JOB_ID": "77", "SLURM_ARRAY_TASK_ID": str(number),
        }  # fmt: skip
        return subprocess.Popen(["/bin/bash", str(script)], env=env, stderr=subprocess.PIPE)

    return start


def archive(folder: Path, files: int, articles: int) -> None:
    """Write an archive."""
    folder.mkdir()
    for k in range(files):
        (folder / f"{k}.jsonl").write_text(
            "".join(ARTICLE % n for n in range(k * articles, (k + 1) * articles)), encoding="utf-8"
        )


def answers(folder: Path) -> dict[str, bytes]:
    """Return the answers in a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


def test_the_parts_of_an_array_make_the_whole(element: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    archive(tmp_path / "in", files=5, articles=3)
    line = [sys.executable, "-m", "client", "batch", f"{tmp_path}/in", f"{tmp_path}/alone/", "--workers", "1"]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": ".:proto"})
    there = []
    for part in range(2):
        running = element(part, 2)
        running.communicate(timeout=60)
        assert running.returncode == Exit.OK
        there.append(len(answers(tmp_path / "out")))
    assert there == [3, 5]
    assert answers(tmp_path / "out") == answers(tmp_path / "alone")


def test_a_part_whose_time_is_up_goes_back_into_the_queue(
    element: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    archive(tmp_path / "in", files=60, articles=100)
    running = element(0, 1)
    last = time.monotonic() + 60
    while not list(tmp_path.glob("out/*.manifest.json")):
        assert time.monotonic() < last
        time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=60)
    assert running.returncode == Exit.INTERRUPTED, said
    assert (tmp_path / "scontrol").read_text() == "requeue 77_0\n"
    assert 0 < len(answers(tmp_path / "out")) < 60
    assert list((tmp_path / "out").glob(".*")) == []
