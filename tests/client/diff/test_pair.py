"""Articles are paired by id, whatever is missing, repeated or nameless, and failed ones are counted as failed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client.diff import waiting
from client.diff.pair import Pair, Runs, pairs
from client.diff.record import Record
from tests.client.diff.conftest import Diff
from tests.client.diff.edits import Answer, Json, by, events

Write = Callable[..., Path]
Line = dict[str, Json]


def error(article: str, line: int = 1) -> Line:
    return {"line": line, "articleId": article, "error": {"code": "INTERNAL", "message": "so", "field": ""}}


def articles(report: Json) -> dict[str, int]:
    """Return the counts of articles that are not 0."""
    return {name: count for name, count in report["articles"].items() if count}


def test_what_is_in_one_run_only(diff: Diff, write: Write, answers: list[Answer]) -> None:
    report = diff(write(answers[:9]), write(answers[4:]))
    assert articles(report) == {"compared": 5, "same": 5, "onlyOld": 4, "onlyNew": 3}
    assert report["different"] is True
    assert report["cases"]["articles"]["onlyOld"] == ["a00", "a01", "a02", "a03"]
    assert report["cases"]["articles"]["onlyNew"] == ["a09", "a10", "a11"]


def test_repeated_ids_pair_first_come_first_served(diff: Diff, write: Write, answers: list[Answer]) -> None:
    twice = [answers[0], answers[1] | {"articleId": "a00"}, answers[2], answers[2]]
    assert articles(diff(write(twice), write(twice))) == {"compared": 4, "same": 4}
    assert articles(diff(write(twice), write([twice[2], twice[0], twice[2], twice[1]]))) == {"compared": 4, "same": 4}
    turned = diff(write(twice), write([twice[1], twice[0], twice[2]]))
    assert articles(turned) == {"compared": 3, "same": 1, "changed": 2, "onlyOld": 1}


def test_articles_without_an_id_pair_in_order(diff: Diff, write: Write, answers: list[Answer]) -> None:
    nameless = [{name: value for name, value in answer.items() if name != "articleId"} for answer in answers]
    assert articles(diff(write(nameless), write(by(each) for each in nameless))) == {"compared": 12, "same": 12}
    mixed = [answers[0], *nameless[1:5], answers[5]]
    assert articles(diff(write(mixed), write([mixed[5], *mixed[:5]]))) == {"compared": 6, "same": 6}
    report = diff(write(mixed), write([mixed[0], *mixed[2:]]))
    assert articles(report) == {"compared": 5, "same": 2, "changed": 3, "onlyOld": 1}
    assert report["cases"]["articles"]["onlyOld"] == [""]


@pytest.mark.parametrize("name", ['q"uote', "back\\slash", "<script>", "عربي", "\u202e", "\ud800", "x" * 5000, "a\nb"])
def test_any_id_pairs(diff: Diff, answers: list[Answer], tmp_path: Path, name: str) -> None:
    lines = [answers[0] | {"articleId": name}, answers[1]]
    escaped = tmp_path / "escaped.jsonl"
    escaped.write_text("".join(json.dumps(by(line)) + "\n" for line in reversed(lines)), encoding="utf-8")
    plain = tmp_path / "plain.jsonl"
    dumped = [json.dumps(line, ensure_ascii=name == "\ud800", separators=(",", ":")) + "\n" for line in lines]
    plain.write_text("".join(dumped), encoding="utf-8")
    assert articles(diff(plain, escaped)) == {"compared": 2, "same": 2}


def test_failed_articles_count_as_failed(diff: Diff, write: Write, answers: list[Answer]) -> None:
    old = [*answers[:3], error("a03", 4), error("a04", 5), error("lost")]
    new = [answers[0], error("a01", 2), answers[2], answers[3], error("a04", 50)]
    report = diff(write(old), write(new))
    assert articles(report) == {"compared": 2, "same": 2, "failedOld": 2, "failedNew": 1, "failedBoth": 1}
    assert report["cases"]["articles"] == {"onlyOld": [], "onlyNew": [], "failedOld": ["a03", "lost"], "failedNew": ["a01"]}
    assert report["different"] is True


def test_what_fails_in_both_is_no_difference(diff: Diff, write: Write, answers: list[Answer]) -> None:
    lines = [answers[0], error("a01")]
    for other in (lines, [answers[0], error("a01", 9)]):
        report = diff(write(lines), write(other))
        assert (report["different"], articles(report)) == (False, {"compared": 1, "same": 1, "failedBoth": 1})


@pytest.fixture
def cramped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave next to no room in memory, so that what waits is in the database."""
    monkeypatch.setattr(waiting, "ROOM_LINES", 3)


def records(run: str, names: str) -> Iterator[Record]:
    """Return lines of articles of one letter, each line another."""
    for place, name in enumerate(names):
        yield Record(run, place, json.dumps(by({"articleId": name, "n": place}, run)).encode())


@pytest.mark.usefixtures("cramped")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("abcdefghij", "jihgfedcba"),
        ("aaabbbcccddd", "dcbadcbadcba"),
        ("aabbaabbccddeeffgg", "bbbbaaaaggffeeddcc"),
        ("abcdefgh", "zyxwvutsabc"),
        ("aaaaaaaaaa", "baaaaacd"),
        ("", "abcdefg"),
        ("abcdefg", ""),
    ],
)
def test_the_nth_of_an_id_meets_the_nth_of_it(old: str, new: str) -> None:
    met = list(pairs(Runs("old", "new"), records("old", old), records("new", new)))
    assert sorted(pair.old.ordinal for pair in met if pair.old) == list(range(len(old)))
    assert sorted(pair.new.ordinal for pair in met if pair.new) == list(range(len(new)))
    for pair in met:
        if pair.old and pair.new:
            places = pair.old.ordinal, pair.new.ordinal
            assert old[places[0]] == new[places[1]]
            assert old[: places[0]].count(old[places[0]]) == new[: places[1]].count(new[places[1]])
    for name in set(old + new):
        assert sum(1 for pair in met if both(pair) and named(pair) == name) == min(old.count(name), new.count(name))
    assert [pair.old.ordinal for pair in met if pair.old and not pair.new] == sorted(
        pair.old.ordinal for pair in met if pair.old and not pair.new
    )


def both(pair: Pair) -> bool:
    return bool(pair.old and pair.new)


def named(pair: Pair) -> str:
    assert pair.old
    name: str = json.loads(pair.old.data)["articleId"]
    return name


def test_equal_lines_wait_for_their_turn_where_an_earlier_one_waits(diff: Diff, write: Write, answers: list[Answer]) -> None:
    first, second = answers[0], json.loads(json.dumps(answers[0]))
    events(second)[0]["kind"] = "visit"
    report = diff(write([first, answers[1], second]), write([answers[1], answers[2], second]))
    assert articles(report) == {"compared": 2, "same": 1, "changed": 1, "onlyOld": 1, "onlyNew": 1}
