"""`timeline extract`: the timelines of files, computed here or by a server; both ways print the same bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from client.exits import Exit, Failure, bug, invalid
from client.formats import FORMATS, Answer
from client.inputs import STDIN, Source, manifest, publication, read
from client.parser import Arguments
from client.service.messages import article_message
from client.top import keep_top
from eventtimeline.mapping import article_from_proto, timeline_to_response
from eventtimeline.v1.timeline_pb2 import ExtractTimelineResponse
from timeline import Article, Extractor, InvalidArticle, Language

Outcome = ExtractTimelineResponse | Failure


def run(arguments: Arguments) -> Exit:
    """Print the timeline of every article that can be read; say on standard error what is wrong with the others."""
    sources = _sources(arguments)
    articles = [_prepare(source) for source in sources]
    outcomes = _outcomes([article for article in articles if isinstance(article, Article)], arguments)
    codes = [
        _show(source, article, outcomes, arguments.format, arguments.top)
        for source, article in zip(sources, articles, strict=True)
    ]
    if any(codes) and not all(codes):
        return Exit.SOME_FAILED
    return codes[0]


def _sources(arguments: Arguments) -> list[Source]:
    context = publication(arguments.published, arguments.zone, arguments.country)
    if arguments.manifest is not None:
        if context:
            raise Failure(Exit.USAGE, "--manifest gives each file its context: leave out --published, --zone and --country")
        return manifest(arguments.manifest, arguments.files)
    if not arguments.files:
        raise Failure(Exit.USAGE, "name the files to read, or - for standard input. See: timeline extract --help")
    if arguments.files.count(STDIN) > 1:
        raise Failure(Exit.USAGE, "standard input (-) can be read only once")
    return [Source(file, context) for file in arguments.files]


def _prepare(source: Source) -> Article | Failure:
    """Return the article as it comes off the wire, so that a server and the engine here read the same."""
    try:
        return article_from_proto(article_message(read(source)))
    except InvalidArticle as error:
        return invalid(error.field, error.reason)
    except Failure as failure:
        return failure


def _outcomes(articles: list[Article], arguments: Arguments) -> Iterator[Outcome]:
    if arguments.server is None:
        return _compute(articles, Language(arguments.language))
    from client.remote import ask

    return ask(arguments, articles)


def _compute(articles: Iterable[Article], language: Language) -> Iterator[Outcome]:
    extractor = Extractor()
    for article in articles:
        try:
            yield timeline_to_response(extractor.extract(article, language), article)
        except InvalidArticle as error:
            yield invalid(error.field, error.reason)
        except Exception as error:  # noqa: BLE001 - a bug that one article meets must not cost the others
            yield bug(error)


def _show(source: Source, article: Article | Failure, outcomes: Iterator[Outcome], form: str, top: int | None) -> Exit:
    """Print one article's answer or what went wrong with it; returns the code that it alone would end with."""
    if isinstance(article, Failure):
        return _complain(source, article)
    outcome = next(outcomes)
    if isinstance(outcome, Failure):
        return _complain(source, outcome)
    if top is not None:
        keep_top(outcome, top)
    sys.stdout.write(FORMATS[form](Answer(article, outcome, sys.stdout.isatty())))
    sys.stdout.flush()
    return Exit.OK


def _complain(source: Source, failure: Failure) -> Exit:
    name = "standard input" if source.path == STDIN else source.path
    print(f"timeline extract: {name}: {failure.message}", file=sys.stderr)
    return failure.code
