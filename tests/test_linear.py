"""Time grows with the text and no faster, whatever pattern repeats in it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from bench.linear import KB, NEWS, PUBLICATION, news, repeated
from timeline import Article, Extractor

SMALL, LARGE = 25 * KB, 100 * KB
ROUNDS = 3
GENEROUS = 8.0  # four times the text: linear time is 4, quadratic 16
UNITS = {
    NEWS: news(),
    **{
        unit.strip(): unit
        for unit in (
            "و",
            "قال ",
            "أمس قال ",
            "الجمعة والسبت و",
            "12:30\n",
            "2019-",
            "7 رمضان الموافق 17 مارس ",
            "بعد ذلك بيومين ",
            "في اليوم نفسه قال. ",
            "«وأضاف أنه زار ",
            "ثلاثة أيام و",
            "ستدخل ",
            "(",
            "نفس اليوم الذي قتل ",
            "بصيانتهما ",  # each a mention of the one before
        )
    },
}
LED = (
    ("قال الوزير الأحد: «", "سننشره الثلاثاء، "),  # one quotation
    ("دعا ", "يوم السبت "),  # one clause
)


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Have no garbage collected: how often Python looks for it depends on what else the process holds."""
    gc.disable()
    yield
    gc.enable()


def seconds(text: str, extractor: Extractor) -> float:
    """Return the processor seconds of one extraction."""
    article = Article(text, PUBLICATION)
    begin = time.process_time()
    extractor.extract(article)
    return time.process_time() - begin


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize(("head", "unit"), [*(("", unit) for unit in UNITS.values()), *LED], ids=range(len(UNITS) + len(LED)))
def test_four_times_the_text_takes_about_four_times_as_long(head: str, unit: str, extractor: Extractor) -> None:
    short, long = head + repeated(unit, SMALL), head + repeated(unit, LARGE)
    before = after = float("inf")
    for _ in range(ROUNDS):
        before, after = min(before, seconds(short, extractor)), min(after, seconds(long, extractor))
        if after < GENEROUS * before:  # a machine that is busy elsewhere gets two more chances
            break
    assert after < GENEROUS * before
