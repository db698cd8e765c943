"""What an event takes from others where no words of its own date it; all of it is INFERRED and less sure."""

from __future__ import annotations

import pytest

from tests.events.wednesday import days, named, read
from timeline import Basis, Extractor, Modality, Relation


@pytest.mark.parametrize(
    ("text", "dated", "after"),
    [
        ("قال الرئيس أمس إن المعبر مغلق. وأضاف أن الهدنة انتهت.", "قال", "أضاف"),
        ("قال الرئيس أمس إن المعبر مغلق. وتابع أن الهدنة انتهت. وأوضح أن الوفد غادر.", "قال", "أوضح"),
        ("وصل الوفد أمس إلى عمان. وأكد رئيسه أن المعبر مغلق.", "وصل", "أكد"),
        ("أعلنت الوزارة الأحد إغلاق المعبر. وأشارت إلى أن القرار نهائي.", "أعلنت", "أشارت"),
    ],
)
def test_a_saying_after_what_happened_that_day_is_of_that_day(text: str, dated: str, after: str, extractor: Extractor) -> None:
    found = read(extractor, text)
    first, second = named(found, text, dated), named(found, text, after)
    assert second.interval == first.interval
    assert second.basis is Basis.INFERRED is not first.basis
    assert second.confidence < first.confidence
    assert second.times == first.times != ()


def test_what_was_said_does_not_take_the_day_of_the_saying(extractor: Extractor) -> None:
    text = "قال الرئيس أمس إن الهدنة انتهت."
    event = named(read(extractor, text), text, "انتهت")
    assert (days(event), event.relation) == (("", "2023-09-27"), Relation.BEFORE)


@pytest.mark.parametrize(
    ("text", "main", "before"),
    [
        ("التقى الوزير أمس الوفد الذي زار بيروت.", "التقى", "زار"),
        ("استقبل الرئيس الأحد الوزيرة التي وصلت إلى بيروت.", "استقبل", "وصلت"),
    ],
)
def test_a_relative_clause_in_the_past_lies_before_the_main_event(
    text: str, main: str, before: str, extractor: Extractor
) -> None:
    found = read(extractor, text)
    event = named(found, text, before)
    assert days(event) == ("", days(named(found, text, main))[1])
    assert (event.relation, event.basis) == (Relation.BEFORE, Basis.INFERRED)


def test_what_had_happened_lies_before_what_is_told(extractor: Extractor) -> None:
    text = "وصل الوفد أمس إلى بيروت. وكان الوفد قد غادر القاهرة."
    event = named(read(extractor, text), text, "غادر")
    assert (days(event), event.relation, event.basis) == (("", "2023-09-26"), Relation.BEFORE, Basis.INFERRED)


@pytest.mark.parametrize(
    ("text", "plan", "since"),
    [
        ("سيصل الوفد إلى بيروت.", "سيصل", "2023-09-27"),
        ("قال الوزير أمس إن الوفد سيصل إلى بيروت.", "سيصل", "2023-09-26"),
        ("من المقرر أن يصل الوفد إلى بيروت.", "يصل", "2023-09-27"),
    ],
)
def test_a_plan_without_a_date_lies_after_the_moment_of_speaking(
    text: str, plan: str, since: str, extractor: Extractor
) -> None:
    event = named(read(extractor, text), text, plan)
    assert (days(event), event.relation, event.basis) == ((since, ""), Relation.AFTER, Basis.INFERRED)
    assert event.modality is Modality.PLANNED


def test_a_plan_after_a_dated_plan_is_of_its_day(extractor: Extractor) -> None:
    text = "من المقرر أن يلتقي الوزيران غدا. وسيبحثان الأزمة."
    found = read(extractor, text)
    assert days(named(found, text, "سيبحثان")) == days(named(found, text, "يلتقي")) == ("2023-09-28", "2023-09-29")


@pytest.mark.parametrize(
    ("text", "saying", "said"),
    [
        ("قال الوزير إن الوفد وصل أمس.", "قال", "وصل"),
        ("أعلنت الوزارة أن المعبر أُغلق الجمعة.", "أعلنت", "أُغلق"),
        ('قال الوزير: "غادر الوفد أمس بيروت إلى القاهرة مع جميع أعضائه".', "قال", "غادر"),
    ],
)
def test_what_is_said_names_its_saying_and_the_saying_lies_after_it(
    text: str, saying: str, said: str, extractor: Extractor
) -> None:
    found = read(extractor, text)
    source, event = named(found, text, saying), named(found, text, said)
    assert event.source_event_id == source.id
    assert source.source_event_id == ""
    assert days(source) == (days(event)[0], "2023-09-28")
    assert (source.relation, source.basis) == (Relation.AFTER, Basis.INFERRED)


def test_the_speaker_is_the_agent(extractor: Extractor) -> None:
    text = "وقال المتحدث باسم الوزارة، الثلاثاء، إن الوفد وصل."
    (agent,) = named(read(extractor, text), text, "قال").participants
    assert (agent.text, agent.role.name) == ("المتحدث باسم الوزارة", "AGENT")


def test_the_manner_of_a_saying_is_nobody(extractor: Extractor) -> None:
    text = "وحذر بصراحة قائلا إن الهدنة هشة."
    assert named(read(extractor, text), text, "حذر").participants == ()


def test_the_headline_and_the_body_tell_one_event(extractor: Extractor) -> None:
    text = "وزير الخارجية يزور بيروت\nزار وزير الخارجية بيروت أمس والتقى نظيره."
    found = read(extractor, text)
    headline, body = named(found, text, "يزور"), named(found, text, "زار")
    assert body.same_as == headline.id
    assert headline.interval == body.interval
    assert headline.basis is Basis.INFERRED


def test_an_old_story_does_not_date_a_saying(extractor: Extractor) -> None:
    text = "وقع الزلزال في 6 فبراير 2021. وأكد الوزير أن المدينة آمنة."
    event = named(read(extractor, text), text, "أكد")
    assert (days(event), event.relation) == (("", "2023-09-28"), Relation.BEFORE)


def test_a_headline_with_a_time_of_its_own_is_not_the_old_event_of_the_body(extractor: Extractor) -> None:
    text = "الرئيس يزور بيروت الأحد المقبل\nزار الرئيس بيروت في 3 مايو 2019."
    found = read(extractor, text)
    headline, body = named(found, text, "يزور"), named(found, text, "زار")
    assert (days(headline), days(body)) == (("2023-10-01", "2023-10-02"), ("2019-05-03", "2019-05-04"))
    assert body.same_as == ""


def test_a_verb_takes_the_day_of_the_event_in_which_it_happened(extractor: Extractor) -> None:
    text = "أصيب خمسة جنود في غارة أمس."
    found = read(extractor, text)
    assert named(found, text, "أصيب").interval == named(found, text, "غارة").interval
    assert named(found, text, "أصيب").confidence < named(found, text, "غارة").confidence


def test_an_old_event_that_is_spoken_of_does_not_date_the_verb(extractor: Extractor) -> None:
    text = "أدين خمسة جنود بالضلوع في غارة 3 مايو 2019."
    assert days(named(read(extractor, text), text, "أدين")) == ("", "2023-09-28")


def test_a_saying_comes_after_the_hour_of_what_it_reports(extractor: Extractor) -> None:
    text = "وقال إن الهجوم وقع عشية الأحد."
    found = read(extractor, text)
    attack, saying = (item.interval.start for item in found.items)
    assert attack is not None
    assert saying is not None
    assert attack <= saying


def test_events_that_only_share_two_consonants_are_not_one(extractor: Extractor) -> None:
    text = "توجه الناخبون اليوم إلى المراكز وسط إجراءات مشددة.\nوجرت الانتخابات السابقة في 3 مايو 2019."
    assert not any(event.same_as for event in read(extractor, text).events)


def test_a_place_of_its_own_opens_another_story(extractor: Extractor) -> None:
    text = "وصل الوفد أمس إلى عمان.\n\nوفي الكويت، أعلنت الوزارة إغلاق المعبر."
    assert days(named(read(extractor, text), text, "أعلنت")) == ("", "2023-09-28")


def test_a_relative_clause_that_goes_on_is_no_scene(extractor: Extractor) -> None:
    text = "تناول المجلس نتائج الموسم الذي بدأ الأحد واختتم الاثنين. وأكد المجلس أن النتائج جيدة."
    found = read(extractor, text)
    assert days(named(found, text, "اختتم")) == ("2023-09-25", "2023-09-26")
    assert (days(named(found, text, "أكد")), named(found, text, "أكد").relation) == (
        ("2023-09-25", "2023-09-28"),
        Relation.AFTER,
    )


def test_a_plan_is_of_the_day_of_what_is_planned_in_its_clause(extractor: Extractor) -> None:
    text = "ستغلق البلدية الشارع غدا. ومن المقرر أن تستضيف الإمارة القمة في فبراير 2025."
    assert days(named(read(extractor, text), text, "تستضيف")) == ("2025-02-01", "2025-03-01")


def test_a_saying_about_a_deed_of_some_days_ago_lies_between_it_and_publication(extractor: Extractor) -> None:
    text = "وصل الوفد الأحد إلى عمان. وأكد رئيسه أن المعبر مغلق."
    saying = named(read(extractor, text), text, "أكد")
    assert days(saying) == ("2023-09-24", "2023-09-28")
    assert (saying.relation, saying.basis) == (Relation.AFTER, Basis.INFERRED)
