"""The Ray cluster: a task a shard, on whatever nodes there are. A node or a worker that dies costs its shards some time."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import secrets
import signal
import socket
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from client.batch.doing import Make
from client.batch.manifest import Manifest
from client.batch.places import extra
from client.batch.runners import Outcome, Watch
from client.batch.runners.node import Home, do, home
from client.batch.runners.pool import DEATHS, EVERY, PATIENCE
from client.batch.shards import Shard
from client.exits import Exit, Failure
from client.inputs import reason

AHEAD = 2
"""Shards in flight for each processor of the cluster: one is done, one waits for its turn."""
COUNTED = 2.0
"""Seconds between two looks at how many processors the cluster has: nodes come and go."""
CONNECTING = 5.0
"""Seconds that the cluster's port may take to answer."""
STORE = 80_000_000
"""Bytes of the object store of a cluster that is started here, about the least that Ray takes: nothing large lies in it."""
NICENESS = "0"
"""Of the workers of a cluster that is started here, as the pool's. Ray's own 15 leaves a worker 3 % of a core that anything else uses."""
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
"""No reports to Ray's makers, and no advice on the user's terminal."""
Library = Any
"""The module `ray`: it is there only with the extra of that name."""
Ref = Any
"""What Ray promises of a task."""


class Ray:
    """Runs shards on the cluster at an address, or, where that is "local", on one that is started here for `workers` processes."""

    def __init__(self, make: Make, address: str, workers: int) -> None:
        self._make = make
        self._address = address
        self._workers = workers

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[Outcome]:
        """Yield what came of every shard that was begun; raises Failure where the cluster can't be reached."""
        with home(self._make.job.out) as here, _connected(self._address, self._workers) as ray:
            flight = _Flight(ray, pickle.dumps(self._make), here)
            try:
                yield from flight.outcomes(iter(shards), watch)
            finally:
                flight.give_up()


class _Flight:
    """The shards that the cluster has, and those that it has to get once more."""

    def __init__(self, ray: Library, packed: bytes, started: Home) -> None:
        self._ray = ray
        # Nothing is retried by Ray: a shard that took its worker with it before is sent again with care.
        self._task = ray.remote(num_cpus=1, max_retries=0)(do)
        self._packed = packed
        self._home = started
        self._flying: dict[Ref, Shard] = {}
        self._again = deque[Shard]()
        self._deaths = Counter[str]()
        self._room = 0
        self._counted = -COUNTED

    def outcomes(self, source: Iterator[Shard], watch: Watch) -> Iterator[Outcome]:
        """Yield what came of every shard that was begun."""
        while True:
            while not watch.stopping and len(self._flying) < self._limit():
                shard = self._again.popleft() if self._again else next(source, None)
                if shard is None:
                    break
                self._begin(shard)
            if not self._flying:
                return
            for ref in self._ended():
                shard = self._flying.pop(ref)
                result = self._result(ref, shard)
                if result is not None:
                    yield Outcome(shard, result)
            watch.live(0, 0, 0)

    def give_up(self) -> None:
        """End what is in flight."""
        for ref in self._flying:
            with contextlib.suppress(Exception):  # what ended meanwhile, or is out of reach
                self._ray.cancel(ref, force=True)

    def _begin(self, shard: Shard) -> None:
        ref = self._task.options(name=shard.name).remote(self._packed, self._home, shard, self._deaths[shard.name] >= DEATHS)
        self._flying[ref] = shard

    def _limit(self) -> int:
        """Return how many shards may be in flight."""
        now = time.monotonic()
        if now - self._counted >= COUNTED:
            self._counted = now
            self._room = AHEAD * max(int(self._ray.cluster_resources().get("CPU", 0)), 1)
        return self._room

    def _ended(self) -> list[Ref]:
        """Return the tasks that have ended, after a while also none."""
        flying = list(self._flying)
        ended, _ = self._ray.wait(flying, timeout=EVERY)
        if ended:
            ended, _ = self._ray.wait(flying, num_returns=len(flying), timeout=0)
        return list(ended)

    def _result(self, ref: Ref, shard: Shard) -> Manifest | Failure | None:
        """Return what a task made of its shard, None where its process or node died and it is to be sent again."""
        errors = self._ray.exceptions
        try:
            result: Manifest | tuple[Exit, str] = self._ray.get(ref)
        except errors.RayTaskError as error:  # not of `do`, which raises nothing: of what stands before it
            said = str(error).strip().splitlines()[-1]
            return Failure(
                Exit.UNAVAILABLE, f"a node can't do shards: {said}. Is the same eventtimeline installed on all nodes?"
            )
        except errors.RayError as error:
            return self._died(shard, error)
        return Failure(*result) if isinstance(result, tuple) else result

    def _died(self, shard: Shard, error: Exception) -> Failure | None:
        self._deaths[shard.name] += 1
        if self._deaths[shard.name] < PATIENCE:
            self._again.append(shard)
            return None
        said = f"{shard.name}: its worker process or node died {PATIENCE} times ({type(error).__name__})"
        return Failure(Exit.TRY_LATER, f"{said}; there may be too little memory for so many workers")


@contextlib.contextmanager
def _connected(address: str, workers: int) -> Iterator[Library]:
    """Connect to a cluster, and leave it at the end; raises Failure."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if address == "auto":
        address = os.environ.get("RAY_ADDRESS") or address
    started = _started(workers) if address == "local" else {}
    ray: Library = extra("ray", "ray")  # it reads the variables only once
    _answers(address)
    try:
        with _signals_kept():
            ray.init(address=address, log_to_driver=False, logging_level=logging.CRITICAL, **started)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        lines = str(error).strip().splitlines()
        said = " ".join(dict.fromkeys([*lines[:1], *lines[-1:]])).rstrip(".")  # between them stands a traceback, if anything
        hint = "" if address in ("auto", "local") else ". If one runs there, look whether RAY_AUTH_TOKEN is that of the cluster"
        raise Failure(Exit.UNAVAILABLE, f"no Ray cluster at {address}: {said}{hint}") from error
    try:
        # Ray tells on standard output of every node that dies, whatever `log_to_driver` says; a batch prints nothing there.
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            yield ray
    finally:
        with _signals_kept():
            ray.shutdown()


def _started(workers: int) -> dict[str, object]:
    """Settle what a cluster that is started here is like, and return what of it `ray.init` is told.

    It has a secret of its own: Ray would leave one in the user's home.
    """
    if not any(name in os.environ for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH")):
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    os.environ.setdefault("RAY_worker_niceness", NICENESS)
    return {"num_cpus": workers, "object_store_memory": STORE, "include_dashboard": False}


def _answers(address: str) -> None:
    """Knock at HOST:PORT, which Ray itself does for a minute before it ends the process; raises Failure where nobody answers.

    Nor is a Ray client taken: it proved not to be reliable.
    """
    if "://" in address:
        said = "a batch does not go through a Ray client: run it on a node of the cluster, with auto or HOST:PORT of the head"
        raise Failure(Exit.USAGE, f"--address {address}: {said}")
    host, colon, port = address.rpartition(":")
    if colon:
        try:
            socket.create_connection((host.strip("[]"), int(port)), CONNECTING).close()
        except OSError as error:
            raise Failure(Exit.UNAVAILABLE, f"no Ray cluster at {address}: {reason(error)}") from error
        except (ValueError, OverflowError) as error:
            raise Failure(Exit.USAGE, f"--address {address}: not auto, local or HOST:PORT") from error


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """Keep the handlers of signals that Ray puts its own in the place of: an interrupted batch ends what it has begun."""
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
