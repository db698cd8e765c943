"""Known changes of an answer, and what JSON holds."""

from __future__ import annotations

from typing import Any

Json = Any
Answer = dict[str, Json]
VERSION = "9.9.9"


def events(answer: Answer) -> list[Json]:
    """Return the events of an answer."""
    found: list[Json] = answer["timeline"]["events"]
    return found


def times(answer: Answer) -> list[Json]:
    """Return the times of an answer."""
    found: list[Json] = answer["timeline"]["times"]
    return found


def without_event(answer: Answer, number: int) -> None:
    """Take an event away as an engine that does not find it would: later ids count one less, and all that names them."""
    timeline = answer["timeline"]
    gone = events(answer).pop(number)["id"]
    names = {event["id"]: f"e{place}" for place, event in enumerate(events(answer), 1)}
    for event in events(answer):
        for name in ("id", "sourceEventId", "sameAs"):
            if name in event:
                event[name] = names.get(event[name], "")
    for time in times(answer):
        time["anchorId"] = names.get(time.get("anchorId", ""), time.get("anchorId", ""))
    for item in timeline["items"]:
        item["eventIds"] = [names[each] for each in item["eventIds"] if each != gone]
    timeline["items"] = [item for item in timeline["items"] if item["eventIds"]]
    if "undatedEventIds" in timeline:
        timeline["undatedEventIds"] = [names[each] for each in timeline["undatedEventIds"] if each != gone]


def with_time(answer: Answer, start: int, end: int) -> None:
    """Add a time in front, so that the ids of all others count one more."""
    names = {time["id"]: f"t{place}" for place, time in enumerate(times(answer), 2)}
    for time in times(answer):
        time["id"] = names[time["id"]]
    for event in events(answer):
        if "times" in event:
            event["times"] = [names[each] for each in event["times"]]
    added = {"id": "t1", "span": {"start": start, "end": end}, "text": "x", "type": "TYPE_DATE", "value": "PAST_REF"}
    times(answer).insert(0, added | {"rule": "made_up", "explanation": "made up"})


def moved(answer: Answer, number: int, day: str) -> None:
    """Give an event another day, and its time with it."""
    event = events(answer)[number]
    interval = {"startTime": f"{day}T00:00:00Z", "endTime": f"{day}T23:59:59Z"}
    event["interval"] = interval
    event["explanation"] = f"moved to {day}"


def swapped(answer: Answer, first: int, second: int) -> None:
    """Exchange the events of two items, whatever their dates."""
    items = answer["timeline"]["items"]
    items[first]["eventIds"], items[second]["eventIds"] = items[second]["eventIds"], items[first]["eventIds"]


def by(answer: Answer, version: str = VERSION) -> Answer:
    """Return the answer as another engine would sign it, with what later engines say of themselves."""
    return answer | {"engineVersion": version, "lexiconHash": "00ff", "families": ["news"]}
