"""Columns: which fields of an archive's records make an article, for archives that are not `Article` JSON."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import reprlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventtimeline.scalars import well_formed
from timeline import Article, InvalidArticle, Publication

Row = Mapping[str, Any]
"""A record: a JSON object, or a row of Parquet in Python's types."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SECONDS, MILLISECONDS = "epoch", "epoch-ms"
COUNTRY, ZONE = re.compile("[A-Z]{2}"), re.compile(r"UTC|\w+/[\w/+-]+")
"""What is a country or a zone, the same for all articles, and not the name of a column."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns, with dots into nested objects (`meta.date`); "" where the archive has no such column.

    `text` may name several, whose texts are joined by a line's end: a headline and a body. `published` holds dates or date-times in
    ISO 8601 or in Python's types, or what `published_format` says: "epoch", "epoch-ms" or a pattern of strptime. `zone` and `country`
    are columns or, like Africa/Cairo and EG, the same for all articles.
    """

    id: str = "id"
    text: tuple[str, ...] = ("text",)
    published: str = ""
    published_format: str = ""
    zone: str = ""
    country: str = ""

    def article(self, row: Row) -> Article:
        """Return the article of a record; raises InvalidArticle for what is missing or is none."""
        texts = [_string(row, column, "article.text") for column in self.text]
        zone = self.zone if ZONE.fullmatch(self.zone) else _string(row, self.zone, "article.publication.time_zone")
        country = self.country if COUNTRY.fullmatch(self.country) else _string(row, self.country, "article.publication.country")
        at = self._published(value_of(row, self.published)) if self.published else None
        publication = Publication(at, zone, country) if at or zone or country else None
        return Article(well_formed("\n".join(text for text in texts if text)), publication, self.name(row))

    def name(self, row: Row) -> str:
        """Return the id of a record as the article has it; raises InvalidArticle where it is none."""
        value = value_of(row, self.id)
        if isinstance(value, list | dict | bytes):
            raise InvalidArticle("article.id", f"{self.id} is {_shown(value)}, not a string or a number")
        return "" if value is None else well_formed(str(value))

    def to_json(self) -> dict[str, Any]:
        """Return the names as JSON has them."""
        return asdict(self) | {"text": list(self.text)}

    def needed(self) -> list[str]:
        """Return the names of the columns that are read."""
        named = [self.id, *self.text, self.published]
        named += [] if ZONE.fullmatch(self.zone) else [self.zone]
        named += [] if COUNTRY.fullmatch(self.country) else [self.country]
        return sorted({name for name in named if name})

    def _published(self, value: object) -> dt.datetime | dt.date | None:
        if value is None or value == "" or isinstance(value, dt.date):
            return value or None  # type: ignore[return-value]  # a datetime is a date
        try:
            match self.published_format, value:
                case ("epoch" | "epoch-ms" as unit, int() | float() | str()) if not isinstance(value, bool):
                    return EPOCH + dt.timedelta(seconds=float(value) / (1000 if unit == MILLISECONDS else 1))
                case "", str():
                    return _iso(value.strip())
                case pattern, int() | str() if pattern and not isinstance(value, bool):
                    return dt.datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007 - the pattern says whether it has a zone
        except (ValueError, OverflowError) as error:
            raise _unread(self.published, value, self.published_format) from error
        raise _unread(self.published, value, self.published_format)


def _iso(text: str) -> dt.datetime | dt.date:
    """Read a date (which has no more characters) or a date-time."""
    return dt.date.fromisoformat(text) if len(text) <= len("2024-03-27") else dt.datetime.fromisoformat(text)


def _unread(column: str, value: object, pattern: str) -> InvalidArticle:
    wanted = f"what {pattern} says" if pattern else "a date or date-time in ISO 8601; --published-format reads others"
    return InvalidArticle("article.publication.publish_time", f"{column} is {_shown(value)}, not {wanted}")


def _string(row: Row, column: str, field: str) -> str:
    value = value_of(row, column) if column else None
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidArticle(field, f"{column} is {_shown(value)}, not a string")
    return value


def _shown(value: object) -> str:
    text = _REPR.repr(value) if isinstance(value, list | dict) else repr(value)  # those may be nested too deeply for repr
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."


_MOST = 40
_REPR = reprlib.Repr()


def value_of(row: Row, column: str) -> object:
    """Return what stands in a column, None where nothing does."""
    value: object = row.get(column)
    if column not in row:
        value = row
        for name in column.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, bytes):  # some Parquet does not say of its strings that they are such
        with contextlib.suppress(UnicodeDecodeError):
            return value.decode()
    return value
