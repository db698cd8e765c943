"""Items lie in chronological order, whatever the order in the text; cues order what falls on one day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Extractor, Publication

PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")


def ordered(extractor: Extractor, text: str) -> tuple[list[set[str]], set[str]]:
    """Return the triggers of each item in order, and those without a date."""
    found = extractor.extract(Article(text, PUBLICATION))
    triggers = {event.id: text[event.trigger.start : event.trigger.end] for event in found.events}
    return [{triggers[id_] for id_ in item.event_ids} for item in found.items], {
        triggers[id_] for id_ in found.undated_event_ids
    }


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("سيصل الوفد غدا. وغادر أمس القاهرة. وزار بيروت اليوم.", [{"غادر"}, {"زار"}, {"سيصل"}]),
        ("وصل الوفد في 15 مارس. وغادر في 3 يناير. وعاد في يونيو.", [{"غادر"}, {"وصل"}, {"عاد"}]),
        ("وصل الوزير أمس. وغادر السفير أمس.", [{"وصل", "غادر"}]),
        ("استقال الوزير عام 2011. وعاد في 12 مارس 2011.", [{"استقال"}, {"عاد"}]),
    ],
)
def test_dates_order_items(text: str, items: list[set[str]], extractor: Extractor) -> None:
    assert ordered(extractor, text) == (items, set())


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("استقال الوزير الأحد عقب هجوم على مكتبه.", [{"هجوم"}, {"استقال"}]),
        ("غادر الوزير أمس بعد اجتماع مع نظيره.", [{"اجتماع"}, {"غادر"}]),
        ("عاد الوزير أمس قبل اجتماع المجلس.", [{"عاد"}, {"اجتماع"}]),
        ("غادر الوفد أمس بعد أن التقى الرئيس أمس.", [{"التقى"}, {"غادر"}]),
        ("التقى الوفد الرئيس أمس قبل أن يغادر أمس.", [{"التقى"}, {"يغادر"}]),
    ],
)
def test_before_and_after_order_one_day(text: str, items: list[set[str]], extractor: Extractor) -> None:
    assert ordered(extractor, text) == (items, set())


@pytest.mark.parametrize("text", ["يحب الوفد بيروت.", "قد يصل الوفد.", "لم يصل الوفد."])
def test_what_has_no_date_stands_apart(text: str, extractor: Extractor) -> None:
    items, apart = ordered(extractor, text)
    assert items == []
    assert apart


@pytest.mark.parametrize(
    ("text", "items"), [("وصل الوفد.", [{"وصل"}]), ("وصل الوفد. وغادر السفير في 3 يناير.", [{"غادر"}, {"وصل"}])]
)
def test_what_is_told_as_past_ends_with_publication(text: str, items: list[set[str]], extractor: Extractor) -> None:
    assert ordered(extractor, text) == (items, set())
    found = extractor.extract(Article(text, PUBLICATION)).items[-1].interval
    assert (found.start, found.end) == (None, dt.datetime(2023, 9, 28, tzinfo=ZoneInfo("Africa/Cairo")))


def test_a_circle_of_cues_is_cut(extractor: Extractor) -> None:
    text = "غادر الوفد أمس بعد أن وصل أمس قبل أن يغادر أمس بعد أن وصل أمس"
    items, apart = ordered(extractor, text)
    assert set().union(*items) | apart == {"غادر", "وصل", "يغادر"}


def test_an_open_begin_comes_before_its_end_and_an_open_end_after_its_begin(extractor: Extractor) -> None:
    text = "وصل الوفد أمس. وكان قد غادر القاهرة. وقال الوزير أمس إنه سيعود."
    assert ordered(extractor, text)[0] == [{"غادر"}, {"وصل", "قال"}, {"سيعود"}]


def test_what_follows_an_hour_does_not_begin_before_it(extractor: Extractor) -> None:
    text = "واستقال الوزير بعد الاجتماع فجر الاثنين."
    meeting, resignation = (item.interval.start for item in extractor.extract(Article(text, PUBLICATION)).items)
    assert meeting is not None
    assert resignation is not None
    assert meeting.hour > 0
    assert meeting <= resignation
