"""Parquet in and out: row groups are shards, types are those of the schema, values those of the JSON answers."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from client.batch.answering import article_of
from client.batch.columns import Columns
from client.batch.job import ARTICLES, EVENTS, PARQUET, Job
from client.batch.records import Records
from client.batch.rows import rows_of, schema
from client.batch.shards import Shard
from client.batch.writers import writer
from client.exits import Exit, Failure
from tests.client.batch.conftest import DONE, SMALL, ids, lines, manifests, outputs
from timeline import InvalidArticle

Run = Callable[..., subprocess.CompletedProcess[bytes]]
NAMED = ("--id", "key", "--text", "title", "--text", "body.text", "--published", "body.day", "--country", "SA")
DAY = dt.date(2024, 3, 27)
NOON = dt.datetime(2024, 3, 27, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def table(articles: list[bytes]) -> pa.Table:
    """Return articles as a table: numbers for ids, the text and the day nested, and much that is no concern of a batch."""
    texts = [json.loads(line)["text"] for line in articles[:DONE]]
    rows = [
        {"noise": b"\xff" * 500, "title": text[:20], "body": {"day": DAY, "text": text[20:], "n": 1}, "key": number}
        for number, text in enumerate(texts)
    ]
    kinds = pa.schema(
        [("noise", pa.binary()), ("title", pa.string()),
         ("body", pa.struct([("day", pa.date32()), ("text", pa.string()), ("n", pa.int8())])), ("key", pa.int64())]
    )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=kinds)


def test_row_groups_are_cut_into_shards_and_no_row_is_lost(run: Run, table: pa.Table, tmp_path: Path) -> None:
    source, rows = tmp_path / "in" / "a.parquet", tmp_path / "rows.jsonl"
    source.parent.mkdir()
    pq.write_table(table, source, row_group_size=7, compression="none")
    rows.write_bytes(b"".join(json.dumps(row, default=_plain).encode() + b"\n" for row in table.to_pylist()))
    cut, whole = tmp_path / "cut", tmp_path / "whole"
    assert run("batch", source.parent, f"{cut}/", *NAMED, "--shard-size", "20K").returncode == 0
    shards = list(manifests(cut).values())
    assert len(shards) > 2
    groups = [(shard["input"]["start"], shard["input"]["end"]) for shard in shards]
    assert [start for start, _ in groups] == [0, *[end for _, end in groups[:-1]]]
    assert groups[-1][1] == 9
    assert ids(cut) == [str(number) for number in range(DONE)]
    # The same rows as JSON lines have the same answers.
    assert run("batch", rows, whole, *NAMED, "--format", "jsonl").returncode == 0
    assert lines(cut) == whole.read_bytes().splitlines()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (None, "it has no column text; its columns are noise, title, body, key"),
        (Columns(text=("body.txt",)), "it has no column body.txt; its columns are"),
        (Columns(text=("title",), published="date", country="land"), "it has no column date, land; its columns are"),
        (Columns("uid", ("title",)), "it has no column uid; its columns are"),
    ],
)
def test_a_column_that_is_not_there_is_said_of_the_file(
    table: pa.Table, tmp_path: Path, columns: Columns | None, says: str
) -> None:
    source = tmp_path / "a.parquet"
    pq.write_table(table, source)
    with pytest.raises(Failure, match=says) as failed:
        next(iter(Records(Shard("", str(source), PARQUET, "", 0, -1, 1, ""), 10, columns.needed() if columns else None)))
    assert failed.value.code == Exit.INVALID


def test_a_column_that_is_not_there_leaves_no_letters(run: Run, table: pa.Table, tmp_path: Path) -> None:
    source = tmp_path / "a.parquet"
    pq.write_table(table, source)
    failed = run("batch", source, f"{tmp_path}/out/", "--text", "titel")
    assert failed.returncode == 65
    assert f"{source}: it has no column titel; its columns are noise" in failed.stderr.decode()
    assert not list(tmp_path.rglob("*.ndjson"))


def published(tmp_path: Path, column: pa.Array, form: str = "") -> Iterator[dt.datetime | dt.date | str | None]:
    """Yield the times of publication that rows have, or what is wrong with them."""
    source = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": ["x"] * len(column), "at": column}), source)
    job = Job("", columns=Columns(published="at", published_format=form))
    shard = Shard("", str(source), PARQUET, "", 0, -1, 1, "")
    for record in Records(shard, job.longest, job.columns.needed() if job.columns else None):
        try:
            publication = article_of(record, job).publication
            yield publication.at if publication else None
        except InvalidArticle as error:
            yield f"{error.field}: {error.reason}"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([DAY, None], pa.date32()), [DAY, None]),
        (pa.array([DAY, None], pa.date64()), [DAY, None]),
        (pa.array([NOON.replace(tzinfo=None)], pa.timestamp("us")), [NOON.replace(tzinfo=None)]),
        (pa.array([NOON], pa.timestamp("s", "Asia/Riyadh")), [NOON]),
        (pa.array([NOON], pa.timestamp("ms", "+03:00")), [NOON]),
        (pa.array([1_711_540_800_000_000_001, None], pa.timestamp("ns", "UTC")), [NOON, None]),
        (
            pa.array(["2024-03-27", "2024-03-27T12:00:00Z", "2024-03-27T15:00+03:00", "", None, " 2024-03-27\n"]),
            [DAY, NOON, NOON, None, None, DAY],
        ),
        (pa.array(["2024-03-27", "2024-03-27T12:00:00Z"]).dictionary_encode(), [DAY, NOON]),
    ],
)
def test_times_of_publication(tmp_path: Path, column: pa.Array, expected: list[object]) -> None:
    assert list(published(tmp_path, column)) == expected


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (pa.array([10**9, 19_809], pa.date32()), "a value that can't be read"),
        (pa.array([10**18, 1_711_540_800_000_000], pa.timestamp("us", "UTC")), "a value that can't be read"),
        (pa.array(["yesterday", "2024-03-27"]), "article.publication.publish_time: at is 'yesterday', not a date"),
    ],
)
def test_a_time_that_is_none_costs_its_row_only(tmp_path: Path, column: pa.Array, says: str) -> None:
    bad, good = published(tmp_path, column)
    assert isinstance(bad, str)
    assert says in bad
    assert good in (DAY, NOON)


def test_a_column_may_have_a_dot_in_its_name(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    pq.write_table(pa.table({"body.text": ["x"], "body": ["y"], "other": [1]}), source)
    job = Job("", columns=Columns(text=("body.text",)))
    (record,) = Records(Shard("", str(source), PARQUET, "", 0, -1, 1, ""), 10, ["body.text"])
    assert article_of(record, job).text == "x"
    assert isinstance(record.data, dict)
    assert "other" not in record.data


def test_what_is_no_parquet_gets_a_letter(run: Run, table: pa.Table, tmp_path: Path) -> None:
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    pq.write_table(table, news / "good.parquet", row_group_size=20)
    data = (news / "good.parquet").read_bytes()
    (news / "cut.parquet").write_bytes(data[: len(data) // 2])
    (news / "text.parquet").write_bytes(b"PAR1 is what it is not")
    (news / "empty.parquet").write_bytes(b"")
    middle = len(data) // 2
    (news / "torn.parquet").write_bytes(data[:middle] + bytes(200) + data[middle + 200 :])
    done = run("batch", news, f"{out}/", *NAMED)
    assert (done.returncode, "Traceback" in done.stderr.decode()) == (1, False), done.stderr
    for name in ("cut", "text", "empty", "torn"):
        letter = json.loads(lines(out, f"{name}.parquet-*.ndjson")[-1])
        assert "not Parquet that can be read" in letter["error"]["message"]
        assert "what comes after this place is not read" in letter["error"]["message"]
        assert letter["error"]["code"] == "INVALID_ARGUMENT"
    assert len(lines(out, "good.parquet-*.jsonl")) == DONE


@pytest.fixture(scope="module")
def exploded(run: Run, finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with answers in other forms: articles and events in Parquet, events in JSON lines."""
    root = tmp_path_factory.mktemp("forms")
    news = finished / "news"
    for out, options in {
        "articles": ("--format", "parquet"),
        "events": ("--format", "parquet", "--explode", "events"),
        "again": ("--format", "parquet", "--explode", "events", "--workers", "1"),
        "lines": ("--explode", "events"),
    }.items():
        assert run("batch", news, f"{root / out}/", *SMALL, *options).returncode == 0
    return root


def test_files_of_parquet_are_always_alike(exploded: Path) -> None:
    assert outputs(exploded / "events") == outputs(exploded / "again")
    for rows, folder in ((ARTICLES, "articles"), (EVENTS, "events")):
        for path in (exploded / folder).rglob("*.parquet"):
            assert pq.read_schema(path).equals(schema(rows))


def test_a_folder_is_read_as_one_table(exploded: Path, done: Path) -> None:
    answers = {answer["articleId"]: answer for answer in map(json.loads, lines(done))}
    found = ds.dataset(exploded / "articles", exclude_invalid_files=True).to_table().to_pylist()
    assert sorted(row["article_id"] for row in found) == sorted(answers)
    for row in found:
        answer = answers[row["article_id"]]
        assert _kept(_as_json(row)) == _kept(
            {**answer.get("timeline", {}), **{k: v for k, v in answer.items() if k != "timeline"}}
        )


def _as_json(value: Any) -> Any:  # noqa: ANN401
    match value:
        case dict():
            return {_camel(name): _as_json(inner) for name, inner in value.items()}
        case list():
            return [_as_json(inner) for inner in value]
        case dt.datetime():
            assert value.utcoffset() == dt.timedelta()
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _kept(value: Any) -> Any:  # noqa: ANN401
    """Return a value of JSON without what protobuf leaves out, and numbers as floats of 32 bits hold them."""
    match value:
        case dict():
            return {name: kept for name, inner in value.items() if (kept := _kept(inner)) not in (None, "", 0, [], False)}
        case list():
            return [_kept(inner) for inner in value]
        case float():
            return pytest.approx(value, rel=1e-6)
    return value


def test_an_event_is_a_row_and_none_is_lost(exploded: Path, done: Path) -> None:
    answers = [json.loads(line) for line in lines(done)]
    events = {(answer["articleId"], event["id"]): event for answer in answers for event in answer["timeline"].get("events", ())}
    found = ds.dataset(exploded / "events", exclude_invalid_files=True).to_table().to_pylist()
    assert sorted((row["article_id"], row["event_id"]) for row in found) == sorted(events)
    items = {
        (answer["articleId"], id_): number
        for answer in answers
        for number, item in enumerate(answer["timeline"].get("items", ()))
        for id_ in item["eventIds"]
    }
    times = {(answer["articleId"], time["id"]): time for answer in answers for time in answer["timeline"].get("times", ())}
    for row in found:
        event = events[row["article_id"], row["event_id"]]
        assert row["item"] == items.get((row["article_id"], row["event_id"]))
        assert row["kind"] == event["kind"]
        assert _as_json(row["start_time"]) == event.get("interval", {}).get("startTime")
        assert _as_json(row["end_time"]) == event.get("interval", {}).get("endTime")
        assert (row["trigger_start"], row["trigger_end"]) == (event["trigger"].get("start", 0), event["trigger"]["end"])
        dating = [times[row["article_id"], id_] for id_ in event.get("times", ())]
        assert row["time_texts"] == [time["text"] for time in dating]
        assert row["rules"] == [time["rule"] for time in dating]
        agents = [each["text"] for each in event.get("participants", ()) if each["role"] == "ROLE_AGENT"]
        assert (row["agent"] in agents) if agents else row["agent"] is None
    # The same in JSON lines.
    as_lines = {(row["article_id"], row["event_id"]): row for row in map(json.loads, lines(exploded / "lines"))}
    assert len(as_lines) == len(found)
    for row in found:
        line = as_lines[row["article_id"], row["event_id"]]
        assert list(line) == list(row)
        for name in ("start_time", "end_time"):
            line[name] = line[name] and dt.datetime.fromisoformat(line[name])
        assert _kept(line) == _kept(row)


def test_the_first_and_the_last_years() -> None:
    answer = {
        "articleId": "a",
        "timeline": {"events": [{"id": "e1", "trigger": {"end": 3}, "clause": {"start": 1, "end": 9}, "interval": span}]},
    } if (span := {"startTime": "0001-01-01T00:00:00Z", "endTime": "9999-12-31T23:59:59.999999Z"}) else {}  # fmt: skip
    for rows in (ARTICLES, EVENTS):
        file = io.BytesIO()
        into = writer(file, Job("", form=PARQUET, rows=rows))
        into.write(json.dumps(answer).encode())
        into.close()
        (row,) = pq.read_table(pa.BufferReader(file.getvalue())).to_pylist()
        interval = row if rows == EVENTS else row["events"][0]["interval"]
        assert interval["start_time"] == dt.datetime(1, 1, 1, tzinfo=dt.UTC)
        assert interval["end_time"] == dt.datetime.max.replace(tzinfo=dt.UTC)
        assert row["families"] == []
        if rows == EVENTS:
            assert (row["trigger_start"], row["clause_start"], row["agent"], row["item"], row["rules"]) == (
                0,
                1,
                None,
                None,
                [],
            )
        else:
            assert (row["times"], row["truncated"], row["events"][0]["trigger"]) == ([], False, {"start": 0, "end": 3})


def test_what_protobuf_leaves_out_is_in_a_row() -> None:
    timeline = {
        "times": [{"id": "t1", "span": {"end": 3}}],
        "events": [{"id": "e1", "trigger": {"end": 3}, "clause": {}, "interval": {"endTime": "2024-03-27T21:00:00Z"}}],
    }
    row, *none = rows_of(json.dumps({"timeline": timeline}).encode(), ARTICLES)
    assert none == []
    assert {name: row[name] for name in ("article_id", "items", "families", "truncated")} == {
        "article_id": None, "items": [], "families": [], "truncated": False,
    }  # fmt: skip
    (time,), (event,) = row["times"], row["events"]
    assert (time["span"], time["interval"], time["alternatives"]) == ({"start": 0, "end": 3}, None, [])
    assert (event["trigger"], event["clause"], event["participants"]) == ({"start": 0, "end": 3}, {"start": 0, "end": 0}, [])
    end = dt.datetime(2024, 3, 27, 21, tzinfo=dt.UTC)
    assert event["interval"] == {"start_time": None, "end_time": end}
    (flat,) = rows_of(json.dumps({"timeline": timeline}).encode(), EVENTS)
    assert (flat["event_id"], flat["trigger_start"], flat["clause_end"], flat["end_time"]) == ("e1", 0, 0, end)


def test_parquet_takes_its_memory_from_malloc() -> None:
    script = "from client.batch.places import pyarrow; print(pyarrow().default_memory_pool().backend_name)"
    clean = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    found = subprocess.run([sys.executable, "-c", script], env=clean, check=True, capture_output=True, text=True)
    assert found.stdout == "system\n"
