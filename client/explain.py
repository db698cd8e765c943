"""`timeline explain`: how a phrase was read, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from client.cells import clean, isolate
from client.exits import Exit, invalid
from client.inputs import STDIN, Source, publication, read
from client.parser import Arguments
from client.when import when
from client.zones import zone
from timeline import Article, Extractor, InvalidArticle, TimeExpression


def run(arguments: Arguments) -> Exit:
    """Print what each stage made of the phrase, then each time expression with its value and the reason for it."""
    context = publication(arguments.published, arguments.zone, arguments.country)
    source = Source(STDIN, context)
    article = read(source) if arguments.phrase == STDIN else Article(arguments.phrase, context)
    try:
        trace = Extractor().trace(article)
        civil = zone(context)
    except InvalidArticle as error:
        raise invalid(error.field, error.reason) from error
    _section("words", trace.words)
    _section("mentions", trace.mentions)
    _section("joins", trace.joins)
    for time in trace.times:
        print(isolate(clean(time.text)))
        for name, value in _facts(time, when(time.interval, civil) if time.interval else "nothing definite"):
            print(f"  {name:<12} {value}")
        for other in time.alternatives:
            covers = f", {when(other.interval, civil)}" if other.interval else ""
            print(f"  {'or':<12} {other.value}{covers} ({other.confidence:.2f}): {other.explanation}")
    if not trace.times:
        print("no time expression found")
    return Exit.OK


def _section(name: str, lines: Sequence[str]) -> None:
    if lines:
        print(name)
        for line in lines:
            print(f"  {line}")
        print()


def _facts(time: TimeExpression, covers: str) -> Iterator[tuple[str, str]]:
    yield "value", f"{time.value} ({time.type.name})"
    yield "covers", covers
    if time.mod:
        yield "mod", time.mod.name
    if time.quant or time.freq:
        yield "repeats", f"{time.quant} {time.freq}".strip()
    if time.grain:
        yield "grain", time.grain.name.lower().replace("_", " ")
    yield "basis", time.basis.name.lower().replace("_", " ") + (f" ({time.anchor_id})" if time.anchor_id else "")
    yield "confidence", f"{time.confidence:.2f}"
    yield "rule", time.rule
    yield "because", time.explanation
