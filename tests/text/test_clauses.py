"""Where clauses begin and end, the tense and modality of their verbs, and what stands in a quotation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.model import Modality, Tense
from timeline.text.clauses import Clause, Opening
from timeline.text.divide import divide
from timeline.text.words import Words

Read = Callable[[str], Words]

# sentence, its main verb as written, tense, modality
VERBS = (
    ("وصل الوزير إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("وغادرت الطائرة بيروت.", "غادرت", Tense.PAST, Modality.ACTUAL),
    ("يصل الوزير إلى بيروت غدا.", "يصل", Tense.PRESENT, Modality.ACTUAL),
    ("قُتل جنديان في الهجوم.", "قُتل", Tense.PAST, Modality.ACTUAL),
    ("قد وصل الوزير إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("لقد وصل الوزير إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("وقد وصل الوزير إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("كان الوزير قد وصل إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("كان الوزير يزور بيروت كل عام.", "يزور", Tense.PAST, Modality.ACTUAL),
    ("وكانت الشرطة تلاحق المتهم.", "تلاحق", Tense.PAST, Modality.ACTUAL),
    ("سيصل الوزير إلى بيروت.", "سيصل", Tense.FUTURE, Modality.PLANNED),
    ("وستصل الطائرة إلى بيروت.", "ستصل", Tense.FUTURE, Modality.PLANNED),
    ("سوف يصل الوزير إلى بيروت.", "يصل", Tense.FUTURE, Modality.PLANNED),
    ("لم يصل الوزير إلى بيروت.", "يصل", Tense.PAST, Modality.NEGATED),
    ("ولم تصل الطائرة إلى بيروت.", "تصل", Tense.PAST, Modality.NEGATED),
    ("لم يزر الوزير بيروت.", "يزر", Tense.PAST, Modality.NEGATED),
    ("لم يدل الوزير بأي تصريح.", "يدل", Tense.PAST, Modality.NEGATED),
    ("لن يصل الوزير إلى بيروت.", "يصل", Tense.FUTURE, Modality.NEGATED),
    ("لا يصل الوزير إلى بيروت.", "يصل", Tense.PRESENT, Modality.NEGATED),
    ("ولا تشارك بلاده في القمة.", "تشارك", Tense.PRESENT, Modality.NEGATED),
    ("لا يزال الوزير يزور بيروت.", "يزور", Tense.PRESENT, Modality.ACTUAL),
    ("ما زال الوزير يزور بيروت.", "يزور", Tense.PRESENT, Modality.ACTUAL),
    ("من المقرر أن يصل الوزير إلى بيروت.", "يصل", Tense.FUTURE, Modality.PLANNED),
    ("ومن المنتظر أن تصل الطائرة اليوم.", "تصل", Tense.FUTURE, Modality.PLANNED),
    ("ومن المزمع أن يصل الوفد.", "يصل", Tense.FUTURE, Modality.PLANNED),
    ("كان من المقرر أن يصل الوزير إلى بيروت.", "يصل", Tense.FUTURE, Modality.PLANNED),
    ("من المتوقع أن يصل الوزير إلى بيروت.", "يصل", Tense.FUTURE, Modality.EXPECTED),
    ("قد يصل الوزير إلى بيروت.", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("وقد تصل الطائرة إلى بيروت.", "تصل", Tense.PRESENT, Modality.POSSIBLE),
    ("ربما يصل الوزير إلى بيروت.", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("من المحتمل أن يصل الوزير.", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("من الممكن أن يصل الوزير.", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("يجب أن يصل الوزير.", "يصل", Tense.PRESENT, Modality.HYPOTHETICAL),
    ("إذا وصل الوزير إلى بيروت.", "وصل", Tense.PRESENT, Modality.HYPOTHETICAL),
    ("لو وصل الوزير إلى بيروت.", "وصل", Tense.PRESENT, Modality.HYPOTHETICAL),
    ("نفى الوزير أن يصل الوفد.", "نفى", Tense.PAST, Modality.ACTUAL),
    ("نفى الوزير أن يصل الوفد.", "يصل", Tense.FUTURE, Modality.HYPOTHETICAL),
    ("دعا الوزير إلى أن يصل الوفد.", "دعا", Tense.PAST, Modality.ACTUAL),
    ("يعتزم الوزير زيارة بيروت.", "يعتزم", Tense.PRESENT, Modality.ACTUAL),
    ("يعتزم الوزير أن يزور بيروت.", "يزور", Tense.FUTURE, Modality.PLANNED),
    ("قرر الوزير أن يصل غدا.", "يصل", Tense.FUTURE, Modality.PLANNED),
    ("قال الوزير إن الوفد وصل إلى بيروت.", "وصل", Tense.PAST, Modality.ACTUAL),
    ("قال الوزير إن الوفد سيصل إلى بيروت.", "سيصل", Tense.FUTURE, Modality.PLANNED),
    ("قال الوزير إن الوفد لم يصل إلى بيروت.", "يصل", Tense.PAST, Modality.NEGATED),
    # a perfect after يكون or ربما is only likely, or yet to come
    ("من المرجح أن يكون السد قد انهار أمس.", "انهار", Tense.PAST, Modality.POSSIBLE),
    ("من المتوقع أن تكون السفينة قد غادرت.", "غادرت", Tense.PAST, Modality.EXPECTED),
    ("لا يمكن أن يكون الحارس قد غادر.", "غادر", Tense.PAST, Modality.NEGATED),
    ("وقد يكون الحارس غادر.", "غادر", Tense.PAST, Modality.POSSIBLE),
    ("ربما غادر الحارس أمس.", "غادر", Tense.PAST, Modality.POSSIBLE),
    ("المرشح المحتمل غادر القاعة.", "غادر", Tense.PAST, Modality.ACTUAL),
    ("من المقرر أن يكون الجسر قد افتتح بحلول مايو.", "افتتح", Tense.FUTURE, Modality.PLANNED),
    ("سيكون الفريق قد وصل غدا.", "وصل", Tense.FUTURE, Modality.PLANNED),
    ("فقد كانت الشركة تصنع السفن.", "تصنع", Tense.PAST, Modality.ACTUAL),
    ("قد لا يصل المدرب غدا.", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("لا يستبعد أن يغادر المدرب غدا.", "يغادر", Tense.FUTURE, Modality.POSSIBLE),
    ("ولم يستبعد الخبير أن يكون الجدار قد انهار.", "انهار", Tense.PAST, Modality.POSSIBLE),
    ("من المستبعد أن يغادر المدرب.", "يغادر", Tense.FUTURE, Modality.NEGATED),
    # questions, "whatever", and what قد affirms after a denial
    ("هل يصل الوفد غدا؟", "يصل", Tense.PRESENT, Modality.POSSIBLE),
    ("هل انهار الجسر أمس؟", "انهار", Tense.PAST, Modality.POSSIBLE),
    ("سيبقى المصنع مفتوحا مهما ارتفعت الأسعار.", "ارتفعت", Tense.PRESENT, Modality.HYPOTHETICAL),
    ("ليس الحارس وحده، لقد أخفق المدرب.", "أخفق", Tense.PAST, Modality.ACTUAL),
    ("لا يمكنني أن أغادر المدينة.", "أغادر", Tense.PRESENT, Modality.NEGATED),
    # a clause that a relative clause parts
    ("من المرجح أن يكون القارب الذي أبحر أمس قد غرق.", "غرق", Tense.PAST, Modality.POSSIBLE),
    ("كان القارب الذي أبحر أمس قد غرق.", "غرق", Tense.PAST, Modality.ACTUAL),
    ("من المرجح أن يكون القارب الذي بدأ يغرق قديما.", "يغرق", Tense.PRESENT, Modality.ACTUAL),
    # a ت that is hers, not the perfect's
    ("من المقرر أن تصدر اللائحة الشهر المقبل.", "تصدر", Tense.FUTURE, Modality.PLANNED),
    ("تصدر النشرة كل أسبوع.", "تصدر", Tense.PRESENT, Modality.ACTUAL),
    ("طالب النائب بأن تسلم الشركة المصنع.", "تسلم", Tense.FUTURE, Modality.HYPOTHETICAL),
    # the spelling and what follows tell نفى from نفي
    ("انتقد المدرب الحكم، ونفى الخبر.", "نفى", Tense.PAST, Modality.ACTUAL),
    ("انتقد المدرب الحكم، ونفى أن يغادر.", "نفى", Tense.PAST, Modality.ACTUAL),
    # the particles that govern a verb stay with it after a relative clause
    ("الحارس الذي أصيب أمس لن يشارك في المباراة.", "يشارك", Tense.FUTURE, Modality.NEGATED),
    ("القطار الذي غادر أمس لم يصل بعد.", "يصل", Tense.PAST, Modality.NEGATED),
    ("النائبة التي استقالت أمس لا تنوي العودة.", "تنوي", Tense.PRESENT, Modality.NEGATED),
    ("المدرب الذي عاد أمس قد يغادر غدا.", "يغادر", Tense.PRESENT, Modality.POSSIBLE),
    ("المدرب الذي عاد أمس سوف يغادر غدا.", "يغادر", Tense.FUTURE, Modality.PLANNED),
    ("المدرب الذي عاد أمس من المقرر أن يغادر غدا.", "يغادر", Tense.FUTURE, Modality.PLANNED),
)

# sentence, tense, modality of the clause that تم governs
CARRIED = (
    ("تم اعتقال المتهم.", Tense.PAST, Modality.ACTUAL),
    ("وقد تم اعتقال المتهم.", Tense.PAST, Modality.ACTUAL),
    ("تمت محاكمة المتهم.", Tense.PAST, Modality.ACTUAL),
    ("يتم اعتقال المتهم.", Tense.PRESENT, Modality.ACTUAL),
    ("سيتم اعتقال المتهم.", Tense.FUTURE, Modality.PLANNED),
    ("سوف يتم اعتقال المتهم.", Tense.FUTURE, Modality.PLANNED),
    ("لم يتم اعتقال المتهم.", Tense.PAST, Modality.NEGATED),
    ("المصنع الذي احترق أمس لم يتم إصلاحه.", Tense.PAST, Modality.NEGATED),
)

# sentence and its clauses: the words of each that are no marks, and what opens it
DIVIDED = (
    ("وصل الوفد، الأربعاء، إلى بيروت.", [("وصل الوفد الأربعاء إلى بيروت", Opening.SENTENCE)]),
    (
        "قال الوزير، الأربعاء، إن الوفد وصل.",
        [("قال الوزير الأربعاء", Opening.SENTENCE), ("إن الوفد وصل", Opening.THAT)],
    ),
    (
        "وصل الوفد. غادر الوفد؟ عاد الوفد!",
        [
            ("وصل الوفد", Opening.SENTENCE),
            ("غادر الوفد", Opening.SENTENCE),
            ("عاد الوفد", Opening.SENTENCE),
        ],
    ),
    (
        "وصل الوفد الذي يزور بيروت",
        [("وصل الوفد", Opening.SENTENCE), ("الذي يزور بيروت", Opening.RELATIVE)],
    ),
    (
        "وصل الوفد بينما غادر الرئيس",
        [("وصل الوفد", Opening.SENTENCE), ("بينما غادر الرئيس", Opening.SUBORDINATE)],
    ),
    ("وصل الوفد وغادر الرئيس", [("وصل الوفد", Opening.SENTENCE), ("وغادر الرئيس", Opening.VERB)]),
    ("وصل الوفد الساعة 11:30 صباحا", [("وصل الوفد الساعة 11 30 صباحا", Opening.SENTENCE)]),
    ("ارتفعت النسبة 2.1 في المئة", [("ارتفعت النسبة 2 1 في المئة", Opening.SENTENCE)]),
    (
        "الحارس الذي أصيب أمس لن يشارك",
        [("الحارس", Opening.SENTENCE), ("الذي أصيب أمس", Opening.RELATIVE), ("لن يشارك", Opening.VERB)],
    ),
    ("وصل الوفد\nغادر الرئيس", [("وصل الوفد", Opening.SENTENCE), ("غادر الرئيس", Opening.SENTENCE)]),
)


def clauses(words: Words) -> list[Clause]:
    """Return the clauses of a text."""
    return divide(words).items


def plain(words: Words, clause: Clause) -> str:
    """Return the words of a clause without its marks."""
    inside = range(clause.first, clause.last + 1)
    kept = [k for k in inside if "punctuation" not in words.entries[k].categories and words.entries[k].folded != "\n"]
    return " ".join(words.text[words.starts[k] : words.ends[k]] for k in kept)


def verb(words: Words, clause: Clause) -> str:
    """Return a clause's verb as written, without its clitics."""
    return words.text[words.starts[clause.verb] + words.entries[clause.verb].skip : words.ends[clause.verb]]


@pytest.mark.parametrize(("sentence", "written", "tense", "modality"), VERBS)
def test_tense_and_modality_of_a_verb(sentence: str, written: str, tense: Tense, modality: Modality, read: Read) -> None:
    words = read(sentence)
    found = [
        (clause.tense, clause.modality) for clause in clauses(words) if clause.verb >= 0 and verb(words, clause) == written
    ]
    assert found == [(tense, modality)]


@pytest.mark.parametrize(("sentence", "tense", "modality"), CARRIED)
def test_tense_and_modality_of_what_is_carried_out(sentence: str, tense: Tense, modality: Modality, read: Read) -> None:
    found = [(clause.tense, clause.modality) for clause in clauses(read(sentence)) if clause.light >= 0]
    assert found == [(tense, modality)]


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("كان الوزير قد وصل.", True),
        ("وكانت الشرطة اعتقلت المتهم.", True),
        ("كان قد وصل.", True),
        ("قد وصل الوزير.", False),
        ("كان الوزير يزور بيروت.", False),
        ("وصل الوزير.", False),
    ],
)
def test_a_past_before_the_past(sentence: str, before: bool, read: Read) -> None:  # noqa: FBT001  a row of a table
    assert [clause.before_past for clause in clauses(read(sentence))] == [before]


@pytest.mark.parametrize(("sentence", "parts"), DIVIDED)
def test_clauses_of_a_sentence(sentence: str, parts: list[tuple[str, Opening]], read: Read) -> None:
    words = read(sentence)
    assert [(plain(words, clause), clause.opening) for clause in clauses(words)] == parts


def quoted(words: Words) -> list[str]:
    """Return the clauses that stand in a quotation and hold a word."""
    return [found for clause in clauses(words) if clause.quoted and (found := plain(words, clause))]


@pytest.mark.parametrize("marks", ['""', "«»", "“”"])
def test_what_stands_in_a_quotation(marks: str, read: Read) -> None:
    text = f"قال الوزير: {marks[0]}وصل الوفد إلى بيروت وغادر بعد ساعة واحدة{marks[1]}. ثم سافر الرئيس."
    assert quoted(read(text)) == ["وصل الوفد إلى بيروت", "وغادر بعد ساعة واحدة"]


def test_two_quotations_are_two(read: Read) -> None:
    text = 'قال: "وصل الوفد إلى بيروت مع ساعات الصباح". وأضاف: "غادر الوفد بيروت مع ساعات المساء". وسافر.'
    assert quoted(read(text)) == ["وصل الوفد إلى بيروت مع ساعات الصباح", "غادر الوفد بيروت مع ساعات المساء"]


def test_a_short_name_in_quotation_marks_opens_no_clause(read: Read) -> None:
    words = read('نقلت صحيفة "أكسيوس" عن مسؤول أن الوفد وصل.')
    assert [plain(words, clause) for clause in clauses(words)] == ["نقلت صحيفة أكسيوس عن مسؤول", "أن الوفد وصل"]
    assert quoted(words) == []


def test_a_quotation_that_is_not_closed_ends_with_its_line(read: Read) -> None:
    words = read('قال الوزير: "وصل الوفد إلى بيروت مع ساعات الصباح.\nوسافر الرئيس إلى عمان.\n')
    assert quoted(words) == ["وصل الوفد إلى بيروت مع ساعات الصباح"]


@pytest.mark.parametrize(
    "text", ['"', '""', '"""', "«", "»«", '" وصل الوفد', 'وصل الوفد "', ".", "...", "\n", "أن", "الذي أن حيث إن"]
)
def test_marks_without_sense_divide_without_fault(text: str, read: Read) -> None:
    words = read(text)
    last = -1
    for clause in clauses(words):
        assert last < clause.first <= clause.last < len(words.entries)
        assert clause.verb == -1 or clause.first <= clause.verb <= clause.last
        last = clause.last


def test_sentences_and_paragraphs_count_up(read: Read) -> None:
    found = clauses(read("وصل الوفد. غادر الوفد.\nعاد الوفد."))
    assert [clause.paragraph for clause in found] == [0, 0, 1]
    sentences = [clause.sentence for clause in found]
    assert sentences == sorted(set(sentences))


def test_the_tense_around_a_word_is_its_clauses_or_the_one_before_it(read: Read) -> None:
    words = read("وصل الوفد الذي في بيروت صباحا. سيغادر غدا. لا جديد الأحد.")
    found = divide(words)

    def at(word: str) -> Tense:
        return found.tense_at([words.text[s:e] for s, e in zip(words.starts, words.ends, strict=True)].index(word))

    assert (at("صباحا"), at("غدا"), at("الأحد")) == (Tense.PAST, Tense.FUTURE, Tense.NONE)
