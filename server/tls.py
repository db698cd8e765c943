"""Certificates: read, checked together, and read anew when their files change."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import NamedTuple

from server.config.options import Options


class Certificates(NamedTuple):
    """PEM bytes: the server's chain and key, and the authorities of its clients, b"" where they need no certificate."""

    chain: bytes
    key: bytes
    client_ca: bytes


def paths(options: Options) -> list[str]:
    """Return the files that `load` reads."""
    return [path for path in (options.tls_cert, options.tls_key, options.tls_client_ca) if path]


def load(options: Options) -> Certificates:
    """Return the certificates; raises OSError, or ValueError where they are no certificates or do not belong together."""
    try:
        context(options)
    except ssl.SSLError as error:
        said = error.reason or str(error)
        raise ValueError(f"{', '.join(paths(options))}: no certificate and key that belong together: {said}") from error
    ca = options.tls_client_ca
    return Certificates(
        Path(options.tls_cert).read_bytes(), Path(options.tls_key).read_bytes(), Path(ca).read_bytes() if ca else b""
    )


def context(options: Options) -> ssl.SSLContext:
    """Return what Python's own sockets need to serve; raises OSError (ssl.SSLError is one)."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain(options.tls_cert, options.tls_key, password=lambda: "")  # or it would ask a terminal
    if options.tls_client_ca:
        made.load_verify_locations(options.tls_client_ca)
        made.verify_mode = ssl.CERT_REQUIRED
    return made
