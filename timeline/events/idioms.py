"""Idioms: a verb and a word beside it that together name another kind of event: أخلى سبيله, ضرب زلزال."""

from __future__ import annotations

from itertools import chain

from timeline.events.draft import Draft
from timeline.text.clauses import Clause
from timeline.text.entries import HEADS, Entry
from timeline.text.letters import THE, fold
from timeline.text.words import Words


def take_idiom(draft: Draft, words: Words, clause: Clause, skip: int) -> int:
    """Give a verb the kind that it has with the word after it (أخلى سبيله); return the noun that is one event with it."""
    idioms = dict(draft.lemma.idioms)
    entries = words.entries
    after = range(draft.word + 1, min(draft.word + 6, clause.last + 1))
    subject = range(clause.first, min(clause.first + 3, draft.word))  # إن زلزالا ضرب
    for k in chain(after, subject):
        if entries[k].clitics:
            continue
        headed = k and entries[k - 1].role & HEADS and k - 1 != draft.word
        before = entries[k - 1].folded + " " if headed else ""
        kind = next((idioms[before + stem] for stem in _stems(entries[k]) if before + stem in idioms), None)
        if kind is None:
            continue
        draft.kind = kind
        if entries[k].noun is None or k < draft.word:
            return skip
        draft.object = k
        return k
    return skip


def _stems(entry: Entry) -> tuple[str, ...]:
    """Return the forms under which a word may stand in an idiom: without article, ending or pronoun; a noun's dictionary form."""
    bare = entry.folded.removeprefix(THE)
    lemma = () if entry.noun is None else (fold(entry.noun.lemma.form.split()[0]),)
    return (bare, bare.rstrip(_ACCUSATIVE), *(bare.removesuffix(pronoun) for pronoun in _PRONOUNS), *lemma)


_ACCUSATIVE = "ا"
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
