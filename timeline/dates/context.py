"""The publication context: today, the zone, and the first day of the week where the article appeared."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import NamedTuple

from timeline.errors import InvalidArticle
from timeline.model import Publication, Weekday
from timeline.tables import Lexicon

_SATURDAY_SUNDAY = ("SATURDAY", "SUNDAY")


class Context(NamedTuple):
    """What relative expressions count from.

    `at` is the civil time of publication in `zone`, None where it is not known; `timed` says whether its clock time is known.
    `week_start` is 0 for Monday.
    """

    at: dt.datetime | None
    timed: bool
    zone: dt.tzinfo
    week_start: int
    country: str
    hijri: bool = False  # its news counts the days of the current month in the Hijri calendar too


class Countries:
    """Zones and weeks by country, from lexicon/countries.toml."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the table."""
        table = lexicon.table("countries.toml")
        self._zones: dict[str, str] = table.pop("zones")
        self._hijri = {country for country, row in table.items() if isinstance(row, dict) and row.get("hijri", False)}
        self._weekends: dict[str, list[tuple[dt.date, tuple[str, str]]]] = {
            country: [(dt.date.min, (days[0], days[1]))] for country, days in table.pop("weekends").items()
        }
        for country, row in table.items():
            self._zones[country] = row["zone"]
            self._weekends[country] = [(era.get("from", dt.date.min), tuple(era["days"])) for era in row["weekend"]]

    def context(self, publication: Publication | None) -> Context:
        """Return the context of a publication; raises InvalidArticle for a zone or a country that does not exist."""
        if publication is None:
            return Context(None, timed=False, zone=dt.UTC, week_start=0, country="")
        if publication.country and publication.country not in self._zones:
            raise InvalidArticle("article.publication.country", f"{publication.country!r} is no ISO 3166-1 alpha-2 code")
        name = publication.zone or self._zones.get(publication.country, "UTC")
        try:
            zone: dt.tzinfo = zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InvalidArticle(
                "article.publication.time_zone", f"{name!r} is no IANA time zone: write one such as Africa/Cairo"
            ) from error
        at, timed = _civil(publication, zone)
        day = dt.date(2020, 1, 1) if at is None else at.date()
        week_start = publication.week_start if publication.week_start is not None else self.week_start(publication.country, day)
        return Context(at, timed, zone, int(week_start), publication.country, publication.country in self._hijri)

    def week_start(self, country: str, day: dt.date) -> Weekday:
        """Return the first day of the week that was in force on a day: the one after the country's weekend."""
        last = _SATURDAY_SUNDAY[1]
        for since, days in self._weekends.get(country, ()):
            if since <= day:
                last = days[1]
        return Weekday((Weekday[last] + 1) % 7)


def civil_zone(publication: Publication | None) -> dt.tzinfo:
    """Return the zone in which an article's times are civil times; raises InvalidArticle for an unknown zone or country."""
    return Countries(Lexicon.packaged("countries.toml")).context(publication).zone


def _civil(publication: Publication, zone: dt.tzinfo) -> tuple[dt.datetime | None, bool]:
    at = publication.at
    if at is None:
        return None, False
    if not isinstance(at, dt.datetime):
        return dt.datetime.combine(at, dt.time(12)), False
    try:
        return (at if at.tzinfo is None else at.astimezone(zone).replace(tzinfo=None)), True
    except OverflowError as error:
        raise InvalidArticle("article.publication.publish_time", "the time lies outside the years 1-9999") from error
