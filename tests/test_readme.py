"""What the README tells a newcomer to type is so."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

from client.exits import Exit
from eventtimeline.jsonlines import article_from_json
from scripts.local_server import local_server
from timeline import Publication, Weekday

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SEED = "seeds/004_6066f5c852812abd.txt"


def test_the_library_example_runs_and_dates_its_events(tmp_path: Path) -> None:
    (example,) = (block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "Extractor()" in block)
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-W", "error", str(script)]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    arrival, meeting = lines
    assert arrival.startswith("2024-03-26 00:00:00+02:00 movement ACTUAL")
    assert meeting.startswith("2024-03-29 00:00:00+02:00 meeting PLANNED")


def test_the_examples_of_the_client_run(tmp_path: Path) -> None:
    examples = [block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "TimelineClient(" in block]
    printed = []
    with local_server(workers=1) as server:
        for example in examples:
            script = tmp_path / "example.py"
            script.write_text(example.replace("127.0.0.1:50051", server.address), encoding="utf-8")
            command = [sys.executable, "-X", "utf8", "-W", "error", str(script)]
            printed.append(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines())
    (single,), streamed = printed
    assert "datetime.datetime(2024, 3, 26" in single
    assert len(streamed) == 31
    assert all(f"datetime.datetime(2024, 3, {day}" in line for day, line in enumerate(streamed, 1))


def test_every_exit_code_is_listed() -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert listed == set(Exit)


def test_the_timeline_shown_is_the_one_printed() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "client", "extract", "--manifest", "seeds/manifest.toml", SEED]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT).stdout
    (shown,) = (block for block in re.findall(r"```\n(.*?)```", README, re.DOTALL) if block.startswith("004"))
    assert printed.startswith(shown), "run scripts/readme.py"


def test_the_lines_of_a_batch_are_articles() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    publications = [article_from_json(line).publication for line in example.splitlines()]
    assert [publication and type(publication.at) for publication in publications] == [dt.datetime, dt.date, dt.date]
    assert publications[-1] == Publication(dt.date(2024, 3, 27), week_start=Weekday.SATURDAY)
