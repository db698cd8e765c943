"""Word families: whether a verb and a noun, or two nouns, come of one root (اعتقل and اعتقال, زار and زيارة)."""

from __future__ import annotations

from timeline.text.letters import fold
from timeline.text.vocabulary import Lemma

_WEAK = str.maketrans("", "", "اويهئؤء")
_ENOUGH = 2  # consonants that a family must share


def related(a: Lemma, b: Lemma) -> bool:
    """Tell whether two lemmas have the same consonants, a prefix of masdars (م or ت) not counted."""
    if a.form == b.form:
        return True
    first, second = _skeleton(a.form), _skeleton(b.form)
    return len(first) >= _ENOUGH and first == second


def _skeleton(form: str) -> str:
    bare = fold(form).removeprefix("ال").translate(_WEAK)
    return bare[1:] if len(bare) > _ENOUGH + 1 and bare[0] in "مت" else bare
