"""Words: the text cut into parallel lists, each distinct word analysed once behind a bounded memo."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from timeline.model import Tense
from timeline.text.bits import ASIDE, BEFORE, COMMA, COUNT, EVENT, FENCE, FROM, HINGE, LEADING, ON, PLACE, THAT, WITH
from timeline.text.categories import Mark, Particle
from timeline.text.letters import THE, TO, fold, light, prefix_length
from timeline.text.nominals import Names
from timeline.text.vocabulary import Forms, Lemma, Phrase, Verb, Vocabulary

# A word is a run of Arabic letters with their marks, of digits of any script, or of other letters; everything else that is not
# blank or an invisible direction mark is a token by itself. A run of line breaks is one token: no expression crosses it.
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
)
_MARK = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
TOKEN = re.compile(
    rf"((?! )(?:[{_LETTER}][{_LETTER}{_MARK}]*|[0-9]+|[\u0660-\u0669]+|[\u06f0-\u06f9]+|[^\W\d_]+|\n\s*"
    "|[^\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]))"
)
MEMO_LIMIT = 40_000
"""Words that the memo of a lexer keeps, about 400 bytes each."""
_COMPOSING = frozenset(
    (
        "number",
        "the_number",
        "ordinal",
        "an_ordinal",
        "teen_one",
        "month",
        "maybe_month",
        "libyan_month",
        "article",
        "zone_word",
    )
)
_VERBAL = frozenset(
    (
        "particle",
        "auxiliary",
        "life",
        "lasting",
        "to_last",
        "agree",
        "bringing",
        "resulting",
        "throughout",
        "adding",
        "managing",
        "sequel",
        "limit",
        "limit_verb",
    )
)
_SEATS = {
    "\u062a": "\u0647",
    "\u0626": "\u0621",
    "\u0624": "\u0621",
}  # how a last letter is written before a pronoun: زيارته, لقائه
_ALEF, _I = "ا", "أ"
_FIRST_PERSON = {prefix: (prefix + _I, prefix + "آ") for prefix in ("س", "وس", "فس")}
_THIRD_PERSON = ("ي", "ت")
_TANWIN = re.compile("[\u064b-\u064d]")  # only nouns and adjectives have it
_ARTICLES = ("ال", "وال", "فال")
CLITICS = {"و": "and", "ف": "then", "ب": "by", "ل": "to", "ك": "as"}
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_POSSESSORS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه", "ك")  # a final ي is nearly always an adjective's
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")


STOP, QUOTE, PARTICLE, VERB, NOUN, AMBIGUOUS, HEADS, BREAK, RARE, STARTS, SEQUEL = 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024
_BREAKS = frozenset(
    ("preposition", "comma", "open", "close", "quote", "particle", "since", "ago", "ahead", "within", "anchor", "agree")
)
_PLAIN = (0,)  # the path of a word without categories and clitics
_NOTHING: dict[str, object] = {}  # the categories of most words; nobody changes those of an entry
LONGEST = 60  # characters; nothing longer is a word or a number that means anything here
_LONG = 4  # letters of a word that is not all clitics
_NOT_ITS_OWN = LEADING | HINGE | THAT | ASIDE | COMMA | ON | WITH | BEFORE | FROM  # of several words, what the first alone is
_STOPS = (Mark.STOP, Mark.DOT, Mark.COLON)


class Noun(NamedTuple):
    """A form of an event noun: its lemma, and whether it has the article or a possessor's pronoun."""

    lemma: Lemma
    definite: bool
    possessed: bool


class Entry:
    """What is known of one distinct word as written. Read-only after it is made.

    `symbol` stands for the set of its categories, `path` for its clitics and then that symbol; `skip` is how many characters
    its clitics take. `opens` and `composes` say what can follow it in a compound (text/compounds.py): the forms of several words
    that it begins, by their second word, and whether numbers or month names join it. `role` is a sum of the bits STOP, QUOTE,
    PARTICLE, VERB and NOUN (what it may be in a clause), AMBIGUOUS (a verb's form that is often something else), HEADS (no finite verb
    follows it), BREAK (a noun phrase does not go on over it) RARE (hardly ever
    the verb that it looks like), STARTS (an expression of time can begin with it) and SEQUEL (it says which of two events came first).
    `passive` says that its first vowel is written as a passive's: قُتل.
    `body` says that the name of a court, a ministry or the like can begin with it, `plain` is the word without its noun once it was
    met in such a name. `nominal` says what it is in a noun phrase, `names` which names of several words begin with it, and `glued` how
    many characters stand before the noun (text/nominals.py). `present` is the imperfect reading of a form that `verb` reads as a perfect.
    """

    __slots__ = (
        "body",
        "categories",
        "clitics",
        "composes",
        "folded",
        "glued",
        "joins",
        "names",
        "nominal",
        "noun",
        "opens",
        "particle",
        "passive",
        "path",
        "plain",
        "present",
        "role",
        "skip",
        "symbol",
        "verb",
        "written",
    )

    def __init__(
        self,
        folded: str,
        categories: dict[str, object],
        clitics: str = "",
        skip: int = 0,
        verb: Verb | None = None,
        noun: Noun | None = None,
    ) -> None:
        self.folded = folded
        self.categories = categories
        self.clitics = clitics
        self.skip = skip
        self.verb = verb
        self.noun = noun
        particle = categories.get("particle")
        self.particle = particle if isinstance(particle, Particle) else None
        self.symbol = 0
        self.path: tuple[int, ...] = _PLAIN
        self.written = folded
        self.passive = False
        self.present: Verb | None = None
        self.role = 0
        self.opens: Forms | None = None
        self.plain: Entry | None = None
        self.composes = self.joins = self.body = False
        self.nominal = self.glued = 0
        self.names: tuple[Names, ...] = ()


class Symbols:
    """Numbers for sets of categories: one step of the automaton for a word of many meanings."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self.categories: list[frozenset[str]] = [frozenset()]
        self._lock = threading.Lock()

    def number(self, categories: frozenset[str]) -> int:
        """Return the number of a set, the same for the life of this object."""
        found = self._numbers.get(categories)
        if found is None:
            with self._lock:  # two threads may meet the same new set
                found = self._numbers.get(categories)
                if found is None:
                    found = len(self.categories)
                    self.categories.append(categories)
                    self._numbers[categories] = found
        return found


class Words:
    """A text as parallel lists: word i is `text[starts[i]:ends[i]]`, clitics included, and `entries[i]` says what it is.

    `marks` are the words that have a role in clauses or events, `nouns` those of them that may name events; text/compounds.py fills
    them when all words are joined.
    """

    __slots__ = ("ends", "entries", "marks", "nouns", "starts", "text")

    def __init__(self, text: str, starts: list[int], ends: list[int], entries: list[Entry]) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends
        self.entries = entries
        self.marks: list[int] = []
        self.nouns: list[int] = []

    def cut(self, size: int) -> None:
        """Keep only the first words."""
        del self.starts[size:], self.ends[size:], self.entries[size:]
        self.marks = [word for word in self.marks if word < size]
        self.nouns = [word for word in self.nouns if word < size]


class Lexer(dict[str, Entry]):
    """Cuts texts into words. As a mapping it is the memo: word as written -> entry, made on first sight."""

    def __init__(self, vocabulary: Vocabulary, symbols: Symbols, starts: Callable[[int], bool] = bool) -> None:
        """Take the vocabulary, the numbers of its sets of categories, and which of these an expression of time can begin with."""
        super().__init__()
        self.vocabulary = vocabulary
        self.symbols = symbols
        self.starts = starts
        self._joined: dict[tuple[int, str, int, int, int], Entry] = {}
        self._former: dict[str, Entry] = {}

    def __missing__(self, word: str) -> Entry:
        """Return the entry of a word that is not in the memo.

        Half of what is kept is of former texts: when the memo is full it becomes the former one, from which words come back when
        they are met again. So the words of every day are never analysed twice, however many rare ones an archive has.
        """
        if len(self) >= MEMO_LIMIT // 2:
            self._former = dict(self)
            self.clear()
        entry = self._former.get(word)
        if entry is None:
            entry = self._described(word)
        if len(word) <= LONGEST:
            self[word] = entry
        return entry

    def _described(self, word: str) -> Entry:
        """Analyse a word that was not seen before."""
        entry = self.analyse(word)
        if entry.verb is not None and entry.verb.tense is Tense.PRESENT and light(word)[len(entry.clitics) :].startswith("ا"):
            entry.verb = None  # "I" of the imperfect is written with its hamza
        if entry.verb is not None and entry.verb.tense is Tense.PAST and self._is_mine(word, entry):
            entry.verb = self.vocabulary.imperfects.get(entry.folded)
        if entry.verb is not None:
            entry.present = self.vocabulary.imperfects.get(entry.folded)
            if _TANWIN.search(word):
                entry.verb = None
            entry.passive = word[entry.skip + 1 : entry.skip + 2] == "\u064f"
        self.seal(entry)
        entry.written = fold(word) if len(word) <= LONGEST else entry.folded
        suffixed = entry.verb is not None and entry.folded not in self.vocabulary.verbs
        self.vocabulary.nominals.describe(word[:LONGEST], entry, suffixed=suffixed)
        if entry.folded[:1] == TO and entry.folded[1:] in self.vocabulary.verbs and not entry.nominal & PLACE:
            entry.nominal |= FENCE  # ليحتفظ
        entry.nominal |= self._leads(entry)
        return entry

    @staticmethod
    def _is_mine(word: str, entry: Entry) -> bool:
        """Tell whether a hamza marks "I": the past of the verb begins with a bare alef (أعتقد, of اعتقد)."""
        verb = entry.verb
        return verb is not None and verb.lemma.form.startswith(_ALEF) and light(word)[len(entry.clitics) :].startswith(_I)

    def words(self, text: str, parts: list[str] | None = None) -> Words:
        """Return the words of a text, numbers and names of several words not yet joined (see text/compounds.py).

        `parts` are the text as TOKEN splits it, for who has them already.
        """
        parts = TOKEN.split(text) if parts is None else parts
        offsets = list(accumulate(map(len, parts)))
        return Words(text, offsets[:-1:2], offsets[1::2], list(map(self.__getitem__, parts[1::2])))

    def seal(self, entry: Entry) -> Entry:
        """Give an entry its symbols; every entry passes here once, before anyone else sees it."""
        entry.symbol = self.symbols.number(frozenset(entry.categories)) if entry.categories else 0
        if entry.clitics or entry.symbol:
            clitics = (self.symbols.number(frozenset((CLITICS[letter],))) for letter in entry.clitics)
            entry.path = (*clitics, entry.symbol)
        bodies = self.vocabulary.bodies
        entry.body = entry.folded in bodies or entry.folded[1:] in bodies
        entry.role = (
            (STOP if entry.folded == "\n" or entry.categories.get("punctuation") in _STOPS else 0)
            | (QUOTE if "quote" in entry.categories else 0)
            | (PARTICLE if entry.particle is not None else 0)
            | (VERB if entry.verb is not None else 0)
            | (NOUN if entry.noun is not None else 0)
            | (HEADS if "preposition" in entry.categories or "construct" in entry.categories else 0)
            | (BREAK if self._breaks(entry) else 0)
            | (RARE if entry.verb is not None and entry.folded in self.vocabulary.usually_other else 0)
            | (STARTS if self.starts(entry.symbol) else 0)
            | (SEQUEL if "sequel" in entry.categories else 0)
            | (AMBIGUOUS if entry.verb is not None and self._ambiguous(entry) else 0)
        )
        entry.opens = self.vocabulary.phrases.get(entry.folded)
        entry.composes = not _COMPOSING.isdisjoint(entry.categories)
        entry.joins = entry.composes or entry.opens is not None
        entry.nominal = COUNT if "number" in entry.categories else 0
        entry.glued = entry.skip
        return entry

    def joined(self, phrase: Phrase, entries: list[Entry]) -> Entry:
        """Return the entry of a form of several words; made once for each clitic that its first word has."""
        first = entries[0]
        # the vocabulary keeps the phrase, so that its id stays its own
        key = (id(phrase), first.clitics, first.skip, first.nominal, first.glued)
        entry = self._joined.get(key)
        if entry is None:
            noun = None
            if phrase.noun is not None:
                noun = Noun(phrase.noun, entries[-1].written.startswith(THE), possessed=False)
            folded = " ".join(entry.folded for entry in entries)
            entry = self.seal(Entry(folded, phrase.categories, first.clitics, first.skip, None, noun))
            fences = FENCE if entry.role & (STOP | QUOTE | PARTICLE | BREAK) else 0
            leads = self._leads(entry) | (ASIDE if "aside" in entry.categories else 0)
            event = EVENT if noun is not None else 0
            entry.nominal = first.nominal & ~_NOT_ITS_OWN | fences | leads | event
            entry.glued = first.glued
            self._joined[key] = entry
        return entry

    @staticmethod
    def _leads(entry: Entry) -> int:
        """Return what a word means before a subject, or after what is said."""
        return (
            (LEADING if entry.role & (STOP | QUOTE | PARTICLE) else 0)
            | (HINGE if entry.role & PARTICLE else 0)
            | (THAT if entry.particle is Particle.THAT else 0)
        )

    @staticmethod
    def _breaks(entry: Entry) -> bool:
        """Tell whether a noun phrase ends before a word; of unknown words only ل and ب before the article are surely clitics."""
        known = entry.verb is not None or entry.noun is not None or bool(entry.categories)
        if not known:
            return entry.folded.startswith(("لل", "بال")) and len(entry.folded) > _LONG
        return entry.verb is not None or entry.clitics[:1] in ("ل", "ب") or not _BREAKS.isdisjoint(entry.categories)

    def _ambiguous(self, entry: Entry) -> bool:
        """Tell whether a form that may be a verb is often something else."""
        other = entry.categories.keys() - _VERBAL
        if entry.particle is Particle.SAWFA or (entry.passive and not other):
            return False
        return entry.noun is not None or bool(other) or entry.folded in self.vocabulary.usually_other

    def analyse(self, word: str) -> Entry:
        """Return what the vocabulary knows of a word: as it stands, without its clitics, without its endings, in this order."""
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
        for prefix in _PREFIXES:
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
        if light(word).endswith("ة"):
            return None
        for prefix in ("ل", "ول", "فل"):
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
        for prefix in ("", *_PREFIXES):
            if prefix and not folded.startswith(prefix):
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
        if stem in self.vocabulary.never_nouns:
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


_SHORT = (("daynum", 1, 31), ("monthnum", 1, 12), ("hournum", 0, 24))
