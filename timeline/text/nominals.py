"""Nominals: what each word is in a noun phrase, by lists (lexicon/nominals.toml, places.toml, people.toml) and by its endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.text.bits import (
    ADJ,
    ASIDE,
    BEFORE,
    BODY,
    COMMA,
    COUNT,
    DASH,
    DEF,
    DEMONSTRATIVE,
    DOUBTFUL,
    EITHER,
    EVENT,
    FEM,
    FENCE,
    FORM,
    FROM,
    GIVEN,
    HIM,
    HOLDS,
    HONOUR,
    IN,
    JOIN,
    KNOWN,
    LINK,
    LOOSE,
    MANY,
    MARK,
    MULTI,
    NEAR,
    NOBODY,
    NOUN,
    OBLIQUE,
    ON,
    OTHERS,
    OWNED,
    PERSON,
    PLACE,
    PREFIXED,
    SITE,
    TO_BODY,
    TOPIC,
    TOWARDS,
    WITH,
    WITH_BY,
)  # fmt: skip
from timeline.text.categories import Particle
from timeline.text.endings import Ending, Shapes
from timeline.text.letters import AND, BY, THE, TO, fold, light, prefix_length
from timeline.text.subjects import Subjects

if TYPE_CHECKING:
    from timeline.text.entries import Entry

Table = dict[str, Any]
_WORDS = {
    "person": PERSON, "honour": HONOUR, "body": BODY, "noun": NOUN, "link": LINK, "count": COUNT, "holds": HOLDS,
    "nobody": NOBODY, "demonstrative": DEMONSTRATIVE, "topic": TOPIC, "she": FEM, "either": EITHER, "media": BODY,
}  # fmt: skip
_PREPOSITIONS = {"in": IN, "to": TOWARDS, "from": FROM, "with": WITH, "before": BEFORE}
_FENCES = frozenset((
    "preposition", "comma", "open", "close", "quote", "particle", "since", "ago", "ahead", "within", "anchor", "agree", "aside",
    "truth", "dash", "slash", "or", "colon", "dot", "according", "link_to", "in", "punctuation",
))  # fmt: skip
_TIMES = frozenset(("daypart", "the_daypart", "daypart_adverb", "deictic", "deictic_night", "units", "weekday", "vague", "aim"))
_WITH_ARTICLE = PERSON | BODY | NOUN | SITE | EITHER | TOPIC | FEM | GIVEN | HOLDS
_LISTED = PERSON | HONOUR | BODY | GIVEN | KNOWN | PLACE | DOUBTFUL | SITE | NOUN | COUNT | NOBODY | MULTI | LINK | NEAR | TOPIC
_CLITICS = (AND, BY, TO, AND + BY, AND + TO)
_CONSONANTS = 4


class Names(NamedTuple):
    """A name of several words under its first one: the further words, folded, and what it names."""

    rest: tuple[str, ...]
    bits: int


class Nominals:
    """The tables of noun phrases: what each folded word is."""

    def __init__(self, nominals: Table, places: Table, people: Table) -> None:
        self.forms: dict[str, int] = {}
        self.several: dict[str, list[Names]] = {}
        self.subjects = Subjects(nominals["subjects"])
        self._feminine: set[str] = set()
        self._letters: dict[str, str] = nominals["letters"]
        for name, bits in _WORDS.items():
            self._add(nominals[name]["words"], bits)
        for name, bits in (("country", PLACE), ("city", PLACE), ("doubtful", DOUBTFUL)):
            self._add(places[name]["names"], bits)
        for name, bits in (("site", SITE), ("common", NOUN), ("near", NEAR)):
            self._add(places[name]["words"], bits)
        self._add(people["given"]["names"], GIVEN)
        self._add((*people["given"]["known"], *people["given"]["groups"]), KNOWN)
        for options in self.several.values():
            options.sort(key=lambda names: -len(names.rest))
        self._adjectives, self._nouns, self._media, self._he = (
            frozenset(map(fold, nominals[name]["words"])) for name in ("adjective", "no_adjective", "media", "he")
        )
        self._prepositions = {fold(nominals["preposition"][name]): bits for name, bits in _PREPOSITIONS.items()}
        self._accusative: tuple[str, ...] = tuple(nominals["letters"]["accusative"])
        self._pronouns: tuple[str, ...] = tuple(nominals["letters"]["pronouns"])
        self._nisba, self._many, self._oblique, self._owned, self._adverb, self._glued_pronoun, self._glued_plural = (
            Ending(nominals[name]) for name in ("nisba", "many", "oblique", "owned", "adverb", "glued_pronoun", "glued_plural")
        )
        self._broken = Shapes(nominals["broken"]["shapes"], self._letters["weak"])

    def _add(self, names: tuple[str, ...] | list[str], bits: int) -> None:
        for words in names:
            first, *rest = map(fold, words.split())
            if rest:
                self._add_several(first, tuple(rest), bits | (DEF if rest[-1].startswith(THE) else 0))
                continue
            if words.endswith(self._letters["marbuta"]):
                self._feminine.add(first)
            self.forms[first] = self.forms.get(first, 0) | bits

    def _add_several(self, first: str, rest: tuple[str, ...], bits: int) -> None:
        options = self.several.setdefault(first, [])
        for k, names in enumerate(options):
            if names.rest == rest:
                options[k] = Names(rest, names.bits | bits)
                return
        options.append(Names(rest, bits))

    def describe(self, word: str, entry: Entry, *, suffixed: bool) -> None:
        """Give an entry its bits, its names of several words and the length of what is glued before it; of a word as written.

        `suffixed` says that it is a verb with a pronoun as its object.
        """
        folded, plain = fold(word), light(word)
        bits, glued = self._noun(folded, plain)
        entry.glued = prefix_length(word, glued) if glued else 0 if bits & _LISTED else entry.skip
        prefix, stem = folded[:glued], folded[glued:]
        if prefix.endswith(TO) and stem.startswith(TO):
            stem = THE + stem[1:]  # its article has lost the alef
        entry.names = tuple(self.several.get(stem, ())) if bits & MULTI else ()
        if prefix.startswith(AND) or folded == AND:
            bits |= JOIN
        if prefix.endswith(BY):
            bits |= FENCE | WITH_BY
        elif prefix.endswith(TO):
            body = bits & BODY or any(names.bits & BODY for names in entry.names)
            told = stem in self._media or stem.removeprefix(THE) in self._media
            bits |= FENCE | (TO_BODY if body and not told else 0)
        if bits & LOOSE and self._adverb.of(plain):
            bits |= NOBODY
        if bits & NEAR or (bits & ~(ADJ | LOOSE | OWNED | MANY | FEM) == 0 and self._glued(plain)):
            bits |= FENCE
        if word.endswith(self._accusative):
            bits |= LOOSE
        entry.nominal = bits
        entry.nominal |= self._known(entry, plain, suffixed=suffixed)

    def _glued(self, plain: str) -> bool:
        """Tell whether a word that nothing is known of begins with a preposition glued to it: بأحكام, لاستقبالهم."""
        first, second = plain[:1], plain[1:2]
        if len(plain) >= _CONSONANTS and first and first in BY + TO and second and second in self._letters["hamzas"]:
            return True
        return first == TO and (self._glued_pronoun.of(plain) or self._glued_plural.of(plain))

    def _known(self, entry: Entry, plain: str, *, suffixed: bool) -> int:
        """Return the bits that the vocabulary's knowledge of a word gives."""
        categories = entry.categories
        bits = EVENT if entry.noun is not None and not entry.noun.lemma.dated else 0
        if not entry.nominal & (_LISTED | DEF) and entry.folded.startswith((TO, BY)):
            bits |= PREFIXED
        if "number" in categories:
            bits |= COUNT
        if "comma" in categories:
            bits |= COMMA
        if "quote" in categories or "dash" in categories:
            bits |= MARK if "quote" in categories else MARK | DASH
        if "aside" in categories:
            bits |= ASIDE
        if not _TIMES.isdisjoint(categories) and not entry.nominal & (GIVEN | KNOWN | PERSON | BODY):
            bits |= NOBODY
        if "nobody" in categories and not entry.nominal & PERSON:
            bits |= NOBODY
        if plain == self._letters["ali"]:
            return bits
        fences = bits & (COMMA | MARK)
        if plain.endswith(self._letters["upon"]):
            fences |= ON
        fences |= self._prepositions.get(entry.folded, 0)
        bits |= fences
        if entry.nominal & DEMONSTRATIVE and not entry.clitics:
            return bits & ~NOBODY
        if fences or not _FENCES.isdisjoint(categories) or entry.folded == "\n":
            bits |= FENCE
        if entry.clitics.endswith((TO, BY)):
            bits |= FENCE | (WITH_BY if entry.clitics.endswith(BY) else 0)
        if entry.verb is not None:
            hamza = self._letters["hamzas"][0]
            mine = plain[len(entry.clitics) :].startswith(hamza) and not entry.verb.lemma.form.startswith(hamza)
            bits |= (OTHERS if mine else self.subjects.of(entry) | (HIM if suffixed else 0)) << FORM
        if entry.particle is Particle.THAT and plain.endswith(self._pronouns):
            bits |= OWNED
        return bits

    def _noun(self, folded: str, plain: str) -> tuple[int, int]:
        """Return what a word is by itself or after its clitics, and how many letters these have."""
        found = self._form(folded, plain)
        if found & _LISTED or not folded.startswith((AND, BY, TO)):
            return found, 0
        for size in (1, 2):
            prefix = folded[:size]
            if prefix not in _CLITICS:
                continue
            rest, kept = folded[size:], plain[size:]
            if prefix.endswith(TO) and rest.startswith(TO):
                rest, kept = THE + rest[1:], THE + kept[1:]
            inner = self._form(rest, kept)
            if inner & _LISTED or (inner & DEF and len(rest) > _CONSONANTS):
                return inner, size
        return found, 0

    def _form(self, folded: str, plain: str) -> int:
        """Return what a word without clitics is."""
        definite = plain.startswith(THE) and len(folded) > _CONSONANTS
        bare = folded[2:] if definite else folded
        bits = self.forms.get(folded, 0)
        letters = self._letters
        heh, marbuta = letters["heh"], letters["marbuta"]
        if bits and plain.endswith(heh) and folded in self._feminine:
            return OWNED  # قيمه of قيمة's letters
        if folded in self.several:
            bits |= MULTI
        if definite:
            bits |= DEF | (self.forms.get(bare, 0) & _WITH_ARTICLE)
        nouns = bare in self._nouns or folded in self._nouns
        listed = not self._adjectives.isdisjoint((bare, bare.removesuffix(heh), folded))
        if not nouns and (listed or (self._nisba.of(bare) and not plain.endswith((letters["upon"][-1], heh)))):
            bits |= ADJ
        if bare not in self._he and (plain.endswith(marbuta) or (bare.endswith(letters["women"]) and len(bare) > _CONSONANTS)):
            bits |= FEM
        if not bits & (PERSON | GIVEN | KNOWN | PLACE) and self._broken.of(bare):
            bits |= EITHER
        if not bits & (GIVEN | KNOWN | PLACE | DOUBTFUL | COUNT) and not nouns:
            if self._many.of(bare):
                bits |= MANY
            if definite and self._oblique.of(bare):
                bits |= OBLIQUE
        if not definite and not bits & _LISTED:
            if self._owned.of(plain):
                bits |= OWNED
            elif plain.endswith(letters["alef"]) and len(plain) > _CONSONANTS - 1:
                bits |= LOOSE | (self.forms.get(folded[:-1], 0) & (PERSON | BODY | NOUN))
        return bits
