"""The face: what an extractor answers for texts of every sort, and how it shows its work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Basis, Extractor, Publication, Timeline, WarningCode

CAIRO = ZoneInfo("Africa/Cairo")
PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=CAIRO), country="EG")
TEXT = "وصل الوفد إلى بيروت يوم الأحد، وسيغادر غدا."


def test_times_events_and_items_of_one_text(extractor: Extractor) -> None:
    found = extractor.extract(Article(TEXT, PUBLICATION))
    assert [(time.id, time.text, time.value) for time in found.times] == [
        ("t1", "يوم الأحد", "2023-09-24"),
        ("t2", "غدا", "2023-09-28"),
    ]
    assert [(event.id, event.kind, event.times) for event in found.events] == [
        ("e1", "movement", ("t1",)),
        ("e2", "movement", ("t2",)),
    ]
    assert [item.event_ids for item in found.items] == [("e1",), ("e2",)]
    assert found.items[0].interval == (dt.datetime(2023, 9, 24, tzinfo=CAIRO), dt.datetime(2023, 9, 25, tzinfo=CAIRO))
    assert (found.undated_event_ids, found.warnings) == ((), ())


def test_resolving_gives_the_times_alone(seeds: Mapping[str, Article], extractor: Extractor) -> None:
    for article in seeds.values():
        whole, times = extractor.extract(article), extractor.resolve(article)
        alone = [time for time in whole.times if time.basis is not Basis.RELATIVE_TO_EVENT]
        assert times.times
        assert [time for time in times.times if time.id in {each.id for each in alone}] == alone
        assert [time.span for time in times.times] == [time.span for time in whole.times]
        assert times == Timeline(times.times, (), (), (), whole.warnings)


@pytest.mark.parametrize("text", ["The delegation arrived yesterday.", "Le 5 mars 2021", "Правда", "今天", "march 5, 2021"])
def test_a_text_of_another_language_has_no_times_and_says_why(text: str, extractor: Extractor) -> None:
    found = extractor.extract(Article(text, PUBLICATION))
    assert (found.times, found.events, found.items) == ((), (), ())
    assert [warning.code for warning in found.warnings] == [WarningCode.NO_ARABIC_TEXT]


@pytest.mark.parametrize(("text", "value"), [("15/3/2021", "2021-03-15"), ("١٥/٣/٢٠٢١", "2021-03-15"), ("2014", "2014")])
def test_bare_figures_are_read(text: str, value: str, extractor: Extractor) -> None:
    assert [time.value for time in extractor.resolve(Article(text, PUBLICATION)).times] == [value]


def test_one_arabic_word_is_enough(extractor: Extractor) -> None:
    found = extractor.extract(Article("Reuters: أمس", PUBLICATION))
    assert [time.value for time in found.times] == ["2023-09-26"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("وصل الوفد الخميس 27 سبتمبر 2023.", WarningCode.WEEKDAY_MISMATCH),
        ("صدر القرار في 10 رمضان 1100هـ.", WarningCode.HIJRI_OUT_OF_RANGE),
        ("صدر القرار في 5 رمضان 1445هـ الموافق 25 مارس 2024م.", WarningCode.CALENDAR_MISMATCH),
        ("صدر القرار في 30 فبراير 2023.", WarningCode.DATE_OUT_OF_RANGE),
        ("وصل الوفد الأربعاء 27 سبتمبر 2023.", None),
        ("صدر القرار في 5 رمضان 1445هـ الموافق 15 مارس 2024م.", None),
    ],
)
def test_what_disagrees_is_told_of_its_expression(text: str, code: WarningCode | None, extractor: Extractor) -> None:
    found = extractor.extract(Article(text, PUBLICATION))
    assert [warning.code for warning in found.warnings] == ([] if code is None else [code])
    assert all(warning.expression_id in {time.id for time in found.times} for warning in found.warnings)


@pytest.mark.parametrize(
    ("text", "value", "confidence"),
    [
        # no Monday, but yesterday's side of today is none that "tomorrow" can mean
        ("يصل الوفد غدا الاثنين.", "2023-09-28", 0.6),
        # written on the day before it was published: the weekday wins
        ("وصل الوفد أمس الاثنين.", "2023-09-25", 0.75),
        ("يصل الوفد غدا الأربعاء.", "2023-09-27", 0.75),
    ],
)
def test_a_weekday_beside_a_counted_day_decides_unless_it_turns_it_to_the_other_side(
    text: str, value: str, confidence: float, extractor: Extractor
) -> None:
    found = extractor.extract(Article(text, PUBLICATION))
    (time,) = found.times
    assert (time.value, time.confidence) == (value, confidence)
    assert [warning.code for warning in found.warnings] == [WarningCode.WEEKDAY_MISMATCH]


def test_a_text_written_the_day_before_counts_all_its_days_from_there(extractor: Extractor) -> None:
    found = extractor.extract(Article("يلتقي الفريقان غدا الأربعاء. وقال المدرب أمس إن مباراة الغد صعبة.", PUBLICATION))
    assert [time.value for time in found.times] == ["2023-09-27", "2023-09-25", "2023-09-27"]
    agreed = extractor.extract(Article("يلتقي الفريقان غدا الخميس. وقال المدرب أمس إن مباراة الغد صعبة.", PUBLICATION))
    assert [time.value for time in agreed.times] == ["2023-09-28", "2023-09-26", "2023-09-28"]


def test_spans_count_code_points_in_the_text_as_given(extractor: Extractor) -> None:
    text = "\ufeff😀 \u202bوصل\u202c الوفدُ  «أَمْسِ»\u200f، و\x00غادر غــدا"
    found = extractor.extract(Article(text, PUBLICATION))
    assert [(time.text, time.value) for time in found.times] == [("أَمْسِ", "2023-09-26"), ("غــدا", "2023-09-28")]
    assert all(text[time.span.start : time.span.end] == time.text for time in found.times)


def test_line_ends_of_every_sort_change_nothing_but_offsets(extractor: Extractor) -> None:
    def read(newline: str) -> list[str]:
        return [time.value for time in extractor.resolve(Article(f"وصل الوفد أمس{newline}وغادر غدا", PUBLICATION)).times]

    assert read("\n") == read("\r\n") == read("\n\n\n") == ["2023-09-26", "2023-09-28"]


def test_a_trace_shows_every_stage(extractor: Extractor) -> None:
    trace = extractor.trace(Article("وصل الوفد مساء الأحد.", PUBLICATION))
    assert [line.split("  ")[0] for line in trace.words] == ["وصل", "الوفد", "مساء", "الأحد", "."]
    assert any("weekday=SUNDAY" in line for line in trace.words)
    assert len(trace.mentions) == 2
    assert len(trace.joins) == 1
    assert trace.joins[0].startswith("مساء الأحد")
    assert trace.times == extractor.resolve(Article("وصل الوفد مساء الأحد.", PUBLICATION)).times


def test_kinds_are_listed_once_by_group_and_name(extractor: Extractor) -> None:
    kinds = extractor.event_kinds()
    keys = [(kind.group, kind.name) for kind in kinds]
    assert keys == sorted(set(keys))
    assert len({kind.name for kind in kinds}) == len(kinds)


def test_events_are_of_listed_kinds(seeds: Mapping[str, Article], extractor: Extractor) -> None:
    names = {kind.name for kind in extractor.event_kinds()}
    assert {event.kind for article in seeds.values() for event in extractor.extract(article).events} <= names


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("يصل الوفد الساعة الخامسة.", ["2023-09-27T05:00", "2023-09-27T17:00"]),
        ("يصل الوفد الساعة الخامسة مساء.", ["2023-09-27T17:00"]),
        ("يصل الوفد الساعة 17:00.", ["2023-09-27T17:00"]),
    ],
)
def test_an_hour_of_either_half_of_the_day_has_the_other_as_alternative(
    text: str, values: list[str], extractor: Extractor
) -> None:
    (time,) = extractor.extract(Article(text, PUBLICATION)).times
    assert [time.value, *(alternative.value for alternative in time.alternatives)] == values
