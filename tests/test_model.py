"""An article or a publication of the wrong type is refused with its field and a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from timeline import Article, InvalidArticle, Publication


@pytest.mark.parametrize(
    ("make", "values", "field"),
    [
        (Publication, {"at": "2024-03-27"}, "article.publication.publish_time"),
        (Publication, {"at": 1_711_562_400}, "article.publication.publish_time"),
        (Publication, {"zone": None}, "article.publication.time_zone"),
        (Publication, {"zone": "localtime"}, "article.publication.time_zone"),
        (Publication, {"zone": "posixrules"}, "article.publication.time_zone"),
        (Publication, {"country": b"EG"}, "article.publication.country"),
        (Publication, {"country": "eg"}, "article.publication.country"),
        (Publication, {"week_start": "MONDAY"}, "article.publication.week_start"),
        (Article, {"text": None}, "article.text"),
        (Article, {"text": b"x"}, "article.text"),
        (Article, {"text": "x", "id": 7}, "article.id"),
        (Article, {"text": "x", "publication": "2024-03-27"}, "article.publication"),
    ],
)
def test_what_can_not_be_read_is_refused_when_it_is_made(
    make: Callable[..., object], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidArticle) as caught:
        make(**values)
    assert caught.value.field == field


def test_the_reason_says_what_to_write() -> None:
    with pytest.raises(InvalidArticle, match="must be a datetime or a date of Python, not str"):
        Publication(at="2024-03-27")  # type: ignore[arg-type]
    with pytest.raises(InvalidArticle, match="write EG"):
        Publication(country="eg")
    with pytest.raises(InvalidArticle, match="Africa/Cairo"):
        Publication(zone="localtime")
