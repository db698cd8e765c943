"""The options of a server as values; `table` says what each means to those who set it."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import NamedTuple


class Address(NamedTuple):
    """Where a server listens. `host` is a name or a number, IPv6 without brackets; port 0 asks for any free port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def local(self) -> bool:
        """Whether only this machine can connect. A name other than localhost counts as public: it may change its number."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def cores() -> int:
    """Return the cores that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


LISTEN = Address("127.0.0.1", 50051)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to serve. Sizes are bytes, times seconds, files paths; what is empty or None is off."""

    listen: Address = LISTEN
    workers: int = 1
    http: Address | None = None
    http_origins: tuple[str, ...] = ()
    admin: Address | None = None
    max_text_bytes: int = 1 << 20
    max_response_bytes: int = 64 << 20
    max_calls: int = 64
    article_seconds: float = 5.0
    connection_age: float = 300.0
    grace: float = 20.0
    tls_cert: str = ""
    tls_key: str = ""
    tls_client_ca: str = ""
    tokens: str = ""
    insecure: bool = False
    reflection: str = "auto"
    log_level: str = "info"
    log_format: str = "json"
    traces: bool = False

    @property
    def tls(self) -> bool:
        """Whether connections are encrypted."""
        return bool(self.tls_cert)

    @property
    def reflects(self) -> bool:
        """Whether the reflection service is served: where `auto`, on addresses that only this machine can reach."""
        return self.reflection == "on" or (self.reflection == "auto" and self.listen.local)
