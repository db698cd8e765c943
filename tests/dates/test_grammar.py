"""The pattern language on rules of its own: how elements match, which rule wins, and what loading refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.dates.automaton import Grammar
from timeline.dates.expressions import Date, Expression, Lasting, Shift
from timeline.dates.grammar import Mention, Rule, rule
from timeline.errors import LexiconError
from timeline.model import Grain
from timeline.tables import Lexicon
from timeline.text import vocabulary
from timeline.text.categories import Aim
from timeline.text.compounds import join
from timeline.text.entries import Symbols
from timeline.text.words import Lexer

Find = Callable[[tuple[Rule, ...], str], list[Mention]]


@pytest.fixture(scope="module")
def find() -> Find:
    """Return a function that reads a text by the given rules alone."""
    words = vocabulary.load(Lexicon.packaged())

    def found(rules: tuple[Rule, ...], text: str) -> list[Mention]:
        symbols = Symbols()
        lexer = Lexer(words, symbols)
        return Grammar(rules, symbols).find(join(lexer.words(text), lexer))

    return found


@rule("month")
def month_only(month: int) -> Expression:
    """Name a month."""
    return Date(month)


@rule("daynum month [aim]")
def day_month(daynum: int, month: int, aim: Aim | None = None) -> Expression:
    """Name a day of a month."""
    return Date(month, daynum, aim=aim)


@rule("daynum month yearnum")
def day_month_year(daynum: int, month: int, yearnum: int) -> Expression:
    """Name a day of a month of a year."""
    return Date(month, daynum, yearnum)


@rule("number unit|units:unit")
def amount(number: float, unit: Grain) -> Expression | None:
    """Count units, but no more than a hundred."""
    return Lasting(((number, unit),)) if number <= 100 else None


DATES = (month_only, day_month, day_month_year)


def said(mentions: list[Mention], text: str) -> list[tuple[str, str]]:
    """Return rule and words of each mention."""
    return [(mention.rule, text[mention.start : mention.end]) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وصل في يناير", [("month_only", "يناير")]),
        ("وصل في 12 يناير", [("day_month", "12 يناير")]),
        ("وصل في 12 يناير الماضي", [("day_month", "12 يناير الماضي")]),
        ("وصل في 12 يناير 2020", [("day_month_year", "12 يناير 2020")]),
        ("وصل في 12 يناير 2020 و13 فبراير", [("day_month_year", "12 يناير 2020"), ("day_month", "13 فبراير")]),
        ("12 يناير 13 فبراير", [("day_month", "12 يناير"), ("day_month", "13 فبراير")]),
        ("وصل في 12 من يناير", [("month_only", "يناير")]),
        ("يناير", [("month_only", "يناير")]),
        ("12", []),
    ],
)
def test_the_leftmost_and_longest_rule_wins(text: str, wanted: list[tuple[str, str]], find: Find) -> None:
    assert said(find(DATES, text), text) == wanted


@pytest.mark.parametrize("rules", [DATES, DATES[::-1]])
def test_order_decides_nothing_between_lengths(rules: tuple[Rule, ...], find: Find) -> None:
    assert [mention.rule for mention in find(rules, "12 يناير 2020، 13 فبراير")] == ["day_month_year", "day_month"]


def test_the_earlier_of_two_rules_of_one_length_wins(find: Find) -> None:
    @rule("month")
    def another(month: int) -> Expression:
        """Name a month too."""
        return Date(month)

    assert [mention.rule for mention in find((another, month_only), "يناير")] == ["another"]
    assert [mention.rule for mention in find((month_only, another), "يناير")] == ["month_only"]


def test_a_rule_that_refuses_gives_way_to_the_next(find: Find) -> None:
    @rule("number units")
    def large(number: float) -> Expression:
        """Count many."""
        return Lasting(((number, Grain.CENTURY),))

    assert [mention.rule for mention in find((amount, large), "50 أياما 500 أيام")] == ["amount", "large"]
    assert find((amount,), "500 أيام") == []


def test_parameters_are_the_values_of_their_words(find: Find) -> None:
    (date,) = find(DATES, "وصل في 12 يناير الماضي")
    assert date.expression == Date(1, 12, aim=Aim.PAST)
    (length,) = find((amount,), "خمسة وعشرين يوما")
    assert length.expression == Lasting(((25.0, Grain.DAY),))
    (weeks,) = find((amount,), "ثلاثة أسابيع")
    assert weeks.expression == Lasting(((3.0, Grain.WEEK),))


def test_a_span_leaves_out_clitics_and_context(find: Find) -> None:
    @rule("in < [day_word] month > of")
    def between(month: int) -> Expression:
        """Name a month between two small words."""
        return Date(month)

    text = "في يناير من العام، ويناير من، في فبراير"
    (mention,) = find((between,), text)
    assert text[mention.start : mention.end] == "يناير"
    text = "وصل ويناير"
    assert said(find((month_only,), text), text) == [("month_only", "يناير")]
    text = "وَبِيناير"
    assert said(find((month_only,), text), text) == [("month_only", "يناير")]


def test_clitics_inside_an_expression_are_elements(find: Find) -> None:
    @rule("month and month:other")
    def two(month: int, other: int) -> Expression:
        """Name two months."""
        return Date(month, other)

    assert [mention.expression for mention in find((two,), "يناير وفبراير")] == [Date(1, 2)]
    assert [mention.expression for mention in find((two,), "يناير و فبراير")] == [Date(1, 2)]
    assert find((two,), "يناير فبراير") == []
    assert find((two,), "يناير وبفبراير") == []


def test_a_rule_gives_way_where_the_next_word_says_so(find: Find) -> None:
    @rule("month", unless=("aim",))
    def unaimed(month: int) -> Expression:
        """Name a month that nothing points at."""
        return Date(month)

    assert [mention.rule for mention in find((unaimed,), "يناير، فبراير الماضي")] == ["unaimed"]


def test_no_expression_crosses_a_line_or_other_words(find: Find) -> None:
    assert [mention.rule for mention in find(DATES, "12\nيناير")] == ["month_only"]
    assert [mention.rule for mention in find(DATES, "12 قال يناير")] == ["month_only"]


def test_marks_of_direction_between_words_do_not_part_them(find: Find) -> None:
    text = "وصل في \u200f12\u200e \u202bيناير\u202c"
    (mention,) = find(DATES, text)
    assert (mention.rule, text[mention.start : mention.end]) == ("day_month", "12\u200e \u202bيناير")


def test_a_weak_rule_says_so(find: Find) -> None:
    @rule("month", weak=True)
    def weak(month: int) -> Expression:
        """Name a month that needs support."""
        return Date(month)

    assert [mention.weak for mention in find((weak,), "يناير")] == [True]
    assert [mention.weak for mention in find((month_only,), "يناير")] == [False]


def test_all_faults_are_told_at_once() -> None:
    @rule("mnth")
    def unknown_category() -> Expression:
        """Ask for a category that is not there."""
        return Shift(0, Grain.DAY)

    @rule("month")
    def no_slot(yearnum: int) -> Expression:
        """Ask for a value that no element gives."""
        return Date(year=yearnum)

    @rule("month")
    def wrong_type(month: str) -> Expression:
        """Ask for a month as a text."""
        return Date(len(month))

    @rule("[month]")
    def no_default(month: int) -> Expression:
        """Ask for a value that may be missing."""
        return Date(month)

    @rule("month|weekday")
    def other_way(month: int) -> Expression:
        """Ask for a value that only one of two words gives."""
        return Date(month)

    with pytest.raises(LexiconError) as caught:
        Grammar((month_only, unknown_category, no_slot, wrong_type, no_default, other_way), Symbols())
    faults = caught.value.faults
    for name in ("unknown_category", "no_slot", "wrong_type", "no_default", "other_way"):
        assert [fault for fault in faults if f"rule {name}:" in fault], name
    assert not [fault for fault in faults if "month_only" in fault]
