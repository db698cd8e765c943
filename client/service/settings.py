"""How a server is reached: what both clients are made with, and what channels and calls get of it."""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import KW_ONLY, dataclass, field
from typing import NamedTuple, TypedDict

import grpc

from client.service.errors import InsecureToken
from client.service.retry import Retry
from client.service.tls import Tls
from timeline import Language

SERVICE_CONFIG = {
    "methodConfig": [
        {
            # No streams: they are resumed by `streams`, and grpc's own repetition of one can hang beyond any cancelling.
            "name": [
                {"service": "eventtimeline.v1.TimelineService", "method": method}
                for method in ("ExtractTimeline", "ResolveExpressions", "ListEventKinds")
            ],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.05s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}
CHANNEL_OPTIONS = (
    ("grpc.service_config", json.dumps(SERVICE_CONFIG)),
    ("grpc.max_receive_message_length", -1),  # an answer can be larger than its article; the server bounds the article
    ("grpc.use_local_subchannel_pool", 1),  # or channels to one address would share a connection, and so a worker
    ("grpc.initial_reconnect_backoff_ms", 100),  # a worker that dies is replaced within a second or two
    ("grpc.max_reconnect_backoff_ms", 2000),
)
LONGEST = 1e8
"""Seconds that a timer can hold for certain: three years, as good as no limit."""
HOST = re.compile(r"(?:dns:(?:///)?|ipv[46]:)?(\[[^\]]+\]|[^:/,\[\]]+):\d+")
"""A target with one host, a name or a number."""
DIRECT = (("grpc.enable_http_proxy", 0),)
"""For this machine's own addresses: no proxy of the environment stands between."""


class Target(NamedTuple):
    """The arguments of a channel; `credentials` None is plaintext."""

    address: str
    options: tuple[tuple[str, str | int], ...]
    credentials: grpc.ChannelCredentials | None


class Settings(TypedDict, total=False):
    """What clients may be made with beside the address, each with the default of `Connection`."""

    token: str
    tls: Tls | None
    timeout: float
    channels: int
    retries: int
    language: Language
    insecure_token: bool


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the server is, `host:port` or any other target of gRPC, and how it is asked.

    `token` goes with every call as a bearer token. `tls` None is plaintext; a token goes in plaintext only to this machine,
    unless `insecure_token`, and else raises InsecureToken. `timeout` is in seconds, a call's or, in a stream, an article's.
    The server spreads connections over its processes: `channels`, opened when they are needed, should be twice as many as
    these. `retries` bounds how often in a row a call is asked again without success. `language` words explanations and
    warnings. Raises ValueError for what no call could be made with.
    """

    address: str
    _: KW_ONLY
    token: str = field(default="", repr=False)
    tls: Tls | None = None
    timeout: float = 10.0
    channels: int = 4
    retries: int = 6
    language: Language = Language.ENGLISH
    insecure_token: bool = False

    def __post_init__(self) -> None:
        """Check what would else come to light at the first call."""
        if self.channels < 1 or self.retries < 0:
            raise ValueError(f"channels must be 1 or more and retries 0 or more, not {self.channels} and {self.retries}")
        self.limit(self.timeout)
        if not self.token.isascii() or not self.token.isprintable():
            raise ValueError("the token must be of printable ASCII characters, without a line end")
        if self.token and self.tls is None and not self.insecure_token and not _local(self.address):
            raise InsecureToken(
                f"the token would travel in the clear to {self.address}: give tls=Tls(), or insecure_token=True if it may"
            )

    def limit(self, timeout: float | None) -> float:
        """Return the time limit of a call in seconds, None being the one for all; raises ValueError where it is not above 0."""
        chosen = self.timeout if timeout is None else timeout
        if not chosen > 0:
            raise ValueError(f"timeout must be more than 0 seconds, not {chosen}")
        return min(chosen, LONGEST)

    @property
    def retry(self) -> Retry:
        """How calls are asked again."""
        return Retry(self.retries)

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What goes with every call."""
        return (("authorization", f"Bearer {self.token}"),) if self.token else ()

    @property
    def target(self) -> Target:
        """What channels are opened with."""
        tls, options = self.tls, (*CHANNEL_OPTIONS, *(DIRECT if _local(self.address) else ()))
        credentials = None if tls is None else grpc.ssl_channel_credentials(tls.ca, tls.key, tls.certificate)
        return Target(self.address, options, credentials)


def _local(address: str) -> bool:
    """Tell whether a target is certainly on this machine."""
    if address.startswith(("unix:", "unix-abstract:")):
        return True
    found = HOST.fullmatch(address)
    if found is None:
        return False
    host = found[1].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
