"""The corpus holds no wrong dates: each row is checked by the calendar alone, without the engine."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest

with warnings.catch_warnings():  # the package announces its new name on import
    warnings.simplefilter("ignore", DeprecationWarning)
    from hijri_converter.convert import Hijri


class Time(TypedDict, total=False):
    """An expected expression, as the corpus writes it."""

    text: str
    type: str
    value: str
    mod: str
    nth: int
    clash: bool  # the sentence names another weekday than its date has
    start: dt.date
    end: dt.date
    hijri: str


class Row(TypedDict):
    """An expected expression in its sentence."""

    case: str
    sentence: str
    published: dt.date
    country: str
    time: Time


CORPUS = Path(__file__).parent.parent / "corpus"
MONTHS = (
    "يناير جانفي",
    "فبراير فيفري شباط",
    "مارس آذار",
    "أبريل ابريل إبريل أفريل نيسان",
    "مايو ماي أيار",
    "يونيو جوان حزيران",
    "يوليو يوليوز جويلية تموز",
    "أغسطس غشت أوت آب",
    "سبتمبر شتنبر أيلول",
    "أكتوبر",
    "نوفمبر نونبر",
    "ديسمبر دجنبر",
)
LEVANTINE_PAIRS = {"تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "كانون الثاني": 1}
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()} | LEVANTINE_PAIRS
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
WEEKDAY = {name: number for number, name in enumerate(WEEKDAYS)}
# until when Thursday and Friday were the weekend
THURSDAY_OFF = {"SA": dt.date(2013, 6, 29), "DZ": dt.date(2009, 8, 14), "OM": dt.date(2013, 5, 1), "YE": dt.date(2013, 8, 1)}
MONDAY_FIRST = {"MA", "TN", "LB", "MR", "GB", "FR", "US", "DE"}
BESIDE = {"غداة": 1, "عشية": -1}
WORD = r"(?<![ء-ي]){}(?![ء-ي])"
VALUE = {
    "DATE": r"\d{4}(-\d\d(-\d\d)?|-W\d\d(-WE)?|-Q[1-4]|-H[12]|-(SP|SU|FA|WI))?|\d{2,3}|(PAST|PRESENT|FUTURE)_REF"
    r"|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|\d{4}/\d{4}",
    "TIME": r"(\d{4}-\d\d-\d\d)?T(MO|MI|AF|EV|NI|\d\d:\d\dZ?)",
    "DURATION": r"PT?[\dX.]+(S|M|H|D|W|Y|DE|CE|X)([\d.]+[DWM])?",
    "SET": r"P\d[DWMY]|PT\d+[HM]|XXXX-WXX-[1-7]|XXXX-\d\d(-\d\d)?",
}


def rows() -> list[Row]:
    """Return every expected expression of every family."""
    found: list[Row] = []
    for path in sorted(CORPUS.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            published: dt.date = case["published"]
            for time in case["times"]:
                name = f"{path.stem}-{number:02}"
                found.append(Row(case=name, sentence=case["text"], published=published, country=case["country"], time=time))
    return found


ROWS = rows()


def those(chosen: Callable[[Row], object]) -> pytest.MarkDecorator:
    """Parametrise a test over the rows that it speaks of."""
    some = [row for row in ROWS if chosen(row)]
    assert some, "no row asks for this"
    return pytest.mark.parametrize("row", some, ids=[row["case"] for row in some])


def day(value: str) -> dt.date | None:
    """Return the day that a value names or lies in, None for coarser ones."""
    named = re.match(r"\d{4}-\d\d-\d\d(?!/|\d)", value.partition("/")[0] if "/" not in value else "")
    return dt.date.fromisoformat(named[0]) if named else None


def months_on(date: dt.date, count: int) -> dt.date:
    """Return a date moved by whole months, the day cut to what the month has."""
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def week_start(country: str, date: dt.date) -> int:
    """Return the day after the weekend, as `date.weekday` counts, by the weekend that the country had then."""
    if date < THURSDAY_OFF.get(country, dt.date.min):
        return calendar.SATURDAY
    if country == "AE":
        return calendar.MONDAY if date.year >= 2022 else calendar.SUNDAY
    return calendar.MONDAY if country in MONDAY_FIRST else calendar.SUNDAY


def covered(value: str, country: str, published: dt.date) -> tuple[dt.date, dt.date]:
    """Return the half-open days that a value covers; a week by the country's week."""
    year, _, rest = value.partition("-")
    if "/" in value:
        first, last = (dt.date.fromisoformat(end) for end in value.split("/"))
        return first, last + dt.timedelta(1)
    if len(year) < 4:
        scale = 10 ** (4 - len(year))
        return dt.date(int(year) * scale, 1, 1), dt.date((int(year) + 1) * scale, 1, 1)
    if rest.startswith("W"):
        middle = dt.date.fromisocalendar(int(year), int(rest[1:3]), 4)
        begin = next(d for n in range(7) if (d := middle - dt.timedelta(n)).weekday() == week_start(country, published))
        return (begin + dt.timedelta(5) if rest.endswith("WE") else begin), begin + dt.timedelta(7)
    if named := day(value):
        return named, named + dt.timedelta(1)
    length, first_month = {"": (12, 1), "Q": (3, 0), "H": (6, 0)}.get(rest[:1], (1, 0))
    number = int(rest.lstrip("QH") or 1)
    begin = dt.date(int(year), first_month or (number - 1) * length + 1, 1)
    return begin, months_on(begin, length)


def plain(moment: dt.date) -> dt.date:
    """Return the day of a date or of a datetime."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


@those(lambda _: True)
def test_value_is_of_its_type(row: Row) -> None:
    time = row["time"]
    assert re.fullmatch(VALUE[time["type"]], time["value"])
    assert row["sentence"].count(time["text"]) >= time.get("nth", 1)


@those(lambda row: "start" in row["time"])
def test_start_comes_before_end(row: Row) -> None:
    assert row["time"]["start"] < row["time"]["end"]


@those(lambda row: row["time"]["type"] == "DATE" and "start" in row["time"])
def test_interval_is_what_the_value_covers(row: Row) -> None:
    time = row["time"]
    assert (time["start"], time["end"]) == covered(time["value"], row["country"], plain(row["published"]))


@those(lambda row: row["time"]["type"] == "DURATION" and "start" in row["time"])
def test_span_ends_at_publication_and_is_as_long_as_it_says(row: Row) -> None:
    time = row["time"]
    amount = re.fullmatch(r"P(\d+)(D|W|M|Y|DE)", time["value"])
    assert amount
    count, unit = int(amount[1]), amount[2]
    end = plain(row["published"])
    days, months = {"D": (1, 0), "W": (7, 0), "M": (0, 1), "Y": (0, 12), "DE": (0, 120)}[unit]
    begin = months_on(end, -count * months) - dt.timedelta(count * days)
    assert (time["start"], time["end"]) == (begin, end)


@those(lambda row: day(row["time"]["value"]) and any(name in row["time"]["text"] for name in WEEKDAY))
def test_weekday_named_is_that_of_the_value(row: Row) -> None:
    date = day(row["time"]["value"])
    assert date
    named = {WEEKDAY[name] for name in WEEKDAY if name in row["time"]["text"]}
    assert (named != {date.weekday()}) is row["time"].get("clash", False)


@those(lambda row: any(re.search(WORD.format(name), row["time"]["text"]) for name in MONTH) and row["time"]["type"] != "SET")
def test_day_month_and_year_named_are_those_of_the_value(row: Row) -> None:
    words, value = row["time"]["text"], row["time"]["value"]
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    named = {MONTH[name] for name in MONTH if re.search(WORD.format(name), words)}
    date = day(value)
    told = date and date - dt.timedelta(BESIDE.get(words.partition(" ")[0], 0))
    assert named == {told.month if told else int(value[5:7])}
    assert all(number == int(value[:4]) for number in numbers if number > 999)
    if told and numbers and numbers[0] < 32 and row["time"]["type"] == "DATE":
        assert numbers[0] == told.day


@those(lambda row: re.search(r"(الماضي|المنصرم|الفائت|الفارط|المقبل|القادم)", row["time"]["text"]) and "start" in row["time"])
def test_modifier_says_on_which_side_of_publication(row: Row) -> None:
    time, today = row["time"], plain(row["published"])
    past = re.search(r"(الماضي|المنصرم|الفائت|الفارط)", time["text"])
    assert plain(time["end"]) <= today if past else plain(time["start"]) > today


@those(lambda row: "hijri" in row["time"])
def test_hijri_is_umm_al_qura(row: Row) -> None:
    time = row["time"]
    year, month, date = ([*map(int, time["hijri"].split("-")), 0, 0])[:3]
    first = Hijri(year, month or 1, date or 1)
    end = Hijri(year, month or 12, date or Hijri(year, month or 12, 1).month_length())
    begin, last = first.to_gregorian().isoformat(), end.to_gregorian().isoformat()
    assert time["value"].partition("T")[0] == (begin if date else f"{begin}/{last}")
