"""Every rule's examples: read alone, on Wednesday 2023-09-27 in Egypt, by that rule and with the value that it states."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Extractor, Publication
from timeline.dates.grammar import Rule, rules_of
from timeline.dates.rules import MODULES

PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")
RULES = rules_of(MODULES)
EXAMPLES = [(rule, phrase, value) for rule in RULES for phrase, value in rule.examples]
LATIN = re.compile("[a-z]", re.IGNORECASE)


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in RULES if not rule.examples] == []


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("rule", "phrase", "value"), EXAMPLES, ids=[f"{rule.name}-{k}" for k, (rule, _, _) in enumerate(EXAMPLES)]
)
def test_an_example_is_read_by_its_rule(rule: Rule, phrase: str, value: str, extractor: Extractor) -> None:
    # a text of another language has no times, so a date in other letters stands in an Arabic phrase
    text = f"في {phrase}" if LATIN.search(phrase) else phrase
    times = extractor.resolve(Article(text, PUBLICATION)).times
    by_rule = [time for time in times if rule.name in time.rule.split("+")]
    assert by_rule, f"read by {[time.rule for time in times]}"
    if len(times) == 1 and not rule.weak and "<" not in rule.pattern:
        assert times[0].text == phrase
    if value:
        assert value in [time.value for time in by_rule]
