"""The rules, one module a family, in the order in which they win over each other at the same length."""

from __future__ import annotations

from timeline.dates.rules import (
    again,
    amounts,
    clock,
    days,
    feasts,
    foreign,
    hijri,
    hours,
    month_names,
    months,
    parts,
    periods,
    portions,
    schools,
    shares,
    vague,
)

MODULES = (
    days,
    months,
    month_names,
    hijri,
    feasts,
    again,
    periods,
    schools,
    portions,
    amounts,
    shares,
    clock,
    hours,
    parts,
    vague,
    foreign,
)
