"""A timeline as the rows of a table: what happened when, to whom, whether it did, and the words that say so."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, assert_never

from client.cells import clean
from client.when import when
from timeline import Article, Basis, Event, Modality, Relation, Role, Tense, TimeExpression, Timeline

LIST = "\N{ARABIC COMMA} "
ANOTHER = "another event"
HEADER = ("WHEN", "EVENT", "WHO", "STATUS", "KIND", "DATED BY")


class Row(NamedTuple):
    """One event; `when` is empty where the event shares the time of the row above."""

    when: str
    event: str
    who: str
    status: str
    kind: str
    dated_by: str


class Rows(NamedTuple):
    """Dated events in chronological order, undated ones in text order, and the warnings."""

    dated: tuple[Row, ...]
    undated: tuple[Row, ...]
    warnings: tuple[str, ...]


def rows(timeline: Timeline, article: Article, zone: dt.tzinfo) -> Rows:
    """Return the rows of an article's timeline, every cell on one line and free of control characters."""
    events = {event.id: event for event in timeline.events}
    times = {time.id: time for time in timeline.times}
    published = _instant(article, zone)

    def row(event_id: str, time: str) -> Row:
        event = events[event_id]
        return Row(
            time,
            _said(event, article.text),
            LIST.join(clean(who.text) for who in event.participants if who.role is Role.AGENT),
            status(event, published),
            clean(event.kind),
            _dated_by(event, times),
        )

    dated = [
        row(event_id, "" if index else when(item.interval, zone))
        for item in timeline.items
        for index, event_id in enumerate(item.event_ids)
    ]
    undated = [row(event_id, "") for event_id in timeline.undated_event_ids]
    return Rows(tuple(dated), tuple(undated), tuple(clean(warning.message) for warning in timeline.warnings))


def title(article: Article, zone: dt.tzinfo) -> str:
    """Return the line above the table: the article's name and the publication that its dates count from."""
    at = article.publication and article.publication.at
    if at is None:
        return f"{clean(article.id)}  (publication unknown)"
    if isinstance(at, dt.datetime):
        moment = at.astimezone(zone) if at.tzinfo else at
        return f"{clean(article.id)}  (published {moment.date()} {moment:%H:%M}, {zone})"
    return f"{clean(article.id)}  (published {at}, {zone})"


def _instant(article: Article, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the moment after which an event is still to come: the publication, or the end of its day."""
    at = article.publication and article.publication.at
    if isinstance(at, dt.datetime):
        return at if at.tzinfo else at.replace(tzinfo=zone)
    return dt.datetime.combine(at, dt.time.max, zone) if at else None


def _said(event: Event, text: str) -> str:
    """Return the word that names the event, and the clause that it stands in where that says more."""
    trigger, clause = clean(text[event.trigger.start : event.trigger.end]), clean(event.text)
    return clause if clause.startswith(trigger) else f"{trigger}: {clause}"


def status(event: Event, published: dt.datetime | None) -> str:
    """Return whether the text says that the event happened; one that begins after `published` can't have."""
    ahead = event.tense is Tense.FUTURE or _begins_after(event, published)
    match event.modality:
        case Modality.ACTUAL if ahead:
            return "to come"
        case Modality.ACTUAL:
            return "going on" if event.tense is Tense.PRESENT and not _over(event, published) else "happened"
        case Modality.NEGATED:
            return "will not happen" if ahead else "did not happen"
        case Modality.PLANNED | Modality.EXPECTED | Modality.POSSIBLE | Modality.HYPOTHETICAL | Modality.DENIED:
            return event.modality.name.lower()
        case _:
            assert_never(event.modality)


def _begins_after(event: Event, published: dt.datetime | None) -> bool:
    start = event.interval and event.interval.start
    return start is not None and published is not None and start > published


def _over(event: Event, published: dt.datetime | None) -> bool:
    end = event.interval and event.interval.end
    return end is not None and published is not None and end <= published


def _dated_by(event: Event, times: dict[str, TimeExpression]) -> str:
    """Return the words that date the event, or say that it has its date from elsewhere in the text."""
    words = " + ".join(clean(times[time_id].text) for time_id in event.times if time_id in times)
    if event.interval is None:
        return ""
    if not words and event.basis is not Basis.RELATIVE_TO_EVENT:
        return "inferred"
    inferred = " (inferred)" if event.basis is Basis.INFERRED else ""
    match event.relation:
        case Relation.BEFORE | Relation.AFTER | Relation.SINCE | Relation.UNTIL:
            return f"{event.relation.name.lower()} {words or ANOTHER}{inferred}"
        case Relation.DURING | None:
            return f"{words or ANOTHER}{inferred}"
        case _:
            assert_never(event.relation)
