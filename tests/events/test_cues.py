"""What words and constructions say of which event came first, the bounds that follow, and what contradicts a date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events.wednesday import PUBLICATION, days, named, read
from timeline import Article, Extractor, Language, WarningCode
from timeline.events.bounds import narrow
from timeline.events.cues import Cue
from timeline.events.draft import Draft
from timeline.events.order import order
from timeline.model import Basis, EventClass, Grain, Modality, Relation, Tense
from timeline.text.clauses import Clause, Opening
from timeline.text.vocabulary import Lemma

TODAY = dt.date(2023, 9, 27)


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        # words between two events
        ("وصل الوفد أمس ثم التقى الوزير.", "وصل", "التقى"),
        ("وصل الوفد أمس والتقى الوزير بعد ذلك وغادر.", "وصل", "التقى"),
        ("وصل الوفد أمس. وفي وقت لاحق التقى الوزير.", "وصل", "التقى"),
        ("وصل الوفد أمس. وبعد ذلك التقى الوزير.", "وصل", "التقى"),
        ("التقى الوفد الوزير أمس. وقبل ذلك زار المتحف.", "زار", "التقى"),
        ("بعد أن وصل الوفد أمس اجتمع المجلس أمس.", "وصل", "اجتمع"),
        ("قبل أن يغادر الوفد أمس اجتمع المجلس أمس.", "اجتمع", "يغادر"),
        ("وفور وصوله أمس التقى الوفد الوزير أمس.", "وصوله", "التقى"),
        ("وصل الوفد أمس قبل ساعات من انفجار هز المدينة.", "وصل", "انفجار"),
        # constructions
        ("قال الوزير أمس إن الشرطة اعتقلت اللص أمس.", "اعتقلت", "قال"),
        ("أعلنت الشركة أمس أنها ستفتتح مصنعا.", "أعلنت", "ستفتتح"),
        ("قرر المجلس أمس أن يجتمع.", "قرر", "يجتمع"),
        ("استقبل الرئيس أمس الوزير الذي وصل أمس.", "وصل", "استقبل"),
        ("ضرب الإعصار المدينة أمس فانهارت الجسور أمس.", "ضرب", "انهارت"),
        ("اندلعت احتجاجات أمس أدت إلى استقالته.", "اندلعت", "استقالته"),
        ("أصيب خمسة أمس، وفق ما أكده مصدر طبي.", "أصيب", "أكده"),
        # what is said for the news comes after what happened, what is added after what was said
        ("انهار المبنى أمس. وقال الوزير إن الخسائر كبيرة.", "انهار", "قال"),
        ("قال الوزير أمس إن المعبر مغلق. وأضاف أن العمال مضربون.", "قال", "أضاف"),
    ],
)
def test_one_event_stands_before_another(text: str, first: str, then: str, extractor: Extractor) -> None:
    found = read(extractor, text)
    rank = {id_: k for k, item in enumerate(found.items) for id_ in item.event_ids}
    assert rank[named(found, text, first).id] < rank[named(found, text, then).id]


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        ("وصل الوزير أمس. وغادر السفير أمس.", "وصل", "غادر"),
        ("وصل الوزير أمس وغادر السفير أمس.", "وصل", "غادر"),
        ("أصيب خمسة أمس بينما انهار الجسر أمس.", "أصيب", "انهار"),
    ],
)
def test_the_order_of_the_text_is_no_cue(text: str, a: str, b: str, extractor: Extractor) -> None:
    found = read(extractor, text)
    rank = {id_: k for k, item in enumerate(found.items) for id_ in item.event_ids}
    assert rank[named(found, text, a).id] == rank[named(found, text, b).id]


@pytest.mark.parametrize(
    ("text", "trigger", "relation", "bounds"),
    [
        ("قال الوزير أمس إن الهدنة انتهت.", "انتهت", Relation.BEFORE, ("", "2023-09-27")),
        ("استقال الوزير أمس بسبب احتجاجات في العاصمة.", "احتجاجات", Relation.BEFORE, ("", "2023-09-27")),
        ("أعلنت الشركة أمس أنها ستفتتح مصنعا.", "ستفتتح", Relation.AFTER, ("2023-09-26", "")),
    ],
)
def test_a_cue_bounds_what_has_no_date(
    text: str, trigger: str, relation: Relation, bounds: tuple[str, str], extractor: Extractor
) -> None:
    event = named(read(extractor, text), text, trigger)
    assert (event.relation, event.basis, days(event)) == (relation, Basis.INFERRED, bounds)


def test_a_cue_against_the_dates_is_a_warning(extractor: Extractor) -> None:
    text = "غادر الوفد الأحد بعد أن وصل الاثنين."
    found = read(extractor, text)
    (warning,) = found.warnings
    assert warning.code is WarningCode.ORDER_CONTRADICTION
    assert warning.event_ids == (named(found, text, "وصل").id, named(found, text, "غادر").id)
    assert warning.message == "بعد أن puts وصل before غادر, but their dates say otherwise"
    arabic = extractor.extract(Article(text, PUBLICATION), Language.ARABIC).warnings
    assert arabic[0].message == "بعد أن تجعل وصل قبل غادر، وتاريخاهما على خلاف ذلك"
    assert [item.event_ids for item in found.items] == [warning.event_ids[::-1]] or len(found.items) == 2


@pytest.mark.parametrize(
    "text",
    [
        "غادر الوفد الاثنين بعد أن وصل الأحد.",
        "قال الوزير الأحد إن الشرطة اعتقلت اللص الاثنين.",  # no word says so, only the construction
        "وصل الوفد الاثنين. وغادر السفير الأحد.",
    ],
)
def test_what_does_not_contradict_is_no_warning(text: str, extractor: Extractor) -> None:
    assert read(extractor, text).warnings == ()


def draft(number: int, start: int | None, end: int | None, own: bool) -> Draft:  # noqa: FBT001
    """Return an event of some days of September 2023."""
    clause = Clause(
        number, number, Opening.SENTENCE, number, None, Tense.PAST, Modality.ACTUAL, quoted=False, sentence=number, paragraph=0,
        before_past=False, light=-1,
    )  # fmt: skip
    made = Draft(number, Lemma("x", "visit", EventClass.OCCURRENCE), clause, number, Tense.PAST, Modality.ACTUAL, noun=False)
    made.start = None if start is None else dt.datetime(2023, 9, start)  # noqa: DTZ001  civil time
    made.end = None if end is None else dt.datetime(2023, 9, end)  # noqa: DTZ001
    if made.dated:
        made.own, made.grain, made.relation = own, Grain.DAY, Relation.DURING if own else Relation.BEFORE
        made.basis = Basis.STATED if own else Basis.INFERRED
        made.vague = not own
    return made


SPANS = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(1, 20), st.integers(21, 28)),
    st.integers(1, 27).map(lambda day: (day, day + 1)),
    st.integers(2, 28).map(lambda day: (None, day)),
    st.integers(2, 28).map(lambda day: (day, None)),
)


@given(
    spans=st.lists(st.tuples(SPANS, st.booleans()), min_size=2, max_size=9),
    pairs=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(-2, 1)), max_size=14),
)
def test_no_cues_make_a_circle_or_undo_the_dates(
    spans: list[tuple[tuple[int | None, int | None], bool]], pairs: list[tuple[int, int, int]]
) -> None:
    drafts = [draft(k, *span, own) for k, (span, own) in enumerate(spans)]
    cues = [Cue(drafts[a], drafts[b], word) for a, b, word in pairs if a != b and max(a, b) < len(drafts)]
    found = narrow(drafts, cues, TODAY)
    groups = order(drafts, found)
    placed = [each for group in groups for each in group]
    assert sorted(each.number for each in placed) == [each.number for each in drafts if each.dated]
    assert all(each.start is None or each.end is None or each.start < each.end for each in drafts)
    at = {each.number: k for k, group in enumerate(groups) for each in group}
    for a in placed:
        for b in placed:
            if a.end is not None and b.start is not None and a.end <= b.start:
                assert at[a.number] < at[b.number]
