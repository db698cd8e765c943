"""Runs to compare: small articles of our own, really read, and copies of their answers with known changes."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from eventtimeline.jsonlines import response_to_json
from eventtimeline.mapping import timeline_to_response
from tests.client.diff.edits import Answer, Json
from timeline import Article, Extractor, Publication

Diff = Callable[..., Json]
TEXTS = (
    "أعلن الوزير يوم الاثنين أن الاجتماع سيعقد في القاهرة يوم الجمعة المقبل. ووصل الرئيس أمس إلى بغداد بعد يومين من الهجوم.",
    "قال المتحدث إن الوفد غادر صنعاء مساء السبت، وزار المدينة قبل ثلاثة أيام ثم التقى رئيس البلدية.",
    "افتتح المحافظ الجسر الجديد في 3 مارس 2024، وستبدأ الشركة العمل في أبريل المقبل.",
    "استقال المدير أمس. وزار الوفد المصنع يوم الأحد. ووقعت الشركة الاتفاق يوم الاثنين.",
)


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> tuple[str, ...]:
    """Return the answers of twelve articles, a line each, as `timeline batch` writes them."""
    lines = []
    for number in range(12):
        published = Publication(dt.datetime(2024, 3, 6 + number, 18, tzinfo=dt.UTC), "Africa/Cairo", "EG")
        article = Article(TEXTS[number % len(TEXTS)], published, f"a{number:02}")
        lines.append(response_to_json(timeline_to_response(extractor.extract(article), article)))
    return tuple(lines)


@pytest.fixture
def answers(read: Sequence[str]) -> list[Answer]:
    """Return the answers to be edited."""
    return [json.loads(line) for line in read]


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[Mapping[str, object]]], Path]:
    """Return a function that writes lines to a file of their own, as the batch does, and returns its path."""
    folder = tmp_path_factory.mktemp("runs")

    def write(lines: Iterable[Mapping[str, object]]) -> Path:
        path = folder / f"{len(list(folder.iterdir()))}.jsonl"
        dumped = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        path.write_text("".join(dumped), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def diff(run: Callable[..., subprocess.CompletedProcess[bytes]]) -> Diff:
    """Return a function that compares two paths and returns what --format json prints."""

    def diff(old: Path, new: Path, *options: str) -> Json:
        done = run("diff", old, new, "--format", "json", *options)
        assert (done.returncode, done.stderr) == (0, b"")
        return json.loads(done.stdout)

    return diff
