"""Analysis: what the vocabulary knows of one word as it is written, its clitics and endings taken away one by one."""

from __future__ import annotations

import re

from timeline.model import Tense
from timeline.text.categories import Particle
from timeline.text.entries import Entry, Noun
from timeline.text.letters import THE, TO, fold, light, prefix_length
from timeline.text.vocabulary import Verb, Vocabulary

_SEATS = {
    "\u062a": "\u0647",
    "\u0626": "\u0621",
    "\u0624": "\u0621",
}  # how a last letter is written before a pronoun: زيارته, لقائه
_ALEF, _I = "ا", "أ"
_FUTURES = ("س", "وس", "فس")
_FIRST_PERSON = {prefix: (prefix + _I, prefix + "آ") for prefix in _FUTURES}
_PURPOSES = ("ل", "ول", "فل")
_TANWIN = re.compile("[\u064b-\u064d]")  # only nouns and adjectives have it
_THIRD_PERSON = ("ي", "ت")
_ARTICLES = ("ال", "وال", "فال")
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
# Most words begin and end with none of these, which one look at all of them tells.
_BEGUN = {letter: tuple(prefix for prefix in _PREFIXES if prefix[0] == letter) for letter in "وفبلك"}
_POSSESSORS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه", "ك")  # a final ي is nearly always an adjective's
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")
_NOTHING: dict[str, object] = {}  # the categories of most words; nobody changes those of an entry
LONGEST = 60  # characters; nothing longer is a word or a number that means anything here
_SHORT = (("daynum", 1, 31), ("monthnum", 1, 12), ("hournum", 0, 24))


class Analyser:
    """Analyses words by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def analyse(self, word: str) -> Entry:
        """Return what the vocabulary knows of a word, its verb by the marks and the hamza that are written."""
        entry = self._found(word)
        if entry.verb is not None and entry.verb.tense is Tense.PRESENT and light(word)[len(entry.clitics) :].startswith("ا"):
            entry.verb = None  # "I" of the imperfect is written with its hamza
        if entry.verb is not None and entry.verb.tense is Tense.PAST and self._is_mine(word, entry):
            entry.verb = self.vocabulary.imperfects.get(entry.folded)
        if entry.verb is not None:
            entry.present = self.vocabulary.imperfects.get(entry.folded)
            if _TANWIN.search(word):
                entry.verb = None
            entry.passive = word[entry.skip + 1 : entry.skip + 2] == "\u064f"
        return entry

    @staticmethod
    def _is_mine(word: str, entry: Entry) -> bool:
        """Tell whether a hamza marks "I": the past of the verb begins with a bare alef (أعتقد, of اعتقد)."""
        verb = entry.verb
        return verb is not None and verb.lemma.form.startswith(_ALEF) and light(word)[len(entry.clitics) :].startswith(_I)

    def _found(self, word: str) -> Entry:
        """Return what is known of the letters of a word: as it stands, without its clitics, without its endings, in this order."""
        if word[0] == "\n":
            return Entry("\n", {})
        if len(word) > LONGEST:
            start = fold(word[:LONGEST])
            return Entry(start, digit_categories(start) if start.isdecimal() else {})
        folded = fold(word)
        if folded.isdecimal():
            return Entry(folded, digit_categories(folded))
        written = light(word)
        found = self._look_up(folded)
        if found is not None and not _hides_verb(written, found.noun):
            return self._with_future(word, folded, found)
        for prefix in _BEGUN.get(folded[:1], ()):
            if folded.startswith(prefix) and len(folded) > len(prefix) + 1:
                stem = folded[len(prefix) :]
                if prefix[-1] == "ل" and stem.startswith("ل"):
                    stem = "ا" + stem  # للأسابيع is ل + الأسابيع: its article starts at the second lam
                found = self._look_up(stem)
                if found is not None and _hides_verb(written[len(prefix) :], found.noun):
                    continue
                if found is not None and (
                    prefix[-1] not in "بلك" or found.noun or found.categories or stem in self.vocabulary.phrases
                ):
                    verb = found.verb if prefix in ("و", "ف") or self._is_purpose(prefix, stem, found) else None
                    found = Entry(stem, found.categories, prefix, prefix_length(word, len(prefix)), verb, found.noun)
                    return self._with_future(word, folded, found)
        return (
            self._future(word, folded)
            or self._purpose(word, folded)
            or self._inflected(word, folded)
            or self._glued(word, folded)
            or Entry(folded, _NOTHING)
        )

    def _look_up(self, folded: str) -> Entry | None:
        vocabulary = self.vocabulary
        categories = vocabulary.categories.get(folded)
        verb = None if folded in vocabulary.never_verbs else vocabulary.verbs.get(folded)
        noun = self._noun(folded)
        if categories is None and verb is None and noun is None and folded not in vocabulary.phrases:
            return None
        return Entry(folded, categories or {}, verb=verb, noun=noun)

    def _noun(self, folded: str) -> Noun | None:
        nouns = self.vocabulary.nouns
        if folded in self.vocabulary.never_nouns:
            return None
        lemma = nouns.get(folded)
        if lemma is not None:
            return Noun(lemma, definite=False, possessed=False)
        bare = folded.removeprefix("ال")
        lemma = nouns.get(bare)
        if lemma is None and bare.endswith(("ين", "ان")):
            lemma = nouns.get(bare[:-2]) or nouns.get(bare[:-3] + "ه" if bare[-3:-2] == "ت" else "")
        if lemma is None and bare.endswith(_ALEF):
            lemma = nouns.get(bare[:-1])
            if lemma is not None and lemma.form.endswith("ة"):
                lemma = None  # after ta marbuta the accusative has no alef: أعادها is no إعادة
        return None if lemma is None else Noun(lemma, definite=bare is not folded, possessed=False)

    def _future(self, word: str, folded: str) -> Entry | None:
        """Read س before an imperfect: سيوسع, وستحتفظ."""
        if not folded.startswith(_FUTURES):
            return None
        for prefix, first_person in _FIRST_PERSON.items():
            if folded.startswith(prefix):
                stem = folded[len(prefix) :]
                if stem.startswith(_ALEF) and (not light(word).startswith(first_person) or self._verb(folded)):
                    continue  # ساجد is a name, سأجد is "I shall find"; سألهم is "he asked them"
                verb = self.vocabulary.imperfects.get(stem) or self._verb(stem)
                if verb is not None and verb.tense is not Tense.PAST:
                    skip = prefix_length(word, len(prefix) - 1)
                    return Entry(folded[len(prefix) :], {"particle": Particle.SAWFA}, prefix[:-1], skip, verb)
        return None

    def _with_future(self, word: str, folded: str, found: Entry) -> Entry:
        """Return what is known of a word, as a verb too where it is the future of one: سيستمر."""
        future = self._future(word, folded) if found.verb is None and found.noun is None else None
        if future is None:
            return found
        return Entry(future.folded, found.categories | future.categories, future.clitics, future.skip, future.verb)

    def _purpose(self, word: str, folded: str) -> Entry | None:
        """Read ل before an imperfect that can be nothing else: ليقول, وليصبح; لتر and لتمضية are nouns."""
        if not folded.startswith(_PURPOSES) or light(word).endswith("ة"):
            return None
        for prefix in _PURPOSES:
            if folded.startswith(prefix):
                stem = folded[len(prefix) :]
                entry = Entry(stem, {}, prefix, prefix_length(word, len(prefix)), self._verb(stem))
                if self._is_purpose(prefix, stem, entry):
                    return entry
        return None

    def _is_purpose(self, prefix: str, stem: str, entry: Entry) -> bool:
        """Tell whether a word after ل can only be an imperfect."""
        return (
            prefix.endswith(TO)
            and stem.startswith(_THIRD_PERSON)
            and len(stem) > 2
            and entry.verb is not None
            and entry.verb.tense is Tense.PRESENT
            and entry.noun is None
            and stem not in self.vocabulary.usually_other
        )

    def _inflected(self, word: str, folded: str) -> Entry | None:
        """Read a pronoun at the end of a verb or an event noun: أخبرته, اجتماعاته; ta marbuta at the end is none."""
        if light(word).endswith("ة"):
            return None
        for prefix in ("", *_BEGUN.get(folded[:1], ())):
            if not folded.startswith(prefix):
                continue
            stem = folded[len(prefix) :]
            verb = self._verb(stem) if prefix in ("", "و", "ف") else None
            if verb is not None and light(word).startswith(_ARTICLES) and not verb.lemma.form.startswith(THE):
                verb = None  # but التقاه
            noun = self._possessed(stem)
            if verb is not None or noun is not None:
                return Entry(stem, {}, prefix, prefix_length(word, len(prefix)), verb, noun)
        return None

    def _glued(self, word: str, folded: str) -> Entry | None:
        """Read a saying that lost the space before it (قطروقال): the entry is the verb, the rest counts as its clitics."""
        at = folded.find("و", 2)
        while 0 < at < len(folded) - 2:
            verb = self.vocabulary.verbs.get(folded[at + 1 :])
            if verb is not None and folded[at + 1 :] in self.vocabulary.glued:
                return Entry(folded[at + 1 :], {}, "و", prefix_length(word, at + 1), verb)
            at = folded.find("و", at + 1)
        return None

    def _verb(self, stem: str) -> Verb | None:
        vocabulary = self.vocabulary
        if stem in vocabulary.never_verbs:
            return None
        verb = vocabulary.verbs.get(stem)
        if verb is not None:
            return verb
        if not stem.endswith(_PRONOUNS):
            return None
        for pronoun in _PRONOUNS:
            if stem.endswith(pronoun) and len(stem) > len(pronoun) + 2:
                bare = stem[: -len(pronoun)]
                for form in self._without_pronoun(bare):
                    if form in vocabulary.verbs and form not in vocabulary.usually_other:
                        return vocabulary.verbs[form]
        return None

    def _without_pronoun(self, bare: str) -> tuple[str, ...]:
        """Return how a verb is written alone, the likeliest first: اعتقلو is اعتقلوا, التقا is التقى, but يبدا is يبدأ."""
        if bare.endswith("و"):
            return bare, bare + _ALEF
        if not bare.endswith(_ALEF):
            return (bare,)
        verb = self.vocabulary.verbs.get(bare)
        other = bare[:-1] + "ي"
        return (other, bare) if verb is None or verb.tense is Tense.PAST else (bare, other)

    def _possessed(self, stem: str) -> Noun | None:
        nouns = self.vocabulary.nouns
        if not stem.endswith(_POSSESSORS) or stem in self.vocabulary.never_nouns:
            return None
        for pronoun in _POSSESSORS:
            if stem.endswith(pronoun) and len(stem) > len(pronoun) + 2:
                bare = stem[: -len(pronoun)]
                lemma = nouns.get(bare) or nouns.get(bare[:-1] + _SEATS.get(bare[-1], bare[-1]))
                if lemma is not None:
                    return Noun(lemma, definite=True, possessed=True)
        return None


def _hides_verb(written: str, noun: Noun | None) -> bool:
    """Tell whether the hamza and the last letter of what looks like a noun are those of a verb with a pronoun: أصابه, not إصابة."""
    return noun is not None and written.startswith(_I) and written.endswith("ه") and noun.lemma.form.startswith("إ")


def digit_categories(digits: str) -> dict[str, object]:
    """Return what a run of digits may be by its length and size: a number, a day, a month, an hour, minutes, a year."""
    value, length = int(digits[:15]), len(digits)
    found: dict[str, object] = {"number": float(value)}
    if length <= 2:
        found.update((name, value) for name, low, high in _SHORT if low <= value <= high)
        if length == 2 and value < 60:
            found["minutenum"] = value
    elif length == 4:
        if 1000 <= value <= 2200:
            found["yearnum"] = value
        if value < 2400 and value % 100 < 60:
            found["clocknum"] = value
    return found
