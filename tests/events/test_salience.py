"""What is worth showing stands above what is not."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Extractor, Publication

PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        # a deed above the saying that reports it, a saying with content above one without
        ("قال الوزير أمس إن المدير استقال الأحد.", "استقال", "قال"),
        ("تحدث الوزير أمس. وأعلن المدير أمس أن المعبر أُغلق.", "أعلن", "تحدث"),
        # the headline and the lead above the rest
        ("الشرطة تعتقل لصا\nاعتقلت الشرطة لصا أمس.\n\nوقال الوزير أمس إن الأمن مستتب.", "تعتقل", "قال"),
        ("انفجرت سيارة أمس.\n\nوكان المدير قد زار عمان. وانفجر خزان أمس.", "انفجرت", "انفجر"),
        # a state below a deed
        ("يعتبر الوزير صديقا. واستقال المدير أمس.", "استقال", "يعتبر"),
        # what is dated above what is not
        ("استقال الوزير أمس. وأقال الرئيس المدير.", "استقال", "أقال"),
        # what only says when something else was
        ("استقال الوزير بعد اجتماع في القصر.", "استقال", "اجتماع"),
        # background and possibilities below what happened
        ("قتل الحارس أمس. وقد يقتل الأسد أحدا.", "قتل", "يقتل"),
        ("استقبل الرئيس أمس الوزير الذي زار بيروت أمس.", "استقبل", "زار"),
    ],
)
def test_one_event_is_more_worth_than_another(text: str, more: str, less: str, extractor: Extractor) -> None:
    worth = {text[e.trigger.start : e.trigger.end]: e.salience for e in extractor.extract(Article(text, PUBLICATION)).events}
    assert worth[more] > worth[less]


def test_salience_lies_between_nothing_and_one(extractor: Extractor) -> None:
    text = "انفجار يهز الميناء\nهز انفجار الميناء أمس وقتل خمسة. ووقع الانفجار فجر أمس. وكان الانفجار عنيفا. وقال الوزير إنه يظن ذلك."
    found = extractor.extract(Article(text, PUBLICATION)).events
    assert all(0 <= event.salience <= 1 for event in found)
    assert len({event.salience for event in found}) > 1


def test_a_later_mention_is_not_worth_more_than_the_first(extractor: Extractor) -> None:
    text = "وزير الخارجية يزور بيروت\nزار وزير الخارجية بيروت أمس والتقى نظيره. وبعد زيارته غادر أمس."
    found = {event.id: event for event in extractor.extract(Article(text, PUBLICATION)).events}
    again = [event for event in found.values() if event.same_as]
    assert again
    assert all(event.salience <= found[event.same_as].salience for event in again)
