"""Digests: short names for what is to be told apart by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_DIGITS = 16  # 64 bits: enough to tell apart what nobody forges


def digest(texts: Iterable[str]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a row of texts; where one ends and the next begins counts too."""
    whole = hashlib.sha256()
    for text in texts:
        data = text.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:_DIGITS]
