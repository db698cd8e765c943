"""The output formats of `timeline extract`: one function each. The choices of --format are the keys of FORMATS.

A format turns one answer into the text to write, its last newline included. To add one, write a function and name it in
FORMATS. Nothing is imported before there is an answer, so that --help starts fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from eventtimeline.v1.timeline_pb2 import ExtractTimelineResponse
    from timeline import Article


class Answer(NamedTuple):
    """An article, its answer wherever that was computed, and whether a person reads it on a terminal."""

    article: Article
    response: ExtractTimelineResponse
    terminal: bool


def table(answer: Answer) -> str:
    """Return a table for people: drawn to fit the terminal, or plain text where there is none."""
    from client.rows import rows, title
    from eventtimeline.mapping import response_to_timeline
    from timeline import civil_zone

    civil = civil_zone(answer.article.publication)
    heading = title(answer.article, civil)
    content = rows(response_to_timeline(answer.response, zone=civil), answer.article, civil)
    if answer.terminal:
        from client.terminal import draw

        return draw(heading, content)
    from client.plain import lines

    return "".join(f"{line}\n" for line in [*lines(heading, content), ""])


def json(answer: Answer) -> str:
    """Return the protobuf JSON of the answer, indented."""
    from json import dumps, loads

    return dumps(loads(jsonl(answer)), ensure_ascii=False, indent=2) + "\n"


def jsonl(answer: Answer) -> str:
    """Return the protobuf JSON of the answer on one line."""
    from eventtimeline.jsonlines import response_to_json

    return response_to_json(answer.response) + "\n"


FORMATS: Mapping[str, Callable[[Answer], str]] = {"table": table, "json": json, "jsonl": jsonl}
