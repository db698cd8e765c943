"""What every answer must hold, whatever was asked: spans that slice the text, ids that name what is there, sizes that were allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from google.type.interval_pb2 import Interval

from eventtimeline.v1 import timeline_pb2 as pb

CALLER_TAKES = 4 << 20
"""Bytes of an answer where the request says nothing."""


class Sliced:
    """A text that is sliced in the units of an encoding."""

    def __init__(self, text: str, encoding: int) -> None:
        codecs: dict[int, tuple[str, int]] = {
            pb.OFFSET_ENCODING_UTF16: ("utf-16-le", 2),
            pb.OFFSET_ENCODING_UTF8: ("utf-8", 1),
        }
        # Four bytes a code point: the third encoding like the others.
        self._codec, self._unit = codecs.get(encoding, ("utf-32-le", 4))
        self._data = text.encode(self._codec)

    def at(self, span: pb.Span) -> str:
        """Return the part of a span; "" where it is no part of the text."""
        start, end = span.start * self._unit, span.end * self._unit
        if not 0 <= start < end <= len(self._data):
            return ""
        try:
            return self._data[start:end].decode(self._codec)
        except UnicodeDecodeError:
            return ""


def faults(text: str, encoding: int, answer: pb.ExtractTimelineResponse, limit: int) -> Iterator[str]:
    """Yield what is wrong with an answer, a few words each; `limit` is what the caller said that it takes, in bytes."""
    sliced, timeline = Sliced(text, encoding), answer.timeline
    yield from _texts(sliced, timeline)
    yield from _ids(answer)
    confidences = [*(time.confidence for time in timeline.times), *(event.confidence for event in timeline.events)]
    if any(not 0 <= confidence <= 1 for confidence in confidences):
        yield "a confidence is not from 0 to 1"
    if any(not 0 <= event.salience <= 1 for event in timeline.events):
        yield "a salience is not from 0 to 1"
    bounds = [
        *(time.interval for time in timeline.times if time.HasField("interval")),
        *(event.interval for event in timeline.events if event.HasField("interval")),
        *(item.interval for item in timeline.items),
    ]
    if not all(map(_sound, bounds)):
        yield "an interval ends before it starts"
    if not answer.engine_version:
        yield "there is no engine version"
    if (timeline.times or timeline.events or not answer.truncated) and answer.ByteSize() > (limit or CALLER_TAKES):
        yield f"the answer has {answer.ByteSize()} bytes, the caller takes {limit or CALLER_TAKES}"


def _texts(sliced: Sliced, timeline: pb.Timeline) -> Iterator[str]:
    for time in timeline.times:
        if sliced.at(time.span) != time.text or not time.text:
            yield f"the span of {time.id} is not its text"
    for event in timeline.events:
        if sliced.at(event.clause) != event.text:
            yield f"the clause of {event.id} is not its text"
        if not event.clause.start <= event.trigger.start < event.trigger.end <= event.clause.end or not sliced.at(
            event.trigger
        ):
            yield f"the trigger of {event.id} is not in its clause"
        if any(sliced.at(part.span) != part.text for part in event.participants):
            yield f"the span of a participant of {event.id} is not its text"
    if any(before.span.end > after.span.start for before, after in pairwise(timeline.times)):
        yield "times overlap or are out of order"
    if any(before.trigger.end > after.trigger.start for before, after in pairwise(timeline.events)):
        yield "events overlap or are out of order"


def _ids(answer: pb.ExtractTimelineResponse) -> Iterator[str]:
    timeline = answer.timeline
    times, events = {time.id for time in timeline.times}, {event.id for event in timeline.events}
    if len(times) < len(timeline.times) or len(events) < len(timeline.events) or times & events or "" in times | events:
        yield "an id is empty or names two things"
    placed = [*timeline.undated_event_ids, *(id_ for item in timeline.items for id_ in item.event_ids)]
    if sorted(placed) != sorted(events):
        yield "an event is not once on the timeline or among the undated"
    none = {""}
    said: tuple[tuple[str, Iterable[str], set[str]], ...] = (
        ("anchor_id", (time.anchor_id for time in timeline.times), times | events | none),
        ("times", (id_ for event in timeline.events for id_ in event.times), times),
        ("source_event_id", (event.source_event_id for event in timeline.events), events | none),
        ("same_as", (event.same_as for event in timeline.events), events | none),
        ("expression_id", (warning.expression_id for warning in answer.warnings), times | none),
        ("event_ids", (id_ for warning in answer.warnings for id_ in warning.event_ids), events),
    )
    for field, ids, known in said:
        if not known.issuperset(ids):
            yield f"{field} names nothing"


def _sound(interval: Interval) -> bool:
    """Tell whether an interval ends after it starts; a side at the very edge of the calendar can't be sent, so both may lack."""
    begin, finish = interval.start_time, interval.end_time
    open_ended = not (interval.HasField("start_time") and interval.HasField("end_time"))
    return open_ended or (begin.seconds, begin.nanos) < (finish.seconds, finish.nanos)
