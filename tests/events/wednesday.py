"""Texts published at noon on Wednesday 2023-09-27 in Egypt, and what the tests of events ask of their timelines."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from timeline import Article, Event, Extractor, Publication, Timeline

PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")


def read(extractor: Extractor, text: str) -> Timeline:
    """Return the timeline of a text."""
    return extractor.extract(Article(text, PUBLICATION))


def all_named(found: Timeline, text: str, trigger: str) -> list[Event]:
    """Return the events whose triggers are written so, in text order."""
    return [event for event in found.events if text[event.trigger.start : event.trigger.end] == trigger]


def named(found: Timeline, text: str, trigger: str) -> Event:
    """Return the one event whose trigger is written so."""
    (event,) = all_named(found, text, trigger)
    return event


def days(event: Event) -> tuple[str, str]:
    """Return the first day and the day after the last, "" for an open side or no interval."""
    start, end = event.interval or (None, None)
    return ("" if start is None else start.date().isoformat(), "" if end is None else end.date().isoformat())
