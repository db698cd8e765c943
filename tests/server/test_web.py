"""The HTTP edge: the same answers as over gRPC, errors as JSON, limits, pages, and callers that misbehave."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import grpc
import pytest
from google.protobuf import json_format

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.processes import Serve, end, start

SERVICE = "/eventtimeline.v1.TimelineService"
TEXT = "زار الوزير القاهرة أمس، وسيلتقي نظيره يوم الجمعة المقبل."
PUBLICATION = {"publishDate": {"year": 2024, "month": 3, "day": 27}, "country": "EG"}
ARTICLE = {"id": "a1", "text": TEXT, "publication": PUBLICATION}
ORIGIN = "https://desk.example.org"


class Web:
    """Where a server listens: over gRPC, and over HTTP."""

    def __init__(self, process: subprocess.Popen[str], rpc: str) -> None:
        self.process = process
        self.rpc = rpc
        assert process.stdout
        said = process.stdout.readline()
        assert said.startswith("http on "), said
        self.address = said.split()[-1]

    def send(
        self, method: str, body: object, verb: str = "POST", **headers: str
    ) -> tuple[http.client.HTTPResponse, dict[str, Any]]:
        connection = http.client.HTTPConnection(self.address, timeout=30)
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        path = method if method.startswith("/") else f"{SERVICE}/{method}"
        connection.request(verb, path, data, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        return answer, json.loads(said) if said else {}

    def connect(self) -> socket.socket:
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=30)


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    process, address = start("--workers", "1", "--http", "127.0.0.1:0", "--http-origins", ORIGIN, "--max-text-bytes", "20000")
    yield Web(process, address)
    assert "reference" not in end(process)


def test_an_answer_is_that_of_grpc(web: Web) -> None:
    answer, said = web.send("ExtractTimeline", {"article": ARTICLE, "offsetEncoding": "OFFSET_ENCODING_UTF16"})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    request = pb.ExtractTimelineRequest(offset_encoding=pb.OFFSET_ENCODING_UTF16)
    json_format.ParseDict(ARTICLE, request.article)
    with grpc.insecure_channel(web.rpc) as channel:
        assert json_format.ParseDict(said, pb.ExtractTimelineResponse()) == TimelineServiceStub(channel).ExtractTimeline(
            request
        )


def test_the_other_unary_methods_are_there(web: Web) -> None:
    _, said = web.send("ResolveExpressions", {"text": "أمس", "publication": PUBLICATION})
    assert [time["value"] for time in said["times"]] == ["2024-03-26"]
    _, said = web.send("ListEventKinds", {})
    assert "visit" in {kind["name"] for kind in said["eventKinds"]}


BAD = [
    ("ExtractTimeline", {"article": {"id": "1"}}, 400, "invalid_argument"),
    ("ExtractTimeline", {"article": {"text": "x", "publication": {"country": "ZZ"}}}, 400, "invalid_argument"),
    ("ExtractTimeline", {"artcle": {}}, 400, "invalid_argument"),
    ("ExtractTimeline", {"article": {"text": "أمس " * 10_000}}, 400, "invalid_argument"),
    ("ExtractTimeline", b"{", 400, "invalid_argument"),
    ("ExtractTimeline", b"[]", 400, "invalid_argument"),
    ("ExtractTimeline", b"[" * 100_000, 400, "invalid_argument"),
    ("ExtractTimeline", b'{"article": {"text": "\xd8"}}', 400, "invalid_argument"),
    ("ExtractTimeline", b'{"offsetEncoding": ' + b"9" * 5000 + b"}", 400, "invalid_argument"),
    ("ExtractTimeline", b" " * 300_000, 413, "resource_exhausted"),
    ("ExtractTimelines", {}, 404, "unimplemented"),
    ("/", {}, 404, "unimplemented"),
]


@pytest.mark.parametrize(("method", "body", "status", "code"), BAD)
def test_bad_requests_say_what_is_wrong(web: Web, method: str, body: object, status: int, code: str) -> None:
    answer, said = web.send(method, body)
    assert (answer.status, said["code"]) == (status, code)
    assert said["message"]


def test_an_error_names_the_field_readably(web: Web) -> None:
    _, said = web.send("ExtractTimeline", {"article": {"text": "x", "publication": {"timeZone": "Mars/Olympus"}}})
    bad, info = said["details"]
    assert bad["type"] == "google.rpc.BadRequest"
    assert [violation["field"] for violation in bad["debug"]["fieldViolations"]] == ["article.publication.time_zone"]
    assert info["debug"]["reason"] == "INVALID_ARTICLE"


@pytest.mark.parametrize(
    ("verb", "headers", "status"),
    [
        ("GET", {}, 405),
        ("POST", {"Content-Type": "text/plain"}, 415),
        ("POST", {"Content-Encoding": "gzip"}, 415),
        ("POST", {"Content-Length": "many"}, 411),
        ("POST", {"Content-Length": "9" * 30}, 411),
        ("POST", {"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_other_ways_to_ask_are_refused(web: Web, verb: str, headers: dict[str, str], status: int) -> None:
    answer, said = web.send("ListEventKinds", b"{}", verb, **headers)
    assert answer.status == status
    assert said["message"]


AMBIGUOUS = [
    "Content-Length: 2\r\nContent-Length: 3\r\n",
    "Content-Length: 2\r\nTransfer-Encoding : chunked\r\n",
    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
]


@pytest.mark.parametrize("headers", AMBIGUOUS)
def test_a_request_that_two_could_read_differently_is_refused_and_closed(web: Web, headers: str) -> None:
    with web.connect() as connection:
        head = f"POST {SERVICE}/ListEventKinds HTTP/1.1\r\nContent-Type: application/json\r\n{headers}\r\n"
        connection.sendall(head.encode() + b"{}" + b"POST / HTTP/1.1\r\n\r\n")
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 411"))
    assert said.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("verb", ["GET", "OPTIONS"])
def test_a_body_where_none_belongs_is_not_taken_for_the_next_request(web: Web, verb: str) -> None:
    body = f"POST {SERVICE}/ListEventKinds HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    with web.connect() as connection:
        connection.sendall(f"{verb} {SERVICE}/ListEventKinds HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        said = b""
        with suppress(ConnectionResetError):
            while data := connection.recv(65536):
                said += data
    assert said.count(b"HTTP/1.1") == 1


def test_a_caller_that_waits_to_be_told_is_told_at_once(web: Web) -> None:
    with web.connect() as connection:
        connection.sendall(f"POST {SERVICE}/ListEventKinds HTTP/1.1\r\nContent-Type: application/json\r\n".encode())
        connection.sendall(b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 100")
        connection.sendall(b"{}")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_lone_surrogate_is_read_as_over_grpc(web: Web) -> None:
    answer, said = web.send("ExtractTimeline", b'{"article": {"text": "\\ud800 ' + "أمس".encode() + b'"}}')
    assert answer.status == 200
    assert said["timeline"]["times"][0]["span"] == {"start": 2, "end": 5}


@pytest.mark.parametrize(
    "odd",
    [
        '"\\ud800": 1',
        '"offsetEncoding": "\\udfff"',
        '"article": {"publication": {"\\ud800": {}}}',
        '"offsetEncoding": 1e999',
        '"offsetEncoding": NaN',
        '"maxResponseBytes": -Infinity',
    ],
)
def test_what_no_message_can_hold_is_refused(web: Web, odd: str) -> None:
    answer, said = web.send("ExtractTimeline", f"{{{odd}}}".encode())
    assert (answer.status, said["code"]) == (400, "invalid_argument")


def test_a_deadline_holds(web: Web) -> None:
    answer, said = web.send("ExtractTimeline", {"article": ARTICLE}, **{"Connect-Timeout-Ms": "0"})
    assert (answer.status, said["code"]) == (504, "deadline_exceeded")


def test_the_caller_names_its_call(web: Web) -> None:
    answer, _ = web.send("ListEventKinds", {}, **{"X-Request-Id": "desk-7"})
    assert answer.headers["X-Request-Id"] == "desk-7"
    answer, _ = web.send("ListEventKinds", {}, **{"X-Request-Id": "no good: é"[:8]})
    assert answer.headers["X-Request-Id"] not in ("", "desk-7", "no good")


@pytest.mark.parametrize(("origin", "allowed"), [(ORIGIN, ORIGIN), ("https://elsewhere.example", None), ("null", None)])
def test_pages_of_allowed_origins_may_call(web: Web, origin: str, allowed: str | None) -> None:
    preflight, _ = web.send("ExtractTimeline", b"", "OPTIONS", Origin=origin)
    answer, _ = web.send("ListEventKinds", {}, Origin=origin)
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == answer.headers["Access-Control-Allow-Origin"] == allowed


def test_one_connection_carries_many_calls(web: Web) -> None:
    connection = http.client.HTTPConnection(web.address, timeout=30)
    for number in range(5):
        body = json.dumps({"article": {"id": str(number), "text": TEXT}})
        connection.request("POST", f"{SERVICE}/ExtractTimeline", body, {"Content-Type": "application/json"})
        assert json.loads(connection.getresponse().read())["articleId"] == str(number)
    connection.close()


def test_callers_that_send_nothing_or_half_do_not_hold_up_others(web: Web) -> None:
    silent = [web.connect() for _ in range(100)]
    for each in silent[50:]:
        each.sendall(f"POST {SERVICE}/ExtractTimeline HTTP/1.1\r\nContent-Type: application/json\r\n".encode())
        each.sendall(b"Content-Length: 100\r\n\r\n{")
    begin = time.monotonic()
    answer, _ = web.send("ListEventKinds", {})
    assert answer.status == 200
    assert time.monotonic() - begin < 5
    for each in silent:
        each.close()


def test_garbage_is_refused(web: Web) -> None:
    with web.connect() as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n")
        assert b"400" in connection.recv(4096)
    assert web.send("ListEventKinds", {})[0].status == 200


def test_a_drain_answers_what_has_begun_and_closes_what_is_idle(serve: Serve) -> None:
    process, address = serve("--workers", "1", "--http", "127.0.0.1:0")
    web = Web(process, address)
    idle = web.connect()
    web.send("ListEventKinds", {})
    process.terminate()
    assert process.wait(60) == 0
    assert idle.recv(1) == b""
    idle.close()
