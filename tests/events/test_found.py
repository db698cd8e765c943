"""Events of single sentences of Wednesday 2023-09-27 in Egypt: what names them, of what kind, how real, dated by which words."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from timeline import Article, Event, Extractor, Modality, Publication, Relation, Tense, Timeline

PUBLICATION = Publication(at=dt.datetime(2023, 9, 27, 12, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")


class Row(NamedTuple):
    """A sentence and one of its events; `day` is the first day of its interval, "" for no interval."""

    text: str
    trigger: str
    kind: str
    modality: Modality
    times: tuple[str, ...]
    day: str


A, N, D = Modality.ACTUAL, Modality.NEGATED, Modality.DENIED
P, X, M, H = Modality.PLANNED, Modality.EXPECTED, Modality.POSSIBLE, Modality.HYPOTHETICAL

ROWS = (
    # a verb and the time beside it
    Row("وصل وزير الخارجية إلى بيروت يوم الأحد.", "وصل", "movement", A, ("يوم الأحد",), "2023-09-24"),
    Row("غادرت الطائرة مطار القاهرة فجر اليوم.", "غادرت", "movement", A, ("فجر اليوم",), "2023-09-27"),
    Row("أمس وصل الوفد إلى بيروت.", "وصل", "movement", A, ("أمس",), "2023-09-26"),
    Row("زار نتنياهو واشنطن أمس.", "زار", "visit", A, ("أمس",), "2023-09-26"),
    Row("انفجرت سيارة مفخخة في 12 سبتمبر.", "انفجرت", "explosion", A, ("12 سبتمبر",), "2023-09-12"),
    Row("اعتقلت الشرطة المتهم مساء الجمعة الماضي.", "اعتقلت", "arrest", A, ("مساء الجمعة الماضي",), "2023-09-22"),
    Row("استقال الوزير في مارس 2019.", "استقال", "resignation", A, ("مارس 2019",), "2019-03-01"),
    Row("تأسست الشركة عام 1998.", "تأسست", "launch", A, ("عام 1998",), "1998-01-01"),
    Row("قُتل جنديان أمس.", "قُتل", "death", A, ("أمس",), "2023-09-26"),
    Row("وصل الوفد.", "وصل", "movement", A, (), ""),
    # modality
    Row("سيصل الوفد غدا.", "سيصل", "movement", P, ("غدا",), "2023-09-28"),
    Row("من المقرر أن يصل الوفد غدا.", "يصل", "movement", P, ("غدا",), "2023-09-28"),
    Row("من المتوقع أن ترتفع الأسعار الشهر المقبل.", "ترتفع", "increase", X, ("الشهر المقبل",), "2023-10-01"),
    Row("قد يصل الوفد غدا.", "يصل", "movement", M, ("غدا",), "2023-09-28"),
    Row("إذا وصل الوفد غدا.", "وصل", "movement", H, ("غدا",), "2023-09-28"),
    Row("لم يصل الوفد أمس.", "يصل", "movement", N, ("أمس",), "2023-09-26"),
    Row("لن يصل الوفد غدا.", "يصل", "movement", N, ("غدا",), "2023-09-28"),
    Row("نفى الوزير أن يكون الوفد قد وصل أمس.", "وصل", "movement", D, ("أمس",), "2023-09-26"),
    Row("نفى الوزير أنه زار بيروت أمس.", "زار", "visit", D, ("أمس",), "2023-09-26"),
    Row("قرر المجلس أن يجتمع غدا.", "يجتمع", "meeting", P, ("غدا",), "2023-09-28"),
    Row("يعتزم الوزير زيارة بيروت الأسبوع المقبل.", "زيارة", "visit", P, ("الأسبوع المقبل",), "2023-10-01"),
    Row("نفى المدرب، الذي عاد أمس، أنه وقع العقد.", "وقع", "agreement", D, (), ""),
    Row("لم ينف المدرب أنه غادر النادي.", "غادر", "movement", A, (), ""),
    Row("من المرجح أن يكون الجدار قد انهار أمس.", "انهار", "destruction", M, ("أمس",), "2023-09-26"),
    Row("نفت البلدية وقوع أي انفجار مساء أمس.", "انفجار", "explosion", D, ("مساء أمس",), "2023-09-26"),
    Row("نفى النادي صحة أنباء عن استقالة المدرب أمس.", "استقالة", "resignation", D, ("أمس",), "2023-09-26"),
    Row("نفى الحزب في بيان وجود مفاوضات منذ الأحد.", "مفاوضات", "talks", D, ("الأحد",), "2023-09-24"),
    Row("نفت البلدية أي علاقة لها بانفجار أمس.", "انفجار", "explosion", A, ("أمس",), "2023-09-26"),
    Row("نفى المدرب خلال اجتماع أمس الخبر.", "اجتماع", "meeting", A, ("أمس",), "2023-09-26"),
    Row("نفى النادي أن يكون المدرب الذي عاد أمس قد استقال.", "استقال", "resignation", D, (), ""),
    Row("نفى النادي أن المدرب الذي عاد أمس استقال.", "استقال", "resignation", D, (), ""),
    Row("نفى النادي أن المدرب الذي عاد أمس والتقى اللاعبين استقال.", "التقى", "meeting", A, ("أمس",), "2023-09-26"),
    Row("استبعد الخبير أن تهبط الأسعار غدا.", "تهبط", "decrease", D, ("غدا",), "2023-09-28"),
    Row("لم يستبعد الخبير أن تهبط الأسعار غدا.", "تهبط", "decrease", M, ("غدا",), "2023-09-28"),
    Row("تجاهل النادي احتجاجات الأحد.", "احتجاجات", "protest", A, ("الأحد",), "2023-09-24"),
    Row("كان من المقرر أن يزور الملك روما أمس لكنه ألغى رحلته.", "يزور", "visit", N, ("أمس",), "2023-09-26"),
    Row("كان من المقرر أن يزور الملك روما أمس.", "يزور", "visit", P, ("أمس",), "2023-09-26"),
    # nouns
    Row("أدان المجلس هجمات 11 سبتمبر.", "هجمات", "attack", A, ("11 سبتمبر",), "2001-09-11"),
    Row("تم توقيع الاتفاق أمس.", "توقيع", "agreement", A, ("أمس",), "2023-09-26"),
    Row("تمت محاكمة المتهم يوم الأحد.", "محاكمة", "trial", A, ("يوم الأحد",), "2023-09-24"),
    Row("سيتم افتتاح المعرض غدا.", "افتتاح", "launch", P, ("غدا",), "2023-09-28"),
    Row("لم يتم اعتقال المتهم أمس.", "اعتقال", "arrest", N, ("أمس",), "2023-09-26"),
    # a light verb and its noun are one, of the noun's kind
    Row("قام الوزير بزيارة إلى عمان.", "قام", "visit", A, (), ""),
    Row("أجرى الوزيران محادثات.", "أجرى", "talks", A, (), ""),
    Row("وسيجري الوفد مباحثات.", "سيجري", "talks", P, (), "2023-09-27"),
    # a present that is to come is a plan
    Row("تعقد اللجنة جلسة الأحد المقبل.", "تعقد", "meeting", P, ("الأحد المقبل",), "2023-10-01"),
    # what is known already is not what is to come
    Row("سيطعن المتهم على الحكم خلال 60 يوما.", "سيطعن", "trial", P, ("60 يوما",), "2023-09-27"),
    # saying and said
    Row("قال الوزير، الثلاثاء، إن الوفد سيسافر الأسبوع المقبل.", "قال", "statement", A, ("الثلاثاء",), "2023-09-26"),
    Row("قال الوزير، الثلاثاء، إن الوفد سيسافر الأسبوع المقبل.", "سيسافر", "movement", P, ("الأسبوع المقبل",), "2023-10-01"),
    Row("أعلنت الوزارة اليوم أن المعبر أُغلق الجمعة.", "أعلنت", "announcement", A, ("اليوم",), "2023-09-27"),
    Row("أعلنت الوزارة اليوم أن المعبر أُغلق الجمعة.", "أُغلق", "end", A, ("الجمعة",), "2023-09-22"),
)


def named(found: Timeline, text: str, trigger: str) -> Event:
    """Return the one event whose trigger is written so."""
    (event,) = (event for event in found.events if text[event.trigger.start : event.trigger.end] == trigger)
    return event


def first_day(event: Event) -> str:
    """Return the first day of an event's interval, "" where it has none."""
    return "" if event.interval is None or event.interval.start is None else event.interval.start.date().isoformat()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.kind}-{k}" for k, row in enumerate(ROWS)])
def test_an_event_of_a_sentence(row: Row, extractor: Extractor) -> None:
    found = extractor.extract(Article(row.text, PUBLICATION))
    event = named(found, row.text, row.trigger)
    words = {time.id: time.text for time in found.times}
    assert (event.kind, event.modality, tuple(words[id_] for id_ in event.times), first_day(event)) == row[2:]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("قام الوزير بزيارة إلى عمان.", ["visit"]),
        ("أجرى الوزيران محادثات.", ["talks"]),
        ("شن الجيش هجوما على القرية.", ["attack"]),
        ("عقد المجلس اجتماعا طارئا.", ["meeting"]),
        ("تم توقيع الاتفاق.", ["agreement"]),
        ("تم تجريد الضابط من رتبته.", ["dismissal"]),
        ("أخلت النيابة سبيل الطبيب.", ["release"]),
        ("أخلى السكان المبنى.", ["rescue"]),
        ("وقع المدرب العقد.", ["agreement"]),
        ("وقعت البلدتان على مذكرة تفاهم.", ["agreement"]),
        ("وقع انفجار في المصنع.", ["explosion"]),
        ("ضربت هزة أرضية الجزيرة.", ["quake"]),
        ("ضرب اللاعب الكرة.", ["attack"]),
        ("نشب حريق في مخزن.", ["fire"]),
        ("هز انفجار الميناء.", ["explosion"]),
        ("قال المرصد إن زلزالا ضرب الجزيرة.", ["statement", "quake"]),
        ("أمرت النيابة بإخلاء سبيله أمس.", ["demand", "release"]),
        ("رأس الملك الجلسة.", ["meeting"]),
        ("وصل نتنياهو إلى نيويورك.", ["movement"]),
        ("قال يوآف غالانت في تونس.", ["statement"]),
        ("استقبل ناصر رئيس تركيا في عدن.", ["meeting"]),
        ("ذكر موقع اليوم السابع ذلك.", ["statement"]),
        ("رئيس الوزراء في بيروت.", []),
        ("المدير العام لشركة النقل في تايمز سكوير.", []),
        ("سعر الدولار في السوق.", []),
        # the last of two names, an object's alef, a clitic that is none, a length of space
        ("كرم المهرجان الممثل أحمد زكي.", ["ceremony"]),
        ("طلب المدرب توقفا قصيرا.", ["demand", "end"]),
        ("للمصرف عشرة فروع.", []),
        ("اندلعت حرائق على امتداد الساحل.", ["fire"]),
        ("وصلت معدات إنقاذ إلى الميناء.", ["movement"]),
        # event nouns in the names of bodies
        ("حكمت محكمة جنايات طنطا أمس بالبراءة.", ["verdict"]),
        ("سلمت الشركة الوثائق لمحكمة جنايات طنطا أمس.", ["handover"]),
        ("أعلنت اللجنة الوطنية المستقلة للانتخابات أمس الموعد.", ["announcement"]),
        ("اعتذرت وزارة الاستثمار والتعاون الدولي أمس.", ["statement"]),
        ("سيعود الفريق قبل نهاية الشهر المقبل.", ["movement"]),
        ("سيعود الفريق قبل نهاية الحرب.", ["movement", "end"]),
    ],
)
def test_the_events_of_a_sentence_are_these_and_no_names(text: str, kinds: list[str], extractor: Extractor) -> None:
    assert [event.kind for event in extractor.extract(Article(text, PUBLICATION)).events] == kinds


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("ونفت البلدية وقوع أي انفجار.", "البلدية"),
        ("نفى النادي صحة الأنباء.", "النادي"),
        ("وقال المدرب للصحفيين إن الفريق وصل.", "المدرب"),
        ("وقال المدرب لصحيفة محلية إن الفريق وصل.", "المدرب"),
        ("وقال المدرب لنظيره إن الفريق وصل.", "المدرب"),
        ("وأشار إليه المدرب.", "المدرب"),
        ("ونفت الشركة مسؤوليتها أمس.", "الشركة"),
        ("وقالت له الطبيبة إن الفريق وصل.", "الطبيبة"),
        ("أعلنت الهيئة العليا للانتخابات أن التصويت انتهى.", "الهيئة العليا للانتخابات"),
    ],
)
def test_who_says_it(text: str, who: str, extractor: Extractor) -> None:
    event = extractor.extract(Article(text, PUBLICATION)).events[0]
    assert [found.text for found in event.participants] == [who]


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("وصل الوفد أمس.", Tense.PAST),
        ("كان الوفد يزور بيروت.", Tense.PAST),
        ("يزور الوفد بيروت اليوم.", Tense.PRESENT),
        ("سيزور الوفد بيروت.", Tense.FUTURE),
        ("هجوم أمس.", Tense.NONE),
    ],
)
def test_the_tense_of_an_event(text: str, tense: Tense, extractor: Extractor) -> None:
    (event,) = extractor.extract(Article(text, PUBLICATION)).events
    assert event.tense is tense


@pytest.mark.parametrize(
    ("text", "relation", "start", "end"),
    [
        ("وصل الوفد أمس.", Relation.DURING, "2023-09-26", "2023-09-27"),
        ("تتواصل الحرب منذ عام 2011.", Relation.SINCE, "2011-01-01", ""),
        ("يعمل المعبر منذ الأحد.", Relation.SINCE, "2023-09-24", ""),
        ("يستمر المعرض حتى 30 سبتمبر.", Relation.UNTIL, "", "2023-10-01"),
        ("وصل الوفد قبل الجمعة.", Relation.BEFORE, "", "2023-09-22"),
        ("يقام المعرض من 14 إلى 18 أكتوبر في القاهرة.", Relation.DURING, "2023-10-14", "2023-10-19"),
        ("استمرت المفاوضات بين عامي 2015 و2018.", Relation.DURING, "2015-01-01", "2019-01-01"),
        ("أضرب العمال من الأحد إلى الثلاثاء.", Relation.DURING, "2023-09-24", "2023-09-27"),
        ("أجلت المباراة من الأحد إلى الثلاثاء.", Relation.DURING, "2023-09-24", "2023-09-25"),
        ("يصل الوفد قبل نهاية أكتوبر المقبل.", Relation.BEFORE, "", "2023-11-01"),
        ("توقف القصف بعد مطلع أغسطس الماضي.", Relation.AFTER, "2023-08-01", "2023-09-28"),
    ],
)
def test_how_an_event_lies_to_its_time(text: str, relation: Relation, start: str, end: str, extractor: Extractor) -> None:
    event = extractor.extract(Article(text, PUBLICATION)).events[0]
    assert event.relation is relation
    assert event.interval is not None
    assert [side and side.date().isoformat() for side in event.interval] == [start or None, end or None]
