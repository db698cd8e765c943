"""Columns make articles of whatever records there are, and say what is wrong with those that make none."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from client.batch.answering import article_of, name_of
from client.batch.columns import Columns
from client.batch.job import Job
from client.batch.records import Record
from tests.client.batch.conftest import lines
from timeline import Article, InvalidArticle, Publication

Run = Callable[..., subprocess.CompletedProcess[bytes]]
NOON = dt.datetime(2024, 3, 27, 12, 0, tzinfo=dt.UTC)
DAY = dt.date(2024, 3, 27)


def read(row: object, columns: Columns) -> Article:
    """Return the article of a record."""
    return article_of(Record(1, 1, json.dumps(row).encode()), Job("", columns=columns))


def wrong(row: object, columns: Columns) -> str:
    """Return what is wrong with a record, after the field that it is about."""
    with pytest.raises(InvalidArticle) as error:
        read(row, columns)
    return str(error.value)


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("", "2024-03-27", DAY),
        ("", " 2024-03-27 ", DAY),
        ("", "2024-03-27T12:00:00Z", NOON),
        ("", "2024-03-27T15:00:00+03:00", NOON),
        ("", "2024-03-27 12:00:00", NOON.replace(tzinfo=None)),
        ("", "20240327", DAY),
        ("epoch", 1711540800, NOON),
        ("epoch", 1711540800.5, NOON.replace(microsecond=500_000)),
        ("epoch", "1711540800", NOON),
        ("epoch-ms", 1711540800000, NOON),
        ("epoch", -62135596800, dt.datetime.min.replace(tzinfo=dt.UTC)),
        ("%d/%m/%Y", "27/03/2024", dt.datetime(2024, 3, 27)),  # noqa: DTZ001 - the archive does not say in which zone
        ("%d/%m/%Y %H:%M %z", "27/03/2024 15:00 +0300", NOON),
        ("", None, None),
        ("", "", None),
        ("epoch", None, None),
    ],
)
def test_times_of_publication(form: str, value: object, expected: dt.date | None) -> None:
    publication = read({"text": "x", "at": value}, Columns(published="at", published_format=form)).publication
    assert (publication.at if publication else None) == expected


@pytest.mark.parametrize(
    ("form", "value", "says"),
    [
        ("", "27/03/2024", "at is '27/03/2024', not a date or date-time in ISO 8601; --published-format reads others"),
        ("", "2023-02-29", "at is '2023-02-29', not a date"),
        ("", 1711540800, "at is 1711540800, not a date"),
        ("", True, "at is True, not a date"),
        ("", ["2024"], "at is ['2024'], not a date"),
        ("", "x" * 99, f"at is '{'x' * 39}..., not a date"),
        ("epoch", "soon", "at is 'soon', not what epoch says"),
        ("epoch", 1e300, "not what epoch says"),
        ("epoch", float("nan"), "at is nan, not what epoch says"),
        ("epoch", True, "at is True, not what epoch says"),
        ("epoch-ms", 10**18, "not what epoch-ms says"),
        ("epoch", 10**400, "not what epoch says"),
        ("%d/%m/%Y", "2024-03-27", "at is '2024-03-27', not what %d/%m/%Y says"),
        ("%d/%m/%Y", 27032024, "at is 27032024, not what %d/%m/%Y says"),
    ],
)
def test_what_is_no_time_of_publication(form: str, value: object, says: str) -> None:
    said = wrong({"text": "x", "at": value}, Columns(published="at", published_format=form))
    assert said.startswith("article.publication.publish_time: ")
    assert says in said


@pytest.mark.parametrize("depth", [100, 900, *range(930, 1000, 2), 1100, 100_000])
def test_what_is_nested_deeply_is_no_bug(depth: int) -> None:
    data = b'{"id": "a", "text": ' + b"[" * depth + b"]" * depth + b"}"
    for columns in (Columns(), Columns(published="text", text=("x",)), Columns(id="text", text=("x",))):
        with pytest.raises(InvalidArticle):
            article_of(Record(1, 1, data), Job("", columns=columns))


def test_names_may_be_nested_or_have_dots() -> None:
    columns = Columns("meta.id", ("head.line", "content.body"), "meta.when.at", "", "meta.zone", "where.cc")
    row = {
        "meta": {"id": 7, "when": {"at": "2024-03-27"}, "zone": "Asia/Riyadh"},
        "head.line": "one",
        "content": {"body": "two"},
        "where": {"cc": "SA"},
    }
    assert read(row, columns) == Article("one\ntwo", Publication(DAY, "Asia/Riyadh", "SA"), "7")
    assert read({"content": {"body": "two"}, "meta": 3, "where": []}, columns) == Article("two", None, "")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"text": 7}, "article.text: text is 7, not a string"),
        ({"text": {"ar": "x"}}, "article.text: text is {'ar': 'x'}, not a string"),
        ({"text": "x", "zone": 3}, "article.publication.time_zone: zone is 3, not a string"),
        ({"text": "x", "land": ["SA"]}, "article.publication.country: land is ['SA'], not a string"),
        ({"text": "x", "id": ["a"]}, "article.id: id is ['a'], not a string or a number"),
        ([1], "article: not a JSON object"),
    ],
)
def test_what_has_the_wrong_type(row: object, says: str) -> None:
    assert wrong(row, Columns(zone="zone", country="land")).startswith(says)


@pytest.mark.parametrize(
    ("value", "name"), [(7, "7"), ("a", "a"), (None, ""), (1.5, "1.5"), (10**30, str(10**30)), ("\ud800", "\ufffd")]
)
def test_ids(value: object, name: str) -> None:
    assert read({"uid": value, "text": "x"}, Columns("uid")).id == name


@pytest.mark.parametrize(("value", "name"), [(7, "7"), ("a", "a"), (None, ""), (1.5, "1.5"), ("\ud800", "\ufffd")])
@pytest.mark.parametrize("column", ["uid", "meta.uid"])
def test_letters_name_the_same_ids(value: object, name: str, column: str) -> None:
    row: object = {"uid": value} if column == "uid" else {"meta": {"uid": value}}
    assert name_of(Record(1, 1, json.dumps(row).encode()), Job("", columns=Columns(column))) == name


def test_columns_on_the_command_line(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    rows = [
        {"uid": 1, "title": "أعلن الوزير", "body": "وصل الرئيس يوم الجمعة", "date": "2024-03-27"},
        {"uid": 2, "title": "أعلن الوزير", "body": None, "date": "2024-03-27T22:30:00Z"},
        {"uid": 3.5, "title": 4, "body": "x", "date": "2024-03-27"},
        {"uid": "\ud800", "title": "x \udfff", "body": "x", "date": None},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    options = (
        "--id",
        "uid",
        "--text",
        "title",
        "--text",
        "body",
        "--published",
        "date",
        "--country",
        "SA",
        "--zone",
        "Asia/Riyadh",
    )
    done = run("batch", source, f"{out}/", *options)
    assert done.returncode == 1, done.stderr
    first, second, odd = map(json.loads, lines(out))
    assert (first["articleId"], second["articleId"]) == ("1", "2")
    assert odd["articleId"] == "\ufffd"
    # Friday in a Saudi paper of 27 March: midnight of Riyadh is 21:00 of the day before in UTC.
    starts = [event.get("interval", {}).get("startTime", "") for event in first["timeline"]["events"]]
    assert any(start.endswith("T21:00:00Z") for start in starts)
    (letter,) = map(json.loads, lines(out, "*.dead.ndjson"))
    assert (letter["articleId"], letter["line"], letter["error"]["field"]) == ("3.5", 3, "article.text")
    assert letter["error"]["message"] == "title is 4, not a string"


@pytest.mark.parametrize(
    ("column", "says"),
    [("date", ""), ("dated", "taken from dated"), ("", "--published names its column")],
    ids=["right", "wrong", "none"],
)
def test_articles_without_a_time_of_publication_are_told(run: Run, tmp_path: Path, column: str, says: str) -> None:
    rows = ({"id": f"a{number}", "text": "وصل الوفد أمس.", "date": "2024-03-27"} for number in range(3))
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    options = ("--id", "id", *(("--published", column) if column else ()))
    for turn in ("the first", "the second, in which nothing is to do"):
        done = run("batch", tmp_path / "in.jsonl", f"{tmp_path}/out/", *options)
        assert done.returncode == 0, turn
        told = [line for line in done.stderr.decode().splitlines() if "time of publication" in line]
        assert ([line.split(": ", 1)[1].startswith("3 articles") for line in told], all(says in line for line in told)) == (
            [True] if says else [],
            True,
        )
