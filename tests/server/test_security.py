"""Who may call: TLS, certificates of clients, bearer tokens, what is refused by default."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import grpc
import pytest
import trustme
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse
from grpc_status import rpc_status

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.processes import PATIENCE, ROOT, LogOf, Serve, until

REQUEST = pb.ExtractTimelineRequest(article=pb.Article(id="7", text="زار الوزير القاهرة أمس."))
UNAVAILABLE, UNAUTHENTICATED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNAUTHENTICATED


class Files:
    """A certificate of a server, the authority that signed it, and files of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ca = trustme.CA()
        self.renew()
        self.ca.cert_pem.write_to_path(str(folder / "ca.pem"))

    def renew(self) -> None:
        certificate = self.ca.issue_cert("localhost", "127.0.0.1")
        certificate.private_key_pem.write_to_path(str(self.folder / "key.pem"))
        (self.folder / "chain.pem").write_bytes(b"".join(pem.bytes() for pem in certificate.cert_chain_pems))

    @property
    def options(self) -> list[str]:
        return ["--tls-cert", str(self.folder / "chain.pem"), "--tls-key", str(self.folder / "key.pem")]

    def credentials(self, *, client: trustme.LeafCert | None = None, ca: trustme.CA | None = None) -> grpc.ChannelCredentials:
        root = (ca or self.ca).cert_pem.bytes()
        if client is None:
            return grpc.ssl_channel_credentials(root)
        return grpc.ssl_channel_credentials(root, client.private_key_pem.bytes(), client.cert_chain_pems[0].bytes())


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def outcome(channel: grpc.Channel, request: pb.ExtractTimelineRequest = REQUEST, token: str = "") -> grpc.StatusCode | str:
    """Return the article's id from the answer, or how the call ended."""
    metadata = (("authorization", f"Bearer {token}"),) if token else ()
    call = TimelineServiceStub(channel).ExtractTimeline.future(request, timeout=10, metadata=metadata)
    error: object = call.exception()
    return error.code() if isinstance(error, grpc.Call) else call.result().article_id


def secure(address: str, credentials: grpc.ChannelCredentials) -> grpc.Channel:
    return grpc.secure_channel(address, credentials, [("grpc.use_local_subchannel_pool", 1)])


def test_tls_is_spoken_and_nothing_else(serve: Serve, files: Files) -> None:
    _, address = serve("--workers", "1", *files.options)
    with secure(address, files.credentials()) as channel:
        assert outcome(channel) == "7"
    with grpc.insecure_channel(address) as channel:
        assert outcome(channel) is UNAVAILABLE
    with secure(address, files.credentials(ca=trustme.CA())) as channel:
        assert outcome(channel) is UNAVAILABLE


def test_clients_show_a_certificate_where_they_must(serve: Serve, files: Files) -> None:
    _, address = serve("--workers", "1", *files.options, "--tls-client-ca", str(files.folder / "ca.pem"))
    with secure(address, files.credentials(client=files.ca.issue_cert("desk.example"))) as channel:
        assert outcome(channel) == "7"
    with secure(address, files.credentials()) as channel:
        assert outcome(channel) is UNAVAILABLE
    with secure(address, files.credentials(client=trustme.CA().issue_cert("desk.example"))) as channel:
        assert outcome(channel) is UNAVAILABLE


def served_certificate(address: str, ca: Path) -> bytes:
    host, _, port = address.rpartition(":")
    context = ssl.create_default_context(cafile=str(ca))
    context.set_alpn_protocols(["h2"])
    with (
        socket.create_connection((host, int(port)), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=host) as tls,
    ):
        found = tls.getpeercert(binary_form=True)
        assert found
        return found


def test_a_renewed_certificate_is_served_without_a_restart_and_a_bad_one_is_not(serve: Serve, log: LogOf, files: Files) -> None:
    process, address = serve("--workers", "1", "--http", "127.0.0.1:0", *files.options)
    assert process.stdout
    web = process.stdout.readline().split()[-1]
    before = served_certificate(address, files.folder / "ca.pem")
    with secure(address, files.credentials()) as kept:
        assert outcome(kept) == "7"
        (files.folder / "key.pem").write_text("no key")
        until(lambda: served_certificate(address, files.folder / "ca.pem") == before and "can't be used" in log(process))
        files.renew()
        until(lambda: served_certificate(address, files.folder / "ca.pem") != before)
        until(lambda: served_certificate(web, files.folder / "ca.pem") != before)
        assert outcome(kept) == "7"


def test_the_http_edge_speaks_tls_too(serve: Serve, files: Files) -> None:
    process, _ = serve("--workers", "1", "--http", "127.0.0.1:0", *files.options)
    assert process.stdout
    web = process.stdout.readline().split()[-1]
    context = ssl.create_default_context(cafile=str(files.folder / "ca.pem"))
    connection = http.client.HTTPSConnection(web, timeout=30, context=context)
    body = '{"article": {"id": "7", "text": "أمس"}}'.encode()
    connection.request("POST", "/eventtimeline.v1.TimelineService/ExtractTimeline", body, {"Content-Type": "application/json"})
    assert json.loads(connection.getresponse().read())["articleId"] == "7"
    connection.close()
    host, _, port = web.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=30) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with suppress(ConnectionResetError):
            assert b"HTTP" not in plain.recv(4096)


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=os.environ | environment,
    )


def new_token(name: str, more: str = "") -> tuple[str, str]:
    """Return a token, and its entry for the file."""
    done = command("new-token", name)
    assert done.returncode == 0, done.stderr
    token, _, entry = done.stdout.partition("\n\n")
    assert token not in entry
    return token, entry + more


def test_calls_need_a_token_that_holds_and_health_needs_none(serve: Serve, log: LogOf, tmp_path: Path) -> None:
    (desk, first), (archive, second), (old, third) = (
        new_token("desk"),
        new_token("archive"),
        new_token("old", "expires = 2020-01-01\n"),
    )
    table = tmp_path / "tokens.toml"
    table.write_text(first + second + third, encoding="utf-8")
    process, address = serve("--workers", "1", "--http", "127.0.0.1:0", "--tokens", str(table))
    assert process.stdout
    web = process.stdout.readline().split()[-1]
    with grpc.insecure_channel(address) as channel:
        assert outcome(channel, token=desk) == outcome(channel, token=archive) == "7"
        for token in ("", "wrong", old, desk + "x", desk.removeprefix("tl_")):
            assert outcome(channel, token=token) is UNAUTHENTICATED
        stream = TimelineServiceStub(channel).ExtractTimelines(iter(()))
        with pytest.raises(grpc.RpcError) as caught:
            list(stream)
        assert isinstance(caught.value, grpc.Call)
        status = rpc_status.from_call(caught.value)
        assert status
        info = ErrorInfo()
        assert status.details[0].Unpack(info)
        assert info.reason == "TOKEN_MISSING"
        check: grpc.UnaryUnaryMultiCallable[HealthCheckRequest, HealthCheckResponse] = channel.unary_unary(
            "/grpc.health.v1.Health/Check", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
        )
        assert check(HealthCheckRequest()).status == HealthCheckResponse.SERVING
        reflect: grpc.StreamStreamMultiCallable[ServerReflectionRequest, ServerReflectionResponse] = channel.stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            ServerReflectionRequest.SerializeToString,
            ServerReflectionResponse.FromString,
        )
        with pytest.raises(grpc.RpcError, match="UNAUTHENTICATED"):
            list(reflect(iter([ServerReflectionRequest(list_services="")])))
        assert http_status(web, desk) == 200
        assert http_status(web, "wrong") == http_status(web, "") == 401
    said = log(process)
    assert '"token": "desk"' in said
    assert desk not in said
    assert old not in said


def http_status(web: str, token: str) -> int:
    connection = http.client.HTTPConnection(web, timeout=30)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request("POST", "/eventtimeline.v1.TimelineService/ListEventKinds", b"{}", headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_tokens_are_rotated_without_a_restart_and_a_bad_file_changes_nothing(serve: Serve, log: LogOf, tmp_path: Path) -> None:
    (before, first), (after, second) = new_token("before"), new_token("after")
    table = tmp_path / "tokens.toml"
    table.write_text(first, encoding="utf-8")
    process, address = serve("--workers", "1", "--tokens", str(table))
    with grpc.insecure_channel(address) as channel:
        assert (outcome(channel, token=before), outcome(channel, token=after)) == ("7", UNAUTHENTICATED)
        table.write_text(first + second, encoding="utf-8")
        until(lambda: outcome(channel, token=after) == "7")
        assert outcome(channel, token=before) == "7"
        table.write_text("[[token]]\nname = 7\n", encoding="utf-8")
        until(lambda: outcome(channel, token=after) == "7" and "can't be used" in log(process))
        table.write_text(second, encoding="utf-8")
        until(lambda: outcome(channel, token=before) is UNAUTHENTICATED)
        assert outcome(channel, token=after) == "7"


def test_a_token_has_limits_of_its_own(serve: Serve, tmp_path: Path) -> None:
    token, entry = new_token("small", "max_calls = 1\nmax_text_bytes = 100\n")
    table = tmp_path / "tokens.toml"
    table.write_text(entry, encoding="utf-8")
    _, address = serve("--workers", "1", "--tokens", str(table))
    metadata = (("authorization", f"Bearer {token}"),)
    with grpc.insecure_channel(address) as channel:
        stub = TimelineServiceStub(channel)
        long = pb.ExtractTimelineRequest(article=pb.Article(text="أمس " * 30))
        with pytest.raises(grpc.RpcError) as caught:
            stub.ExtractTimeline(long, metadata=metadata)
        assert isinstance(caught.value, grpc.Call)
        status = rpc_status.from_call(caught.value)
        assert status
        bad = BadRequest()
        assert status.details[0].Unpack(bad)
        assert bad.field_violations[0].field == "article.text"
        assert "100" in bad.field_violations[0].description
        open_stream = stub.ExtractTimelines(one_and_wait(REQUEST.article), metadata=metadata)
        assert next(open_stream).article_id == "7"
        with pytest.raises(grpc.RpcError, match="RESOURCE_EXHAUSTED"):
            stub.ListEventKinds(pb.ListEventKindsRequest(), metadata=metadata)
        open_stream.cancel()
        until(lambda: outcome(channel, token=token) == "7")


def one_and_wait(article: pb.Article):  # type: ignore[no-untyped-def] # noqa: ANN201 - a generator of requests
    yield pb.ExtractTimelinesRequest(article=article)
    time.sleep(PATIENCE)


PUBLIC = [["--listen", "0.0.0.0:0"], ["--listen", "[::]:0"], ["--listen", "example.org:0"], ["--http", "0.0.0.0:0"]]


@pytest.mark.parametrize("where", PUBLIC)
def test_a_public_address_without_tls_is_refused(where: list[str]) -> None:
    done = command(*where)
    assert done.returncode == 2
    assert "insecure" in done.stderr
    assert done.stdout == ""


def reflection(address: str, credentials: grpc.ChannelCredentials | None = None) -> grpc.StatusCode | None:
    channel = grpc.insecure_channel(address) if credentials is None else grpc.secure_channel(address, credentials)
    with channel:
        reflect: grpc.StreamStreamMultiCallable[ServerReflectionRequest, ServerReflectionResponse] = channel.stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            ServerReflectionRequest.SerializeToString,
            ServerReflectionResponse.FromString,
        )
        answers = reflect(iter([ServerReflectionRequest(list_services="")]))
        try:
            list(answers)
        except grpc.RpcError:
            return answers.code()
        return None


def here(address: str) -> str:
    """Return where this machine reaches a server that listens on all addresses."""
    return f"127.0.0.1:{address.rpartition(':')[2]}"


def test_a_public_address_is_served_where_that_is_said_and_reflects_where_that_is_said(serve: Serve) -> None:
    _, address = serve("--listen", "0.0.0.0:0", "--insecure", "--workers", "1")
    with grpc.insecure_channel(here(address)) as channel:
        assert outcome(channel) == "7"
    assert reflection(here(address)) is grpc.StatusCode.UNIMPLEMENTED
    _, address = serve("--listen", "0.0.0.0:0", "--insecure", "--workers", "1", "--reflection", "on")
    assert reflection(here(address)) is None
    _, address = serve("--workers", "1", "--reflection", "off")
    assert reflection(address) is grpc.StatusCode.UNIMPLEMENTED
