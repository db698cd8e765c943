"""The version of the engine, which is that of the package; nothing else stands here, so that a release changes no other file."""

from __future__ import annotations

ENGINE_VERSION = "0.1.0"
