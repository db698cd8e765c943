"""Bits: what a word is in a noun phrase, and what verbs and event nouns have beside them, each as a sum.

Every distinct word gets its sum once, so that reading a phrase is arithmetic on small numbers.
"""

from __future__ import annotations

# Of words; the first thirty are those that are asked for most: Python is quicker with small numbers. FENCE: no phrase goes over it.
# DEF, FEM, MANY (a sound plural or a dual), OBLIQUE (one that is no subject), EITHER (a plural whose verb may be feminine), ADJ. What it
# names: PERSON, HONOUR (a title between title and name), BODY, GIVEN (a first name), KNOWN (a name by itself), PLACE, DOUBTFUL (a place's
# name that means something else too), SITE (before a place's name), NOUN (something else), COUNT, EVENT. LOOSE: an accusative. OWNED: it
# ends in a pronoun. JOIN: it begins with "and". LINK: the next word belongs to it. NOBODY: no participant begins with it. MULTI: names of
# several words begin with it. TOPIC: what follows is spoken of. LEADING: a particle, a quotation mark or a stop, before a subject. HINGE:
# a particle. ASIDE: what is said in between.
(
    FENCE, DEF, FEM, MANY, OBLIQUE, EITHER, ADJ, PERSON, HONOUR, BODY, GIVEN, KNOWN, PLACE, DOUBTFUL, SITE, NOUN, COUNT, EVENT, LOOSE,
    OWNED, JOIN, LINK, NOBODY, MULTI, TOPIC, DEMONSTRATIVE, LEADING, HINGE, ASIDE, COMMA,
) = (1 << k for k in range(30))  # fmt: skip
# Prepositions: of words, and of what verbs and nouns take a place or the other side after; NEAR are several, before places alone. A word
# with one of them is a FENCE.
IN, TOWARDS, FROM, ON, WITH, BEFORE, WITH_BY, NEAR = (1 << k for k in range(30, 38))
# HOLDS: a pronoun with its preposition belongs to it. TO_BODY: "to" and a body. MARK: a quotation mark or a dash. THAT: what is said
# follows. PREFIXED: it begins as "to" or "by" does. TIME: of a time.
HOLDS, TO_BODY, MARK, DASH, THAT, PREFIXED, TIME = (1 << k for k in range(38, 45))
# Of forms of verbs, in a word's sum from this bit on: their subject is he, she, or somebody told by the ending; they have a pronoun as
# object; they are passive.
FORM = 45
HE, SHE, OTHERS, HIM, PASSIVE = (1 << k for k in range(5))

# Of verbs and event nouns: no object of their own (BARE), it happens to the subject (UNDERGOES), an amount after it is whom it happens to
# (HARMS), whom they meet is the object (MEETS), the other side stands after "on" (OVER) or "before" (AGAINST), a place is the object (AT).
# BY_NAME: the other side may be a name of which nothing else is known.
BARE, UNDERGOES, HARMS, MEETS, OVER, AGAINST, AT, NOUN_AGENT, NOUN_PATIENT, NOUN_PLACE, BY_PERSON, BY_NAME = (
    1 << k for k in range(12)
)

# Of a phrase that is read, beside the bits of its nouns so far and in the place of some that no noun has: nothing but it stands there, a
# place may stand after it, it is of people, one of its nouns is masculine.
ALONE, GOING, HUMAN, MASCULINE = LEADING, HINGE, ASIDE, COMMA
