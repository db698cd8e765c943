"""No bytes break a server: a small run of `python -m bench.server.fuzz`."""

from __future__ import annotations

from bench.server.cases import Way, case
from bench.server.fuzz import run

REQUESTS = 1000
SEED = 7


def test_no_request_breaks_a_server() -> None:
    found, figures = run(REQUESTS, SEED)
    assert [(fault.case.number, fault.said) for fault in found] == []
    assert figures["requests"] == REQUESTS


def test_a_request_is_known_by_its_number() -> None:
    cases = [case(SEED, number) for number in range(500)]
    assert cases == [case(SEED, number) for number in range(500)]
    assert {each.way for each in cases} == set(Way)
    assert len({each.data for each in cases}) > 400
