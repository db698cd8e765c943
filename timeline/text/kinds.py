"""Kinds of events: what the tables of `lexicon/events` say of verbs, of event nouns and of phrases that are such a noun."""

from __future__ import annotations

from itertools import chain

from timeline.model import EventClass, EventKind, Tense
from timeline.text.frames import Frames
from timeline.text.inflect import Inflector, Rank
from timeline.text.lemmas import Ahead, Forms, Lemma, Table, Verb, add_phrase
from timeline.text.letters import THE, fold, light

_PAST, _PRESENT = Tense.PAST, Tense.PRESENT


def compile_events(
    tables: list[Table],
    ambiguity: Table,
    phrases: dict[str, Forms],
    faults: list[str],
    irregular: Table | None = None,
    frames: Frames | None = None,
) -> tuple[tuple[EventKind, ...], tuple[dict[str, Verb], dict[str, Verb]], dict[str, Lemma]]:
    """Turn tables of kinds into kinds, verb forms and nouns; nouns of several words are added to `phrases`.

    Of `ambiguity` the lists `light` and `frequent` and the table `participles` are used; each may be missing. `irregular` says of
    some verbs what their shape does not tell; see lexicon/events/irregular.toml.
    """
    irregular = irregular or {}
    frames = frames or Frames({})
    light_verbs = frozenset(ambiguity.get("light", ()))
    rank = {past: k for k, past in enumerate(ambiguity.get("frequent", ()))}
    kinds: list[EventKind] = []
    lemmas: list[tuple[str, str, Lemma]] = []
    nouns: dict[str, Lemma] = {}
    verb_kinds: dict[str, str] = {}
    noun_kinds: dict[str, str] = {}
    idioms = _idioms(tables)
    for name, kind in ((name, kind) for table in tables for name, kind in table.items()):
        class_ = EventClass[kind["class"]]
        pairs = [pair.split() for pair in kind.get("verbs", ())]
        rows = [entry.split() for entry in kind.get("nouns", ())]
        pasts, set_phrases = [past for past, _ in pairs], kind.get("phrases", ())
        words = tuple(dict.fromkeys([*pasts, *(first for first, *_ in rows), *set_phrases]))
        kinds.append(EventKind(name, kind["group"], kind["definition"], class_, tuple(kind["examples"]), words))
        classes = {fold(form): EventClass[key] for key, forms in kind.get("classes", {}).items() for form in forms}
        ahead = _ahead(kind.get("ahead", {}), pasts)
        strange = (classes.keys() - set(map(fold, words))) | (ahead.keys() - set(pasts))
        faults += [f"{name}: {form} has a class or a time ahead, and is no word of it" for form in sorted(strange)]
        for past, present in pairs:
            _claim(verb_kinds, past, name, faults)
            others = tuple(idioms.get(fold(past), ()))
            own = classes.get(fold(past), class_)
            frame = frames.verb(past, name, own)
            lemma = Lemma(past, name, own, past in light_verbs, others, ahead.get(past), frame)
            lemmas.append((past, present, lemma))
        for forms in rows:
            lemma = Lemma(forms[0], name, classes.get(fold(forms[0]), class_), frame=frames.noun(forms[0], name))
            for form in forms:
                _claim(noun_kinds, fold(form), name, faults)
                nouns.setdefault(fold(form), lemma)
        for phrase in set_phrases:
            lemma = Lemma(phrase, name, classes.get(fold(phrase), class_), frame=frames.noun(phrase, name))
            *head, last = map(fold, phrase.split())
            for end in (last, THE + last):
                add_phrase(phrases, (*head, end), {}, lemma)
    faults += _add_participles(ambiguity.get("participles", {}), {lemma.form: lemma for _, _, lemma in lemmas}, nouns)
    faults += [f"idiom of {past}, which is no verb" for past in idioms.keys() - set(map(fold, verb_kinds))]
    faults += [f"{past} is frequent, and no verb" for past in rank.keys() - verb_kinds.keys()]
    faults += [f"irregular.toml: {past} is no verb" for past in sorted(_irregular_verbs(irregular) - verb_kinds.keys())]
    faults += frames.faults(verb_kinds.keys(), noun_kinds.keys(), {kind.name for kind in kinds})
    lemmas.sort(key=lambda row: rank.get(row[0], len(rank)))
    return tuple(kinds), _verb_forms(lemmas, irregular), nouns


def _add_participles(table: dict[str, list[str]], verbs: dict[str, Lemma], nouns: dict[str, Lemma]) -> list[str]:
    """Add participles to the nouns, with the kind of their verb; returns the faults in their table."""
    for past, forms in table.items():
        for form in forms if past in verbs else ():
            nouns.setdefault(
                fold(form), verbs[past]._replace(form=form, light=False, idioms=(), ahead=None, frame=0, dated=True)
            )
    return [f"participle of {past}, which is no verb" for past in sorted(table.keys() - verbs.keys())]


def _ahead(given: str | dict[str, list[str]], pasts: list[str]) -> dict[str, Ahead]:
    """Return how each verb of a kind puts times ahead: all of them in one way, or those that are named."""
    if isinstance(given, str):
        return dict.fromkeys(pasts, Ahead(given))
    return {past: Ahead(key) for key, named in given.items() for past in named}


def _claim(owners: dict[str, str], form: str, kind: str, faults: list[str]) -> None:
    """Note that a word belongs to a kind; it is a fault where it has one already."""
    if form in owners:
        faults.append(f"{form} belongs to both {owners[form]} and {kind}")
    owners[form] = kind


def _idioms(tables: list[Table]) -> dict[str, list[tuple[str, str]]]:
    """Return for each verb the words with which it names another kind of event, the preposition before them included."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in tables:
        for name, kind in table.items():
            for idiom in kind.get("idioms", ()):
                past, rest = fold(idiom).split(" ", 1)
                found.setdefault(past, []).append((rest, name))
    return found


def _irregular_verbs(irregular: Table) -> set[str]:
    listed = [past for verbs in irregular.get("doubled", {}).values() for past in verbs]
    return {*listed, *irregular.get("rare", ()), *irregular.get("past", ()), *irregular.get("present", ())}


def _verb_forms(lemmas: list[tuple[str, str, Lemma]], irregular: Table) -> tuple[dict[str, Verb], dict[str, Verb]]:
    """Inflect all lemmas; a form that several share goes to the one for which it is more frequent (he, she, they; then the rest).

    Where that does not tell, it goes to the first lemma.
    """
    doubled = {past: key == "true" for key, pasts in irregular.get("doubled", {}).items() for past in pasts}
    rare = frozenset(irregular.get("rare", ()))
    more_pasts, more_presents = irregular.get("past", {}), irregular.get("present", {})
    they, other = int(Rank.THEY), int(Rank.OTHER)
    ranks: list[list[tuple[Verb, str]]] = [[] for _ in Rank]
    inflector = Inflector()
    for past, present, lemma in sorted(lemmas, key=lambda verb: verb[0] in rare):
        cells = inflector.cells(light(past), present, doubled=doubled.get(past))
        for cell, more in ((2 * they, more_pasts), (2 * they + 1, more_presents)):
            if past in more:
                cells[cell] = "\n".join(filter(None, (cells[cell], *more[past])))
        in_past, in_present = Verb(lemma, _PAST), Verb(lemma, _PRESENT)
        last = they if past in rare else other
        for k in range(last + 1):
            ranks[other if past in rare else k] += (in_past, cells[2 * k]), (in_present, cells[2 * k + 1])
    rows = [row for row in chain.from_iterable(ranks) if row[1]]
    rows.reverse()  # the first to claim a form has the last word
    owners = [verb for verb, forms in rows for _ in range(forms.count("\n") + 1)]
    # As one text they are folded in a third of the time.
    folded = fold("\n".join(forms for _, forms in rows)).split("\n")[: len(owners)]
    found = dict(zip(folded, owners, strict=True))
    imperfects = {form: verb for form, verb in zip(folded, owners, strict=True) if verb.tense is _PRESENT}
    return found, {form: verb for form, verb in imperfects.items() if found[form].tense is _PAST}
