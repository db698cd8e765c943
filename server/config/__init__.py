"""How to serve: a table of options, read from flags, the environment and a file, checked as a whole. Imports no grpc."""

from __future__ import annotations

from server.config import check
from server.config.options import Address, Options
from server.config.read import Settings, from_line, read, to_line
from server.config.table import TABLE

__all__ = ["TABLE", "Address", "Options", "Settings", "check", "from_line", "read", "to_line"]
