"""What a caller may have to handle. Doubt about a text is never an error: it is data (basis, confidence, undated)."""

from __future__ import annotations


class TimelineError(Exception):
    """The root of every error that this library raises on purpose."""


class InvalidArticle(TimelineError):
    """The article, or the context in which it was published, can't be read.

    `field` is the path of the field as the wire contract names it, e.g. `article.text` or
    `article.publication.time_zone`; `reason` is a sentence for the caller.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class LexiconError(TimelineError):
    """The lexicon or the rules contradict themselves. `faults` holds every fault found, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
