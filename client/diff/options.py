"""The options and the help of `timeline diff`."""

from __future__ import annotations

import argparse

from client.diff.formats import FORMATS

SUMMARY = "show what changed between two runs of batch"

DESCRIPTION = """\
Compares the answers of two runs of batch over the same articles, as of an old and of a new engine: which events and times
came, went, moved to another date, changed or changed places, how often by rule and by kind of event, and cases of each
with both explanations.

A run is a file of answers, one a line, or a folder of such files. Articles are paired by id, in whatever order they
stand. That another engine answered is no difference in itself, nor is another confidence, salience or wording."""

EXAMPLES = """\
examples:
  timeline diff old.jsonl new.jsonl
  timeline diff old/ new/ --format html > diff.html
  timeline diff old.jsonl.gz new.jsonl.gz --format json | jq .events
  timeline diff old.jsonl new.jsonl --exit-code --examples 3    ends with 1 where they differ
"""

MOST = 10_000
"""Cases of a category that may be asked for: they are held in memory."""


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the subcommand its options."""
    parser.add_argument("old", metavar="OLD", help="answers of the old run: a file, or a folder of files")
    parser.add_argument("new", metavar="NEW", help="answers of the new run")
    parser.add_argument("--format", choices=tuple(FORMATS), default="table", help="what to print (default: table)")
    parser.add_argument("--examples", type=_cases, default=20, metavar="N", help="cases to show of each category (default: 20)")
    parser.add_argument(
        "--reworded", action="store_true", help="count other confidences, saliences and explanations as differences too"
    )
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 where there are differences")


def _cases(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of cases from 0 to {MOST}")
    return int(text)
