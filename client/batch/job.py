"""What a batch is to do, the same for all of its shards: what of it decides the output stands in every manifest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from client.batch.columns import Columns
from timeline import Language

ARTICLES, EVENTS = "articles", "events"
"""What a row of the output is."""
JSONL, PARQUET = "jsonl", "parquet"
"""Forms of input and output."""


@dataclass(frozen=True, slots=True)
class Job:
    """The options of a batch that decide its output, byte for byte, and the folder or URL where that goes.

    `columns` None says that the records are `Article` in protobuf JSON. `packing` is "", "gzip" or "zstd". `longest` bounds the bytes
    of one record. `engine` names the engine that the answers must come from (the hash of its snapshot).
    """

    out: str
    language: Language = Language.ENGLISH
    columns: Columns | None = None
    form: str = JSONL
    packing: str = ""
    rows: str = ARTICLES
    longest: int = 16 << 20
    engine: dict[str, Any] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """How the names of outputs end."""
        return f".{self.form}" + {"gzip": ".gz", "zstd": ".zst"}.get(self.packing, "")

    def options(self) -> dict[str, Any]:
        """Return the options that decide the output as JSON has them."""
        return {
            "language": self.language.value,
            "columns": None if self.columns is None else self.columns.to_json(),
            "format": self.form,
            "packing": self.packing,
            "rows": self.rows,
            "longestRecord": self.longest,
        }
