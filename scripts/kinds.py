"""Writes docs/kinds.md from the tables of events: `python scripts/kinds.py` after they have changed."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from timeline import EventKind, Extractor

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "kinds.md"
HEAD = """\
# Kinds of events

Every event has one of {count} kinds, in {groups} groups. `timeline kinds` and the call `ListEventKinds` list the same. This page is
written by `python scripts/kinds.py` from the tables in `timeline/lexicon/events/`: change those, not the page.

The kind is that of the word that names the event; a light verb takes that of its noun (`عقد اجتماعا` is a meeting), and some verbs
that of the word beside them (`ضرب زلزال` is a quake). The class is the TimeML class of most of its words; that of an event is in the
answer. Words are in their dictionary form: of a verb the past, of a noun the singular.
"""


def page() -> str:
    """Return the page."""
    kinds = Extractor().event_kinds()
    groups = [(name, list(members)) for name, members in groupby(kinds, key=lambda kind: kind.group)]
    parts = [HEAD.format(count=len(kinds), groups=len(groups)), "| group | kinds |\n|---|---|"]
    parts[-1] += "".join(f"\n| {name} | {', '.join(_link(kind) for kind in members)} |" for name, members in groups)
    for name, members in groups:
        parts.append(f"\n## {name}")
        parts += map(_section, members)
    return "\n".join(parts)


def _link(kind: EventKind) -> str:
    return f"[{kind.name}](#{kind.name})"


def _section(kind: EventKind) -> str:
    examples = "\n".join(f"- {example}" for example in kind.examples)
    words = "، ".join(kind.words)
    return f"""
### {kind.name}

{kind.definition} Group `{kind.group}`, class `{kind.class_.name}`.

{examples}

{len(kind.words)} words: {words}
"""


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
