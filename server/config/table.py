"""The one table of options: a row each, with its parser, its help and its default. Flags, variables and keys come from it.

The option `max_calls` is the flag `--max-calls`, the variable `TIMELINE_SERVER_MAX_CALLS` and the key `max_calls`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from server.config.options import Address, Options, cores

MAX_TEXT = 16 << 20
"""Bytes of the largest text that may be allowed: reading one takes some hundred bytes of memory a character."""
LEAST_RESPONSE, MAX_RESPONSE = 64 << 10, 1 << 30
DAY = 86_400.0
"""Seconds of a day: what is to last longer is a slip of the pen, and more than a timer can hold."""
MAX_WORKERS = 1024
MAX_CALLS = 4096

PREFIX = "TIMELINE_SERVER_"
"""What the names of environment variables begin with."""


class Option(NamedTuple):
    """One option. `parse` reads its text and raises ValueError with what was wanted; `show` writes text that `parse` reads."""

    name: str
    parse: Callable[[str], Any]
    metavar: str
    help: str
    show: Callable[[Any], str] = str

    @property
    def flag(self) -> str:
        """The option on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The option in the environment."""
        return PREFIX + self.name.upper()


def _address(text: str) -> Address:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= 65_535):
        raise ValueError("HOST:PORT, as in 127.0.0.1:50051")
    return Address(host.removeprefix("[").removesuffix("]"), int(port))


def _address_or_off(text: str) -> Address | None:
    return _address(text) if text else None


def _show_address(address: Address | None) -> str:
    return "" if address is None else str(address)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        # A number of 20 digits is over every limit here, and longer ones Python refuses to read.
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
        if not least <= number <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return number

    return parse


def _seconds(least: float, most: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            seconds = float(text)
        except ValueError:
            seconds = -1.0
        if not least <= seconds <= most:
            raise ValueError(f"a number of seconds from {least:g} to {most:g}")
        return seconds

    return parse


def _switch(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError("true or false")
    return text.lower() in ("true", "1")


def _show_switch(value: bool) -> str:  # noqa: FBT001 - what is shown
    return "true" if value else "false"


def _one_of(*names: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return text

    return parse


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    for origin in origins:
        scheme, colon, host = origin.partition("://")
        if origin != "*" and not (colon and scheme in ("http", "https") and host and "/" not in host):
            raise ValueError("origins such as https://desk.example.org, separated by commas, or *")
    return origins


TABLE = (
    Option("listen", _address, "HOST:PORT", "where to serve gRPC; port 0 takes any free one"),
    Option("workers", _whole(1, MAX_WORKERS), "N", "processes to serve with; by default one a core"),
    Option(
        "http",
        _address_or_off,
        "HOST:PORT",
        "where to serve the unary methods as JSON over HTTP; off by default",
        _show_address,
    ),
    Option("http_origins", _origins, "ORIGIN,...", "origins whose pages may call the HTTP endpoint; none by default", ",".join),
    Option("admin", _address_or_off, "HOST:PORT", "where to serve /metrics, /livez and /readyz; off by default", _show_address),
    Option("max_text_bytes", _whole(1, MAX_TEXT), "N", "the largest text of an article, in bytes of UTF-8"),
    Option("max_response_bytes", _whole(LEAST_RESPONSE, MAX_RESPONSE), "N", "the largest answer, whatever the caller takes"),
    Option("max_calls", _whole(1, MAX_CALLS), "N", "calls that a worker holds at a time; one more is RESOURCE_EXHAUSTED"),
    Option("article_seconds", _seconds(0.001, DAY), "SECONDS", "how long one article may be read before it is cut"),
    Option(
        "connection_age", _seconds(1, DAY), "SECONDS", "age at which a connection is asked to end, so that load spreads anew"
    ),
    Option("grace", _seconds(0, DAY), "SECONDS", "how long calls may take to finish when the server stops"),
    Option("tls_cert", str, "FILE", "PEM certificate chain; with it connections are encrypted. Read anew when it changes"),
    Option("tls_key", str, "FILE", "PEM private key of the certificate"),
    Option(
        "tls_client_ca", str, "FILE", "PEM authorities; with it every client must show a certificate that one of them signed"
    ),
    Option("tokens", str, "FILE", "TOML table of hashed bearer tokens; with it calls need one. Read anew when it changes"),
    Option("insecure", _switch, "BOOL", "listen on a public address without TLS", _show_switch),
    Option("reflection", _one_of("auto", "on", "off"), "auto|on|off", "gRPC reflection; auto: on loopback addresses alone"),
    Option(
        "log_level", _one_of("debug", "info", "warning", "error"), "LEVEL", "the least level that is logged; calls are info"
    ),
    Option("log_format", _one_of("json", "text"), "json|text", "one JSON object a line, or text for people"),
    Option("traces", _switch, "BOOL", "OpenTelemetry traces, set up by the usual OTEL_ variables", _show_switch),
)
"""Every option, in the order of the help."""

DEFAULTS = Options(workers=cores())
"""What holds where nobody says otherwise."""
