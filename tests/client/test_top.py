"""`timeline extract --top`: the events most worth showing, here and over gRPC, in their order and with no id that points nowhere."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from google.protobuf.json_format import Parse

from eventtimeline.v1 import timeline_pb2 as pb
from scripts.local_server import local_server

Run = Callable[..., subprocess.CompletedProcess[bytes]]
SEED = Path(__file__).parent.parent.parent / "seeds" / "000_2bec395e0abb6206.txt"
CONTEXT = ("--published", "2024-03-27T20:00+02:00", "--country", "EG", "--format", "jsonl")


def read(run: Run, *more: str) -> pb.ExtractTimelineResponse:
    done = run("extract", SEED, *CONTEXT, *more)
    assert done.returncode == 0, done.stderr
    return Parse(done.stdout, pb.ExtractTimelineResponse())


@pytest.mark.parametrize("count", [1, 4, 1000])
def test_the_most_salient_events_are_kept(run: Run, count: int) -> None:
    full, top = read(run), read(run, "--top", str(count))
    first = [event for event in full.timeline.events if not event.same_as]
    kept = {event.id for event in top.timeline.events}
    assert len(kept) == min(count, len(first))
    assert kept <= {event.id for event in first}
    least = min(event.salience for event in top.timeline.events)
    assert all(event.salience <= least for event in first if event.id not in kept)
    assert [event.id for event in top.timeline.events] == [event.id for event in first if event.id in kept]


def test_what_is_kept_hangs_together(run: Run) -> None:
    full, top = read(run).timeline, read(run, "--top", "5").timeline
    kept = {event.id for event in top.events}
    shown = [id_ for item in top.items for id_ in item.event_ids] + list(top.undated_event_ids)
    assert sorted(shown) == sorted(kept)
    order = [id_ for item in full.items for id_ in item.event_ids if id_ in kept]
    assert [id_ for item in top.items for id_ in item.event_ids] == order
    assert all(event.source_event_id in {"", *kept} for event in top.events)
    assert list(top.times)[-1].text == list(full.times)[-1].text
    assert len(top.times) == len(full.times)


def test_a_server_gives_the_same(run: Run) -> None:
    with local_server(workers=1) as server:
        assert read(run, "--top", "3", "--server", server.address) == read(run, "--top", "3")


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5"])
def test_a_wrong_number_is_refused(run: Run, count: str) -> None:
    done = run("extract", SEED, "--top", count)
    assert done.returncode == 64
    assert b"number of events" in done.stderr
