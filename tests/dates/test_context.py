"""The publication context: which day it is there, in which zone, and on which day the week begins."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest

from timeline import Article, Extractor, InvalidArticle, Publication, TimelineError, Weekday, civil_zone
from timeline.dates.context import Countries
from timeline.tables import Lexicon

UTC = dt.UTC


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries(Lexicon.packaged())


@pytest.mark.parametrize(
    ("country", "day", "first"),
    [
        ("EG", dt.date(2023, 9, 27), Weekday.SUNDAY),
        ("EG", dt.date(1999, 1, 1), Weekday.SUNDAY),
        ("MA", dt.date(2023, 9, 27), Weekday.MONDAY),
        ("TN", dt.date(2023, 9, 27), Weekday.MONDAY),
        ("LB", dt.date(2023, 9, 27), Weekday.MONDAY),
        ("SA", dt.date(2013, 6, 1), Weekday.SATURDAY),
        ("SA", dt.date(2013, 6, 28), Weekday.SATURDAY),
        ("SA", dt.date(2013, 7, 1), Weekday.SUNDAY),
        ("SA", dt.date(2024, 2, 7), Weekday.SUNDAY),
        ("AE", dt.date(2021, 12, 31), Weekday.SUNDAY),
        ("AE", dt.date(2022, 1, 1), Weekday.MONDAY),
        ("DZ", dt.date(2009, 8, 1), Weekday.SATURDAY),
        ("DZ", dt.date(2009, 9, 1), Weekday.SUNDAY),
        ("IR", dt.date(2023, 9, 27), Weekday.SATURDAY),
        ("US", dt.date(2023, 9, 27), Weekday.MONDAY),
        ("", dt.date(2023, 9, 27), Weekday.MONDAY),
        ("SA", dt.date.min, Weekday.SATURDAY),
        ("AE", dt.date.max, Weekday.MONDAY),
    ],
)
def test_the_week_begins_after_the_weekend_of_the_country_and_the_time(
    country: str, day: dt.date, first: Weekday, countries: Countries
) -> None:
    assert countries.week_start(country, day) is first
    assert countries.context(Publication(at=day, country=country)).week_start == first


def test_a_week_start_that_is_given_overrides_the_countrys(countries: Countries) -> None:
    publication = Publication(at=dt.date(2023, 9, 27), country="EG", week_start=Weekday.MONDAY)
    assert countries.context(publication).week_start == Weekday.MONDAY


@pytest.mark.parametrize(
    ("at", "country", "value", "start"),
    [
        (dt.date(2023, 9, 24), "EG", "2023-W39", dt.date(2023, 9, 24)),
        (dt.date(2023, 9, 24), "MA", "2023-W38", dt.date(2023, 9, 18)),
        (dt.date(2013, 6, 22), "SA", "2013-W26", dt.date(2013, 6, 22)),
        (dt.date(2013, 7, 6), "SA", "2013-W27", dt.date(2013, 6, 30)),
        (dt.date(2022, 1, 2), "AE", "2021-W52", dt.date(2021, 12, 27)),
    ],
)
def test_this_week_is_the_countrys(at: dt.date, country: str, value: str, start: dt.date, extractor: Extractor) -> None:
    (time,) = extractor.resolve(Article("هذا الأسبوع", Publication(at=at, country=country))).times
    assert time.interval is not None
    assert time.interval.start is not None
    assert (time.value, time.interval.start.date()) == (value, start)


@pytest.mark.parametrize(
    ("zone", "country", "name"),
    [
        ("", "EG", "Africa/Cairo"),
        ("", "SA", "Asia/Riyadh"),
        ("", "MA", "Africa/Casablanca"),
        ("", "FR", "Europe/Paris"),
        ("Asia/Dubai", "EG", "Asia/Dubai"),
        ("Asia/Dubai", "", "Asia/Dubai"),
        ("", "", "UTC"),
    ],
)
def test_the_zone_is_the_given_one_else_the_countrys_main_one_else_utc(zone: str, country: str, name: str) -> None:
    found = civil_zone(Publication(at=dt.date(2023, 9, 27), zone=zone, country=country))
    assert found == zoneinfo.ZoneInfo(name)


@pytest.mark.parametrize("country", ["EG", "SA", "DZ", "PS", "YE", "EH", "UA", "GL", "BQ", "MM", "AQ"])
def test_countries_are_known_wherever_they_lie(country: str, countries: Countries) -> None:
    assert countries.context(Publication(country=country)).country == country


def test_without_a_publication_nothing_is_assumed(countries: Countries) -> None:
    found = countries.context(None)
    assert (found.at, found.timed, found.zone) == (None, False, UTC)
    assert countries.context(Publication()).at is None


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "Africa/cairo ", "../../etc/passwd", "/etc/localtime", "\x00", "UTC+3", "a" * 999]
)
def test_an_unknown_zone_is_refused_by_its_name(zone: str, extractor: Extractor) -> None:
    with pytest.raises(InvalidArticle) as caught:
        extractor.resolve(Article("اليوم", Publication(at=dt.date(2023, 9, 27), zone=zone)))
    assert caught.value.field == "article.publication.time_zone"


@pytest.mark.parametrize("country", ["XX", "eg", "EGY", "Egypt", " EG", "ZZ", "زز", "zones", "weekends"])
def test_an_unknown_country_is_refused_by_its_name(country: str, extractor: Extractor) -> None:
    with pytest.raises(InvalidArticle) as caught:
        extractor.extract(Article("اليوم", Publication(at=dt.date(2023, 9, 27), country=country)))
    assert caught.value.field == "article.publication.country"
    assert isinstance(caught.value, TimelineError)


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\u00a0", "\u2003\u3000"])
def test_a_blank_text_is_refused_by_its_name(text: str, extractor: Extractor) -> None:
    with pytest.raises(InvalidArticle) as caught:
        extractor.extract(Article(text, Publication(at=dt.date(2023, 9, 27))))
    assert caught.value.field == "article.text"


@pytest.mark.parametrize(
    ("at", "zone", "country", "value"),
    [
        (dt.datetime(2024, 2, 7, 23, tzinfo=UTC), "", "SA", "2024-02-08"),
        (dt.datetime(2024, 2, 7, 20, 59, tzinfo=UTC), "", "SA", "2024-02-07"),
        (dt.datetime(2024, 2, 7, 21, tzinfo=UTC), "Asia/Riyadh", "", "2024-02-08"),
        (dt.datetime(2024, 2, 7, 23, tzinfo=UTC), "", "", "2024-02-07"),
        (dt.datetime(2024, 2, 7, 23, tzinfo=dt.timezone(dt.timedelta(hours=3))), "", "MA", "2024-02-07"),
        (dt.datetime(2024, 2, 7, 1, tzinfo=UTC), "America/New_York", "", "2024-02-06"),
        (dt.datetime(2024, 2, 7, 23), "Asia/Riyadh", "SA", "2024-02-07"),  # noqa: DTZ001  civil time in the zone
        (dt.date(2024, 2, 7), "Asia/Riyadh", "SA", "2024-02-07"),
    ],
)
def test_today_is_the_day_where_the_article_appeared(
    at: dt.date, zone: str, country: str, value: str, extractor: Extractor
) -> None:
    (time,) = extractor.resolve(Article("اليوم", Publication(at=at, zone=zone, country=country))).times
    assert time.value == value
    assert time.interval is not None
    assert time.interval.start is not None
    assert time.interval.start.isoformat().startswith(f"{value}T00:00:00")
    assert time.interval.start.tzinfo == civil_zone(Publication(zone=zone, country=country))


def test_a_publication_day_has_no_clock(extractor: Extractor) -> None:
    def read(at: dt.date) -> str:
        (time,) = extractor.resolve(Article("قبل ساعتين", Publication(at=at, country="EG"))).times
        return time.value

    assert read(dt.date(2023, 9, 27)) == "PAST_REF"
    assert read(dt.datetime(2023, 9, 27, 12, tzinfo=zoneinfo.ZoneInfo("Africa/Cairo"))) == "2023-09-27T10"


@pytest.mark.parametrize(
    "at",
    [
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))),
        dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=-12))),
    ],
)
def test_an_instant_that_no_calendar_day_holds_is_refused(at: dt.datetime, extractor: Extractor) -> None:
    with pytest.raises(InvalidArticle) as caught:
        extractor.resolve(Article("اليوم", Publication(at=at, zone="UTC")))
    assert caught.value.field == "article.publication.publish_time"
