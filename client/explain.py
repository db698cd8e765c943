"""`timeline explain`: how a phrase was read, step by step."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator

from client.cells import clean, harmless, isolate, left_to_right
from client.exits import Exit, invalid
from client.inputs import STDIN, Source, publication, read
from client.parser import Arguments
from client.when import when
from timeline import Article, Extractor, InvalidArticle, Language, TimeExpression, Trace, civil_zone


def run(arguments: Arguments) -> Exit:
    """Print what each stage made of the phrase, then each time expression with its value and the reason for it."""
    context = publication(arguments.published, arguments.zone, arguments.country)
    source = Source(STDIN, context)
    article = read(source) if arguments.phrase == STDIN else Article(arguments.phrase, context)
    try:
        trace = Extractor().trace(article, Language(arguments.language))
        civil = civil_zone(context)
    except InvalidArticle as error:
        raise invalid(error.field, error.reason) from error
    for line in lines(trace, civil):
        print(line)
    return Exit.OK


def lines(trace: Trace, zone: dt.tzinfo) -> Iterator[str]:
    """Yield what the stages made of the text, a section each, and every time expression with its reasons."""
    for name, stage in (("words", trace.words), ("mentions", trace.mentions), ("joins", trace.joins)):
        if stage:
            yield name
            yield from (left_to_right(f"  {harmless(line)}") for line in stage)
            yield ""
    for time in trace.times:
        yield isolate(clean(time.text))
        for name, value in _facts(time, zone):
            yield f"  {name:<12} {harmless(value)}"
    if not trace.times:
        yield "no time expression found"


def _facts(time: TimeExpression, zone: dt.tzinfo) -> Iterator[tuple[str, str]]:
    yield "value", f"{time.value} ({time.type.name})"
    yield "covers", when(time.interval, zone) if time.interval else "nothing definite"
    if time.mod:
        yield "mod", time.mod.name
    if time.quant or time.freq:
        yield "repeats", f"{time.quant} {time.freq}".strip()
    if time.grain:
        yield "grain", _words(time.grain)
    yield "basis", _words(time.basis) + (f" ({time.anchor_id})" if time.anchor_id else "")
    yield "confidence", f"{time.confidence:.2f}"
    yield "rule", time.rule
    yield "because", time.explanation
    for other in time.alternatives:
        covers = f", {when(other.interval, zone)}" if other.interval else ""
        yield "or", f"{other.value}{covers} ({other.confidence:.2f}): {other.explanation}"


def _words(member: enum.Enum) -> str:
    return member.name.lower().replace("_", " ")
