"""A node of a cluster, and what it does with a shard. The project is installed there: only jobs, shards and manifests travel."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import platform
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from client.batch.doing import Doing, Make
from client.batch.heap import enlarge, settle
from client.batch.manifest import Manifest
from client.batch.places import is_url
from client.batch.shards import Shard
from client.batch.unfinished import PART
from client.exits import Exit, Failure, bug
from client.inputs import reason
from timeline import Snapshot


class Home(NamedTuple):
    """Where a batch was started: its folder, the name of its engine, and a file that is in OUT while it runs, "" at a URL."""

    folder: str
    engine: str
    mark: str


@contextlib.contextmanager
def home(out: str) -> Iterator[Home]:
    """Mark the folder of the output, so that nodes can tell it from one of their own by that name; raises Failure."""
    if is_url(out):
        yield Home(str(Path.cwd()), engine(), "")
        return
    mark = Path(out).absolute() / f".nodes.{secrets.token_hex(4)}{PART}"
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        file = mark.open("xb")
    except OSError as error:
        raise Failure(Exit.CANNOT_WRITE, f"{out}: {reason(error)}") from error
    with file:
        # Whoever sweeps the folder sees by the lock that this file is in use, and once we are killed that it is not.
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield Home(str(Path.cwd()), engine(), str(Path(out) / mark.name))
        finally:
            mark.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def engine() -> str:
    """Return what names this machine's engine: its version, and the hash of all that answers depend on."""
    snapshot = Snapshot.of_this_engine()
    return f"{snapshot.version} ({snapshot.hash})"


def do(packed: bytes, started: Home, shard: Shard, careful: bool) -> Manifest | tuple[Exit, str]:  # noqa: FBT001 - as Doing takes it
    """Do a shard on this node with what a pickled Make makes; return its manifest, or the code and message of a Failure."""
    try:
        doing = _settled(packed, started)
        if not is_url(shard.place) and not Path(shard.place).is_absolute() and str(Path.cwd()) != started.folder:
            said = f"node {platform.node()} has no folder {started.folder}, which {shard.place} lies in"
            raise Failure(Exit.NO_INPUT, f"{said}: nodes need the same files, or take URLs")  # noqa: TRY301 - one way out
        manifest = doing(shard, lambda *_: None, careful)
    except Failure as failure:
        return failure.code, failure.message
    except Exception as error:  # noqa: BLE001 - a bug in one shard must not cost the others
        return Exit.INTERNAL, f"{shard.name}: {bug(error).message}"
    else:
        enlarge()
        return manifest


@lru_cache(maxsize=1)
def _settled(packed: bytes, started: Home) -> Doing:
    """Go to where the batch was started, see that this node fits it, and load its engine; raises Failure where it does not fit.

    A run has one of each: the engine stays in this process from one shard to the next.
    """
    if started.engine != engine():
        said = f"node {platform.node()} has engine {engine()} of eventtimeline, the batch was started by {started.engine}"
        raise Failure(Exit.UNAVAILABLE, f"{said}: install the same release, packages and time zones everywhere")
    with contextlib.suppress(OSError):
        os.chdir(started.folder)
    make: Make = pickle.loads(packed)  # noqa: S301 - the cluster runs what the batch sends anyway
    if started.mark and not Path(started.mark).is_file():
        said = f"the folder {make.job.out} of node {platform.node()} is not the one where the batch was started"
        raise Failure(Exit.CANNOT_WRITE, f"{said}: all nodes need the same one, or take a URL")
    doing = make()
    settle()
    return doing
