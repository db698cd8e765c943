"""Arabic news in; dated, ordered, checkable event timelines out. This module is the face: import from here only."""

from __future__ import annotations

from timeline.changes import Changes
from timeline.dates.context import civil_zone
from timeline.errors import InvalidArticle, LexiconError, TimelineError
from timeline.extract import Extractor, Indexed, Trace
from timeline.identity import Snapshot
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
