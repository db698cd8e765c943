"""The HTTP edge: the unary methods as protobuf JSON, for pages and curl, with the limits, tokens and errors of the gRPC edge.

    POST /eventtimeline.v1.TimelineService/ExtractTimeline
    {"article": {"text": "..."}}

Errors have the shape of the Connect protocol: {"code": "invalid_argument", "message": "...", "details": [...]}.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable

from eventtimeline.v1 import timeline_pb2 as pb
from server.config import Address, Options
from server.desk import Desk
from server.files import Reloaded
from server.limits import Limits
from server.service import SERVICE, TimelineService
from server.tokens import Tokens
from server.web.connections import Connections
from server.web.handler import Handler, Method, Site

SPARE_CONNECTIONS = 64
"""Connections beyond the limit of calls: pages keep theirs open between calls."""
ESCAPED = 6
"""Bytes that JSON may take for one of UTF-8, as in \\u0000."""
ROOM = 64 << 10
"""Bytes of a request around its text."""


class Web:
    """Serves the unary methods over HTTP/1.1; `context` gives the newest certificates, None where nothing is encrypted."""

    def __init__(
        self,
        service: TimelineService[pb.ExtractTimelineResponse],
        desk: Desk,
        limits: Limits,
        options: Options,
        tokens: Reloaded[Tokens] | None,
        context: Callable[[], ssl.SSLContext] | None,
    ) -> None:
        methods = (
            Method("ExtractTimeline", pb.ExtractTimelineRequest, service.extract_timeline),
            Method("ResolveExpressions", pb.ResolveExpressionsRequest, service.resolve_expressions),
            Method("ListEventKinds", pb.ListEventKindsRequest, service.list_event_kinds),
        )
        by_path = {f"/{SERVICE}/{method.name}": method for method in methods}
        self._site = Site(desk, limits, by_path, tokens, options.http_origins, options.max_text_bytes * ESCAPED + ROOM)
        self._most = options.max_calls + SPARE_CONNECTIONS
        self._context = context
        self._connections: Connections | None = None

    def start(self, address: Address) -> int:
        """Serve at an address and return its port; raises OSError where it can't be had."""

        class OfThisSite(Handler):
            site = self._site

        self._connections = Connections(address, OfThisSite, self._most, self._context)
        threading.Thread(target=self._connections.serve_forever, args=(0.1,), daemon=True).start()
        threading.Thread(target=self._connections.sweep, daemon=True).start()
        return self._connections.server_port

    def drain(self, grace: float) -> None:
        """Take no new requests, and return when those that have begun are answered or the grace is over."""
        if self._connections is not None:
            self._connections.drain(grace)
