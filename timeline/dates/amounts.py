"""What an amount of time measures, by the words around it: قبل شهرين, منذ أكثر من عام, بعد يوم من الاجتماع, كل ثلاثة أيام."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from timeline.dates.expressions import (
    Anchor,
    Approximate,
    Clock,
    Date,
    DayOfWeek,
    Every,
    Expression,
    Lasting,
    Shift,
    Vague,
    Window,
)
from timeline.dates.grammar import Mention
from timeline.dates.measures import has_lasted, limited
from timeline.model import Grain, Mod, Tense
from timeline.text.categories import Aim, Reference
from timeline.text.entries import NOUN, Entry
from timeline.text.letters import BY, THE, TO
from timeline.text.words import Words

TenseAt = Callable[[int], Tense]
_BOUNDS = frozenset(("bound", "bound_after"))


def _is_now(entry: Entry) -> bool:
    return entry.categories.get("deictic") == 0 or entry.categories.get("vague") is Reference.PRESENT_REF


def _definite(words: Words, at: int) -> bool:
    return at < len(words.entries) and words.entries[at].folded.startswith(THE) and not words.entries[at].categories


def measure(mention: Mention, words: Words, tense_at: TenseAt) -> Mention:
    """Return the mention of an amount as what it says with the words before and after it, or unchanged."""
    amount = mention.expression
    if not isinstance(amount, Lasting):
        return _about(mention, words)
    entries = words.entries
    at = mention.first - 1
    clitics = entries[mention.first].clitics
    mod = None
    while at >= 0 and not clitics:
        categories = entries[at].categories
        if "approx" in categories:
            mod = mod or Mod.APPROX
        elif categories.keys() & _BOUNDS:
            bound = categories.get("bound", categories.get("bound_after"))
            mod = bound if isinstance(bound, Mod) else mod
        else:
            break
        clitics = entries[at].clitics
        at -= 1
    first = at + 1
    found = mention._replace(first=first, start=words.starts[first] + entries[first].skip)
    after = entries[mention.last + 1].categories.get("bound_after") if mention.last + 1 < len(entries) else None
    if isinstance(after, Mod):
        mod = mod or after
        found = found._replace(last=mention.last + 1, end=words.ends[mention.last + 1])
    near = mod is not None
    if not clitics:
        limit, at = limited(entries, at)
        mod, near = mod or limit, near or at < first - 1
        clitics = entries[at + 1].clitics
    amount = Lasting(amount.amounts, mod)
    found = found._replace(expression=amount)
    if near:
        found = found._replace(weak=False)
    before = entries[at].categories if at >= 0 and clitics in ("", BY) else {}
    named = amount.amounts[0][0] is None and _definite(words, found.last + 1)  # أشهر الرسامين: the most famous
    if "to_last" in before and amount.amounts[0][0] is not None:
        found = found._replace(expression=replace(amount, follows=True), weak=False)
    supported = clitics == TO or "lasting" in before or "within" in before
    return _after_word(found, amount, before, at, words, tense_at) or found._replace(
        weak=found.weak and (not supported or named)
    )


def _about(mention: Mention, words: Words) -> Mention:
    """Return a day or a clock time with the "about" that stands before it."""
    at = mention.first - 1
    if at < 0 or words.entries[mention.first].clitics or "approx" not in words.entries[at].categories:
        return mention
    expression = mention.expression
    if not isinstance(expression, Clock | Date | DayOfWeek) or mention.weak:
        return mention
    start = words.starts[at] + words.entries[at].skip
    return mention._replace(first=at, start=start, expression=Approximate(expression))


def _after_word(
    mention: Mention, amount: Lasting, before: dict[str, object], at: int, words: Words, tense_at: TenseAt
) -> Mention | None:
    """Read the word that governs the amount; None where it only measures."""
    entries, after = words.entries, mention.last + 1
    from_event = after + 1 < len(entries) and "of" in entries[after].categories and not entries[after].clitics
    if from_event and not entries[after + 1].role & NOUN and tense_at(at) is Tense.FUTURE:
        from_event = _is_now(entries[after + 1])  # else from a place, not from an event
    if from_event and not _NO_EVENT.isdisjoint(entries[after + 1].categories):
        from_event = False  # قبل ثلاث سنوات من على المنبر, قبل عام من إحدى جاراته: another word goes on
    from_now = from_event and _is_now(entries[after + 1])
    n, unit = amount.amounts[0]
    whole = mention._replace(
        first=at, start=words.starts[at] + entries[at].skip, weak=False, rule=f"{mention.rule}+{_name(before)}"
    )
    if "each" in before and n is not None:
        return whole._replace(expression=Every(unit, freq="" if n == 1 else f"{n:g}"))
    if "from_there" in before and n is not None:
        side = before["from_there"]
        return whole._replace(expression=_shift(amount, 1 if side == 1 else -1, Anchor.MENTIONED))
    if "ago" in before and not from_event:
        return whole._replace(expression=Vague(Reference.PAST_REF) if n is None else _shift(amount, -1))
    if "since" in before:
        if n is None or amount.mod in (Mod.MORE_THAN, Mod.EQUAL_OR_MORE, Mod.LESS_THAN) or from_event:
            return mention._replace(weak=False)
        if tense_at(at) is Tense.PRESENT or has_lasted(entries, at):
            if len(amount.amounts) == 1 and amount.mod is None:
                return mention._replace(weak=False, expression=Window(n, unit, Aim.PAST))
            if tense_at(at) is not Tense.PRESENT:
                return mention._replace(weak=False)
        return whole._replace(expression=_shift(amount, -1))
    whole_text = at == 0 and after == len(entries)
    if "ahead" in before and n is not None and (from_now or (not from_event and (whole_text or tense_at(at) is Tense.FUTURE))):
        found = whole._replace(expression=_shift(amount, 1))
        return found._replace(last=after + 1, end=words.ends[after + 1]) if from_now else found
    if from_now and "ago" in before and n is not None:
        return whole._replace(expression=_shift(amount, -1), last=after + 1, end=words.ends[after + 1])
    if "within" in before and n is not None and tense_at(at) is Tense.FUTURE:
        return mention._replace(weak=False, expression=Window(n, unit, Aim.NEXT))
    return mention._replace(weak=False) if before.keys() & {"ago", "since", "ahead", "within"} else None


_NO_EVENT = frozenset(("preposition", "number", "teen_one", "daynum"))


def _name(before: dict[str, object]) -> str:
    return next((name for name in ("each", "from_there", "ago", "since", "ahead", "within") if name in before), "")


def _shift(amount: Lasting, side: int, anchor: Anchor = Anchor.PUBLICATION) -> Expression:
    """Move by the amount; halves and finer parts count in the finer unit."""
    n, unit = amount.amounts[0]
    if n is None:
        return Vague(Reference.PAST_REF if side < 0 else Reference.FUTURE_REF)
    for more, finer in amount.amounts[1:]:
        if more is not None and unit is Grain.YEAR and finer is Grain.MONTH:
            n, unit = n * 12 + more, finer
    if n != int(n):
        finer_unit, many = {Grain.MONTH: (Grain.DAY, 30), Grain.WEEK: (Grain.DAY, 7), Grain.DECADE: (Grain.YEAR, 10)}.get(
            unit, (unit, 1)
        )
        n, unit = n * many, finer_unit
    return Shift(side * int(n), unit, anchor, amount.mod)
