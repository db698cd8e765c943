"""Answering records: an article in, its line of the output or what is wrong with it out. In this process; others are beside it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from client.batch.columns import Columns
from client.batch.job import Job
from client.batch.records import Record
from client.exits import CONVERT
from eventtimeline.jsonlines import article_from_json
from eventtimeline.lines import timeline_to_line
from timeline import Article, Extractor, InvalidArticle, Timeline


class Fault(NamedTuple):
    """Why an article has no answer: the name of a gRPC status, a sentence, the field that it is about or ""."""

    code: str
    message: str
    field: str


class Answer(NamedTuple):
    """What came of a record: a line of protobuf JSON, its end included, or a fault.

    Beside it what it counts, the words of its text, and whether it was taken from a former run.
    """

    article_id: str
    line: bytes
    fault: Fault | None = None
    times: int = 0
    events: int = 0
    dated: int = 0
    words: tuple[str, ...] = ()
    taken: bool = False


class Answering(Protocol):
    """Answers records, in order."""

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer. Whatever is wrong with one stays in that one."""
        ...


class Local:
    """Answers with an engine of its own."""

    def __init__(self, job: Job) -> None:
        self._extractor = Extractor()
        self._job = job

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer."""
        return ((record, self.answer(record)) for record in records)

    def answer(self, record: Record) -> Answer:
        """Return the answer of one record."""
        try:
            article = article_of(record, self._job)
            timeline, words = self._extractor.extract_indexed(article, self._job.language)
            line = timeline_to_line(timeline, article)
            return Answer(article.id, line, None, len(timeline.times), len(timeline.events), _dated(timeline), words)
        except InvalidArticle as error:
            return refused(record, self._job, error)
        except Exception as error:  # noqa: BLE001 - a bug that one article meets must not cost the others
            message = f"{type(error).__name__} in the engine: please report this article"
            return Answer(name_of(record, self._job), b"", Fault("INTERNAL", message, ""))


def article_of(record: Record, job: Job) -> Article:
    """Return the article that a record holds; raises InvalidArticle."""
    if record.fault:
        raise InvalidArticle("article", record.fault)
    if not isinstance(record.data, bytes):
        return (job.columns or Columns()).article(record.data)
    if job.columns is None:
        try:
            return article_from_json(_bare(record.data, first=record.at == 0))
        except UnicodeDecodeError as error:
            raise _not_utf8(error) from error
    try:
        row = json.loads(_text(record.data, first=record.at == 0))
    except (ValueError, RecursionError) as error:
        raise InvalidArticle("article", f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InvalidArticle("article", "not a JSON object")
    return job.columns.article(row)


def refused(record: Record, job: Job, error: InvalidArticle) -> Answer:
    """Return the answer for an article that is none."""
    return Answer(name_of(record, job), b"", Fault("INVALID_ARGUMENT", error.reason, error.field))


def lost(record: Record, job: Job, code: int | None) -> Answer:
    """Return the answer for a record that ended its process with an exit code, a signal's number below 0."""
    message = f"its worker process ended (exit code {code}), perhaps for want of memory: leave this article out"
    return Answer(name_of(record, job), b"", Fault("INTERNAL", message, ""))


def name_of(record: Record, job: Job) -> str:
    """Return the article's id where the record lets one find it, else ""."""
    row = record.data
    try:
        if isinstance(row, bytes):
            row = json.loads(_text(row, first=record.at == 0))
            if job.columns is None:
                found = row.get("id") if isinstance(row, dict) else None
                return found if isinstance(found, str) else ""
        return (job.columns or Columns()).name(row) if isinstance(row, dict) else ""
    except (ValueError, RecursionError, InvalidArticle):
        return ""


def _dated(timeline: Timeline) -> int:
    return len(timeline.events) - len(timeline.undated_event_ids)


def _bare(line: bytes, *, first: bool) -> bytes:
    return (line.removeprefix(codecs.BOM_UTF8) if first else line).strip()


def _text(line: bytes, *, first: bool) -> str:
    try:
        return _bare(line, first=first).decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from error


def _not_utf8(error: UnicodeDecodeError) -> InvalidArticle:
    return InvalidArticle("article", f"not UTF-8 ({error.reason} at byte {error.start}): {CONVERT}")
