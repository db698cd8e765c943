"""What clients are made with: tokens, TLS, limits; and how they end."""

from __future__ import annotations

import itertools
import secrets
from pathlib import Path

import grpc
import pytest
import trustme

from client import InsecureToken, Tls, Unavailable
from tests.client.scripted import Client, scripted
from timeline import Article

NOBODY = "127.0.0.1:1"
TOKEN = secrets.token_hex(8)


def test_a_closed_client_says_so(client: Client) -> None:
    with scripted() as server, client(server.address) as connected:
        connected.extract(Article("x"))
        outcomes = connected.extract_many(itertools.repeat(Article("x")))
        next(outcomes)
        connected.close()
        with pytest.raises(ValueError, match="closed"):
            connected.extract(Article("x"))
        with pytest.raises(ValueError, match="closed"):
            list(outcomes)


def test_a_token_goes_with_every_call(client: Client) -> None:
    with scripted() as server, client(server.address, token=TOKEN) as connected:
        connected.extract(Article("x"))
        list(connected.extract_many([Article("x")]))
        connected.resolve("x")
        connected.event_kinds()
    assert [sent.get("authorization") for sent in server.metadata] == [f"Bearer {TOKEN}"] * 4
    assert TOKEN not in repr(connected)


@pytest.mark.parametrize(
    "target", ["10.0.0.1:1", "example.org:1", "dns:///example.org:1", "localhost.example.org:1", "xds:///localhost:1"]
)
def test_a_token_does_not_go_in_the_clear(client: Client, target: str) -> None:
    with pytest.raises(InsecureToken, match="in the clear"):
        client(target, token=TOKEN)
    with client(target, token=TOKEN, tls=Tls()), client(target, token=TOKEN, insecure_token=True):
        pass


@pytest.mark.parametrize("target", ["localhost:1", "127.0.0.1:1", "[::1]:1", "unix:/run/server", "dns:///localhost:1"])
def test_this_machine_may_have_it(client: Client, target: str) -> None:
    with client(target, token=TOKEN):
        pass


def test_tls_vouches_for_both_sides(client: Client, tmp_path: Path) -> None:
    authority = trustme.CA()
    served, caller = authority.issue_cert("127.0.0.1"), authority.issue_cert("caller.example.org")
    ca = authority.cert_pem.bytes()
    credentials = grpc.ssl_server_credentials(
        [(served.private_key_pem.bytes(), served.cert_chain_pems[0].bytes())], ca, require_client_auth=True
    )
    files = {name: tmp_path / name for name in ("ca", "certificate", "key")}
    files["ca"].write_bytes(ca)
    files["certificate"].write_bytes(caller.cert_chain_pems[0].bytes())
    files["key"].write_bytes(caller.private_key_pem.bytes())
    with scripted(credentials=credentials) as server:
        with client(server.address, tls=Tls.from_files(**files), token=TOKEN) as connected:
            connected.extract(Article("x"))
            assert server.metadata[0]["authorization"] == f"Bearer {TOKEN}"
        for tls in (None, Tls(), Tls(ca)):
            with client(server.address, tls=tls, retries=0) as connected, pytest.raises(Unavailable):
                connected.extract(Article("x"))
    assert server.asked.total() == 1


def test_settings_that_can_not_work_are_refused(client: Client) -> None:
    for make in (
        lambda: client(NOBODY, timeout=0),
        lambda: client(NOBODY, timeout=float("nan")),
        lambda: client(NOBODY, channels=0),
        lambda: client(NOBODY, retries=-1),
        lambda: client(NOBODY, token=f"{TOKEN}\n"),
        lambda: Tls(certificate=b"x"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
            make()
    with client(NOBODY) as connected:
        with pytest.raises(ValueError, match="in_flight"):
            list(connected.extract_many([], in_flight=0))
        with pytest.raises(ValueError, match="timeout"):
            connected.extract(Article("x"), timeout=-1)
