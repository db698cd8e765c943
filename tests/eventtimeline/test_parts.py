"""An answer cut to size: under the limit, what stands first in the text, no id that points nowhere."""

from __future__ import annotations

import pytest

from eventtimeline import mapping
from eventtimeline.parts import fit
from eventtimeline.v1 import timeline_pb2 as pb
from timeline import Article, Extractor, Publication

TEXT = (
    "زار الوزير القاهرة أمس، وقال في مؤتمر صحفي يوم الأحد إن الاتفاق سيوقع الأسبوع المقبل. "
    "وبعد يومين من الزيارة التقى نظيره في عمان، ثم غادر إلى بغداد في 3 مارس 2024. "
) * 20


@pytest.fixture(scope="module")
def full() -> pb.ExtractTimelineResponse:
    article = Article(TEXT, Publication(country="EG"), "a")
    return mapping.timeline_to_response(Extractor().extract(article), article)


def cut(full: pb.ExtractTimelineResponse, limit: int) -> pb.ExtractTimelineResponse:
    answer = pb.ExtractTimelineResponse.FromString(full.SerializeToString())
    fit(answer, limit)
    return answer


def test_an_answer_at_the_limit_is_left_alone(full: pb.ExtractTimelineResponse) -> None:
    assert cut(full, full.ByteSize()) == full
    assert cut(full, full.ByteSize() - 1).truncated


@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
def test_a_larger_one_keeps_what_stands_first_and_fills_most_of_the_limit(
    full: pb.ExtractTimelineResponse, share: float
) -> None:
    limit = int(full.ByteSize() * share)
    answer = cut(full, limit)
    assert answer.truncated
    assert 0.85 * limit < answer.ByteSize() <= limit
    events, times = answer.timeline.events, answer.timeline.times
    assert [event.id for event in events] == [event.id for event in full.timeline.events[: len(events)]]
    assert [time.id for time in times] == [time.id for time in full.timeline.times[: len(times)]]
    ids = {event.id for event in events}
    shown = [id_ for item in answer.timeline.items for id_ in item.event_ids] + list(answer.timeline.undated_event_ids)
    assert sorted(shown) == sorted(ids)
    known = {*ids, *(time.id for time in times), ""}
    assert {event.source_event_id for event in events} | {event.same_as for event in events} <= known
    assert {id_ for event in events for id_ in event.times} | {time.anchor_id for time in times} <= known
    named = {warning.expression_id for warning in answer.warnings} | {id_ for w in answer.warnings for id_ in w.event_ids}
    assert named <= known


def test_no_room_at_all_leaves_the_frame(full: pb.ExtractTimelineResponse) -> None:
    answer = cut(full, 1)
    assert answer.truncated
    assert answer.article_id == "a"
    assert not answer.timeline.events
    assert not answer.timeline.times
