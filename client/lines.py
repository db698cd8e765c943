"""The lines of a batch: an article as protobuf JSON in, its answer or an error record out. Pure but for loading the engine."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from typing import NamedTuple, Self

from client.exits import CONVERT
from eventtimeline.jsonlines import article_from_json, response_to_json
from eventtimeline.mapping import timeline_to_response
from timeline import Extractor, InvalidArticle, Language


class Line(NamedTuple):
    """A line of the input as it stands there, and its number from 1."""

    number: int
    data: bytes


class Answers(NamedTuple):
    """Lines of the output, and what they account for: bytes of input, articles, and how many of these failed."""

    data: bytes
    size: int
    articles: int
    failed: int

    @classmethod
    def joined(cls, parts: Sequence[Answers]) -> Self:
        """Return the answers of parts that follow one another."""
        data, sizes, articles, failed = zip(*parts, strict=True)
        return cls(b"".join(data), sum(sizes), sum(articles), sum(failed))


class Reader:
    """Answers lines with an engine of its own."""

    def __init__(self, language: Language = Language.ENGLISH) -> None:
        self._extractor = Extractor()
        self._language = language

    def answers(self, lines: Sequence[Line]) -> Answers:
        """Return one line of output for each line of input, in order. Whatever is wrong with a line stays in that line."""
        answered = [self._answer(line) for line in lines]
        return Answers(
            data=b"".join(data for data, _ in answered),
            size=sum(len(line.data) for line in lines),
            articles=len(lines),
            failed=sum(not good for _, good in answered),
        )

    def _answer(self, line: Line) -> tuple[bytes, bool]:
        try:
            article = article_from_json(_text(line))
            response = timeline_to_response(self._extractor.extract(article, self._language), article)
            return f"{response_to_json(response)}\n".encode(), True
        except InvalidArticle as error:
            return _record(line, "INVALID_ARGUMENT", error.reason, error.field), False
        except Exception as error:  # noqa: BLE001 - a bug that one article meets must not cost the others
            return _record(line, "INTERNAL", f"{type(error).__name__} in the engine: please report this article", ""), False


def lost(line: Line, code: int | None) -> Answers:
    """Return the error record of a line that ended its process with an exit code, a signal's number below 0."""
    message = f"its worker process ended (exit code {code}), perhaps for want of memory: leave this article out"
    return Answers(_record(line, "INTERNAL", message, ""), len(line.data), 1, 1)


def _text(line: Line) -> str:
    data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
    try:
        return data.strip().decode()
    except UnicodeDecodeError as error:
        raise InvalidArticle("article", f"not UTF-8 ({error.reason} at byte {error.start}): {CONVERT}") from error


def _record(line: Line, code: str, message: str, field: str) -> bytes:
    error = {"code": code, "message": message, "field": field}
    record = {"line": line.number, "articleId": _id(line), "error": error}
    # backslashreplace writes a lone surrogate as JSON escapes it.
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace") + b"\n"


def _id(line: Line) -> str:
    """Return the article's id where the line lets one find it, else ""."""
    try:
        fields = json.loads(_text(line))
    except (ValueError, RecursionError, InvalidArticle):
        return ""
    found = fields.get("id") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else ""
