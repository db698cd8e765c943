"""The events worth showing: an answer cut down to its most salient events."""

from __future__ import annotations

from eventtimeline.parts import keep_events
from eventtimeline.v1.timeline_pb2 import ExtractTimelineResponse


def keep_top(response: ExtractTimelineResponse, count: int) -> None:
    """Keep the `count` most salient events of an answer, in place; of several mentions of an event only the first counts.

    Ties go to what stands first in the text. What is kept keeps its order.
    """
    first = [event for event in response.timeline.events if not event.same_as]
    ranked = sorted(range(len(first)), key=lambda k: (-first[k].salience, k))
    keep_events(response, {first[k].id for k in ranked[:count]})
