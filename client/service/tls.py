"""What a connection is secured with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

Name = str | Path


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificates and a key, each as PEM: `ca` vouches for the server, `certificate` and `key` tell it who is calling.

    Without `ca` the well-known authorities vouch for the server. Raises ValueError for a certificate without its key, or a key
    without its certificate.
    """

    ca: bytes | None = None
    certificate: bytes | None = None
    key: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check that the certificate has its key."""
        if (self.certificate is None) != (self.key is None):
            raise ValueError("a certificate of the caller and its key are given together or not at all")

    @classmethod
    def from_files(cls, ca: Name | None = None, certificate: Name | None = None, key: Name | None = None) -> Self:
        """Return what PEM files hold; raises OSError for one that can't be read, and ValueError as above."""
        return cls(*(None if name is None else Path(name).read_bytes() for name in (ca, certificate, key)))
