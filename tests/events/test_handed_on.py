"""How events share dates: the day of the news, settings, joined verbs, lengths of time, later mentions; and what shares none."""

from __future__ import annotations

import pytest

from tests.events.wednesday import all_named, days, read
from timeline import Basis, Extractor, Modality

YESTERDAY, SUNDAY = ("2023-09-26", "2023-09-27"), ("2023-09-24", "2023-09-25")


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        # the headline and the lead are of the day of the news
        ("انهيار مبنى في الميناء\nانهار المبنى، وقال الدفاع المدني أمس إن البحث مستمر.\n", "انهار", ("", "2023-09-27")),
        ("حريق في الميناء\nاندلع حريق في مخزن أمس وأصيب خمسة عمال.\n", "حريق", YESTERDAY),
        ("أصيب خمسة عمال في الميناء.\nواندلع الحريق أمس في مخزن.\n", "أصيب", YESTERDAY),
        ("اندلع حريق في مخزن أمس.\nوأصيب خمسة عمال.\n", "أصيب", YESTERDAY),
        # settings
        ("قتل خمسة في انفجار وقع أمس.", "قتل", YESTERDAY),
        ("تعهد الوزير بإصلاح الطرق خلال قمة عقدها الأحد.", "تعهد", SUNDAY),
        ("قال الوزير إن المعبر مغلق في بيان صدر أمس.", "قال", YESTERDAY),
        ("وفي البيان الذي صدر أمس، أكد الوزير أن المعبر مغلق.", "أكد", YESTERDAY),
        ("أصيب خمسة جنود في غارة أمس.", "أصيب", YESTERDAY),
        ("سيغيب المدافع عندما يلعب فريقه غدا.", "سيغيب", ("2023-09-28", "2023-09-29")),
        # joined verbs
        ("قتل جنديان وأصيب ثلاثة أمس.", "قتل", YESTERDAY),
        ("وصل الوفد أمس والتقى الوزير.", "التقى", YESTERDAY),
        ("وصل الوفد أمس ثم التقى الوزير.", "التقى", YESTERDAY),
        ("وصل الوفد أمس قبل أن يلتقي الوزير.", "يلتقي", YESTERDAY),
        # lengths of time after what is told before
        ("وصل الوفد الأحد وغادر بعد يومين.", "غادر", YESTERDAY),
        ("أبحرت السفينة الساعة التاسعة مساء الأحد، وانقطع الاتصال بها بعد خمس ساعات.", "انقطع", ("2023-09-25", "2023-09-26")),
        ("اندلع الحريق ظهر أمس وأخمد بعد ساعتين.", "أخمد", YESTERDAY),
        ("تأسست الشركة في 3 مارس 2021 وأفلست بعد سنتين.", "أفلست", ("2023-03-01", "2024-03-01")),
        # the day before what came on its morrow
        ("أعلنت الوزارة أمس حصيلة القتلى غداة هجوم على القرية.", "هجوم", ("2023-09-25", "2023-09-26")),
        # what is added goes on with the saying, whatever was told between
        ("قال الوزير أمس إن المعبر مغلق، بعد هجوم وقع الأحد. وأضاف أن العمال مضربون.", "أضاف", YESTERDAY),
    ],
)
def test_a_date_is_handed_on(text: str, trigger: str, day: tuple[str, str], extractor: Extractor) -> None:
    event = all_named(read(extractor, text), text, trigger)[0]
    assert days(event) == day
    assert event.basis in {Basis.INFERRED, Basis.RELATIVE_TO_EVENT, Basis.RELATIVE_TO_PUBLICATION}


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        # states and habits
        ("وصل الوفد أمس ويضم عشرة نواب.", "يضم", ("", "")),
        ("زار الوزير المتحف أمس. وكان الزوار يصلون إليه سيرا.", "يصلون", ("", "2023-09-28")),
        # a life in brackets
        ("أورد المؤرخ ابن شاكر (ت 764هـ/1363م) هذه القصة.", "أورد", ("", "2023-09-28")),
        ("وصف المؤرخ أحمد سالم (1921-1935) هذه الدار.", "وصف", ("", "2023-09-28")),
        # minutes of a match
        ("سجل الفريق هدفا في آخر خمس دقائق.", "سجل", ("", "2023-09-28")),
        # a cause may lie further back
        ("أعلنت مصر أمس إرسال مساعدات جراء فيضانات اجتاحت السودان.", "فيضانات", ("", "2023-09-27")),
        # what is so now was not long ago
        ("تعمل الشركة في المدينة، وقد تأسست في 3 مارس 1990.", "تعمل", ("", "")),
        # an older date deep in the text is not that of the headline
        (
            "المدرب يرحل\nقرر المدرب الرحيل.\n\nوقال النادي إنه حزين.\n\nوكان المدرب قد وصل الخميس الماضي.\n",
            "قرر",
            ("", "2023-09-28"),
        ),
        # a relative clause between commas keeps no time of its clause
        ("بدأت المناورات، التي تحمل اسم النسر، الأحد.", "تحمل", ("", "")),
        # the season of a player is not when he was spoken of
        ("قال الطبيب إن صلاح، هداف الموسم الماضي، بخير.", "قال", ("", "2023-09-28")),
    ],
)
def test_a_date_is_not_handed_on(text: str, trigger: str, day: tuple[str, str], extractor: Extractor) -> None:
    assert days(all_named(read(extractor, text), text, trigger)[0]) == day


@pytest.mark.parametrize(
    ("text", "trigger", "first"),
    [
        ("الشرطة تعتقل لصا\nاعتقلت الشرطة لصا أمس.", "اعتقلت", "تعتقل"),
        ("زار الوزير بيروت أمس. وقال بعد زيارته إن المعبر مغلق.", "زيارته", "زار"),
        ("اجتمع الوزير بنظيره أمس. وعقب الاجتماع غادر بيروت.", "الاجتماع", "اجتمع"),
        ("استقال المدرب أمس. وبعد الاستقالة بكى اللاعبون.", "الاستقالة", "استقال"),
        # another date, another event
        ("زار الوزير بيروت أمس. وزار الوزير بيروت في 3 مارس 2021.", "وزار", ""),
        ("وقع هجوم الأحد. وقال الوزير إن هجوم أمس أخطر.", "هجوم", ""),
        # what did not happen is not what did
        ("استقال المدرب أمس. ولم يستقل المدير.", "يستقل", ""),
    ],
)
def test_a_later_mention_names_the_first(text: str, trigger: str, first: str, extractor: Extractor) -> None:
    found = read(extractor, text)
    written = {event.id: text[event.trigger.start : event.trigger.end] for event in found.events}
    last = [event for event in found.events if written[event.id] == trigger.removeprefix("و")][-1]
    assert written.get(last.same_as, "") == first


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "modality"),
    [
        ("قرر المجلس إقالة المدرب.", "إقالة", "dismissal", Modality.PLANNED),
        ("تعهد المدير، في بيان، بإعادة الطريق.", "إعادة", "start", Modality.PLANNED),
        ("طالب النواب باستقالة الوزير.", "استقالة", "resignation", Modality.HYPOTHETICAL),
        ("تمكنت الشرطة أمس من توقيف أربعة.", "توقيف", "arrest", Modality.ACTUAL),
        ("قتل خمسة في هجوم على القرية.", "هجوم", "attack", Modality.ACTUAL),
        ("من المتوقع ارتفاع الأسعار العام المقبل.", "ارتفاع", "increase", Modality.PLANNED),
        ("أدت الاحتجاجات لاستقالة الوزير.", "استقالة", "resignation", Modality.ACTUAL),
    ],
)
def test_nouns_that_what_stands_before_them_makes_events(
    text: str, trigger: str, kind: str, modality: Modality, extractor: Extractor
) -> None:
    event = all_named(read(extractor, text), text, trigger)[0]
    assert (event.kind, event.modality) == (kind, modality)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("وأوضح البيان الصادر أمس أن المعبر مغلق.", "الصادر", YESTERDAY),
        ("بموجب النظام الصادر بالمرسوم الملكي رقم م/3 بتاريخ 3 مارس 2021 تغلق المحال.", "الصادر", ("2021-03-03", "2021-03-04")),
    ],
)
def test_a_date_makes_a_participle_an_event(text: str, trigger: str, day: tuple[str, str], extractor: Extractor) -> None:
    assert days(all_named(read(extractor, text), text, trigger)[0]) == day


@pytest.mark.parametrize("text", ["وأوضح البيان الصادر عن الوزارة أن المعبر مغلق.", "القرار المتخذ نهائي."])
def test_a_participle_without_a_date_is_none(text: str, extractor: Extractor) -> None:
    written = {text[event.trigger.start : event.trigger.end] for event in read(extractor, text).events}
    assert written.isdisjoint({"الصادر", "المتخذ"})
