"""Arabic news in; dated, ordered, checkable event timelines out. This module is the face: import from here only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates.context import civil_zone
from timeline.errors import InvalidArticle, LexiconError, TimelineError
from timeline.extract import Extractor, Indexed, Trace
from timeline.model import (
    Alternative,
    Article,
    Basis,
    Calendar,
    Event,
    EventClass,
    EventKind,
    Grain,
    Interval,
    Language,
    Mod,
    Modality,
    Participant,
    Publication,
    Relation,
    Role,
    Span,
    Tense,
    TimeExpression,
    Timeline,
    TimelineItem,
    TimelineWarning,
    TimeType,
    WarningCode,
    Weekday,
)
from timeline.tables import Lexicon
from timeline.text.written import written_words
from timeline.version import ENGINE_VERSION

if TYPE_CHECKING:
    from timeline.changes import Changes
    from timeline.identity import Snapshot
else:
    LATE = {"Changes": "changes", "Snapshot": "identity"}
    """Names that are looked up when they are first used, with their modules: who reads an article needs none of them."""

    def __getattr__(name: str) -> object:
        """Return a name that was not needed before; raises AttributeError for others."""
        if name not in LATE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - as late as what it imports

        return getattr(import_module(f"timeline.{LATE[name]}"), name)


__all__ = [
    "ENGINE_VERSION",
    "Alternative",
    "Article",
    "Basis",
    "Calendar",
    "Changes",
    "Event",
    "EventClass",
    "EventKind",
    "Extractor",
    "Grain",
    "Indexed",
    "Interval",
    "InvalidArticle",
    "Language",
    "Lexicon",
    "LexiconError",
    "Mod",
    "Modality",
    "Participant",
    "Publication",
    "Relation",
    "Role",
    "Snapshot",
    "Span",
    "Tense",
    "TimeExpression",
    "TimeType",
    "Timeline",
    "TimelineError",
    "TimelineItem",
    "TimelineWarning",
    "Trace",
    "WarningCode",
    "Weekday",
    "civil_zone",
    "written_words",
]
