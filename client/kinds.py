"""`timeline kinds`: the kinds of events, by group."""

from __future__ import annotations

from itertools import groupby

from client.cells import clean, isolate
from client.exits import Exit
from client.parser import Arguments
from timeline import Extractor


def run(arguments: Arguments) -> Exit:  # noqa: ARG001
    """Print each group with its kinds: name, definition and an example."""
    kinds = Extractor().event_kinds()
    column = max((len(kind.name) for kind in kinds), default=0) + 2
    for group, members in groupby(kinds, key=lambda kind: kind.group):
        print(group)
        for kind in members:
            print(f"  {kind.name:<{column}}{kind.definition}")
            for example in kind.examples[:1]:
                print(f"  {'':<{column}}{isolate(clean(example))}")
        print()
    return Exit.OK
