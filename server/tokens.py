"""Bearer tokens: who may call, and how much. A file holds their SHA-256 only; several may be valid at once.

    [[token]]
    name = "newsroom"            # stands in the log
    sha256 = "..."               # of the token, in hexadecimal; `timeline-server new-token` prints both
    expires = 2027-01-31         # the last day on which it holds, in UTC; may be missing
    max_calls = 8                # calls at a time and worker; may be missing
    max_text_bytes = 262144      # may be missing

A token has 256 random bits, so a plain hash does not give it away: there is nothing to guess.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PREFIX = "tl_"
"""What tokens begin with, so that one in the wrong place is recognised."""
_HASH = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
KEYS = frozenset({"name", "sha256", "expires", "max_calls", "max_text_bytes"})


class Token(NamedTuple):
    """What a file says of a token; None where it says nothing."""

    name: str
    expires: dt.date | None = None
    max_calls: int | None = None
    max_text_bytes: int | None = None


Tokens = Mapping[bytes, Token]
"""Tokens by the SHA-256 of each."""


def find(tokens: Tokens, header: str) -> Token | None:
    """Return the token that an `authorization` header holds, None where there is none, or one that does not hold (any more)."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    # The look-up is by a hash of what was sent: how long it takes says nothing about the tokens there are.
    token = tokens.get(hashlib.sha256(value.strip().encode()).digest())
    if token is None or (token.expires is not None and dt.datetime.now(dt.UTC).date() > token.expires):
        return None
    return token


def load(path: str) -> Tokens:
    """Return the tokens of a file; raises OSError, or ValueError with every fault."""
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: not TOML: {error}") from error
    entries = table.get("token")
    if (
        table.keys() - {"token"}
        or not isinstance(entries, list)
        or not entries
        or not all(isinstance(e, dict) for e in entries)
    ):
        raise ValueError(f"{path}: must hold [[token]] tables and nothing else")
    faults: list[str] = []
    tokens: dict[bytes, Token] = {}
    for number, entry in enumerate(entries, start=1):
        wrong = list(_faults(entry))
        faults += [f"{path}: token {number}: {fault}" for fault in wrong]
        if not wrong:
            digest = bytes.fromhex(entry["sha256"])
            if digest in tokens:
                faults.append(f"{path}: token {number}: the same sha256 stands above")
            tokens[digest] = Token(**{key: value for key, value in entry.items() if key != "sha256"})
    if faults:
        raise ValueError("\n".join(faults))
    return tokens


def _faults(entry: dict[str, object]) -> list[str]:
    faults = [f"{key}: there is no such key" for key in sorted(entry.keys() - KEYS)]
    if not _NAME.fullmatch(str(entry.get("name", ""))):
        faults.append("name must be 1 to 64 letters, digits, dots, dashes or underscores of ASCII")
    if not (isinstance(said := entry.get("sha256"), str) and _HASH.fullmatch(said)):
        faults.append("sha256 must be 64 hexadecimal digits in small letters")
    expires = entry.get("expires")
    if expires is not None and (not isinstance(expires, dt.date) or isinstance(expires, dt.datetime)):
        faults.append("expires must be a day, as in 2027-01-31, without quotes")
    for key in ("max_calls", "max_text_bytes"):
        value = entry.get(key, 1)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            faults.append(f"{key} must be a whole number above 0")
    return faults


def new(name: str) -> tuple[str, str]:
    """Return a new token and its entry for the file; raises ValueError for a name that the file may not hold."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} must be 1 to 64 letters, digits, dots, dashes or underscores of ASCII")
    token = PREFIX + secrets.token_urlsafe(32)
    return token, f'[[token]]\nname = "{name}"\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\n'
