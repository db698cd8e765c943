"""`timeline kinds`: the kinds of events, by group."""

from __future__ import annotations

import json
from itertools import groupby

from client.cells import clean, clip, isolate
from client.exits import Exit, Failure
from client.parser import Arguments
from timeline import EventKind, Extractor

WORDS = 72
"""Display cells that the words of a kind may take in the table; JSON has them all."""


def run(arguments: Arguments) -> Exit:
    """Print the kinds of all groups, or of one, in the format that is asked for."""
    kinds = Extractor().event_kinds()
    groups = tuple(dict.fromkeys(kind.group for kind in kinds))
    if arguments.group and arguments.group not in groups:
        raise Failure(Exit.USAGE, f"--group: there is no {arguments.group!r}; there are {', '.join(groups)}")
    kinds = tuple(kind for kind in kinds if arguments.group in ("", kind.group))
    print(_table(kinds) if arguments.format == "table" else _json(kinds, 2 if arguments.format == "json" else None))
    return Exit.OK


def _table(kinds: tuple[EventKind, ...]) -> str:
    """Return each group with its kinds: name, definition, an example, and some of the words."""
    column = max((len(kind.name) for kind in kinds), default=0) + 2
    lines = []
    for group, members in groupby(kinds, key=lambda kind: kind.group):
        lines.append(group)
        for kind in members:
            lines.append(f"  {kind.name:<{column}}{kind.definition}")
            shown = (*kind.examples[:1], clip(" ".join(kind.words), WORDS))
            lines += [f"  {'':<{column}}{isolate(clean(text))}" for text in shown if text]
        lines.append("")
    return "\n".join(lines)


def _json(kinds: tuple[EventKind, ...], indent: int | None) -> str:
    """Return what ListEventKinds answers as protobuf JSON."""
    from eventtimeline.jsonlines import response_to_json
    from eventtimeline.mapping import kinds_to_response

    line = response_to_json(kinds_to_response(kinds))
    return line if indent is None else json.dumps(json.loads(line), ensure_ascii=False, indent=indent)
