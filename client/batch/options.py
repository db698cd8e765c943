"""The command line of `timeline batch`. Imports nothing heavy, so that --help starts fast."""

from __future__ import annotations

import argparse

SHARD_SIZE = 1 << 20
"""Bytes of input of a shard by default: about 200 articles of 2,800 characters, a second of work."""

DESCRIPTION = """\
Reads archives of articles and writes their timelines, on all processors.

OUT decides how. A folder (a name that ends in / or is one, and whatever several inputs go to) gets the archive in shards: what is
finished is skipped when the same command runs again, so a job that was stopped or killed goes on where it was, and only what
has changed since is done again. A file, or - for standard output, gets the answers of one input in one stream, in the same order.

Inputs are files, folders, patterns such as 'news/**/*.jsonl.gz' in quotes, URLs such as s3://bucket/news/, or - for standard input:
JSON lines, plain or packed by gzip or Zstandard, or Parquet (not through a pipe). A line is an eventtimeline.v1.Article as protobuf JSON:
  {"id": "a1", "text": "...", "publication": {"publishTime": "2024-03-27T18:00:00Z", "country": "EG"}}
or, with --text and its like, any object; so are rows of Parquet. A line of the output is an ExtractTimelineResponse as protobuf JSON.

An article that can't be read costs no other: in a stream it gets an error record in its place,
  {"line": 7, "articleId": "a7", "error": {"code": "INVALID_ARGUMENT", "message": "...", "field": "article.text"}}
in a folder a dead letter beside the output, in NAME.dead.ndjson. Blank lines are skipped. The output is the same, byte for byte,
whatever the runner, the number of workers, and however often the job was interrupted."""

EXAMPLES = """\
examples:
  timeline batch articles.jsonl timelines.jsonl
  timeline batch news/ timelines/                             run it again to go on, or after the engine was improved
  timeline batch news/ timelines/ --dry-run                   what would be done, why, and how long it would take
  timeline batch 's3://archive/2024/*.jsonl.gz' s3://results/2024/ --format parquet
  timeline batch dump.parquet events/ --id id --text title --text body --published date --country SA --explode events
  timeline batch news/ timelines/ --runner ray --address auto
  timeline batch news/ timelines/ --shard-index 3 --num-shards 16
  timeline batch news/ new/ --since old/                      read again only what a changed word or rule can touch
  timeline diff old/ new/                                     what the new engine changed
  zcat articles.jsonl.gz | timeline batch - - | gzip > timelines.jsonl.gz

In a folder each shard NAME has NAME.jsonl (or .parquet), NAME.words (what --since goes by), NAME.dead.ndjson where articles failed,
and NAME.manifest.json, written last. docs/batch.md says what they hold, and what a run on many machines needs.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="files, folders, patterns or URLs of articles; - is standard input"
    )
    parser.add_argument(
        "output", metavar="OUT", help="a folder or URL for shards; a file, or - for standard output, for one stream"
    )
    parser.add_argument("--workers", type=_workers, metavar="N", help="processes to use (default: one a processor)")
    parser.add_argument(
        "--language", choices=("en", "ar"), default="en", help="language of explanations and warnings (default: en)"
    )
    _input(parser.add_argument_group("what the input holds"))
    _output(parser.add_argument_group("what the output holds"))
    _again(parser.add_argument_group("what is done"))
    _where(parser.add_argument_group("where it is done"))
    _server(parser.add_argument_group("by a server"))


def _input(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--input-format", choices=("jsonl", "parquet"), default="", help="form of the inputs (default: by their names)"
    )
    group.add_argument("--id", dest="id_column", metavar="COLUMN", help="the column of the article's id (default: id)")
    group.add_argument(
        "--text",
        dest="text_columns",
        action="append",
        metavar="COLUMN",
        help="the column of the text; several, as a title and a body, are joined by a line's end",
    )
    group.add_argument(
        "--published",
        dest="published_column",
        metavar="COLUMN",
        help="the column of the date or date-time of publication, in ISO 8601",
    )
    group.add_argument(
        "--published-format",
        default="",
        metavar="FORMAT",
        help="form of these: a pattern such as %%d/%%m/%%Y, epoch or epoch-ms (default: ISO 8601)",
    )
    group.add_argument("--zone", default="", metavar="ZONE", help="the zone of all articles, as in Africa/Cairo, or a column")
    group.add_argument(
        "--country", default="", metavar="CC", help="the country of all articles, two capitals as in SA, or a column"
    )


def _output(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--format", choices=("jsonl", "parquet"), default="", help="form of the output (default: by OUT's name, else jsonl)"
    )
    group.add_argument(
        "--compress", choices=("none", "gzip", "zstd"), default="", help="pack JSON lines (default: by OUT's name, else none)"
    )
    group.add_argument("--explode", choices=("events",), help="a row an event, flat, instead of an article")
    group.add_argument(
        "--shard-size",
        type=size,
        default=SHARD_SIZE,
        metavar="SIZE",
        help="bytes of input of a shard, as in 64M (default: 1M); packed files are one",
    )


def _again(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--dry-run", action="store_true", help="say what would be done and how long it would take, and do nothing"
    )
    group.add_argument("--force", action="store_true", help="do finished shards again too")
    group.add_argument(
        "--verify", action="store_true", help="compare the hashes of all finished inputs and outputs, not only of changed ones"
    )
    group.add_argument(
        "--since",
        metavar="OLD",
        help="a folder of answers of a former engine, or a manifest in it: read again only what a change can touch",
    )
    group.add_argument(
        "--metrics-file", default="", metavar="FILE", help="keep figures of the run there, for Prometheus' textfile collector"
    )


def _where(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--runner", choices=("pool", "ray"), default="pool", help="processes here, or a Ray cluster (default: pool)"
    )
    group.add_argument(
        "--address", default="auto", metavar="ADDRESS", help="of the Ray cluster (default: auto; local starts one here)"
    )
    group.add_argument(
        "--shard-index", type=int, default=0, metavar="I", help="do only each N-th shard, from the I-th, counted from 0"
    )
    group.add_argument(
        "--num-shards", type=_workers, default=1, metavar="N", help="how many jobs share the archive (default: 1)"
    )


def _server(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--server", metavar="HOST:PORT", help="ask this gRPC server instead of computing here; the output is the same"
    )
    group.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="how long it may take for an article (default: 30)"
    )
    group.add_argument("--tls", action="store_true", help="speak TLS, which the system's authorities vouch for")
    group.add_argument("--ca", metavar="FILE", help="speak TLS, which the authorities of this PEM file vouch for")
    group.add_argument("--certificate", metavar="FILE", help="PEM certificate to show, with --key")
    group.add_argument("--key", metavar="FILE", help="PEM key of --certificate")


def size(text: str) -> int:
    """Read a number of bytes, with K, M or G for powers of 1024."""
    number, factor = text, 1
    for k, unit in enumerate("KMG", start=1):
        if text.upper().removesuffix("B").removesuffix("I").endswith(unit):
            number, factor = text[: text.upper().index(unit)], 1024**k
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of bytes, as in 64M")
    return int(number) * factor


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)
