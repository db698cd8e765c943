"""The same event again: the headline's and the body's mention of it."""

from __future__ import annotations

from functools import lru_cache

from timeline.events.draft import Draft
from timeline.model import Tense
from timeline.reasons import Because
from timeline.text.letters import THE, fold
from timeline.text.vocabulary import Lemma


def join(drafts: list[Draft]) -> None:
    """Tie dated events of the body to the headline's mention of them, which takes their date where it has none."""
    body = next((k for k, draft in enumerate(drafts) if draft.clause.paragraph), len(drafts))
    if body > _HEADLINE:
        return
    for draft in drafts[:body]:
        if draft.stuck:
            continue  # it has a time that could not be resolved: nobody knows whether it is the same
        twin = next((other for other in drafts[body:] if other.own and _alike(draft, other)), None)
        if twin is not None:
            twin.same_as = draft
            if not draft.own:
                draft.take(twin, Because.SAME_EVENT, 0.8)


_HEADLINE = 4  # more events than this in the first paragraph are a lead, not a headline


def _alike(a: Draft, b: Draft) -> bool:
    if a.own and (a.start, a.end) != (b.start, b.end):
        return False
    return related(a.lemma, b.lemma) and (a.modality is b.modality or a.tense in (Tense.PRESENT, Tense.NONE))


def related(a: Lemma, b: Lemma) -> bool:
    """Tell whether two lemmas have the same consonants (اعتقل and اعتقال); a masdar's prefix م or ت is not counted.

    With two consonants they are of one kind as well: زار and زيارة, but not جرت and إجراءات.
    """
    if a.form == b.form:
        return True
    first, second = _skeleton(a.form), _skeleton(b.form)
    return first == second and (len(first) > _ENOUGH or (len(first) == _ENOUGH and a.kind == b.kind))


@lru_cache(maxsize=8192)
def _skeleton(form: str) -> str:
    bare = fold(form).removeprefix(THE).translate(_WEAK)
    return bare[1:] if len(bare) > _ENOUGH + 1 and bare[0] in "مت" else bare


_WEAK = str.maketrans("", "", "اويهئؤء")
_ENOUGH = 2  # consonants that a family must share at least
