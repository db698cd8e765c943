"""Articles and their publications as messages, and back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from eventtimeline.scalars import instant_from_timestamp, timestamp_from_instant, well_formed
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, InvalidArticle, Publication, Weekday


def article_to_proto(article: Article) -> pb.Article:
    """Return an article as a message.

    Raises InvalidArticle for a publication time that has neither an offset nor a zone: only an instant can be sent.
    """
    publication = None if article.publication is None else _publication_to_proto(article.publication)
    return pb.Article(id=well_formed(article.id), text=well_formed(article.text), publication=publication)


def article_from_proto(message: pb.Article) -> Article:
    """Return the article that a message holds; raises InvalidArticle for a publication that is no point in time."""
    publication = publication_from_proto(message.publication) if message.HasField("publication") else None
    return Article(text=message.text, publication=publication, id=message.id)


def publication_from_proto(message: pb.Publication, path: str = "article.publication") -> Publication:
    """Return the publication that a message holds; `path` is where errors say that it stands in the request."""
    at: dt.datetime | dt.date | None = None
    if message.HasField("publish_time"):
        at = _instant(message.publish_time, f"{path}.publish_time")
    elif message.HasField("publish_date"):
        at = _date(message.publish_date, f"{path}.publish_date")
    if not 0 <= message.week_start <= len(Weekday):
        raise InvalidArticle(f"{path}.week_start", f"there is no day of the week {message.week_start}")
    week_start = Weekday(message.week_start - 1) if message.week_start else None
    return Publication(at=at, zone=message.time_zone, country=message.country, week_start=week_start)


def _publication_to_proto(publication: Publication) -> pb.Publication:
    message = pb.Publication(time_zone=well_formed(publication.zone), country=well_formed(publication.country))
    if publication.week_start is not None:
        day_of_week: Any = publication.week_start + 1
        message.week_start = day_of_week
    if isinstance(publication.at, dt.datetime):
        message.publish_time.CopyFrom(_publish_time(publication.at, publication))
    elif publication.at is not None:
        day = publication.at
        message.publish_date.CopyFrom(Date(year=day.year, month=day.month, day=day.day))
    return message


def _publish_time(at: dt.datetime, publication: Publication) -> Timestamp:
    if at.tzinfo is None:
        if publication.country and not publication.zone:
            raise InvalidArticle("article.publication.time_zone", "a time without an offset needs a zone to be sent")
        try:
            at = at.replace(tzinfo=ZoneInfo(publication.zone or "UTC"))
        except (OSError, KeyError, ValueError) as error:
            raise InvalidArticle("article.publication.time_zone", f"unknown zone {publication.zone!r}") from error
    timestamp = timestamp_from_instant(at)
    if timestamp is None:
        raise InvalidArticle("article.publication.publish_time", "the time must lie in the years 1 to 9999")
    return timestamp


def _instant(timestamp: Timestamp, path: str) -> dt.datetime:
    try:
        return instant_from_timestamp(timestamp)
    except OverflowError as error:
        raise InvalidArticle(path, str(error)) from error


def _date(date: Date, path: str) -> dt.date:
    try:
        return dt.date(date.year, date.month, date.day)
    except (ValueError, OverflowError) as error:
        said = f"year {date.year}, month {date.month}, day {date.day}"
        raise InvalidArticle(path, f"{said} is no day in the years 1 to 9999; all three must be set") from error
