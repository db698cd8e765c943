"""Makes archives of any size: news of about 2,800 characters out of this project's own texts, each article another.

    python -m bench.batch.articles OUT [--count 20000] [--rare 10] [--seed 1]

OUT's name says how it is written: .jsonl, .jsonl.gz or .parquet. An article is decided by the seed and its number alone, so that a
longer archive begins like a shorter one. `--rare` says how many words of each article are invented: real archives bring new words to
their end, and whatever remembers words must not grow with them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.batch.texts import Pieces
from client.batch.places import pyarrow

COUNT, RARE, SEED = 20_000, 10, 1
COUNTRIES = ("EG", "SA", "MA", "IQ", "LB", "DZ", "JO", "AE", "KW", "TN", "SD", "SY", "YE", "QA", "LY", "OM")
FIRST_DAY = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)
MINUTES = 21 * 365 * 24 * 60
GROUP = 500
"""Articles of a row group of Parquet."""
COLUMNS = ("--id", "id", "--text", "text", "--published", "published", "--country", "country")
"""What tells the command of the columns of such Parquet."""


class Made(NamedTuple):
    """An article: its id, its text, when (ISO 8601) and for which country it was published."""

    id: str
    text: str
    published: str
    country: str

    def line(self) -> bytes:
        """Return it as a line of protobuf JSON."""
        publication = {"publishTime": self.published, "country": self.country}
        row = {"id": self.id, "text": self.text, "publication": publication}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def articles(count: int, rare: int = RARE, seed: int = SEED) -> Iterator[Made]:
    """Yield so many articles."""
    pieces = Pieces()
    for number in range(count):
        random = Random(f"{seed} {number}")  # noqa: S311 - nothing secret
        published = FIRST_DAY + dt.timedelta(minutes=random.randrange(MINUTES))
        text = pieces.text(random, rare)
        yield Made(f"a{number:07}", text, published.strftime("%Y-%m-%dT%H:%M:%SZ"), random.choice(COUNTRIES))


def write(place: Path, count: int, rare: int = RARE, seed: int = SEED) -> Path:
    """Write an archive of so many articles into a file, whose folder is made, and return that; memory stays flat."""
    place.parent.mkdir(parents=True, exist_ok=True)
    made = articles(count, rare, seed)
    if place.suffix == ".parquet":
        _parquet(place, made)
    else:
        with gzip.open(place, "wb", 6) if place.suffix == ".gz" else place.open("wb") as file:
            file.writelines(article.line() for article in made)
    return place


def _parquet(place: Path, made: Iterable[Made]) -> None:
    pa, pq = pyarrow(), pyarrow("parquet")
    schema = pa.schema([(name, pa.string()) for name in Made._fields])
    with pq.ParquetWriter(place, schema, compression="zstd") as file:
        source = iter(made)
        while rows := list(islice(source, GROUP)):
            file.write_table(pa.Table.from_pylist([row._asdict() for row in rows], schema=schema))


def main() -> int:
    """Write the archive; print how long that took and what it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--rare", type=int, default=RARE)
    parser.add_argument("--seed", type=int, default=SEED)
    said = parser.parse_args()
    begin = time.perf_counter()
    write(said.out, said.count, said.rare, said.seed)
    seconds = time.perf_counter() - begin
    size = said.out.stat().st_size
    print(f"{said.count:,} articles, {size:,} bytes, in {seconds:.1f} s")
    print(json.dumps({"articles": said.count, "bytes": size, "seconds": round(seconds, 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
