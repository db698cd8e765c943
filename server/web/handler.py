"""One connection of the HTTP edge: requests in, JSON out."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

from google.rpc.code_pb2 import Code
from google.rpc.status_pb2 import Status

from eventtimeline.jsonlines import request_from_json, response_to_json
from server.calls import Call, request_id
from server.desk import Desk
from server.errors import Failed, Unauthenticated, Undecodable
from server.files import Reloaded
from server.limits import Limits
from server.service import SERVICE
from server.tokens import Token, Tokens, find
from server.web.connections import Connections
from server.web.errors import STATUSES, error_to_json

PROTOCOL = "http"
REQUEST_ID = "X-Request-Id"


class Method(NamedTuple):
    """A method that can be called: its name, the type of its requests, and what answers one."""

    name: str
    request: Any
    answer: Callable[[Any, Call], Any]


@dataclass(frozen=True, slots=True)
class Site:
    """What every connection shares: the methods by path, who may call, from which pages, and the largest request in bytes."""

    desk: Desk
    limits: Limits
    methods: Mapping[str, Method]
    tokens: Reloaded[Tokens] | None
    origins: tuple[str, ...]
    most_bytes: int


class _Refused(Exception):
    """A request that does not come to be a call."""

    def __init__(self, status: HTTPStatus, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = Status(code=code, message=message)


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of a connection, one after the other. To be subclassed with the `site`."""

    site: Site
    server: Connections
    protocol_version = "HTTP/1.1"
    server_version = "timeline-server"
    sys_version = ""
    wbufsize = -1  # one write an answer: many small ones wait for one another's acknowledgement
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer a call."""
        try:
            method = self._method()
            call = self._call(method)
            if self.site.tokens is not None and call.token is None:
                # Before the body is read: who may not call does not get to send one.
                self.close_connection = True
                self._fail(self.site.desk.refuse(call, Unauthenticated(given="Authorization" in self.headers)), call)
                return
            body = self._body()
        except _Refused as refused:
            self.close_connection = True
            self._send(refused.status, error_to_json(refused.body), {})
            return
        self.server.answering(self.connection)
        try:
            answer = self.site.desk.one(call, lambda: self._answer(method, body, call))
            self._send(HTTPStatus.OK, answer, {REQUEST_ID: call.request_id})
        except Failed as failed:
            self._fail(failed, call)
        self.close_connection = self.close_connection or self.server.draining
        self.server.wait_for(self.connection)

    def do_OPTIONS(self) -> None:
        """Answer a browser that asks whether a page may call."""
        self.close_connection = self.close_connection or "Content-Length" in self.headers or "Transfer-Encoding" in self.headers
        self._send(
            HTTPStatus.NO_CONTENT,
            "",
            {
                "Access-Control-Allow-Methods": "POST",
                "Access-Control-Allow-Headers": "authorization, content-type, connect-timeout-ms, x-request-id",
                "Access-Control-Max-Age": "7200",
            },
        )

    def do_GET(self) -> None:
        """Say that calls are POSTs."""
        self.close_connection = True  # or a body that came along would be taken for the next request
        said = f"POST a request as JSON to one of {', '.join(self.site.methods)}"
        self._send(
            HTTPStatus.METHOD_NOT_ALLOWED, error_to_json(Status(code=Code.UNIMPLEMENTED, message=said)), {"Allow": "POST"}
        )

    def _answer(self, method: Method, body: bytes, call: Call) -> str:
        with self.site.limits.hold(call.token):
            text = response_to_json(method.answer(_request(body, method.request), call))
        call.response_bytes = len(text.encode())
        return text

    def _fail(self, failed: Failed, call: Call) -> None:
        status = STATUSES.get(failed.status.code, HTTPStatus.INTERNAL_SERVER_ERROR)
        self._send(status, error_to_json(failed.status), {REQUEST_ID: call.request_id})

    def _method(self) -> Method:
        method = self.site.methods.get(self.path)
        if method is None:
            raise _Refused(HTTPStatus.NOT_FOUND, Code.UNIMPLEMENTED, f"there are {', '.join(self.site.methods)}")
        if self.headers.get_content_type() != "application/json" or "Content-Encoding" in self.headers:
            said = "Content-Type must be application/json, without a Content-Encoding"
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Code.INVALID_ARGUMENT, said)
        return method

    def _body(self) -> bytes:
        lengths = self.headers.get_all("Content-Length", [])
        if self.headers.defects or self.headers.get_payload() or len(lengths) > 1:
            # Whoever stands in between may read such headers otherwise than we do, and see another end of the request.
            raise _Refused(HTTPStatus.BAD_REQUEST, Code.INVALID_ARGUMENT, "the headers are malformed")
        length = lengths[0] if lengths else ""
        if not (length.isascii() and length.isdigit() and len(length) < 20) or "Transfer-Encoding" in self.headers:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, Code.INVALID_ARGUMENT, "Content-Length is missing")
        if int(length) > self.site.most_bytes:
            said = f"the request has {length} bytes, the limit is {self.site.most_bytes}"
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Code.RESOURCE_EXHAUSTED, said)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Refused(HTTPStatus.BAD_REQUEST, Code.INVALID_ARGUMENT, "the request ended before its Content-Length")
        return body

    def _call(self, method: Method) -> Call:
        timeout = self.headers.get("Connect-Timeout-Ms", "")
        until = float("inf")
        if timeout.isascii() and timeout.isdigit() and len(timeout) <= 10:
            until = time.monotonic() + int(timeout) / 1000
        return Call(
            method=f"{SERVICE}/{method.name}",
            protocol=PROTOCOL,
            request_id=request_id(self.headers.get(REQUEST_ID, "")),
            peer=f"{self.client_address[0]}:{self.client_address[1]}",
            token=self._token(),
            trace_parent=self.headers.get("traceparent", ""),
            active=self._active,
            remaining=lambda: until - time.monotonic(),
        )

    def _token(self) -> Token | None:
        tokens = self.site.tokens
        return None if tokens is None else find(tokens.get(), self.headers.get("Authorization", ""))

    def _active(self) -> bool:
        """Tell whether the caller still waits; through encryption that can't be seen."""
        if isinstance(self.connection, ssl.SSLSocket):
            return True
        poll = select.poll()
        poll.register(self.connection, select.POLLIN)
        if not poll.poll(0):
            return True
        try:
            return bool(self.connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _send(self, status: HTTPStatus, text: str, headers: Mapping[str, str]) -> None:
        body = text.encode()
        self.send_response(status)
        origin = self.headers.get("Origin", "")
        if origin.isprintable() and origin and (origin in self.site.origins or "*" in self.site.origins):
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Expose-Headers", "x-request-id")
            self.send_header("Vary", "Origin")
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection or self.server.draining:
            self.send_header("Connection", "close")
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def handle_expect_100(self) -> bool:
        """Tell the caller at once that its body is awaited."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def log_message(self, *_: object) -> None:
        """Say nothing: the desk keeps the books."""


def _request(body: bytes, kind: Any) -> Any:  # noqa: ANN401 - the methods' own kinds
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Undecodable from None
    return request_from_json(text, kind)
