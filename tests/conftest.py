"""What tests of several areas share: the seed articles as a caller would give them, and one extractor."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from server.config.options import cores
from timeline import Article, Extractor, Publication

# How long an example takes says more about what else the machine is doing than about the example.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

SEEDS = Path(__file__).parent.parent / "seeds"


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes share the tests: one more than there are cores, for much of the time is waiting for servers."""
    return cores() + 1


@pytest.fixture(scope="session")
def seeds() -> Mapping[str, Article]:
    """Return the seed articles with their publication context, by file name."""
    articles: dict[str, Article] = {}
    for name, context in tomllib.loads((SEEDS / "manifest.toml").read_text(encoding="utf-8")).items():
        published = context["published"]
        assert isinstance(published, dt.datetime)
        publication = Publication(at=published, zone=context["zone"], country=context["country"])
        articles[name] = Article((SEEDS / name).read_bytes().decode(), publication, id=name)
    return articles


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Return the one extractor that all tests share, as all threads of a server do."""
    return Extractor()
