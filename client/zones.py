"""The time zone in which an article's times are civil times."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from zoneinfo import ZoneInfo

from timeline import InvalidArticle, Publication


def zone(publication: Publication | None) -> dt.tzinfo:
    """Return the publication's zone, else its country's main zone, else UTC; raises InvalidArticle for an unknown one."""
    if publication is None:
        return dt.UTC
    if publication.zone:
        return _named(publication.zone)
    if publication.country:
        tables = tomllib.loads(files("timeline").joinpath("lexicon", "countries.toml").read_text(encoding="utf-8"))
        if publication.country not in tables:
            raise InvalidArticle("article.publication.country", f"unknown country {publication.country!r}")
        return _named(tables[publication.country]["zone"])
    return dt.UTC


def _named(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError) as error:
        raise InvalidArticle("article.publication.time_zone", f"unknown zone {name!r}") from error
