"""h2load (of nghttp2) as the load: the cheapest there is, so that it takes little of the cores that it shares with the server.

It does not look at gRPC's status: what was answered well is read from the server's own metrics.
"""

from __future__ import annotations

import os
import shutil
import statistics
import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from eventtimeline.v1 import timeline_pb2 as pb

SERVICE = "eventtimeline.v1.TimelineService"


class Load(NamedTuple):
    """What a load came to: requests answered a second, milliseconds of each, seconds of h2load's own time."""

    rate: float
    milliseconds: Sequence[float]
    cpu: float

    def percentile(self, percent: int) -> float:
        """Return the milliseconds within which so many of a hundred requests were answered."""
        return statistics.quantiles(self.milliseconds, n=100)[percent - 1]


def body(messages: Sequence[pb.ExtractTimelineRequest | pb.ExtractTimelinesRequest]) -> bytes:
    """Return the messages of a call as gRPC frames them."""
    encoded = [message.SerializeToString() for message in messages]
    return b"".join(b"\0" + struct.pack(">I", len(each)) + each for each in encoded)


def load(
    address: str, method: str, sent: bytes, *, clients: int, seconds: int, rate: float | None = None, warm_up: int = 2
) -> Load:
    """Send a body over and over: as fast as answers come, or at a rate a second over all clients; raises RuntimeError."""
    tool = shutil.which("h2load")
    if tool is None:
        raise RuntimeError("needs h2load, of the package nghttp2-client")
    with tempfile.TemporaryDirectory() as folder:
        data, log = Path(folder, "body"), Path(folder, "log")
        data.write_bytes(sent)
        command = [tool, "-c", str(clients), "-m", "1", "-d", str(data), f"--log-file={log}"]
        command += ["-D", str(seconds), f"--warm-up-time={warm_up}"]
        if rate is not None:
            # h2load counts by client, in whole requests a second or parts of one.
            command += [f"--rps={rate / clients:.4f}"]
        command += ["-H", "content-type: application/grpc", "-H", "te: trailers", f"http://{address}/{SERVICE}/{method}"]
        before = os.times()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        after = os.times()
        rows = [line.split("\t") for line in log.read_text(encoding="ascii").splitlines()]
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    if not rows:
        raise RuntimeError(f"h2load measured nothing: {done.stdout}")
    # The log holds what ended after the warm-up.
    good = [row for row in rows if row[1] == "200"]
    return Load(len(good) / seconds, [int(row[2]) / 1000 for row in good], spent)


def spread(address: str, method: str, sent: bytes, *, callers: int, seconds: int, rate: float) -> Load:
    """Send at a rate a second from so many callers that know nothing of each other: h2load's own clients all ask at one moment."""
    with ThreadPoolExecutor(callers) as pool:

        def one(number: int) -> Load:
            # Each begins at another part of the time between two requests.
            time.sleep(number / rate)
            return load(address, method, sent, clients=1, seconds=seconds, rate=rate / callers)

        loads = list(pool.map(one, range(callers)))
    together = [each for one in loads for each in one.milliseconds]
    return Load(sum(each.rate for each in loads), together, sum(each.cpu for each in loads))
