"""Known changes of real answers come back as exactly these, whatever became of ids and of the order of lines."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.client.diff.conftest import Diff
from tests.client.diff.edits import Answer, Json, by, events, moved, swapped, times, with_time, without_event

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Write = Callable[..., Path]
EVENTS = ("added", "removed", "redated", "changed", "reordered", "reworded")


def counted(counts: Json) -> dict[str, int]:
    """Return the counts that are not 0."""
    return {name: count for name, count in counts.items() if count}


def copy(answers: list[Answer]) -> list[Answer]:
    copied: list[Answer] = json.loads(json.dumps(answers))
    return copied


def found(diff: Diff, write: Write, answers: list[Answer], edit: Callable[[list[Answer]], None], *options: str) -> Json:
    """Return what is found between answers and what an edit makes of them under another engine."""
    edited = copy(answers)
    edit(edited)
    return diff(write(answers), write(by(answer) for answer in edited), *options)


def test_a_run_is_the_same_as_itself(run: Run, write: Write, answers: list[Answer]) -> None:
    path = write(answers)
    done = run("diff", path, path, "--exit-code")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[0] == "no differences; 12 articles compared"


def test_another_engine_is_no_difference(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda _: None)
    assert report["different"] is False
    assert counted(report["articles"]) == {"compared": 12, "same": 12}
    assert report["new"]["engines"] == [{"engineVersion": "9.9.9", "lexiconHash": "00ff", "answers": 12}]
    assert report["rules"] == report["kinds"] == {}


def test_fields_in_another_order_are_no_difference(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = diff(write(answers), write(dict(reversed(by(answer).items())) for answer in answers))
    assert counted(report["articles"]) == {"compared": 12, "same": 12}


def test_an_event_that_vanished_renumbers_the_others_and_no_more(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: without_event(new[3], 0))
    assert counted(report["articles"]) == {"compared": 12, "same": 11, "changed": 1}
    assert (counted(report["events"]), counted(report["times"])) == ({"removed": 1}, {})
    (case,) = report["cases"]["events"]["removed"]
    assert (case["articleId"], case["kind"], case["words"]) == ("a03", "resignation", "استقال")
    assert case["sentence"] == "استقال المدير أمس"
    assert case["new"] is None
    assert case["old"]["times"] == [{"text": "أمس", "span": {"start": 14, "end": 17}, "rule": "deictic_day"}]
    assert case["old"]["explanation"]
    assert "id" not in case["old"]


def test_an_event_that_appeared(diff: Diff, write: Write, answers: list[Answer]) -> None:
    old = copy(answers)
    without_event(old[3], 1)
    report = diff(write(old), write(answers))
    assert (counted(report["events"]), counted(report["times"])) == ({"added": 1}, {})
    assert report["cases"]["events"]["added"][0]["old"] is None
    assert {name: counted(counts) for name, counts in report["kinds"].items()} == {"visit": {"added": 1}}
    assert {name: counted(group["events"]) for name, group in report["rules"].items()} == {"weekday": {"added": 1}}


def test_a_link_to_an_event_that_vanished_is_a_change(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: without_event(new[0], 0))
    assert counted(report["events"]) == {"removed": 1, "changed": 1}
    assert report["fields"]["events"] == {"sourceEventId": 1}
    (case,) = report["cases"]["events"]["changed"]
    assert case["old"]["sourceEventId"]["text"] == "أعلن"


def test_a_time_that_appeared_renumbers_the_others_and_no_more(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: with_time(new[0], 5, 11))
    assert (counted(report["events"]), counted(report["times"])) == ({}, {"added": 1})
    (case,) = report["cases"]["times"]["added"]
    assert case["sentence"] == "أعلن الوزير يوم الاثنين"
    assert case["words"] == "الوزير"
    assert report["rules"].keys() == {"made_up"}


def test_a_time_outside_of_every_clause_stands_for_itself(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: with_time(new[0], 900, 901))
    assert report["cases"]["times"]["added"][0]["sentence"] == "x"


def test_a_moved_date_with_both_explanations(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        moved(new[1], 0, "2024-03-09")
        times(new[1])[0]["value"] = "2024-03-09TEV"

    report = found(diff, write, answers, edit)
    assert (counted(report["events"]), counted(report["times"])) == ({"redated": 1}, {"redated": 1})
    (case,) = report["cases"]["events"]["redated"]
    assert case["fields"] == ["interval"]
    assert case["new"]["explanation"] == "moved to 2024-03-09"
    assert case["old"]["explanation"] not in ("", case["new"]["explanation"])
    assert counted(report["rules"]["part_of+weekday"]["times"]) == {"redated": 1}


@pytest.mark.parametrize("field", ["grain", "relation", "interval"])
def test_each_part_of_a_date_counts(diff: Diff, write: Write, answers: list[Answer], field: str) -> None:
    report = found(diff, write, answers, lambda new: events(new[2])[0].pop(field))
    assert counted(report["events"]) == {"redated": 1}


def test_what_a_date_rests_on_is_a_change_only_where_the_date_stays(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        events(new[2])[0]["basis"] = "BASIS_INFERRED"
        events(new[6])[0]["basis"] = "BASIS_INFERRED"
        moved(new[6], 0, "2024-03-09")

    report = found(diff, write, answers, edit)
    assert counted(report["events"]) == {"redated": 1, "changed": 1}
    assert report["cases"]["events"]["redated"][0]["fields"] == ["interval", "basis"]
    assert report["fields"]["events"] == {"basis": 1}


def test_changed_fields_are_named(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        events(new[2])[0] |= {"kind": "visit", "tense": "TENSE_NONE", "participants": []}
        events(new[6])[1] |= {"sameAs": "e1", "madeUp": 1}
        times(new[6])[0] |= {"mod": "MOD_APPROX", "anchorId": "e2"}

    report = found(diff, write, answers, edit)
    assert (counted(report["events"]), counted(report["times"])) == ({"changed": 2}, {"changed": 1})
    assert report["fields"]["events"] == {"kind": 1, "madeUp": 1, "participants": 1, "sameAs": 1, "tense": 1}
    assert report["fields"]["times"] == {"anchorId": 1, "mod": 1}
    assert {name: counted(counts) for name, counts in report["kinds"].items()} == {
        "launch": {"changed": 1},
        "start": {"changed": 1},
        "visit": {"changed": 1},
    }


def test_defaults_that_are_written_out_are_no_change(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        events(new[2])[0] |= {"sameAs": "", "sourceEventId": ""}
        times(new[2])[0] |= {"mod": "MOD_UNSPECIFIED", "quant": ""}

    report = found(diff, write, answers, edit)
    assert (counted(report["events"]), counted(report["times"])) == ({}, {})
    assert report["different"] is False


def test_swapped_items_are_re_ordered(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: swapped(new[3], 0, 1))
    assert counted(report["events"]) == {"reordered": 2}
    first, second = report["cases"]["events"]["reordered"]
    assert [case["words"] for case in (first, second)] == ["زار", "وقعت"]
    assert first["beside"] == {"words": "وقعت", "span": second["span"], "old": "before", "new": "after"}


def test_items_that_became_one_are_re_ordered(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        items = new[3]["timeline"]["items"]
        items[0]["eventIds"] += items.pop(1)["eventIds"]

    report = found(diff, write, answers, edit)
    assert counted(report["events"]) == {"reordered": 2}
    assert report["cases"]["events"]["reordered"][0]["beside"]["new"] == "with"


def test_who_passes_a_moved_event_is_not_re_ordered(diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        moved(new[3], 1, "2024-03-30")
        items = new[3]["timeline"]["items"]
        items.append(items.pop(0))

    assert counted(found(diff, write, answers, edit)["events"]) == {"redated": 1}


def test_weights_and_wording_are_counted_apart(run: Run, diff: Diff, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        events(new[0])[0] |= {"confidence": 0.1, "salience": 0.2}
        events(new[0])[1]["explanation"] = "otherwise"
        times(new[1])[0]["explanation"] = "otherwise"
        times(new[4])[0]["alternatives"][0]["confidence"] = 0.001

    report = found(diff, write, answers, edit)
    assert report["different"] is False
    assert counted(report["articles"]) == {"compared": 12, "same": 9, "reworded": 3}
    assert (counted(report["events"]), counted(report["times"])) == ({"reworded": 2}, {"reworded": 2})
    assert "reworded" not in report["cases"]["events"]
    assert "reworded" not in report["cases"]["articles"]
    strict = found(diff, write, answers, edit, "--reworded")
    assert strict["different"] is True
    assert [case["fields"] for case in strict["cases"]["events"]["reworded"]] == [["confidence", "salience"], ["explanation"]]
    new = copy(answers)
    edit(new)
    old_path, new_path = write(answers), write(new)
    assert run("diff", old_path, new_path, "--exit-code").returncode == 0
    assert run("diff", old_path, new_path, "--exit-code", "--reworded").returncode == 1


def test_another_reading_is_a_change(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = found(diff, write, answers, lambda new: times(new[0])[0].pop("alternatives"))
    assert counted(report["times"]) == {"changed": 1}
    assert report["fields"]["times"] == {"alternatives": 1}


def test_warnings_and_cuts_are_differences(diff: Diff, write: Write, answers: list[Answer]) -> None:
    warning = {"code": "WARNING_CODE_WEEKDAY_MISMATCH", "message": "so", "expressionId": "t1"}

    def edit(new: list[Answer]) -> None:
        new[0]["warnings"] = [warning]
        new[1]["truncated"] = True

    report = found(diff, write, answers, edit)
    assert report["warnings"] == {"added": 1, "removed": 0}
    assert report["truncated"] == 1
    assert counted(report["articles"]) == {"compared": 12, "same": 10, "changed": 2}
    old = [answers[0] | {"warnings": [warning]}]
    assert found(diff, write, old, lambda new: new[0]["warnings"][0].update(message="or so"))["articles"]["reworded"] == 1


def test_long_warnings_leave_an_answer_the_same(diff: Diff, write: Write, answers: list[Answer]) -> None:
    answers[0]["warnings"] = [{"code": "WARNING_CODE_WEEKDAY_MISMATCH", "message": "so " * 2000}]
    assert counted(found(diff, write, answers, lambda _: None)["articles"]) == {"compared": 12, "same": 12}


def test_two_events_of_one_word_are_told_apart_by_their_order(diff: Diff, write: Write, answers: list[Answer]) -> None:
    twins = copy(answers[2:3])
    events(twins[0]).append(events(twins[0])[0] | {"id": "e9", "kind": "visit"})
    assert counted(found(diff, write, twins, lambda new: events(new[0])[2].update(kind="match"))["events"]) == {"changed": 1}
    assert counted(found(diff, write, twins, lambda new: events(new[0]).pop())["events"]) == {"removed": 1}


def test_the_order_of_lines_does_not_matter(diff: Diff, write: Write, answers: list[Answer]) -> None:
    new = copy(answers)
    moved(new[1], 0, "2024-03-09")
    without_event(new[7], 0)
    for number in (2, 5, 6, 10):
        events(new[number])[0]["kind"] = "visit"
    new = [by(answer) for answer in [*new[:4], *new[5:]]]
    reports = []
    for seed in range(4):
        olds, news = list(answers), list(new)
        if seed:
            random.Random(seed).shuffle(news)  # noqa: S311
        if seed > 1:
            random.Random(seed).shuffle(olds)  # noqa: S311
        report = diff(write(olds), write(news), "--examples", "2")
        reports.append(report | {"old": None, "new": None})
    assert reports[1:] == reports[:1] * 3
    assert [case["articleId"] for case in reports[0]["cases"]["events"]["changed"]] == ["a02", "a05"]
    assert reports[0]["events"]["changed"] == 4


def test_examples_are_bounded_and_may_be_none(diff: Diff, run: Run, write: Write, answers: list[Answer]) -> None:
    def edit(new: list[Answer]) -> None:
        for answer in new:
            events(answer)[0]["kind"] = "visit"

    for most in (0, 1, 5):
        report = found(diff, write, answers, edit, "--examples", str(most))
        assert report["events"]["changed"] == 12
        assert len(report["cases"]["events"]["changed"]) == most
    for bad in ("-1", "x", "99999"):
        assert run("diff", "a", "b", "--examples", bad).returncode == 64
