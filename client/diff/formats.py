"""The output formats of `timeline diff`: one function each. The choices of --format are the keys of FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from client.diff.report import Report


def table(report: Report, *, terminal: bool) -> str:
    """Return tables and cases for people: drawn to fit the terminal, or plain text where there is none."""
    from client.diff.table import sections

    if terminal:
        from client.diff.terminal import draw

        return draw(sections(report))
    from client.diff.plain import lines

    return "".join(f"{line}\n" for line in lines(sections(report)))


def json(report: Report, *, terminal: bool) -> str:  # noqa: ARG001 - a person reads the same
    """Return one JSON object, indented."""
    from json import dumps

    from client.diff.shape import shape

    return dumps(shape(report), ensure_ascii=False, indent=2) + "\n"


def html(report: Report, *, terminal: bool) -> str:  # noqa: ARG001 - a person reads the same
    """Return a page that needs no network and no script."""
    from client.diff.page import page

    return page(report)


FORMATS: Mapping[str, Callable[..., str]] = {"table": table, "json": json, "html": html}
