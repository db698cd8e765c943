"""Which build this is."""

from __future__ import annotations

import os


def build() -> str:
    """Return what whoever built the image or the package calls it, by the variable TIMELINE_BUILD; "source" where nobody did."""
    return os.environ.get("TIMELINE_BUILD", "") or "source"
