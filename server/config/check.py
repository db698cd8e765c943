"""What options must hold together, and whether the files that they name can be used."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from server import tls, tokens
from server.config.options import Address, Options


def faults(options: Options) -> Iterator[str]:
    """Yield what is wrong, a sentence each, in the words of the options."""
    yield from _public(options)
    yield from _files(options)
    addresses = [address for address in (options.listen, options.http, options.admin) if address and address.port]
    if len(set(addresses)) < len(addresses):
        yield "listen, http and admin must be different addresses"
    if options.http_origins and not options.http:
        yield "http_origins says who may call the HTTP endpoint, but http is off"
    if options.traces and importlib.util.find_spec("opentelemetry.sdk") is None:
        yield "traces needs packages that are not installed: pip install 'eventtimeline[otel]'"


def _public(options: Options) -> Iterator[str]:
    if options.tls or options.insecure:
        return
    named: tuple[tuple[str, Address | None], ...] = (("listen", options.listen), ("http", options.http))
    for name, address in named:
        if address and not address.local:
            yield (
                f"{name} = {address}: others can connect there and read what is sent. "
                "Set tls_cert and tls_key, or insecure where something else encrypts"
            )


def _files(options: Options) -> Iterator[str]:
    if bool(options.tls_cert) != bool(options.tls_key):
        yield "tls_cert and tls_key belong together: set both"
    elif options.tls:
        try:
            tls.load(options)
        except OSError as error:
            yield f"{', '.join(tls.paths(options))}: can't be read: {error.strerror}"
        except ValueError as error:
            yield str(error)
    elif options.tls_client_ca:
        yield "tls_client_ca needs tls_cert and tls_key"
    if options.tokens:
        try:
            tokens.load(options.tokens)
        except OSError as error:
            yield f"{options.tokens}: can't be read: {error.strerror}"
        except ValueError as error:
            yield from str(error).splitlines()
