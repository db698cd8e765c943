"""The memory of one server worker."""

from __future__ import annotations

import grpc
import psutil

from eventtimeline.v1 import timeline_pb2, timeline_pb2_grpc
from scripts.local_server import local_server


def worker_mb(text: str) -> float:
    """Return the resident MB (2**20 bytes) of a server's worker that has read one article.

    With one worker, the largest of the server's processes is the worker, whatever watches over it.
    """
    with local_server(workers=1) as server:
        with grpc.insecure_channel(server.address) as channel:
            request = timeline_pb2.ExtractTimelineRequest(article=timeline_pb2.Article(text=text))
            timeline_pb2_grpc.TimelineServiceStub(channel).ExtractTimeline(request, timeout=30.0)
        parent = psutil.Process(server.pid)
        family = [parent, *parent.children(recursive=True)]
        return max(process.memory_info().rss for process in family) / 2**20
