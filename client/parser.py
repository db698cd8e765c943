"""The command line: its subcommands, options and help. Imports nothing heavy, so that --help starts fast."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import NoReturn

from client.batch import options
from client.diff import options as diff
from client.exits import Exit
from client.formats import FORMATS

DESCRIPTION = """\
Reads Arabic news articles and says what happened, when, and in which order."""

EXIT_CODES = """\
exit codes:
    0  everything was done
    1  some of the articles failed; the others were done
   64  the command line is wrong
   65  the input is not valid: an empty article, an unknown zone or country, not UTF-8, too large for the server
   66  the input is missing or can't be read
   69  no server answers
   70  an internal error
   73  the output can't be written
   75  the server is busy, or the time limit was reached: try again later
   77  the server refuses: not allowed
  130  interrupted"""

MAIN_EXAMPLES = """\
examples:
  timeline extract article.txt --published 2024-03-27 --country EG
  timeline batch articles.jsonl timelines.jsonl
  timeline batch archive/ timelines/
  timeline explain "يوم الجمعة" --published 2024-03-27
  timeline COMMAND --help          more on a command, with examples
"""

EXTRACT = """\
Reads articles and prints the timeline of each: what happened, in chronological order, who did it, whether it happened at
all, and the words that it was dated by. Events that the text does not date stand apart.

Relative dates ("on Friday", "next week") count from the publication, so give it where you know it. Without it they stay
undated and a warning says so."""

EXTRACT_EXAMPLES = """\
examples:
  timeline extract article.txt --published 2024-03-27 --country EG
  timeline extract a.txt b.txt --published 2024-03-27T20:00+02:00 --zone Africa/Cairo --format jsonl
  cat article.txt | timeline extract - --published 2024-03-27 --format json | jq .timeline.items
  timeline extract article.txt --published 2024-03-27 --country EG --top 5
  timeline extract --manifest seeds/manifest.toml
  timeline extract article.txt --published 2024-03-27 --server 127.0.0.1:50051
  TIMELINE_TOKEN=tl_... timeline extract article.txt --server timelines.example.org:50051 --tls

A manifest is a TOML file that gives each article its own context:
  ["article.txt"]
  published = 2024-03-27T20:00:00+02:00
  zone = "Africa/Cairo"
  country = "EG"

Several articles with --format json print one JSON object after another; --format jsonl prints one a line.
"""

EXPLAIN = """\
Shows how a phrase or a sentence was read, step by step: what each word may mean, which rule read which words, what was
joined, and how the value came about."""

EXPLAIN_EXAMPLES = """\
examples:
  timeline explain "يوم الجمعة" --published 2024-03-27
  timeline explain "الأسبوع المقبل" --published 2024-03-27 --country EG
  timeline explain "قبل ثلاثة أيام" --published 2024-03-27T23:30 --zone Asia/Riyadh
"""

KINDS = """\
Lists the kinds of events that the engine tells apart, by group, each with what belongs to it, an example, and words that
name such an event; JSON has all examples and all words. docs/kinds.md has the same to read."""

KINDS_EXAMPLES = """\
examples:
  timeline kinds
  timeline kinds --group economy-and-society
  timeline kinds --format json | jq -r '.eventKinds[].name'
"""


class Arguments(argparse.Namespace):
    """What the command line says; each subcommand reads the options that it has."""

    command: str
    files: list[str]
    manifest: str | None
    published: dt.datetime | dt.date | None
    zone: str
    country: str
    format: str
    language: str
    server: str | None
    top: int | None
    timeout: float
    tls: bool
    ca: str | None
    certificate: str | None
    key: str | None
    inputs: list[str]
    output: str
    workers: int | None
    input_format: str
    id_column: str | None
    text_columns: list[str] | None
    published_column: str | None
    published_format: str
    compress: str
    explode: str | None
    shard_size: int
    dry_run: bool
    force: bool
    verify: bool
    since: str | None
    metrics_file: str
    runner: str
    address: str
    shard_index: int
    num_shards: int
    phrase: str
    group: str
    old: str
    new: str
    examples: int
    reworded: bool
    exit_code: bool


class Parser(argparse.ArgumentParser):
    """Ends with the project's code for a wrong command line, and says where help is."""

    def error(self, message: str) -> NoReturn:
        """Print the message and where help is, and exit with 64."""
        print(f"{self.prog}: {message}\nSee: {self.prog} --help", file=sys.stderr)
        sys.exit(Exit.USAGE)


class Version(argparse.Action):
    """Prints the version, which is the engine's."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> NoReturn:
        """Load the engine's version only now: it would slow every other start down."""
        from timeline import ENGINE_VERSION

        print(f"timeline {ENGINE_VERSION}")
        parser.exit()


def build() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser("timeline", description=DESCRIPTION, epilog=f"{MAIN_EXAMPLES}\n{EXIT_CODES}", formatter_class=_Raw)
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    _extract(_command(commands, "extract", "print the timelines of articles", EXTRACT, EXTRACT_EXAMPLES))
    options.add(_command(commands, "batch", "turn archives of articles into timelines", options.DESCRIPTION, options.EXAMPLES))
    _explain(_command(commands, "explain", "show how a phrase was read, step by step", EXPLAIN, EXPLAIN_EXAMPLES))
    _kinds(_command(commands, "kinds", "list the kinds of events", KINDS, KINDS_EXAMPLES))
    diff.add(_command(commands, "diff", diff.SUMMARY, diff.DESCRIPTION, diff.EXAMPLES))
    return parser


class _Raw(argparse.RawDescriptionHelpFormatter):
    """Keeps the line breaks of descriptions and examples."""


def _command(commands: argparse._SubParsersAction[Parser], name: str, summary: str, description: str, examples: str) -> Parser:
    return commands.add_parser(name, help=summary, description=description, epilog=examples, formatter_class=_Raw)


def _extract(parser: Parser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="UTF-8 text of an article; - is standard input")
    parser.add_argument("--manifest", metavar="TOML", help="take files and their publication contexts from this file")
    _context(parser)
    _format(parser)
    _language(parser)
    parser.add_argument("--top", type=_count, metavar="N", help="only the N events most worth showing (default: all)")
    parser.add_argument("--server", type=_address, metavar="HOST:PORT", help="ask this gRPC server instead of computing here")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=10.0,
        metavar="SECONDS",
        help="how long --server may take for an article (default: 10)",
    )
    parser.add_argument("--tls", action="store_true", help="speak TLS with --server, which the system's authorities vouch for")
    parser.add_argument(
        "--ca", metavar="FILE", help="speak TLS with --server, which the authorities of this PEM file vouch for"
    )
    parser.add_argument("--certificate", metavar="FILE", help="PEM certificate to show to --server, with --key")
    parser.add_argument("--key", metavar="FILE", help="PEM key of --certificate")


def _format(parser: Parser) -> None:
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="table", help="what to print (default: table); JSON is protobuf JSON"
    )


def _language(parser: Parser) -> None:
    parser.add_argument(
        "--language", choices=("en", "ar"), default="en", help="language of explanations and warnings (default: en)"
    )


def _context(parser: Parser) -> None:
    parser.add_argument(
        "--published",
        type=_published,
        metavar="WHEN",
        help="date or date-time of publication: 2024-03-27, 2024-03-27T20:00 (ISO 8601)",
    )
    parser.add_argument(
        "--zone", default="", metavar="ZONE", help="time zone, as in Africa/Cairo (default: the country's main zone, else UTC)"
    )
    parser.add_argument("--country", default="", metavar="CC", help="two-letter code, as in EG: decides week and month names")


def _explain(parser: Parser) -> None:
    parser.add_argument("phrase", metavar="PHRASE", help="Arabic text, in quotes; - is standard input")
    _context(parser)
    _language(parser)


def _kinds(parser: Parser) -> None:
    parser.add_argument("--group", default="", metavar="GROUP", help="only the kinds of this group, as in general")
    _format(parser)


def _published(text: str) -> dt.datetime | dt.date:
    """Read a date (only digits and hyphens, which a date-time has more of) or a date-time."""
    try:
        return dt.date.fromisoformat(text) if len(text) <= len("2024-03-27") else dt.datetime.fromisoformat(text)
    except ValueError as error:
        reason = "" if "timedelta" in str(error) else f" ({error})"  # that one speaks of Python, not of the text
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a date or date-time in ISO 8601, as in 2024-03-27 or 2024-03-27T20:00+02:00{reason}"
        ) from error


def _address(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not HOST:PORT, as in 127.0.0.1:50051")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of events from 1")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds above 0")
    return seconds
