"""Bodies: event nouns inside the name of a court, a ministry, a commission name no event: محكمة جنايات, الهيئة العليا للانتخابات."""

from __future__ import annotations

from timeline.text.bits import EVENT
from timeline.text.entries import Entry
from timeline.text.letters import AND, THE, TO
from timeline.text.words import Lexer, Words

_ADJECTIVES = 3  # between the head of a name and its ل
_ACCUSATIVE = "\u0627"  # the alef of an object: عقد مجلس اجتماعا


def name(words: Words, lexer: Lexer) -> None:
    """Take what is part of a body's name for a plain word, in place: it is no longer among the nouns."""
    entries = words.entries
    found: set[int] = set()
    inside = -1  # the last word that was found to be part of a name
    for i in words.nouns:
        clitics = entries[i].clitics
        if i and (inside == i - 1 or (entries[i - 1].body if not clitics else clitics == TO)):
            if not _follows(entries, i, inside, lexer.vocabulary.bodies):
                continue
            inside = i
            found.add(i)
    for i in found:
        entry = entries[i]
        if entry.plain is None:  # threads share an entry: it is whole before any of them sees it
            plain = lexer.seal(Entry(entry.folded, entry.categories, entry.clitics, entry.skip))
            plain.nominal, plain.glued = entry.nominal & ~EVENT, entry.glued
            entry.plain = plain
        entries[i] = entry.plain
    if found:
        words.nouns = [i for i in words.nouns if i not in found]


def _follows(entries: list[Entry], i: int, inside: int, heads: frozenset[str]) -> bool:
    """Tell whether an event noun is the second term of a body's name, goes on with one, or stands under ل after its adjectives."""
    entry, before = entries[i], entries[i - 1]
    if entry.noun is None or entry.noun.possessed:
        return False
    definite = entry.noun.definite
    match entry.clitics:
        case "":
            genitive = before.body or (inside == i - 1 and not before.folded.startswith(THE))
            return genitive and not (entry.folded.endswith(_ACCUSATIVE) and not definite)
        case letter if letter == AND:
            return inside == i - 1 and definite
        case letter if letter == TO and definite:
            return _headed(entries, i - 1, heads)
    return False


def _headed(entries: list[Entry], k: int, heads: frozenset[str]) -> bool:
    """Tell whether definite adjectives, at least one, lead back from word k to a body's definite head."""
    for at in range(k, max(k - _ADJECTIVES - 1, -1), -1):
        folded = entries[at].folded
        if not folded.startswith(THE):
            return False
        if folded.removeprefix(THE) in heads:
            return at < k
    return False
