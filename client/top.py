"""The events worth showing: an answer cut down to its most salient events."""

from __future__ import annotations

from eventtimeline.v1.timeline_pb2 import ExtractTimelineResponse


def keep_top(response: ExtractTimelineResponse, count: int) -> None:
    """Keep the `count` most salient events of an answer, in place; of several mentions of an event only the first counts.

    Ties go to what stands first in the text. What is kept keeps its order; an id that would point to an event left out is empty,
    and a warning about one is left out.
    """
    timeline = response.timeline
    first = [event for event in timeline.events if not event.same_as]
    ranked = sorted(range(len(first)), key=lambda k: (-first[k].salience, k))
    kept = {first[k].id for k in ranked[:count]}
    gone = {event.id for event in timeline.events} - kept
    for k in reversed(range(len(timeline.events))):
        if timeline.events[k].id in gone:
            del timeline.events[k]
    for event in timeline.events:
        if event.source_event_id in gone:
            event.source_event_id = ""
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
