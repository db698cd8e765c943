"""The time zone in which an article's times are civil times."""

from __future__ import annotations

import datetime as dt

from timeline import Publication
from timeline.dates.context import Countries


def zone(publication: Publication | None) -> dt.tzinfo:
    """Return the zone that the engine counts in; raises InvalidArticle for an unknown zone or country."""
    return Countries().context(publication).zone
