"""The page and the tables: whole, readable in both directions, and proof against what articles may hold."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from client.cells import FSI, PDI
from client.diff.direction import directed
from tests.client.diff.edits import Answer, by, events, moved, swapped, times, with_time, without_event

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Write = Callable[..., Path]
ROOT = Path(__file__).parent.parent.parent.parent
HOSTILE = "</p><script>alert(1)</script><img src=x onerror='alert(2)'>\"'&\u202e\u2067\x1b[31m\x00"
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag is closed by its own end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag down."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last tag, which must be this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take text down."""
        self.text.append(data)


def page(run: Run, old: Path, new: Path, *options: str) -> tuple[str, Reader]:
    """Return a page and what is in it."""
    done = run("diff", old, new, "--format", "html", *options)
    assert (done.returncode, done.stderr) == (0, b"")
    written = done.stdout.decode()
    reader = Reader()
    reader.feed(written)
    reader.close()
    assert reader.open == []
    return written, reader


@pytest.fixture
def runs(write: Write, answers: list[Answer]) -> tuple[Path, Path]:
    """Return two runs that differ in every way."""
    new = json.loads(json.dumps(answers))
    without_event(new[3], 0)
    moved(new[1], 0, "2024-03-09")
    with_time(new[0], 5, 11)
    swapped(new[7], 0, 1)
    events(new[2])[0] |= {"kind": "visit", "participants": []}
    times(new[2])[0] |= {"value": "2024-03-04", "mod": "MOD_APPROX"}
    events(new[5])[0]["salience"] = 0.01
    events(new[6])[1].pop("interval")
    failed = {"line": 9, "articleId": "a08", "error": {"code": "INTERNAL", "message": "", "field": ""}}
    return write(answers), write([*map(by, new[:8]), failed, *map(by, new[10:]), by(new[0] | {"articleId": "more"})])


def test_the_page_needs_no_network_and_no_script(run: Run, runs: tuple[Path, Path]) -> None:
    written, reader = page(run, *runs, "--reworded")
    assert written.startswith("<!doctype html>\n<html lang=")
    (policy,) = (attrs["content"] for tag, attrs in reader.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    names = {tag for tag, _ in reader.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    links = [attrs["href"] for tag, attrs in reader.tags if tag == "a"]
    anchors = {f"#{attrs['id']}" for _, attrs in reader.tags if "id" in attrs}
    assert links
    assert set(links) <= anchors
    assert not any(word in written for word in ("http:", "https:", "url(", "@import"))


def test_the_page_says_all(run: Run, runs: tuple[Path, Path]) -> None:
    _, reader = page(run, *runs)
    text = " ".join("".join(reader.text).split())
    assert "articles differ; 10 articles compared" in text
    for title in ("events removed 1", "events re-dated 2", "events changed 1", "events re-ordered 2", "times added 1"):
        assert title in text
    for said in ("moved to 2024-03-09", "undated", "kind launch", "kind visit", "before وقعت", "after وقعت", "made_up", "more"):
        assert said in text
    sentences = [attrs for tag, attrs in reader.tags if attrs.get("class") == "sentence"]
    assert sentences
    assert all((attrs["dir"], attrs["lang"]) == ("rtl", "ar") for attrs in sentences)
    assert sum(tag == "mark" for tag, _ in reader.tags) == len(sentences)


def test_a_page_without_differences_says_so(run: Run, runs: tuple[Path, Path]) -> None:
    written, reader = page(run, runs[0], runs[0])
    assert "<h1>no differences; 12 articles compared</h1>" in written
    assert "table" not in {tag for tag, _ in reader.tags}


def hostile(answer: Answer) -> Answer:
    """Return an answer all of whose texts are hostile, those of its numbers and constants that are texts too."""

    def poisoned(value: object, name: str = "") -> object:
        match value:
            case dict():
                return {key: poisoned(each, key) for key, each in value.items()}
            case list():
                return [poisoned(each, name) for each in value]
            case str() if name not in ("id", "times", "eventIds", "anchorId", "sourceEventId", "sameAs"):
                return HOSTILE + value
        return value

    poisoned_answer: Answer = json.loads(json.dumps(poisoned(answer)))
    return poisoned_answer


def test_hostile_texts_stay_texts(run: Run, write: Write, answers: list[Answer]) -> None:
    old = [hostile(answer) for answer in answers]
    new = json.loads(json.dumps(old))
    for number, answer in enumerate(new):
        events(answer)[0] |= {"kind": f"{HOSTILE}{number}", HOSTILE: HOSTILE, "interval": {"startTime": HOSTILE}}
        times(answer)[0] |= {"rule": f"{HOSTILE}new", "value": HOSTILE + "1", "mod": HOSTILE, "explanation": HOSTILE + "2"}
    without_event(new[3], 1)
    swapped(new[7], 0, 1)
    paths = write([*old, old[0] | {"articleId": HOSTILE + "old"}]), write([*new, new[0] | {"articleId": HOSTILE + "new"}])
    written, reader = page(run, *paths, "--reworded")
    assert {tag for tag, _ in reader.tags}.isdisjoint({"script", "img"})
    assert not any("onerror" in attrs for _, attrs in reader.tags)
    assert written.count("&lt;script&gt;") > 50
    assert not set(written) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x00")
    for attrs in (attrs for _, attrs in reader.tags):
        assert not any("script" in str(value) for value in attrs.values())
    table = run("diff", *paths, "--reworded").stdout.decode()
    assert not set(table) & set("\u202e\u2067\x1b\x00")
    assert balanced(table)


def balanced(table: str) -> bool:
    """Tell whether every line closes the isolates that it opens, and none is in another."""
    for line in table.splitlines():
        depths = list(itertools.accumulate(({FSI: 1, PDI: -1}.get(char, 0) for char in line), initial=0))
        if (min(depths), max(depths) <= 1, depths[-1]) != (0, True, 0):
            return False
    return True


def test_the_plain_table(run: Run, runs: tuple[Path, Path]) -> None:
    lines = run("diff", *runs).stdout.decode().replace(FSI, "‹").replace(PDI, "›").splitlines()
    assert lines[0] == "9 articles differ; 10 articles compared"
    assert balanced(run("diff", *runs).stdout.decode())
    for line in (
        "  the same       3",
        "  events               1         2        1           2         1",
        "events removed: 1",
        "  a03  ‹استقال المدير أمس›  (‹استقال› resignation deictic_day)",
        "    + 2024-03-09  because moved to 2024-03-09",
        "    - before ‹وقعت›  because ‹يوم الأحد›: latest Sunday on or before Wed 2024-03-13; past-tense clause",
        "    - 2024-03-03  because ‹3 مارس 2024›: stated in full",
        "articles failed in NEW: 1",
    ):
        assert line in lines


def test_a_terminal_gets_colours_and_every_line_its_isolates(command: list[str], runs: tuple[Path, Path]) -> None:
    ours, theirs = os.openpty()
    line = [*command, "diff", *map(str, runs)]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "70"}
    process = subprocess.Popen(line, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    os.close(theirs)
    shown = b"".join(received(ours))
    assert (process.wait(60), process.communicate()[1]) == (0, b"")
    assert b"\x1b[31m" in shown
    assert balanced(shown.decode())


def received(descriptor: int) -> Iterator[bytes]:
    """Yield what a terminal is told, until the other end is closed."""
    try:
        while data := os.read(descriptor, 4096):
            yield data
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("أمس: 1 day before Wed 2024-03-27", "‹أمس›: 1 day before Wed 2024-03-27"),
        ("3 مارس 2024: stated in full", "‹3 مارس 2024›: stated in full"),
        ("the day after يوم الأحد 2024-03-24", "the day after ‹يوم الأحد› 2024-03-24"),
        ("2 days before «ووصل» (أمس)", "2 days before «‹ووصل›» (‹أمس›)"),
        ("يوم واحد قبل الأربعاء 2024-03-27", "‹يوم واحد قبل الأربعاء 2024-03-27›"),
        ("no Arabic", "no Arabic"),
        ("", ""),
    ],
)
def test_arabic_inside_of_english_stands_apart(text: str, shown: str) -> None:
    assert directed(text).replace(FSI, "‹").replace(PDI, "›") == shown
