"""Parts of an answer: what is left of one when some of its events or times are taken out, with no id that points nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from eventtimeline.v1 import timeline_pb2 as pb

FRAME = 5
"""Bytes, at most, of a tag and a length in an answer of less than 256 MiB."""


def keep_events(response: pb.ExtractTimelineResponse, kept: AbstractSet[str]) -> None:
    """Keep the events with these ids, in place.

    An id that would point to an event left out is empty, and a warning about one is left out.
    """
    timeline = response.timeline
    gone = {event.id for event in timeline.events} - kept
    for k in reversed(range(len(timeline.events))):
        if timeline.events[k].id in gone:
            del timeline.events[k]
    for event in timeline.events:
        if event.source_event_id in gone:
            event.source_event_id = ""
        if event.same_as in gone:
            event.same_as = ""
    for k in reversed(range(len(timeline.items))):
        item = timeline.items[k]
        item.event_ids[:] = [id_ for id_ in item.event_ids if id_ in kept]
        if not item.event_ids:
            del timeline.items[k]
    for time in timeline.times:
        if time.anchor_id in gone:
            time.anchor_id = ""
    timeline.undated_event_ids[:] = [id_ for id_ in timeline.undated_event_ids if id_ in kept]
    for k in reversed(range(len(response.warnings))):
        if not gone.isdisjoint(response.warnings[k].event_ids):
            del response.warnings[k]


def keep_times(response: pb.ExtractTimelineResponse, kept: AbstractSet[str]) -> None:
    """Keep the time expressions with these ids, in place, as `keep_events` does; explanations stay as they were."""
    timeline = response.timeline
    gone = {time.id for time in timeline.times} - kept
    for k in reversed(range(len(timeline.times))):
        if timeline.times[k].id in gone:
            del timeline.times[k]
    for time in timeline.times:
        if time.anchor_id in gone:
            time.anchor_id = ""
    for event in timeline.events:
        event.times[:] = [id_ for id_ in event.times if id_ in kept]
    for k in reversed(range(len(response.warnings))):
        if response.warnings[k].expression_id in gone:
            del response.warnings[k]


def fit(response: pb.ExtractTimelineResponse, limit: int) -> None:
    """Cut an answer of more than `limit` bytes, in place, to what stands first in the text, and mark it `truncated`."""
    if response.ByteSize() <= limit:
        return
    timeline = response.timeline
    entries = [
        *((time.span.start, time.id, time.ByteSize()) for time in timeline.times),
        *((event.clause.start, event.id, event.ByteSize()) for event in timeline.events),
    ]
    outside = response.ByteSize() - timeline.ByteSize()
    kept = set(_first(sorted(entries), _places(timeline), limit - outside - FRAME))
    keep_events(response, kept)
    keep_times(response, kept)
    response.truncated = True


def _places(timeline: pb.Timeline) -> dict[str, tuple[int, int]]:
    """Return for each event the number of the item in which it stands, and the bytes of an item around its ids."""
    return {
        id_: (number, item.interval.ByteSize() + FRAME) for number, item in enumerate(timeline.items) for id_ in item.event_ids
    }


def _first(entries: Iterable[tuple[int, str, int]], places: Mapping[str, tuple[int, int]], room: int) -> Iterable[str]:
    """Yield the ids of the first entries for which there is room."""
    items: set[int] = set()
    for _, id_, size in entries:
        room -= size + len(id_) + 2 * FRAME
        item, around = places.get(id_, (-1, 0))
        if item not in items:
            items.add(item)
            room -= around
        if room < 0:
            return
        yield id_
