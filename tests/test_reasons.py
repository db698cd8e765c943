"""Explanations: worded in each language, saying the same, and nothing else of an answer depending on it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from eventtimeline.languages import LANGUAGES, language_of
from timeline import Article, Extractor, Grain, InvalidArticle, Language, Mod, Publication, Tense, Timeline, Weekday
from timeline.reasons import Amount, Because, MonthDay, PartName, Reason, ZoneName
from timeline.tables import Lexicon
from timeline.wording import Wording, load

PUBLICATION = Publication(at=dt.date(2024, 3, 27), country="EG")  # a Wednesday
LATIN, ARABIC, QUOTED = re.compile("[a-z]{2}"), re.compile("[ء-ي]"), re.compile("«[^»]*»")
WORDINGS = load(Lexicon.packaged())
SENTENCES = sorted(
    {
        case["text"]
        for path in (Path(__file__).parent / "corpus").glob("*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"][::3]
    }
)


def plain(timeline: Timeline) -> Timeline:
    """Return a timeline without what is worded."""
    times = tuple(
        time._replace(explanation="", alternatives=tuple(other._replace(explanation="") for other in time.alternatives))
        for time in timeline.times
    )
    events = tuple(event._replace(explanation="") for event in timeline.events)
    warnings = tuple(warning._replace(message="") for warning in timeline.warnings)
    return timeline._replace(times=times, events=events, warnings=warnings)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_language_changes_the_wording_alone(text: str, extractor: Extractor) -> None:
    article = Article(text, PUBLICATION)
    english, arabic = extractor.extract(article), extractor.extract(article, Language.ARABIC)
    assert plain(english) == plain(arabic)
    for time in english.times:
        assert ARABIC.search(QUOTED.sub("", time.explanation.removeprefix(time.text))) is None
    for time in arabic.times:
        assert LATIN.search(time.explanation.removeprefix(time.text)) is None
        assert ARABIC.search(time.explanation.removeprefix(time.text))


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        (
            "زار الوفد المدينة يوم الجمعة",
            "latest Friday on or before Wed 2024-03-27; past-tense clause",
            "آخر جمعة حتى الأربعاء 2024-03-27؛ الجملة في الماضي",
        ),
        (
            "سيزور الوفد المدينة يوم الجمعة",
            "first Friday on or after Wed 2024-03-27; future clause",
            "أول جمعة ابتداء من الأربعاء 2024-03-27؛ الجملة في المستقبل",
        ),
        ("زارها قبل أربعة أشهر", "4 months before Wed 2024-03-27", "قبل 4 أشهر من الأربعاء 2024-03-27"),
        ("زارها قبل عامين", "2 years before Wed 2024-03-27", "قبل سنتين من الأربعاء 2024-03-27"),
        ("زارها في 5 مايو 2019", "stated in full", "مذكور كاملا"),
        (
            "زارها مساء أمس",
            "evening of 2024-03-26 (1 day before Wed 2024-03-27)",
            "مساء 2024-03-26 (قبل يوم من الأربعاء 2024-03-27)",
        ),
        (
            "زارها الساعة 14:30 بتوقيت غرينتش يوم 5 مايو 2019",
            "14:30 on 2019-05-05 (stated in full); Greenwich time",
            "14:30 يوم 2019-05-05 (مذكور كاملا)؛ بتوقيت غرينتش",
        ),
    ],
)
def test_an_explanation_can_be_followed_in_both_languages(text: str, english: str, arabic: str, extractor: Extractor) -> None:
    for language, wanted in ((Language.ENGLISH, english), (Language.ARABIC, arabic)):
        (time,) = extractor.resolve(Article(text, PUBLICATION), language).times
        assert time.explanation == f"{time.text}: {wanted}"


def test_a_warning_is_worded_too(extractor: Extractor) -> None:
    article = Article("وقع الاتفاق الخميس 5 مايو 2019", PUBLICATION)  # a Sunday
    assert [warning.message for warning in extractor.resolve(article).warnings] == ["Sun 2019-05-05 is not a Thursday"]
    arabic = extractor.resolve(article, Language.ARABIC).warnings
    assert [warning.message for warning in arabic] == ["الأحد 2019-05-05 ليس يوم خميس"]


@pytest.mark.parametrize(
    ("n", "unit", "english", "arabic"),
    [
        (1, Grain.DAY, "1 day", "يوم"),
        (2, Grain.MONTH, "2 months", "شهرين"),
        (3, Grain.YEAR, "3 years", "3 سنوات"),
        (10, Grain.DAY, "10 days", "10 أيام"),
        (11, Grain.DAY, "11 days", "11 يوما"),
        (100, Grain.YEAR, "100 years", "100 سنة"),
        (105, Grain.DAY, "105 days", "105 أيام"),
        (2.5, Grain.HOUR, "2.5 hours", "2.5 ساعة"),
    ],
)
def test_a_number_agrees_with_its_unit(n: float, unit: Grain, english: str, arabic: str) -> None:
    for language, wanted in ((Language.ENGLISH, english), (Language.ARABIC, arabic)):
        said = WORDINGS[language].tell(Reason(Because.EVERY, (Amount(n, unit),)))
        assert said.removeprefix("every ").removeprefix("كل ") == wanted


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=[language.value for language in WORDINGS])
def test_every_term_has_words(wording: Wording) -> None:
    terms = (
        *Grain, *Weekday, *Tense, Mod.START, Mod.MID, Mod.END, MonthDay(3, 9, hijri=True), MonthDay(0, 12), PartName("dawn"),
        ZoneName("Etc/GMT"), dt.date(2024, 3, 27), dt.datetime(2024, 3, 27, 20, tzinfo=dt.UTC), "2024-W14", 7,
    )  # fmt: skip
    for term in terms:
        assert wording.tell(Reason(Because.EVERY, (term,))).split(maxsplit=1)[1]


def test_a_day_is_told_with_its_name() -> None:
    said = Reason(Because.NEAREST_TO, (MonthDay(7, 10), dt.date(2023, 10, 7)))
    assert WORDINGS[Language.ENGLISH].tell(said) == "nearest 7 October to Sat 2023-10-07"
    assert WORDINGS[Language.ARABIC].tell(said) == "أقرب 7 أكتوبر إلى السبت 2023-10-07"


def test_a_language_without_wording_is_refused() -> None:
    assert [language_of(code) for code in ("", "ar", "ar-EG", "EN_us")] == [
        Language.ENGLISH, Language.ARABIC, Language.ARABIC, Language.ENGLISH,
    ]  # fmt: skip
    assert LANGUAGES == ("en", "ar")
    with pytest.raises(InvalidArticle, match="en, ar") as refused:
        language_of("fr")
    assert refused.value.field == "language_code"
